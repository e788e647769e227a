"""From an article to its quotations and who said them."""

from __future__ import annotations

from .extraction import extract
from .identity import same_speaker, speaker_key

__all__ = ["extract", "same_speaker", "speaker_key"]
