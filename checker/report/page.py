"""Lines for a terminal, made with rich; text given here must be safe to show already.

Only :class:`rich.text.Text` is built, never a markup string, so brackets in an article stay
brackets; links and numbers are not highlighted, since colour here has a meaning.
"""

from __future__ import annotations

import io

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from ..types import Span
from .segments import clip, rows

_LONGEST_PROSE = 1500
"""Characters; a sentence longer than this holds something that was never meant to be read."""

Styled = tuple[str, str]
"""Safe text and the rich style it is shown in."""


class Page:
    """Collects lines and gives them as one string."""

    def __init__(self, width: int, color: bool) -> None:
        self.width = width
        self._color = color
        self._lines: list[Text] = []

    def line(self, *parts: Styled | str) -> None:
        """One line, not wrapped."""
        text = Text(end="")
        for part in parts:
            if isinstance(part, str):
                text.append(part)
            else:
                text.append(part[0], style=part[1])
        self._lines.append(text)

    def blank(self) -> None:
        """An empty line, never two in a row and never the first."""
        if self._lines and self._lines[-1].plain:
            self._lines.append(Text(end=""))

    def prose(self, text: str, *, indent: str = "  ", label: str = "", style: str = "") -> None:
        """Untrusted or own prose, made safe and wrapped; later lines hang under the first."""
        lead = indent + label
        room = max(self.width - cell_len(lead), 20)
        laid = rows(clip(text, Span(0, len(text)), (), _LONGEST_PROSE), (), room)
        for number, row in enumerate(laid):
            before = (indent, (label, "dim")) if not number else (" " * cell_len(lead), "")
            self.line(before[0], before[1], (row.text, style))

    def __str__(self) -> str:
        buffer = io.StringIO()
        console = Console(
            file=buffer,
            width=self.width,
            force_terminal=self._color,
            color_system="standard" if self._color else None,
            no_color=not self._color,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
            _environ={},
        )
        for line in self._lines:
            console.print(line, soft_wrap=True)
        return buffer.getvalue()
