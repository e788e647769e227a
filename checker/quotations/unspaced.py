"""Attribution in scripts without spaces, where words are not delimited: by the characters themselves."""

from __future__ import annotations

from collections.abc import Sequence

from .drafts import Draft
from .lexicon import Speech
from .marks import Quoted
from .segments import Paragraph


def walk_unspaced(
    text: str,
    paragraphs: Sequence[Paragraph],
    quoted: Sequence[Sequence[Quoted]],
    speech: Speech,
    headline: bool,
) -> list[Draft]:
    """The drafts of all quotations."""
    return []
