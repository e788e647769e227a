from __future__ import annotations

import subprocess
import sys
import threading

import numpy as np
import pytest

from index import ModelError, NewPassage, PassageIndex, StoreError, passage_id
from tests.fakes import FakeEncoder
from tests.index.samples import FIRST, SECOND, build, contents, passage

BOATS = "We lost forty boats in one night."


@pytest.fixture
def index(tmp_path):
    with build(tmp_path / "index", FIRST, SECOND) as index:
        yield index


def test_counts_of_an_add(tmp_path):
    encoder = FakeEncoder()
    with PassageIndex.create(tmp_path / "deep" / "index", encoder.info) as index:
        seen: list[int] = []
        first = index.add(FIRST, encoder, batch_size=3, on_progress=seen.append)
        assert (first.passages, first.occurrences, first.articles, first.skipped) == (4, 4, 3, 0)
        assert seen == [3, 4]
        encoder.texts_seen.clear()
        second = index.add([*SECOND, *FIRST, SECOND[1]], encoder, batch_size=2)
        assert (second.passages, second.occurrences, second.articles, second.skipped) == (2, 3, 2, 5)
        assert encoder.texts_seen == [SECOND[1].text, SECOND[2].text], "nothing is encoded twice"
        identity = index.id
        third = index.add(FIRST, encoder)
        assert (third.occurrences, third.articles, third.skipped) == (0, 0, 4)
        assert index.id == identity
        assert index.info().segments == 2


def test_wire_copy_is_one_passage_with_its_occurrences_oldest_first(index):
    [hit] = index.search(FakeEncoder().encode([BOATS]), 1)[0]
    assert hit.passage.text == BOATS
    assert [o["article_id"] for o in hit.passage.occurrences] == ["b1", "a1"]
    assert hit.passage.metadata["outlet"] == "Wire Nine"
    assert hit.passage.anchors == ("n:40",)
    assert (hit.rank, round(hit.score, 3)) == (0, 1.0)


@pytest.mark.parametrize("factory", ["exact", "Flat", "HNSW16", "SQ8"])
def test_search_over_all_segments_equals_one_matrix(factory, tmp_path, capfd):
    encoder = FakeEncoder(48)
    texts = [
        f"Report {i} from the {'north' if i % 3 else 'south'} shore, day {i * 7 % 31}." for i in range(120)
    ]
    with PassageIndex.create(tmp_path / "index", encoder.info) as index:
        for start in range(0, 120, 40):
            batch = [passage(text, f"a{i}") for i, text in enumerate(texts[start : start + 40], start)]
            index.add(batch, encoder, factory=factory)
        queries = encoder.encode(["a report from the south", "day 14 on the north shore"])
        found = index.search(queries, 15)
        scores = queries @ encoder.encode(texts).T
        for line, hits in zip(scores, found, strict=True):
            np.testing.assert_allclose([h.score for h in hits], np.sort(line)[::-1][:15], atol=1e-3)
            assert [h.rank for h in hits] == list(range(15))
            for hit in hits:
                assert hit.score == pytest.approx(line[texts.index(hit.passage.text)], abs=1e-3)


def test_asking_for_more_or_for_nothing(index):
    queries = FakeEncoder().encode([BOATS])
    assert len(index.search(queries, 50)[0]) == 6
    assert index.search(queries, 0) == [[]]
    assert index.search(queries[:0], 5) == []
    assert index.lexical("", 5) == index.lexical("!!!", 5) == index.lexical("boats", 0) == []
    assert index.by_anchors([], 5) == index.by_anchors(["nowhere"], 5) == []


def test_an_empty_index_answers(tmp_path):
    with build(tmp_path / "index") as index:
        assert index.search(FakeEncoder().encode([BOATS]), 5) == [[]]
        assert index.lexical("boats", 5) == index.by_anchors(["n:40"], 5) == index.articles() == []
        assert (index.size, index.verify(), index.remove(["a"])) == (0, [], 0)
        index.compact()
        assert index.info().segments == 0


@pytest.mark.parametrize(
    ("since", "until", "articles"),
    [
        ("2024-03-02", None, {"a2", "a3"}),
        (None, "2024-02-28", {"b1"}),
        ("2024-03-01", "2024-03-02", {"a1", "a2"}),
        ("2024-03", "2024-03", {"a1", "a2", "a3"}),
        ("2024", "2024-03-02T23:59:00Z", {"a1", "a2", "b1"}),
        ("2025", None, set()),
    ],
)
def test_window(since, until, articles, index):
    hits = index.search(FakeEncoder().encode([BOATS]), 50, since=since, until=until)[0]
    assert {o["article_id"] for hit in hits for o in hit.passage.occurrences} == articles


def test_an_occurrence_in_a_later_segment_brings_an_older_passage_into_the_window(index):
    hits = index.search(FakeEncoder().encode([BOATS]), 50, until="2024-02-28")[0]
    assert hits[0].passage.text == BOATS
    assert [o["article_id"] for o in hits[0].passage.occurrences] == ["b1"]


@pytest.mark.parametrize("date", ["yesterday", "01-03-2024", "", "2024-3-1", "2024-03-011"])
def test_a_window_that_is_no_date(date, index):
    with pytest.raises(StoreError, match="not a date"):
        index.search(FakeEncoder().encode([BOATS]), 5, since=date)


def test_removing_hides_everywhere_and_adding_again_brings_back(index):
    queries = FakeEncoder().encode([BOATS])
    assert index.remove(["a1", "a1", "unknown"]) == 1
    assert index.remove(["a1"]) == 0
    assert not index.has_article("a1")
    [hit] = index.search(queries, 1)[0]
    assert [o["article_id"] for o in hit.passage.occurrences] == ["b1"]
    assert index.remove(["b1"]) == 1
    gone = passage_id(BOATS, "en")
    assert gone not in {h.passage.id for h in index.search(queries, 50)[0]}
    assert gone not in {h.passage.id for h in index.lexical("lost forty boats", 50)}
    assert gone not in {h.passage.id for h in index.by_anchors(["n:40"], 50)}
    assert index.get([gone]) == []
    assert [p.id for p in index.by_metadata("speaker_key", "rana-osei", 9)] != [gone]
    info = index.info()
    assert (info.passages, info.occurrences, info.articles, info.removed) == (3, 3, 3, 2)
    assert index.add([FIRST[1]], FakeEncoder()).occurrences == 1
    assert index.search(queries, 1)[0][0].passage.id == gone
    assert index.has_article("a1")
    assert [p.text for p in index.by_metadata("article_id", "a1", 9)] == [BOATS]
    assert index.info().removed == 1
    assert index.verify() == []


def test_compacting_keeps_what_is_live(index):
    index.remove(["a2"])
    before, articles = contents(index), [a.id for a in index.articles()]
    queries = FakeEncoder().encode([BOATS, "ferry boats"])
    hits = index.search(queries, 10)
    index.compact(factory="Flat")
    assert contents(index) == before
    assert sorted(a.id for a in index.articles()) == sorted(articles)
    after = index.search(queries, 10)
    assert [[h.passage for h in line] for line in after] == [[h.passage for h in line] for line in hits]
    np.testing.assert_allclose(
        [h.score for line in after for h in line], [h.score for line in hits for h in line], atol=1e-6
    )
    info = index.info()
    assert (info.segments, info.removed) == (1, 0)
    identity = index.id
    index.compact()
    assert index.id == identity
    assert len(list((index.path / "segments").iterdir())) == 1


def test_everything_removed_then_compacted(index):
    index.remove([article.id for article in index.articles()])
    index.compact()
    assert (index.size, index.info().segments, index.search(FakeEncoder().encode([BOATS]), 5)) == (0, 0, [[]])


def test_metadata(index):
    found = index.by_metadata("speaker_key", "rana-osei", 10)
    assert [p.language for p in found] == ["id", "en"], "newest first"
    assert index.by_metadata("speaker_key", "rana-osei", 1) == found[:1]
    assert [p.text for p in index.by_metadata("outlet", "海湾报", 5)] == ["港口将关闭到星期五。"]
    assert index.by_metadata("outlet') OR 1=1 --", "x", 5) == index.by_metadata("x", "\ud800", 5) == []


def test_get_and_vectors_keep_the_order(index):
    ids = [h.passage.id for h in index.search(FakeEncoder().encode([BOATS]), 3)[0]]
    assert [p.id for p in index.get([ids[2], "unknown", ids[0]])] == [ids[2], ids[0]]
    rows = index.vectors([ids[2], ids[0]])
    np.testing.assert_allclose(rows[1], FakeEncoder().encode([BOATS])[0], atol=1e-3)
    with pytest.raises(StoreError, match="no passage"):
        index.vectors(["unknown"])


def test_info_and_articles(index):
    info = index.info()
    assert (info.passages, info.occurrences, info.articles, info.segments) == (6, 7, 5, 2)
    assert info.languages == {"en": 4, "id": 1, "zh": 1}
    assert info.bytes == sum(p.stat().st_size for p in (index.path / "segments").rglob("*") if p.is_file())
    articles = index.articles()
    assert [(a.id, a.passages) for a in articles] == [("a1", 2), ("a2", 1), ("a3", 1), ("b1", 2), ("b2", 1)]
    assert articles[0].metadata["outlet"] == "Bay Post"


def test_passages_come_from_an_iterator_in_batches(tmp_path):
    class Watching(FakeEncoder):
        largest = 0

        def encode(self, texts, *, kind="passage"):
            self.largest = max(self.largest, len(texts))
            return super().encode(texts, kind=kind)

    encoder = Watching()
    with PassageIndex.create(tmp_path / "index", encoder.info) as index:
        result = index.add(
            (passage(f"Sentence {i}.", f"a{i // 9}") for i in range(500)), encoder, batch_size=64
        )
    assert (result.passages, result.articles, encoder.largest) == (500, 56, 64)


@pytest.mark.parametrize("fault", [np.nan, np.inf])
def test_a_model_that_gives_no_numbers_is_refused(fault, tmp_path):
    class Broken(FakeEncoder):
        def encode(self, texts, *, kind="passage"):
            return np.full((len(texts), 64), fault, dtype=np.float32)

    with build(tmp_path / "index", FIRST) as index:
        with pytest.raises(ModelError, match="not numbers"):
            index.add(SECOND, Broken())
        assert index.info().segments == 1


def test_long_vectors_are_scaled_to_unit_length(tmp_path):
    class Long(FakeEncoder):
        def encode(self, texts, *, kind="passage"):
            return 7 * super().encode(texts, kind=kind)

    with PassageIndex.create(tmp_path / "index", FakeEncoder().info) as index:
        index.add(FIRST, Long())
        assert index.search(Long().encode([BOATS]), 1)[0][0].score == pytest.approx(1.0, abs=1e-3)


HOSTILE = [
    "nul \x00 inside", "lone \ud83d surrogate", "\u202eright to left", '" OR NEAR(* ^ words : -', "a" * 100_000,
    "'; DROP TABLE passages; --", "\u0301" * 500, "", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "漢" * 3_000, "<script>&amp;", "[/red]%0A::error::",
]  # fmt: skip


def test_hostile_text_goes_in_and_comes_out(tmp_path):
    encoder = FakeEncoder()
    with PassageIndex.create(tmp_path / "index", encoder.info) as index:
        result = index.add(
            [
                NewPassage(text, "en", {"article_id": f"x{i}", "title": text}, (text,))
                for i, text in enumerate(HOSTILE)
            ],
            encoder,
        )
        assert result.occurrences == len(HOSTILE)
        for text in HOSTILE:
            index.lexical(text, 5)
            index.by_anchors([text], 5)
            index.by_metadata("title", text, 5)
            index.get([text])
            assert not index.has_article(text)
        assert index.remove(HOSTILE) == 0
        for i, text in enumerate(HOSTILE):
            [stored] = index.by_metadata("article_id", f"x{i}", 5)
            assert len(stored.text) == min(len(text), 20_000)
        assert [p.text for p in index.by_metadata("title", "nul \x00 inside", 5)] == ["nul \ufffd inside"]
        assert index.verify() == []


def test_two_writers_see_each_other(index):
    with PassageIndex.open(index.path) as other:
        other.add([passage("From the other writer.", "o1")], FakeEncoder())
        index.add([passage("From the first writer.", "f1")], FakeEncoder())
        assert index.has_article("o1")
        assert not other.has_article("f1")
        assert other.add([passage("From the first writer.", "f1")], FakeEncoder()).skipped == 1
        assert other.has_article("f1")
    assert index.verify() == []


@pytest.mark.skipif(sys.platform == "win32", reason="open files cannot be removed there")
def test_a_reader_survives_compaction_or_says_so(index):
    queries = FakeEncoder().encode([BOATS])
    with PassageIndex.open(index.path) as busy, PassageIndex.open(index.path) as idle:
        before = busy.search(queries, 3)
        index.compact()
        assert busy.search(queries, 3) == before
        with pytest.raises(StoreError, match="compacted while it was being read") as caught:
            idle.search(queries, 3)
        assert caught.value.remedy == "run again"


def test_threads_may_share_a_reader(index):
    queries = FakeEncoder().encode([BOATS])
    expected = index.search(queries, 5)
    answers: list[object] = []
    threads = [threading.Thread(target=lambda: answers.append(index.search(queries, 5))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 4


def test_importing_the_package_loads_nothing_heavy():
    code = "import index, sys; print(*sorted({'faiss','onnxruntime','torch','tokenizers','transformers'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
