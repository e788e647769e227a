"""The three ways to find passages in a view: near vectors, shared words, shared anchors."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .backends.exact import best
from .segment import Segment, as_json
from .texts import MAX_ANCHOR, MAX_ANCHORS, MAX_TEXT, storable, terms_of
from .types import BoolVector, FloatMatrix, Hit
from .view import Place, View, Window

_BREADTH = 10
"""How many candidates per wanted hit an approximate backend gives to the exact second look."""
_MIN_CANDIDATES = 200
_QUERY_TERMS = 24
"""Only the rarest terms of a query are looked up: frequent ones cost much and say little."""
_ANCHOR_CANDIDATES = 5_000
_BM25_K1 = 1.2
_BM25_B = 0.75

Scored = tuple[float, Place]


def dense(view: View, queries: FloatMatrix, k: int, window: Window | None) -> list[list[Hit]]:
    """For each unit row of ``queries`` the ``k`` nearest live passages of all segments."""
    found: list[list[Scored]] = [[] for _ in queries]
    for number, (segment, allowed) in enumerate(zip(view.segments, view.allowed(window), strict=True)):
        if not len(segment) or (allowed is not None and not allowed.any()):
            continue
        scores, rows = _nearest(segment, queries, min(k, len(segment)), allowed)
        for line, line_scores, line_rows in zip(found, scores.tolist(), rows.tolist(), strict=True):
            line.extend((s, (number, r)) for s, r in zip(line_scores, line_rows, strict=True) if r >= 0)
    return _hits(view, found, k, window)


def _nearest(
    segment: Segment, queries: FloatMatrix, k: int, allowed: BoolVector | None
) -> tuple[FloatMatrix, npt.NDArray[np.int64]]:
    if segment.exact:
        return segment.backend.search(queries, k, allowed=allowed)
    wide = min(max(_BREADTH * k, _MIN_CANDIDATES), len(segment))
    _, rows = segment.backend.search(queries, wide, allowed=allowed)
    scores = np.full(rows.shape, -np.inf, dtype=np.float32)
    for line, (query, candidates) in enumerate(zip(queries, rows, strict=True)):
        real = candidates >= 0
        scores[line, real] = np.asarray(segment.vectors[candidates[real]], dtype=np.float32) @ query
    return best(scores, rows, k)


def lexical(view: View, query: str, k: int) -> list[Hit]:
    """The ``k`` passages with the greatest BM25 for the words of ``query``.

    FTS5 picks candidates in each segment; they are scored again with the frequencies of all
    segments together, since those of a small segment mean nothing.
    """
    frequencies = _term_frequencies(view, terms_of(query[:MAX_TEXT]))
    rarest = sorted(frequencies, key=lambda term: (frequencies[term], term))[:_QUERY_TERMS]
    if not rarest:
        return []
    weights = {t: math.log1p((view.stored - frequencies[t] + 0.5) / (frequencies[t] + 0.5)) for t in rarest}
    match = " OR ".join(f'"{term}"' for term in rarest)
    places: list[Place] = []
    for number, (segment, allowed) in enumerate(zip(view.segments, view.allowed(None), strict=True)):
        if len(segment):
            dead = 0 if allowed is None else int((~allowed).sum())
            rows = segment.query(
                "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?", match, 3 * k + 20 + dead
            )
            places.extend((number, row) for (row,) in rows if allowed is None or allowed[row])
    average = sum(s.entry.terms for s in view.segments) / max(view.stored, 1)
    stored = view.stored_rows(places)
    scored = [(_bm25(terms_of(stored[place].text), weights, average), place) for place in places]
    return _hits(view, [scored], k, None)[0]


def _term_frequencies(view: View, terms: Sequence[str]) -> dict[str, int]:
    """In how many stored passages each term is, for those that are in any."""
    frequencies: Counter[str] = Counter()
    wanted = as_json(list(dict.fromkeys(terms))[:MAX_ANCHORS])
    for segment in view.segments:
        found = segment.query(
            "SELECT term, doc FROM vocabulary WHERE term IN (SELECT value FROM json_each(?))", wanted
        )
        frequencies.update(dict(found))
    return dict(frequencies)


def _bm25(terms: Sequence[str], weights: dict[str, float], average: float) -> float:
    counts = Counter(terms)
    length = 1 - _BM25_B + _BM25_B * len(terms) / max(average, 1.0)
    return sum(
        weight * counts[term] * (_BM25_K1 + 1) / (counts[term] + _BM25_K1 * length)
        for term, weight in weights.items()
        if counts[term]
    )


def by_anchors(view: View, anchors: Sequence[str], k: int) -> list[Hit]:
    """The ``k`` passages that share most with ``anchors``; a rare anchor weighs more than a common one."""
    wanted = [
        a for a in dict.fromkeys(storable(a, MAX_ANCHOR + 1) for a in anchors) if 0 < len(a) <= MAX_ANCHOR
    ]
    frequencies: Counter[str] = Counter()
    for segment in view.segments:
        sql = (
            "SELECT anchor, count(*) FROM anchors"
            " WHERE anchor IN (SELECT value FROM json_each(?)) GROUP BY anchor"
        )
        frequencies.update(dict(segment.query(sql, as_json(wanted[:MAX_ANCHORS]))))
    weights = {a: math.log1p(view.stored / max(frequencies[a], 1)) for a in wanted[:MAX_ANCHORS]}
    total = sum(weights.values())
    rarest = sorted((a for a in weights if frequencies[a]), key=lambda a: (frequencies[a], a))
    scored: list[Scored] = []
    for number, (segment, allowed) in enumerate(zip(view.segments, view.allowed(None), strict=True)):
        shared = _shared_weight(segment, rarest, weights)
        scored.extend(
            (weight / total, (number, row))
            for row, weight in shared.items()
            if allowed is None or allowed[row]
        )
    return _hits(view, [scored], k, None)[0]


def _shared_weight(segment: Segment, rarest: Sequence[str], weights: dict[str, float]) -> dict[int, float]:
    """Row to summed weight. Once there are enough candidates, common anchors only add to those."""
    shared: dict[int, float] = {}
    for anchor in rarest:
        if len(shared) < _ANCHOR_CANDIDATES:
            rows = segment.query(
                "SELECT row FROM anchors WHERE anchor = ? LIMIT ?", anchor, 2 * _ANCHOR_CANDIDATES
            )
        else:
            rows = segment.query(
                "SELECT value FROM json_each(?) JOIN anchors ON anchor = ? AND row = value",
                as_json(shared),
                anchor,
            )
        for (row,) in rows:
            shared[row] = shared.get(row, 0.0) + weights[anchor]
    return shared


def _hits(view: View, found: Sequence[Sequence[Scored]], k: int, window: Window | None) -> list[list[Hit]]:
    """The best ``k`` of each list as hits; equal scores in the order of storing."""
    ordered = [sorted(line, key=lambda hit: (-hit[0], hit[1]))[:k] for line in found]
    passages = view.passages(list({place for line in ordered for _, place in line}), window)
    return [
        [
            Hit(passage=passages[place], score=float(score), rank=rank)
            for rank, (score, place) in enumerate((s, p) for s, p in line if p in passages)
        ]
        for line in ordered
    ]
