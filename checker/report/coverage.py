"""What the index holds, and what a search in it found, for people."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from index.types import Hit, IndexInfo

from .captions import outlet_and_date
from .safe_text import for_terminal

SHOWN = 400
"""Characters of a passage that are shown."""


def render_index_info(info: IndexInfo) -> str:
    """One fact per line; nothing but plain text."""
    languages = ", ".join(
        f"{code} {count:,}" for code, count in sorted(info.languages.items(), key=lambda p: -p[1])
    )
    rows = (
        ("index", info.path),
        ("id", info.id),
        ("passages", f"{info.passages:,} ({languages})" if languages else f"{info.passages:,}"),
        ("occurrences", f"{info.occurrences:,}"),
        ("articles", f"{info.articles:,}" + (f", {info.removed:,} removed" if info.removed else "")),
        ("segments", f"{info.segments:,}"),
        ("model", f"{info.model.name} (revision {info.model.revision}, {info.model.dimension} dimensions)"),
        ("size", f"{info.bytes / 1e6:.1f} MB"),
    )
    return "".join(f"{name:<12} {for_terminal(value)}\n" for name, value in rows)


def render_hits(hits: Sequence[Hit], *, width: int, color: bool) -> str:
    """Passages in order of nearness, each with who said it where and when."""
    console = Console(
        width=width, color_system="standard" if color else None, force_terminal=color, highlight=False
    )
    with console.capture() as capture:
        if not hits:
            console.print(Text("No passage found."))
        for hit in hits:
            metadata = hit.passage.metadata
            speaker = metadata.get("speaker") or "-"
            caption = f"{hit.rank + 1}. {hit.score:.3f}  {speaker} · {outlet_and_date(metadata)} · {hit.passage.language}"
            console.print(Text(for_terminal(caption), style="bold"))
            body = Text(
                for_terminal(hit.passage.text[:SHOWN] + ("…" if len(hit.passage.text) > SHOWN else ""))
            )
            console.print(body)
            if len(hit.passage.occurrences) > 1:
                console.print(Text(f"({len(hit.passage.occurrences)} reports)", style="dim"))
    return capture.get()
