"""How good each stage is, on the project's own corpus and, where they are there, on public sets.

python -m benchmarks.quality [--eval DIR] [--part corpus|own|retrieval|pairs|news|quotations] [--limit N]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from benchmarks.evaluation import DEFAULT, Figure, recall_at_one, records, rows
from benchmarks.own_pairs import Part, read_own
from benchmarks.pair_claims import Judged, own_claims
from benchmarks.pair_judges import judge
from benchmarks.pair_measures import Scored, faithful, share
from benchmarks.pair_sets import DETECTION, read_public, sample
from benchmarks.pair_tables import damage_rows
from checker import Checker, Source
from checker.pipeline import add_coverage
from checker.reading import read_paths
from checker.types import PairResult, QuoteResult, Severity
from index import Encoder, FloatMatrix, PassageIndex, load_encoder

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
RETRIEVAL = re.compile(r"(?P<name>[\w-]+)\.en-(?P<language>\w+)\.(?P<kind>jsonl|tsv)\.xz")
"""Name of a file of aligned sentences, English and another language."""
MARKS = ("“", "”", '"')
OWN_PARTS = ("corpus", "own")
"""Parts that need nothing but the project."""
PARTS = (*OWN_PARTS, "retrieval", "news", "pairs", "quotations")


def corpus_figures(encoder: Encoder) -> Iterator[Figure]:
    """The articles with known faults: verdicts, speakers, rules, false errors."""
    with tempfile.TemporaryDirectory() as folder:
        index = PassageIndex.create(Path(folder) / "index", encoder.info)
        add_coverage(index, encoder, [str(CORPUS / "coverage")])
        checker = Checker(index, encoder)
        good: dict[str, list[bool]] = defaultdict(list)
        for path in sorted((CORPUS / "check").glob("*.md")):
            article = read_paths([str(path)]).articles[0]
            results = checker.check_article(article).results
            for row in _expected(path):
                found = next((r for r in results if starts(r.quotation.text, str(row["quotation"]))), None)
                _score(good, row, found, path.name)
        index.close()
    yield from (
        Figure(f"corpus {name}", sum(v) / len(v), detail=f"n={len(v)}")
        for name, v in sorted(good.items())
        if v
    )


def _expected(path: Path) -> list[dict[str, object]]:
    found = []
    for file in sorted((CORPUS / "check").glob("expected*.jsonl")):
        found += [
            row
            for row in map(json.loads, file.read_text("utf-8").splitlines())
            if Path(row["path"]).name == path.name
        ]
    return found


def starts(quotation: str, beginning: str) -> bool:
    """Whether a quotation is the one that is named by its first words."""
    return _plain(quotation).startswith(_plain(beginning)[:40])


def _plain(text: str) -> str:
    return " ".join(text.replace("…", " ").split()).strip("“”\"' .,")


def _score(good: dict[str, list[bool]], row: dict[str, object], found: QuoteResult | None, name: str) -> None:
    good["quotations found"].append(found is not None)
    if found is None:
        print(f"  not found: {name}: {row['quotation']}", file=sys.stderr)
        return
    speaker = found.quotation.speaker
    good["speakers right"].append((speaker.name if speaker else None) == row["speaker"])
    rules = {f.rule for f in found.findings if f.severity is not Severity.INFO}
    wanted = {code for code in _codes(row) if not code.startswith(("MQ3", "MQ4"))}
    good["verdicts right"].append(found.verdict.value == row["verdict"])
    if wanted:
        good["planted faults found under their rule"].append(wanted <= rules)
    errors = {f.rule for f in found.findings if f.severity is Severity.ERROR}
    good["quotations without a false error"].append(errors <= wanted)
    if (
        found.verdict.value != row["verdict"]
        or not wanted <= rules
        or not errors <= wanted
        or not good["speakers right"][-1]
    ):
        said = f"{found.verdict.value} {sorted(rules)} by {speaker.name if speaker else None}"
        print(
            f"  {name}: {row['quotation']!r}: wanted {row['verdict']} {sorted(wanted)} by {row['speaker']}, got {said}",
            file=sys.stderr,
        )


def _codes(row: dict[str, object]) -> Iterable[str]:
    codes = row["rules"]
    return [str(code) for code in codes] if isinstance(codes, list) else []


def retrieval_sets(folder: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The aligned sentences that are there: name of the set with its language, pairs with English first."""
    for path in sorted((folder / "retrieval").iterdir()):
        file = RETRIEVAL.fullmatch(path.name)
        if file is None:
            continue
        language = file["language"]
        if file["kind"] == "jsonl":
            pairs = [(r["en"], r[language]) for r in records(path)]
        else:
            pairs = [(r[0], r[1]) for r in rows(path)]
        yield f"{file['name']} {language}", pairs


def retrieval_figures(encoder: Encoder, folder: Path) -> Iterator[Figure]:
    """R@1 of aligned sentences, both ways."""
    for name, pairs in retrieval_sets(folder):
        english, other = ([pair[side] for pair in pairs] for side in (0, 1))
        yield from both_ways(name, encoder.encode(english), encoder.encode(other))


def both_ways(name: str, english: FloatMatrix, other: FloatMatrix) -> Iterator[Figure]:
    """R@1 from either side of aligned rows to the other."""
    yield Figure(f"R@1 {name} to en", recall_at_one(other, english), detail=f"n={len(english)}")
    yield Figure(f"R@1 en to {name}", recall_at_one(english, other), detail=f"n={len(english)}")


def pair_figures(checker: Checker, folder: Path, limit: int | None) -> Iterator[Figure]:
    """Damaged against faithful renderings, by type of damage; a cosine baseline beside the drift score.

    ``benchmarks.pairs`` measures more on the same outcomes.
    """
    outcomes = judge(read_public(folder, DETECTION[0])[:limit], checker.encoder)
    kept = faithful(outcomes)
    yield Figure(
        "demetr-id faithful pairs with an error",
        share(outcomes[n].has(Severity.ERROR) for n in kept),
        lower=True,
        detail=f"n={len(kept)}",
    )
    cosines: Scored = ([1.0 - o.cosine for o in outcomes], None)
    for row in damage_rows(outcomes, [cosines], [("all types", lambda _: True)]):
        cosine = row.others[0]
        yield Figure(
            f"demetr-id AUROC {row.name}",
            row.drift.auroc,
            detail=f"cosine {cosine.auroc:.3f}, error {row.error:.3f}, n={row.n}",
        )
        yield Figure(
            f"demetr-id recall at 5 % {row.name}", row.drift.recall, detail=f"cosine {cosine.recall:.3f}"
        )


def own_figures(encoder: Encoder, limit: int | None) -> Iterator[Figure]:
    """The project's own pairs: those that were built with, and the third kept aside."""
    parts: tuple[Part, ...] = ("built", "aside")
    for part in parts:
        outcomes = judge(sample(read_own(part), limit), encoder)
        for claim in own_claims(Judged(f"own-{part}", outcomes, np.random.default_rng(0))):
            yield Figure(claim.name, claim.value, claim.lower, f"n={claim.n}")


def news_figures(checker: Checker, folder: Path, limit: int | None) -> Iterator[Figure]:
    """Faithfully translated news sentences with quotation marks: every error is a false one."""
    pairs = [
        (r[0], r[1])
        for r in rows(folder / "retrieval" / "news-dev.en-id.tsv.xz")
        if any(m in r[1] for m in MARKS)
    ]
    pairs = pairs[:limit]
    errors = warnings = unrelated = 0
    for english, other in pairs:
        result = _compare(checker, other, english, "id", "en")
        errors += any(f.severity is Severity.ERROR for f in result.findings)
        warnings += any(f.severity is Severity.WARNING for f in result.findings)
        unrelated += result.verdict.value == "unverified"
        if any(f.severity is Severity.ERROR for f in result.findings):
            first = next(f for f in result.findings if f.severity is Severity.ERROR)
            print(f"  false error? {first.rule} {first.message} | {other} | {english}", file=sys.stderr)
    n = max(1, len(pairs))
    yield Figure("news-dev quotations with an error", errors / n, lower=True, detail=f"n={len(pairs)}")
    yield Figure("news-dev quotations with a warning", warnings / n, lower=True, detail=f"n={len(pairs)}")
    yield Figure("news-dev quotations not recognised", unrelated / n, lower=True, detail=f"n={len(pairs)}")


def _compare(checker: Checker, quote: str, source: str, language: str, other: str) -> PairResult:
    return checker.compare(quote, [Source(source, other)], language=language)


def figures(part: str, folder: Path, limit: int | None, model: str | None = None) -> Iterator[Figure]:
    """All figures of one part, or of all."""
    encoder = load_encoder(model)
    checker = Checker(encoder=encoder)
    if part in ("all", "corpus"):
        yield from corpus_figures(encoder)
    if part in ("all", "own"):
        yield from own_figures(encoder, limit)
    if not folder.is_dir():
        print(
            f"the public sets are not at {folder}: only the project's own corpus was measured",
            file=sys.stderr,
        )
        return
    if part in ("all", "retrieval"):
        yield from retrieval_figures(encoder, folder)
    if part in ("all", "news"):
        yield from news_figures(checker, folder, limit)
    if part in ("all", "pairs"):
        yield from pair_figures(checker, folder, limit)
    if part in ("all", "quotations"):
        from benchmarks.quotations import quotation_figures

        yield from quotation_figures(folder / "quotations")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, default=DEFAULT)
    parser.add_argument("--part", default="all", choices=("all", *PARTS))
    parser.add_argument("--limit", type=int, help="only so many pairs of the larger sets")
    parser.add_argument("--model")
    options = parser.parse_args()
    for figure in figures(options.part, options.eval, options.limit, options.model):
        print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
