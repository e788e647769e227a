"""Earlier coverage as passages for the index: what was quoted, what was reported, what was narrated."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from index import AddResult, Encoder, NewPassage, PassageIndex
from index.texts import passage_id

from .languages import primary
from .matching.sides import sentences_of
from .matching.values import anchors
from .quotations import extract, speaker_key
from .reading import read_coverage
from .types import Article, Extraction, Problem, Quotation, QuotationKind, Span

NARRATION = "narration"
"""Metadata ``kind`` of a sentence of the reporter; quotations carry their ``QuotationKind``."""
MOSTLY = 0.6
"""Share of a sentence that lies in a quotation from which the sentence is not stored again."""
CONTEXT = 500
"""Characters of the paragraph kept with a passage, for a reader who wants to see more."""

CUE = 60
"""Characters of the words that introduce the speech."""


def passages_of(article: Article) -> Iterator[NewPassage]:
    """Every passage of one article: quotations, long quotations sentence by sentence, other sentences."""
    extraction = extract(article)
    for order, quotation in enumerate(extraction.quotations):
        yield from quotation_passages(article, quotation, order)
    yield from _of_narration(extraction)


def quotation_passages(article: Article, quotation: Quotation, order: int) -> Iterator[NewPassage]:
    """The passages of one quotation: the whole of it, then its sentences where it has several."""
    metadata = {**_common(article), "kind": quotation.kind.value, "order": str(order)}
    metadata["context"] = quotation.context.of(article.text)[:CONTEXT]
    speaker = quotation.speaker
    if speaker is not None:
        metadata["speaker"] = speaker.name
        metadata["speaker_key"] = speaker_key(speaker.name)
        metadata["speaker_kind"] = speaker.kind.value
        if speaker.role:
            metadata["role"] = speaker.role
        if speaker.affiliation:
            metadata["affiliation"] = speaker.affiliation
        if quotation.cue is None:
            metadata["speaker_carried"] = "yes"
    if quotation.cue is not None:
        metadata["cue"] = quotation.cue.of(article.text)[:CUE]
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


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What one run of adding coverage did."""

    added: AddResult
    problems: tuple[Problem, ...]


def coverage_passages(
    paths: Sequence[str],
    *,
    language: str | None,
    problems: list[Problem],
    stdin: Callable[[], bytes] | None = None,
) -> Iterator[NewPassage]:
    """Passages of the coverage files, reading as it goes; what cannot be used is put into ``problems``."""
    for item in read_coverage(paths, language=language, stdin=stdin):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            yield from passages_of(item)


def add_coverage(
    index: PassageIndex,
    encoder: Encoder,
    paths: Sequence[str],
    *,
    language: str | None = None,
    on_progress: Callable[[int], None] | None = None,
    factory: str = "Flat",
    stdin: Callable[[], bytes] | None = None,
) -> IngestResult:
    """Read coverage files and add their passages. Bad records are reported, the rest go in."""
    problems: list[Problem] = []
    passages = coverage_passages(paths, language=language, problems=problems, stdin=stdin)
    added = index.add(passages, encoder, on_progress=on_progress, factory=factory)
    return IngestResult(added, tuple(problems))


@contextmanager
def temporary_index(
    encoder: Encoder, paths: Sequence[str], language: str | None = None, *, only: str | None = None
) -> Iterator[tuple[PassageIndex, IngestResult]]:
    """An index of some originals that lasts as long as the block (``check --against``).

    Its passages say in ``path`` which file they are from. With ``only``, the article with that id alone
    goes in.
    """
    problems: list[Problem] = []
    with _lasting_for_the_block(encoder) as index:
        passages = _originals(paths, language, only, problems)
        added = index.add(passages, encoder)
        yield index, IngestResult(added, tuple(problems))


@contextmanager
def indexed_article(
    encoder: Encoder, coverage: PassageIndex, article_id: str
) -> Iterator[tuple[PassageIndex, IngestResult]]:
    """An index of one article of another index, which lasts as long as the block."""
    with _lasting_for_the_block(encoder) as index:
        added = index.add(_stored(coverage, article_id), encoder)
        yield index, IngestResult(added, ())


@contextmanager
def _lasting_for_the_block(encoder: Encoder) -> Iterator[PassageIndex]:
    with tempfile.TemporaryDirectory(prefix="misquote-") as folder:
        index = PassageIndex.create(Path(folder) / "index", encoder.info)
        try:
            yield index
        finally:
            index.close()


def _originals(
    paths: Sequence[str], language: str | None, only: str | None, problems: list[Problem]
) -> Iterator[NewPassage]:
    for item in read_coverage(paths, language=language):
        if isinstance(item, Problem):
            problems.append(item)
        elif only is None or item.id == only:
            for passage in passages_of(item):
                yield replace(passage, metadata={**passage.metadata, "path": item.path or item.id})


def _stored(coverage: PassageIndex, article_id: str) -> Iterator[NewPassage]:
    for passage in coverage.by_metadata("article_id", article_id, coverage.size):
        for occurrence in passage.occurrences:
            if occurrence["article_id"] == article_id:
                yield NewPassage(passage.text, passage.language, occurrence, passage.anchors)
