"""Earlier coverage as passages for the index: what was quoted, what was reported, what was narrated."""

from __future__ import annotations

from collections.abc import Iterator

from index import NewPassage
from index.texts import passage_id

from .languages import primary
from .matching.sides import sentences_of
from .matching.values import anchors
from .quotations import extract, speaker_key
from .types import Article, Extraction, Quotation, QuotationKind, Span

NARRATION = "narration"
"""Metadata ``kind`` of a sentence of the reporter; quotations carry their ``QuotationKind``."""
MOSTLY = 0.6
"""Share of a sentence that lies in a quotation from which the sentence is not stored again."""
CONTEXT = 500
"""Characters of the paragraph kept with a passage, for a reader who wants to see more."""


def passages_of(article: Article) -> Iterator[NewPassage]:
    """Every passage of one article: quotations, long quotations sentence by sentence, other sentences."""
    extraction = extract(article)
    for order, quotation in enumerate(extraction.quotations):
        yield from _of_quotation(article, quotation, order)
    yield from _of_narration(extraction)


def _of_quotation(article: Article, quotation: Quotation, order: int) -> Iterator[NewPassage]:
    metadata = {**_common(article), "kind": quotation.kind.value, "order": str(order)}
    metadata["context"] = quotation.context.of(article.text)[:CONTEXT]
    speaker = quotation.speaker
    if speaker is not None:
        metadata["speaker"] = speaker.name
        metadata["speaker_key"] = speaker_key(speaker.name)
        metadata["speaker_kind"] = speaker.kind.value
        if speaker.role:
            metadata["role"] = speaker.role
        if quotation.cue is None:
            metadata["speaker_carried"] = "yes"
    if quotation.addressee:
        metadata["addressee"] = quotation.addressee
    if quotation.carrier:
        metadata["carrier"] = quotation.carrier
    language = primary(article.language)
    yield NewPassage(quotation.text, language, metadata, anchors(quotation.text, language))
    sentences = sentences_of(quotation.text)
    if len(sentences) > 1:
        # A shorter text is nearer to a quotation of one sentence; the parent is what is judged.
        whole = passage_id(quotation.text, language)
        for sentence in sentences:
            text = sentence.of(quotation.text)
            yield NewPassage(text, language, {**metadata, "parent": whole}, anchors(text, language))


def _of_narration(extraction: Extraction) -> Iterator[NewPassage]:
    article = extraction.article
    language = primary(article.language)
    for sentence in sentences_of(article.text):
        if any(sentence.overlaps(f) for f in article.furniture):
            continue
        inside = [q for q in extraction.quotations if any(s.overlaps(sentence) for s in q.content)]
        if _covered(sentence, inside) >= MOSTLY:
            continue
        metadata = {**_common(article), "kind": NARRATION}
        speakers = {q.speaker.name for q in inside if q.speaker is not None}
        if len(speakers) == 1:
            name = next(iter(speakers))
            metadata |= {"speaker": name, "speaker_key": speaker_key(name)}
        text = sentence.of(article.text)
        yield NewPassage(text, language, metadata, anchors(text, language))


def _covered(sentence: Span, quotations: list[Quotation]) -> float:
    """Share of a sentence inside whole quotations; partial ones leave the sentence worth storing."""
    spans = [
        Span(max(s.start, sentence.start), min(s.end, sentence.end))
        for q in quotations
        if q.kind is not QuotationKind.MIXED
        for s in q.content
        if s.overlaps(sentence)
    ]
    return sum(s.end - s.start for s in spans) / max(1, sentence.end - sentence.start)


def _common(article: Article) -> dict[str, str]:
    pairs = {
        "article_id": article.id,
        "outlet": article.outlet,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "title": article.title,
    }
    return {key: value for key, value in pairs.items() if value}
