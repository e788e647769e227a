"""What a finding needs beside itself: its quotation, its evidence, its place in the article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..types import (
    Article,
    ArticleResult,
    Evidence,
    Finding,
    Quotation,
    QuoteResult,
    Report,
    Span,
)
from .positions import Lines, Position


def article_path(article: Article) -> str:
    """Where the article came from, as it was given; its id where it came from no file."""
    return article.path or article.id


@dataclass(frozen=True)
class Place:
    """One article while it is being rendered; its lines are counted once."""

    result: ArticleResult

    @property
    def article(self) -> Article:
        """The article."""
        return self.result.article

    @property
    def path(self) -> str:
        """Its path, not made safe."""
        return article_path(self.article)

    @cached_property
    def lines(self) -> Lines:
        """The lines of its text."""
        return Lines(self.article.text)

    @cached_property
    def _by_id(self) -> dict[str, QuoteResult]:
        return {result.quotation.id: result for result in self.result.results}

    def result_of(self, finding: Finding) -> QuoteResult | None:
        """The quotation a finding is about, with its evidence."""
        return self._by_id.get(finding.quotation_id) if finding.quotation_id is not None else None

    def position(self, span: Span) -> Position:
        """Line and column where a span starts; of a segment only the line is that of the file."""
        return self.lines.position(span.start)

    def spot(self, span: Span) -> str:
        """``12:5`` for line and column; of a segment, whose column is not known, ``12``."""
        line, column = self.position(span)
        return str(line) if self.article.of_segments else f"{line}:{column}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding in its article."""

    place: Place
    finding: Finding

    @property
    def result(self) -> QuoteResult | None:
        """The quotation it is about."""
        return self.place.result_of(self.finding)

    @property
    def quotation(self) -> Quotation | None:
        """The quotation it is about, without its evidence."""
        return self.result.quotation if self.result else None

    @property
    def segment(self) -> str | None:
        """The name of the segment it is in, where the article stands for a file of segments."""
        return self.finding.quotation_id if self.place.article.of_segments else None

    @property
    def where(self) -> str:
        """The place in words: ``line 3, column 5``, or ``line 3, segment fares``. Not made safe."""
        line, column = self.place.position(self.span)
        return f"line {line}, segment {self.segment}" if self.segment else f"line {line}, column {column}"

    @property
    def span(self) -> Span:
        """The marked words of the article."""
        return self.finding.annotations[0].span

    @property
    def evidence(self) -> Evidence | None:
        """The evidence the finding points to; the best evidence where it points to none."""
        return evidence_of(self.finding, self.result)


def evidence_of(finding: Finding, result: QuoteResult | None) -> Evidence | None:
    """The evidence a finding of ``result`` points to, else the best there is."""
    if result is None or result.match is None:
        return None
    named = finding.on("evidence")
    for evidence in result.match.evidence:
        if named is not None and evidence.passage.id == named.passage_id:
            return evidence
    if named is not None and named.passage_id is not None:
        return None
    return next(iter(result.match.evidence), None)


def places(report: Report) -> list[Place]:
    """The articles in order of path."""
    return sorted((Place(result) for result in report.articles), key=lambda place: place.path)


def placed(report: Report) -> Iterator[Placed]:
    """Every finding in order of path, then position, then rule."""
    for place in places(report):
        for finding in place.result.all_findings:
            yield Placed(place, finding)
