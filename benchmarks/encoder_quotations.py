"""Whether the earlier report of a quotation is the first passage that is found.

``retrieval-expected.jsonl`` has a row for every quotation that has an earlier report: the quotation by
its first words, and under each article that reports the utterance the words by which its passages are
known. It was written by reading. A report is the whole utterance or a part of it, in quotation marks or
in reported speech; the reporter's own telling of the same facts is none.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from benchmarks.evaluation import Figure
from benchmarks.quality import CORPUS, starts
from checker.matching.retrieval import find_candidates
from checker.pipeline import extract_files, temporary_index
from checker.types import Extraction, Quotation, QuotationKind
from index import Encoder, Passage, PassageIndex

EXPECTED = Path(__file__).with_name("retrieval-expected.jsonl")
SEED = CORPUS.parent.parent / "shared" / "seed"
"""A real article and its coverage, beside the project; the project works without it."""
WAYS = ("as a check searches", "dense neighbours alone")


@dataclass(frozen=True, slots=True)
class Expected:
    """One quotation that has an earlier report."""

    set: str
    """``corpus`` or ``seed``."""
    path: str
    """Name of the article's file."""
    quotation: str
    """Its first words."""
    reports: Mapping[str, Sequence[str]]
    """Id of an article of the coverage, and words one of which each passage with the report has."""


def read_expected(path: Path = EXPECTED) -> list[Expected]:
    """All rows, in the order of the file."""
    return [Expected(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def is_report(passage: Passage, reports: Mapping[str, Sequence[str]]) -> bool:
    """Whether a passage is one of the reports; case and spaces make no difference."""
    text = _plain(passage.text)
    return any(
        _plain(words) in text
        for occurrence in passage.occurrences
        for words in reports.get(occurrence["article_id"], ())
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def quotation_figures(encoder: Encoder, seed: Path, limit: int | None) -> Iterator[Figure]:
    """Share of quotations whose first passage is a report, on the demo corpus and on the seed."""
    expected = read_expected()
    coverage, real = CORPUS / "coverage", seed / "coverage.jsonl"
    yield from _of_set("corpus", "demo corpus", expected, CORPUS / "check", [coverage], encoder, limit)
    if real.is_file():
        # Among the articles of the demo corpus, since its own three are few to be wrong about.
        yield from _of_set("seed", "seed", expected, seed, [coverage, real], encoder, limit)
    else:
        print(f"left out: quotations of the seed, which is not at {seed}", file=sys.stderr)


def _of_set(
    key: str,
    title: str,
    expected: Sequence[Expected],
    articles: Path,
    coverage: Sequence[Path],
    encoder: Encoder,
    limit: int | None,
) -> Iterator[Figure]:
    rows = [row for row in expected if row.set == key][:limit]
    first: dict[str, list[bool]] = {way: [] for way in WAYS}
    with temporary_index(encoder, [str(path) for path in coverage]) as (index, _):
        for name, own in groupby(rows, key=lambda row: row.path):
            extraction = extract_files([str(articles / name)])[0][0]
            for row, found in _first_passages(extraction, list(own), index, encoder):
                for way, passage in zip(WAYS, found, strict=True):
                    right = passage is not None and is_report(passage, row.reports)
                    first[way].append(right)
                    if not right:
                        got = passage.text[:70] if passage else "nothing"
                        print(f"  {way}: {name}: {row.quotation!r}: {got}", file=sys.stderr)
    for way, outcomes in first.items():
        share = sum(outcomes) / max(1, len(outcomes))
        yield Figure(f"right passage first, {title}, {way}", share, detail=f"n={len(outcomes)}")


def _first_passages(
    extraction: Extraction, rows: Sequence[Expected], index: PassageIndex, encoder: Encoder
) -> Iterator[tuple[Expected, tuple[Passage | None, Passage | None]]]:
    """Each row with the first passage of either way of searching; None where the quotation is not found."""
    wanted = [q for q in extraction.quotations if q.kind is not QuotationKind.INDIRECT]
    searched = find_candidates(wanted, extraction.article.language, index, encoder)
    vectors, _ = encoder.encode_both([q.text for q in wanted], kind="query")
    nearest = index.search(vectors, 1)
    for row in rows:
        number = _number_of(row.quotation, wanted)
        if number is None:
            yield row, (None, None)
            continue
        candidates = searched[number].candidates
        by_check = candidates[0].passage if candidates else None
        yield row, (by_check, nearest[number][0].passage if nearest[number] else None)


def _number_of(beginning: str, quotations: Sequence[Quotation]) -> int | None:
    return next((n for n, q in enumerate(quotations) if starts(q.text, beginning)), None)
