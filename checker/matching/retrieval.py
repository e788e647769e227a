"""Which passages of earlier coverage may report the same utterance: dense, lexical, anchors, speaker.

The union is narrowed by a cheap score (cosine and the share of the quotation's information that the
passage has a word or a translation for); only what is left is aligned word by word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np

from index import PassageIndex
from index.types import Encoder, FloatMatrix, Passage, TokenVectors

from ..languages import same_macro
from ..quotations import speaker_key
from ..types import Quotation, Span
from .lexicon import information, stem, translations
from .reported import speakers_agree
from .sides import sentences_of
from .similarity import cognate
from .values import anchors
from .words import words_of

NEAREST = 20
"""Dense neighbours taken per text."""
OTHERS = 8
"""Hits taken from each of the other searches."""
OF_SPEAKER = 60
"""Passages of the same speaker looked at for a quotation of a few words."""
FEW_WORDS = 5
ALIGNED = 5
"""Candidates left after narrowing."""
NARRATION = "narration"
"""Metadata ``kind`` of sentences of the reporter."""
PLAIN = 1.45
"""Promise from which a quoted passage is so plainly the one that the narration around it adds nothing."""
BEHIND = 0.9
"""How far behind the best candidate another may lie and still be aligned."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may report the utterance."""

    passage: Passage
    cosine: float
    """Of the quotation and the passage, or the best pair of their sentences."""
    overlap: float
    """Share of the quotation's information the passage has a word for, in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the searches found for one quotation."""

    candidates: tuple[Candidate, ...]
    """Best first, at most ``ALIGNED``."""
    tokens: TokenVectors
    """Of the quotation: its text went through the model once, for both kinds of vector."""


def find_candidates(
    quotations: Sequence[Quotation], language: str, index: PassageIndex, encoder: Encoder
) -> list[Found]:
    """The passages that may report each quotation."""
    if not quotations:
        return []
    vectors, tokens = encoder.encode_both([q.text for q in quotations], kind="query")
    queries = [_queries(q.text, vectors[n], tokens[n], encoder) for n, q in enumerate(quotations)]
    shares_words = any(same_macro(language, code) for code in index.info().languages)
    hits = iter(index.search(np.concatenate(queries), NEAREST))
    results = []
    for number, quotation in enumerate(quotations):
        found: dict[str, tuple[Passage, float]] = {}
        for hit in (hit for _ in queries[number] for hit in next(hits)):
            known = found.get(hit.passage.id)
            if known is None or known[1] < hit.score:
                found[hit.passage.id] = (hit.passage, hit.score)
        _add_others(found, quotation, language, index, vectors[number], shares_words)
        narrowed = _narrow(_to_parents(found, index), quotation, language)
        results.append(Found(narrowed, tokens[number]))
    return results


def _queries(text: str, vector: FloatMatrix, tokens: TokenVectors, encoder: Encoder) -> FloatMatrix:
    """The vector of a quotation, and one for each sentence of a longer one.

    A sentence is the mean of its token vectors in the run of the whole text (late chunking, Günther et
    al. 2024): no further run of the model, and pronouns keep their context. Where a model's sentence
    vectors are no means, the sentences are encoded one by one.
    """
    rows = [vector]
    sentences = sentences_of(text)
    if len(sentences) > 1 and not tokens.averages:
        rows.extend(encoder.encode([sentence.of(text) for sentence in sentences], kind="query"))
    elif len(sentences) > 1:
        for sentence in sentences:
            inside = [n for n, (start, end) in enumerate(tokens.spans) if sentence.contains(Span(start, end))]
            if inside:
                mean = (tokens.vectors if tokens.last is None else tokens.last)[inside].mean(axis=0)
                rows.append(mean / max(float(np.linalg.norm(mean)), 1e-9))
    return np.asarray(rows, dtype=np.float32)


def _add_others(
    found: dict[str, tuple[Passage, float]],
    quotation: Quotation,
    language: str,
    index: PassageIndex,
    vector: FloatMatrix,
    shares_words: bool,
) -> None:
    # Words find nothing in coverage that is all in other languages; names and figures are anchors.
    lexical = index.lexical(quotation.text, OTHERS) if shares_words else []
    extra = {hit.passage.id: hit.passage for hit in lexical}
    keys = anchors(quotation.text, language)
    if keys:
        extra |= {hit.passage.id: hit.passage for hit in index.by_anchors(keys, OTHERS)}
    if quotation.speaker is not None and len(words_of(quotation.text)) <= FEW_WORDS:
        key = speaker_key(quotation.speaker.name)
        extra |= {p.id: p for p in index.by_metadata("speaker_key", key, OF_SPEAKER)}
    missing = [key for key in extra if key not in found]
    if missing:
        scores = index.vectors(missing) @ vector
        found.update({key: (extra[key], float(score)) for key, score in zip(missing, scores, strict=True)})


def _to_parents(found: dict[str, tuple[Passage, float]], index: PassageIndex) -> list[tuple[Passage, float]]:
    """Sentences of a longer quotation stand for the whole of it, with their own score."""
    wanted = {p.metadata["parent"] for p, _ in found.values() if "parent" in p.metadata}
    parents = {p.id: p for p in index.get(sorted(wanted))} if wanted else {}
    best: dict[str, tuple[Passage, float]] = {}
    for passage, score in found.values():
        whole = parents.get(passage.metadata.get("parent", ""), passage)
        known = best.get(whole.id)
        if known is None or known[1] < score:
            best[whole.id] = (whole, score)
    return list(best.values())


def _narrow(found: list[tuple[Passage, float]], quotation: Quotation, language: str) -> tuple[Candidate, ...]:
    scored = []
    for passage, cosine in found:
        candidate = Candidate(
            passage, cosine, overlap(quotation.text, language, passage.text, passage.language)
        )
        scored.append((_promise(candidate, quotation), passage.id, candidate))
    scored.sort(key=lambda item: (-item[0], item[1]))
    if not scored:
        return ()
    best, _, first = scored[0]
    plain = best >= PLAIN and first.passage.metadata.get("kind") != NARRATION
    kept = (
        candidate
        for promise, _, candidate in scored
        if promise >= best - BEHIND and not (plain and candidate.passage.metadata.get("kind") == NARRATION)
    )
    return tuple(islice(kept, ALIGNED))


def _promise(candidate: Candidate, quotation: Quotation) -> float:
    agrees = speakers_agree(quotation, candidate.passage) is True
    quoted = candidate.passage.metadata.get("kind") != NARRATION
    return candidate.cosine + candidate.overlap + 0.15 * agrees + 0.1 * quoted


@lru_cache(maxsize=4096)
def _stems(text: str, language: str) -> tuple[str, ...]:
    return tuple(stem(w.norm, language) for w in words_of(text))


def overlap(quote: str, quote_language: str, source: str, source_language: str) -> float:
    """Share of the information of ``quote`` for which ``source`` has the word, a translation or a cognate."""
    own, other = _stems(quote, quote_language), frozenset(_stems(source, source_language))
    if not own or not other:
        return 0.0
    weights = np.array([min(information(s, quote_language), 7.0) + 0.1 for s in own])
    got = np.array([_best(s, quote_language, other, source_language) for s in own])
    return float((weights * got).sum() / weights.sum())


def _best(stemmed: str, language: str, other: frozenset[str], other_language: str) -> float:
    if stemmed in other:
        return 1.0
    if same_macro(language, other_language):
        return 0.0
    known = translations(stemmed, language, other_language)
    best = max((weight for word, weight in known.items() if word in other), default=0.0)
    if not known and len(stemmed) >= 6:  # a word without translations is often a name or a loan
        best = max(best, *(cognate(stemmed, word) for word in other), 0.0)
    return best
