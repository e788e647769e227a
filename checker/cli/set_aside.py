"""Findings that do not count: the ignore files, the comments and the baseline, and what to say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..suppressions.baseline import Baseline, apply_baseline, gone, read_baseline
from ..suppressions.ignore_file import Ignore, read_ignores
from ..suppressions.ignoring import apply_ignores, expired_hits, unused
from ..suppressions.inline import Note, apply_notes, read_notes, unused_notes
from ..types import Article, Problem, Report
from .console import shown_path

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class SetAside:
    """What people wrote down: entries of ignore files, and comments in the articles."""

    ignores: tuple[Ignore, ...]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    """Comments that cannot be read."""

    @classmethod
    def read(cls, files: Sequence[Path], articles: Sequence[Article]) -> SetAside:
        """Read the files and the comments.

        Raises:
            ConfigError: a file is damaged.
        """
        ignores = tuple(ignore for path in files for ignore in read_ignores(path))
        return cls(ignores, *read_notes(articles))


def set_aside(
    report: Report, aside: SetAside, today: date, *, everything: bool
) -> tuple[Report, tuple[str, ...]]:
    """The report with the findings marked that do not count, and notes on what is out of date.

    Args:
        everything: folders or patterns were checked, so an entry that met no finding may be out of date.
    """
    notes = [
        f"note: the ignore of {ignore.fingerprint} ended on {ignore.expires}; the finding counts again"
        for ignore in expired_hits(report, aside.ignores, today)
    ]
    if everything and report.articles:
        notes += _unused(unused(report, aside.ignores), today)
    notes += [
        f"note: {note.path}:{note.line}: the comment that ignores {', '.join(codes)} has nothing to ignore"
        for note, codes in unused_notes(report, aside.notes)
    ]
    return apply_notes(apply_ignores(report, aside.ignores, today), aside.notes), tuple(notes)


@dataclass(frozen=True, slots=True)
class Known:
    """A baseline that was read, and the folder its paths start from."""

    baseline: Baseline
    folder: Path


def known_findings(path: Path | None) -> Known | None:
    """The baseline in a file, where there is to be one.

    Raises:
        ConfigError: it is missing or damaged.
    """
    return Known(read_baseline(path), path.parent) if path is not None else None


def without_baseline(report: Report, known: Known | None) -> tuple[Report, tuple[str, ...]]:
    """The report with the findings of a baseline marked, and a note on what is gone."""
    if known is None:
        return report, ()
    marked = apply_baseline(report, known.baseline, known.folder)
    left = gone(report, known.baseline, known.folder)
    if not left:
        return marked, ()
    many = "1 finding of the baseline is" if left == 1 else f"{left:,} findings of the baseline are"
    them = "it" if left == 1 else "them"
    return marked, (f"note: {many} gone; `misquote baseline update` takes {them} out",)


def _unused(entries: Sequence[Ignore], today: date) -> list[str]:
    lines = []
    for entry in entries[:MOST_NAMED]:
        over = "" if entry.applies(today) else f" and ended on {entry.expires}"
        lines.append(f"note: {shown_path(entry.place)}: {entry.fingerprint} met no finding in this run{over}")
    if len(entries) > MOST_NAMED:
        lines.append(f"note: {len(entries) - MOST_NAMED:,} more entries of ignore files met no finding")
    return lines
