from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.texts import terms_of
from tests.index.samples import build, passage

TEXTS = [
    "The council of Port Alder voted against the bridge.",
    "The council voted for the ferry, not for the bridge.",
    "Dewan kota menolak jembatan itu, kata wali kota.",
    "市议会投票反对建桥。",
    "市长说渡轮更便宜。",
    "Le café du port est fermé.",
    "The the the the the the the.",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    batches = [[passage(text, f"a{i}", "und", *anchors(i))] for i, text in enumerate(TEXTS)]
    with build(tmp_path_factory.mktemp("retrieval") / "index", *batches) as index:
        yield index


def anchors(i: int) -> tuple[str, ...]:
    return ("year:2024", *(("name:alder",) if i < 2 else ()), *(("n:7",) if i == 0 else ()))


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("bridge Alder", 0),
        ("FERRY", 1),
        ("jembatan wali", 2),
        ("反对建桥", 3),
        ("渡轮", 4),
        ("cafe ferme", 5),
        ("CAFÉ", 5),
    ],
)
def test_shared_words_find_the_passage(query, best, index):
    assert index.lexical(query, 3)[0].passage.text == TEXTS[best]


def test_bm25_is_that_of_all_segments_together(index):
    """One passage per segment: with the frequencies of its own segment every score would be the same."""
    query = ["council", "bridge", "alder"]
    documents = [terms_of(text) for text in TEXTS]
    average = sum(map(len, documents)) / len(documents)

    def score(terms: list[str]) -> float:
        total = 0.0
        for word in query:
            frequency = sum(word in document for document in documents)
            weight = math.log(1 + (len(documents) - frequency + 0.5) / (frequency + 0.5))
            count = terms.count(word)
            total += weight * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(terms) / average))
        return total

    hits = index.lexical(" ".join(query), 5)
    expected = sorted((score(d) for d in documents), reverse=True)
    assert [h.score for h in hits] == pytest.approx([s for s in expected if s > 0])
    assert [h.rank for h in hits] == [0, 1]


def test_anchor_scores(index):
    hits = index.by_anchors(["n:7", "name:alder", "year:2024"], 10)
    assert hits[0].passage.text == TEXTS[0]
    assert hits[0].score == pytest.approx(1.0)
    weights = {"n:7": math.log1p(7), "name:alder": math.log1p(3.5), "year:2024": math.log1p(1)}
    assert hits[1].score == pytest.approx(
        (weights["name:alder"] + weights["year:2024"]) / sum(weights.values())
    )
    assert len(hits) == 7
    assert len(index.by_anchors(["year:2024"], 4)) == 4


def test_an_unknown_anchor_lowers_the_score(index):
    [known] = index.by_anchors(["n:7"], 5)
    [half] = index.by_anchors(["n:7", "n:8"], 5)
    assert (known.score, half.score) == (pytest.approx(1.0), pytest.approx(0.5))


def test_common_anchors_only_add_to_enough_candidates(index, monkeypatch):
    whole = index.by_anchors(["n:7", "name:alder", "year:2024"], 1)
    monkeypatch.setattr("index.retrieval._ANCHOR_CANDIDATES", 1)
    assert index.by_anchors(["n:7", "name:alder", "year:2024"], 1) == whole


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=()), max_size=60), st.integers(0, 9))
def test_no_query_breaks_it(index, query, k):
    assert len(index.lexical(query, k)) <= k
    assert len(index.by_anchors([query, "n:7"], k)) <= k
    index.by_metadata(query, query, k)
