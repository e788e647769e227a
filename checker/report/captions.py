"""Who said it, who printed it, when and how many agree: the lines above a text."""

from __future__ import annotations

from collections.abc import Mapping

from ..types import Article, Evidence, Match, Quotation, Speaker
from .segments import shorten
from .wording import count, day, language_name

SEGMENT = "segment"
"""Kind of a passage that is the source of a segment in a file of translations."""
_NAME = 60
_OPENING = '“"„«「'


def outlet_and_date(metadata: Mapping[str, str]) -> str:
    """``Straits Courier, 13 Jun 2026``, as much of it as is known, safe to show; else the original's path."""
    outlet = metadata.get("outlet") or ""
    published = metadata.get("published") or ""
    known = [shorten(outlet, _NAME)] if outlet.strip() else []
    known += [day(published)] if published.strip() else []
    return ", ".join(known) or shorten(metadata.get("path", ""), _NAME)


def speaker_name(speaker: Speaker | None) -> str:
    """The full name of the article's speaker, and the words used here where they are others."""
    if speaker is None:
        return "not named"
    name = shorten(speaker.name, _NAME)
    surface = shorten(speaker.surface, _NAME)
    if not surface or surface.casefold() in name.casefold():
        return name or "not named"
    if name.casefold() in surface.casefold():
        return surface
    return f"{name} (here “{surface}”)" if name else f"“{surface}”"


def in_quotes(words: str, width: int) -> str:
    """Words of a text in quotation marks; a lone mark, or a text that opens with one, stands as it is."""
    shown = shorten(words, width)
    return f"“{shown}”" if any(c.isalnum() for c in shown) and shown[0] not in _OPENING else shown


def article_caption(article: Article, quotation: Quotation | None) -> list[str]:
    """The parts of the line above the article's text, or above a translated segment."""
    segment = article.of_segments
    parts = ["translation" if segment else "this article", language_name(article.language)]
    if quotation is None or (segment and quotation.speaker is None):
        return parts
    parts.append(f"speaker: {speaker_name(quotation.speaker)}")
    return [*parts, f"through {shorten(quotation.carrier, _NAME)}"] if quotation.carrier else parts


def evidence_caption(evidence: Evidence, match: Match | None) -> list[str]:
    """The parts of the line above the text of earlier coverage, or of the article's own original."""
    metadata = evidence.metadata
    if metadata.get("kind") == SEGMENT:
        speaker = shorten(metadata.get("speaker", ""), _NAME)
        said = [f"speaker: {speaker}"] if speaker else []
        return ["source", language_name(evidence.passage.language), *said]
    original = metadata.get("path", "")
    parts = ["original" if original else "earlier coverage", language_name(evidence.passage.language)]
    parts.append(outlet_and_date(metadata) or shorten(metadata.get("article_id", ""), _NAME))
    if original and shorten(original, _NAME) not in parts:
        parts.append(shorten(original, _NAME))
    speaker = (metadata.get("speaker") or "").strip()
    parts.append(f"speaker: {shorten(speaker, _NAME) if speaker else 'not named'}")
    parts += _others(evidence, match)
    return [part for part in parts if part]


def _others(evidence: Evidence, match: Match | None) -> list[str]:
    """How many other reports print the same words, and how many tell it in other words."""
    used = {occurrence.get("article_id", "") for occurrence in evidence.passage.occurrences}
    same = len(used) - 1
    other = {
        occurrence.get("article_id", "")
        for one in (match.evidence if match else ())
        if one.passage.id != evidence.passage.id
        for occurrence in one.passage.occurrences
    } - used
    said = []
    if same > 0:
        said.append(count(same, "more report agrees", "more reports agree"))
    if other:
        said.append(f"{count(len(other), 'more report', 'more reports')} in other words")
    return said


def link(metadata: Mapping[str, str]) -> str | None:
    """The address of the evidence when it is a web address; it is never cut."""
    url = "".join((metadata.get("url") or "").split())
    return url if url.lower().startswith(("https://", "http://")) else None
