"""The segments that were compared as a report, so that every format of ``misquote check`` can show them.

A file of segments has no text that offsets could refer to. So a stand-in is made: each translation stands on
the line on which its segment begins in the file, which puts every finding on the right line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.texts import passage_id
from index.types import Passage

from ..languages import same_macro
from ..reading import detect_language
from ..reading.segments import Segment
from ..report.captions import SEGMENT
from ..types import (
    Annotation,
    Article,
    ArticleResult,
    Evidence,
    Finding,
    Gate,
    Match,
    PairResult,
    Quotation,
    QuotationKind,
    QuoteResult,
    Relation,
    Span,
    Speaker,
)

NO_FILE = "pair"
"""Stands for the path of a pair that was given on the command line."""
_LINE_ENDS = str.maketrans("\r\n", "  ")


@dataclass(frozen=True, slots=True)
class Compared:
    """A segment with what was found."""

    path: str | None
    segment: Segment
    result: PairResult


def article_results(
    compared: Sequence[Compared], gate_of: Callable[[str | None], Gate | None]
) -> tuple[ArticleResult, ...]:
    """One for each file and language of translations, in the order in which they began.

    Args:
        gate_of: by path, where a file has another gate than the run.
    """
    groups: dict[tuple[str | None, str], list[Compared]] = {}
    for one in compared:
        language = one.segment.quote_language or detect_language(one.segment.quote)
        groups.setdefault((one.path, language), []).append(one)
    return tuple(
        _article_result(path, language, members, gate_of(path))
        for (path, language), members in groups.items()
    )


def _article_result(
    path: str | None, language: str, members: Sequence[Compared], gate: Gate | None
) -> ArticleResult:
    in_order = sorted(members, key=lambda one: one.segment.line or 1)
    text, starts = _stand_in(in_order)
    article = Article(path or NO_FILE, text, language, path=path, of_segments=True)
    names = _names(in_order)
    results = tuple(
        _quote_result(one, name, start, language)
        for one, name, start in zip(in_order, names, starts, strict=True)
    )
    return ArticleResult(article, results, gate=gate)


def _stand_in(members: Sequence[Compared]) -> tuple[str, list[int]]:
    """The text, and where in it each translation begins; several that begin on one line stand side by side."""
    parts: list[str] = []
    starts: list[int] = []
    line, length = 1, 0
    for one in members:
        wanted = max(one.segment.line or 1, line)
        gap = "\n" * (wanted - line) or (" " if parts else "")
        starts.append(length + len(gap))
        parts += [gap, one.segment.quote.translate(_LINE_ENDS)]
        line, length = wanted, starts[-1] + len(one.segment.quote)
    return "".join(parts) + "\n", starts


def _names(members: Sequence[Compared]) -> list[str]:
    """The ids of the segments; one that is there already gets a number, so that each names one segment."""
    seen: dict[str, int] = {}
    names = []
    for one in members:
        name = one.segment.id or "1"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _quote_result(one: Compared, name: str, start: int, language: str) -> QuoteResult:
    segment, result = one.segment, one.result
    span = Span(start, start + len(segment.quote))
    who = Speaker(segment.speaker, segment.speaker) if segment.speaker else None
    quotation = Quotation(name, (span,), segment.quote, QuotationKind.DIRECT, span, who)
    evidence = _evidence(one, language)
    findings = tuple(_placed(finding, name, start, evidence.passage.id) for finding in result.findings)
    return QuoteResult(
        quotation, result.verdict, Match(quotation, (evidence,), 1.0), findings, drift=result.drift
    )


def _evidence(one: Compared, language: str) -> Evidence:
    """The source as the passage that the findings point to; the file vouches for it, so nothing is uncertain."""
    text = one.result.source
    code = one.segment.source_language or detect_language(text)
    if one.segment.source_language is None and same_macro(code, language):
        code = language
    metadata: Mapping[str, str] = {"article_id": one.path or NO_FILE, "kind": SEGMENT}
    if one.segment.source_speaker:
        metadata = {**metadata, "speaker": one.segment.source_speaker}
    passage = Passage(passage_id(text, code), text, code, (metadata,))
    relation = Relation.PARAPHRASE if same_macro(code, language) else Relation.TRANSLATION
    return Evidence(passage, Span(0, len(text)), 1.0, relation)


def _placed(finding: Finding, name: str, start: int, source: str) -> Finding:
    """The finding with its words marked in the stand-in, and in the source."""

    def moved(annotation: Annotation) -> Annotation:
        if annotation.side == "article":
            return replace(annotation, span=annotation.span.shift(start))
        return replace(annotation, passage_id=source)

    return replace(finding, quotation_id=name, annotations=tuple(map(moved, finding.annotations)))
