"""Compares segment by segment, in order: shows each as it is judged, and keeps them where a report is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from .. import __version__
from ..config import Settings, SettingsFinder
from ..errors import CheckerError
from ..languages import UNDETERMINED
from ..pipeline import Checker, Pair, Source
from ..reading.segments import Item, Segment, Untranslated, has_places
from ..report.summary import exit_status
from ..types import Gate, PairResult, Problem, Report, RunInfo
from .compare_report import Compared, article_results
from .console import say, show_problem
from .set_aside import SetAside, set_aside

Read = tuple[str | None, Item]
"""What was read, and the file it is from."""


def pair_of(segment: Segment) -> Pair:
    """What is compared of a segment."""
    source = Source(segment.source, segment.source_language, segment.source_speaker)
    return Pair(segment.quote, (source,), segment.id, segment.quote_language, segment.speaker)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is left when all segments were compared."""

    kept: tuple[Compared, ...]
    problems: tuple[Problem, ...]
    status: int
    """0 or 1; what was found alone decides it."""
    untranslated: int
    compared: int
    complete: bool
    """False where the reader of the results went before all were compared."""


@dataclass(frozen=True)
class SegmentRun:
    """How segments are compared: with which model, at which levels, and what was set aside."""

    finder: SettingsFinder
    settings: Settings
    base: Checker
    """Its levels are not used: each settings file has its own."""
    aside: SetAside
    today: date
    checkers: dict[int, Checker] = field(default_factory=dict)
    """By identity of the settings: files under one settings file share one object."""

    def compare(
        self, items: Iterator[Read], *, show: Callable[[PairResult], bool] | None, keep: bool
    ) -> Outcome:
        """Compare all.

        Args:
            show: shows a result at once and says whether anybody still reads.
            keep: whether the results are needed at the end.
        """
        kept: list[Compared] = []
        problems: list[Problem] = []
        notes: dict[str, None] = {}
        status = compared = untranslated = 0
        complete = True
        for path, item in items:
            if isinstance(item, Untranslated):
                untranslated += 1
                continue
            found = item if isinstance(item, Problem) else self._compared(item, path)
            if isinstance(found, Problem):
                problems.append(found)
                show_problem(found)
                continue
            compared += 1
            found, own, said = self._judged(found)
            notes |= dict.fromkeys(said)
            status = max(status, own)
            if keep:
                kept.append(found)
            if show is not None and not show(found.result):
                complete = next(items, None) is None
                break
        for note in notes:
            say(note)
        return Outcome(tuple(kept), tuple(problems), status, untranslated, compared, complete)

    def report(self, outcome: Outcome, started: str) -> Report:
        """All that was compared, for the formats that show it as a whole."""
        settings = self.settings
        policies = [Path(self._of(path).policy).name for path in dict.fromkeys(c.path for c in outcome.kept)]
        info = self.base.encoder.info
        run = RunInfo(
            tool_version=__version__,
            model=info.name,
            model_revision=info.revision,
            policy=", ".join(dict.fromkeys(policies)) or Path(settings.policy).name,
            fail_on=settings.fail_on,
            fail_on_unverified=settings.fail_on_unverified,
            started=started,
        )
        return Report(article_results(outcome.kept, self._gate), outcome.problems, run)

    def _compared(self, segment: Segment, path: str | None) -> Compared | Problem:
        try:
            result = self._checker(self._of(path)).compare_pair(pair_of(segment))
        except CheckerError as error:
            return Problem(str(error), error.remedy, path, segment.line)
        if path and has_places(path):
            result = replace(result, path=path, line=segment.line)
        return Compared(path, segment, result)

    def _judged(self, found: Compared) -> tuple[Compared, int, tuple[str, ...]]:
        """The segment without the findings that were set aside, its exit status, and notes."""
        segment = found.segment
        languages = segment.quote_language or UNDETERMINED, segment.source_language or UNDETERMINED
        plain = replace(segment, quote_language=languages[0], source_language=languages[1])
        articles = article_results([replace(found, segment=plain)], self._gate)
        report = Report(articles, (), RunInfo(tool_version=__version__))
        marked, notes = set_aside(report, self.aside, self.today, everything=False)
        [result] = marked.articles[0].results
        aside = {f.fingerprint: f.suppression for f in result.findings}
        pair = replace(
            found.result,
            verdict=result.verdict,
            findings=tuple(replace(f, suppression=aside[f.fingerprint]) for f in found.result.findings),
        )
        status, _ = exit_status(marked, self.settings.fail_on, self.settings.fail_on_unverified)
        return replace(found, result=pair), status, notes

    def _checker(self, settings: Settings) -> Checker:
        checker = self.checkers.get(id(settings))
        if checker is None:
            checker = self.checkers[id(settings)] = self.base.with_levels(settings.levels())
        return checker

    def _of(self, path: str | None) -> Settings:
        return self.finder.of(Path(path)) if path and path != "-" else self.settings

    def _gate(self, path: str | None) -> Gate | None:
        own, run = self._of(path), self.settings
        gate = Gate(own.fail_on, own.fail_on_unverified)
        return None if gate == Gate(run.fail_on, run.fail_on_unverified) else gate
