"""How a report is to be shown, as far as the caller decides it."""

from __future__ import annotations

from dataclasses import dataclass

from ..types import Severity

NARROWEST = 40


@dataclass(frozen=True, slots=True)
class View:
    """What a renderer is told besides the data. Formats for machines use none of it."""

    width: int = 100
    """Cells of a terminal line."""
    color: bool = False
    verbose: bool = False
    """Everything in full: info findings, ignored findings, every list to its end."""
    show_consistent: bool = False
    min_severity: Severity = Severity.INFO
    """Findings below it are counted but not shown."""
    explain: bool = False
    """The page of each rule below its first finding."""

    @property
    def cells(self) -> int:
        """The width to lay out for; very narrow terminals have to wrap themselves."""
        return max(self.width, NARROWEST)

    def shows(self, severity: Severity) -> bool:
        """Whether findings of this severity are shown."""
        return severity.rank >= self.min_severity.rank
