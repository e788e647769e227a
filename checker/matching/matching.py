"""Same utterance or not: candidates are aligned and judged, the surest become evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from index import PassageIndex
from index.types import Encoder, Passage, TokenVectors

from ..types import Article, Evidence, Link, Match, Quotation, QuotationKind, Relation, Span
from .alignment import LINK_FLOOR, TELLING, Alignment, align
from .comparison import Comparison, compare_sides
from .reported import speakers_agree
from .retrieval import Candidate, find_candidates, overlap
from .scorer import Reading
from .sides import Side, make_side

SAME_UTTERANCE = 0.5
"""Probability from which a passage counts as evidence."""
MAX_EVIDENCE = 5
PERHAPS = 0.25
"""Probability from which a quoted passage speaks against the words being a paraphrase."""
QUOTED = ("direct", "mixed", "headline")
"""Kinds of passages that stood in quotation marks."""
SHORT = 2
"""Words up to which a quotation is matched by speaker and date only, never by similarity alone."""
FEATURES = ("quote coverage", "window coverage", "cosine", "brief", "brief * coverage", "brief * cosine")
COEFFICIENTS: tuple[float, ...] = (-5.99, 9.87, -1.81, 3.31, 2.82, -3.81, -4.00)
"""Bias, then one per feature; printed by ``training/matching.py``."""
SPEAKER_LOGIT = 0.9
"""How far an agreeing speaker raises the log-odds, and another speaker lowers them."""
BRIEF_LOGIT = 2.0
"""How much more an agreeing speaker counts for a quotation of a few words, which tell little themselves."""
NEAR_DAYS = 3
"""Days between two reports of one short utterance."""
STITCH_RUN = 4
"""Content words in a row that must come from another passage for a quotation to be stitched."""
FIRM_LINK = 0.5
"""Link strength from which a word is taken to come from a passage."""
PART = 0.25
"""Share of the quotation that the first of two stitched parts accounts for at the least."""
SCRIPTS_WITHOUT_SPACES = 3
"""Characters of such a script that tell about as much as one word."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A candidate after alignment."""

    passage: Passage
    cosine: float
    comparison: Comparison
    probability: float
    reading: Reading | None = None
    """What the consistency scorer says of the pair; None where it was not asked."""

    @property
    def alignment(self) -> Alignment:
        """The word alignment."""
        return self.comparison.alignment


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """What was found for one quotation."""

    quotation: Quotation
    side: Side
    judged: tuple[Judged, ...]
    """Evidence, best first; empty if nothing reports the utterance."""
    stitched: tuple[Judged, ...] = ()
    """Two passages that account for different parts, where no single one accounts for the whole."""
    short: bool = False
    quoted_perhaps: bool = False
    """Whether a quoted passage of the same speaker may report the utterance, though not surely."""

    def align_with(self, other: Side) -> Alignment:
        """The quotation aligned with a text that was not taken as evidence."""
        return align(self.side, other)

    @property
    def match(self) -> Match | None:
        """The record that reports show."""
        if not self.judged:
            return None
        evidence = tuple(evidence_of(item) for item in self.judged)
        return Match(self.quotation, evidence, round(max(j.probability for j in self.judged), 3))


def match_quotations(
    article: Article, quotations: Sequence[Quotation], index: PassageIndex, encoder: Encoder
) -> list[Matched]:
    """Find the earlier reports of each quotation of one article."""
    found = find_candidates(quotations, article.language, index, encoder)
    passages = {c.passage.id: c.passage for one in found for c in one.candidates}
    tokens = encoder.encode_tokens([p.text for p in passages.values()])
    sides = {key: passage_side(passages[key], tokens[n]) for n, key in enumerate(passages)}
    return [
        judge(
            quotation,
            make_side(quotation.text, article.language, tokens=found[n].tokens, published=article.published),
            found[n].candidates,
            sides,
        )
        for n, quotation in enumerate(quotations)
    ]


def passage_side(passage: Passage, tokens: TokenVectors | None) -> Side:
    """A passage made ready for comparison."""
    return make_side(passage.text, passage.language, tokens=tokens, published=_published(passage))


def candidate_of(passage: Passage, cosine: float, side: Side) -> Candidate:
    """A passage that was given, not searched for."""
    return Candidate(passage, cosine, overlap(side.text, side.language, passage.text, passage.language))


def judge(
    quotation: Quotation,
    side: Side,
    candidates: Sequence[Candidate],
    sides: Mapping[str, Side],
    *,
    floor: float = SAME_UTTERANCE,
    short: bool | None = None,
) -> Matched:
    """Align each candidate, keep those that report the same utterance, and look for stitching.

    ``floor`` is the probability that counts; ``short`` overrides the test for too few words.
    """
    short = is_short(side) if short is None else short
    judged = []
    for candidate in candidates:
        comparison = compare_sides(align(side, sides[candidate.passage.id]), quotation.kind)
        probability = same_utterance(quotation, candidate, comparison, short=short)
        judged.append(Judged(candidate.passage, candidate.cosine, comparison, probability))
    judged.sort(key=lambda j: (-_merit(j), j.passage.id))
    kept = tuple(j for j in judged if j.probability >= floor)[:MAX_EVIDENCE]
    stitched = () if short else stitched_from(side, judged)
    kept += tuple(j for j in stitched if j not in kept)
    perhaps = any(j.probability >= PERHAPS and _quoted_by(quotation, j.passage) for j in judged)
    return Matched(quotation, side, kept, stitched, short, perhaps)


def _quoted_by(quotation: Quotation, passage: Passage) -> bool:
    quoted = passage.metadata.get("kind") in QUOTED
    return quoted and speakers_agree(quotation, passage) is True


def is_short(side: Side) -> bool:
    """Whether so few words occur in many statements."""
    return sum(1.0 if w.norm.isascii() else 1.0 / SCRIPTS_WITHOUT_SPACES for w in side.words) <= SHORT


def _merit(item: Judged) -> float:
    """What evidence the wording is judged by: the best aligned, quoted words before narration."""
    quoted = item.passage.metadata.get("kind") in QUOTED
    alignment = item.alignment
    both = alignment.quote_coverage + 0.5 * alignment.window_coverage
    return item.probability + both + (0.2 if quoted else 0.0)


def same_utterance(
    quotation: Quotation, candidate: Candidate, comparison: Comparison, *, short: bool
) -> float:
    """Probability that the passage reports the utterance of the quotation.

    A logistic function of what the alignment covers on either side and of the cosine
    (coefficients from ``training/matching.py``), moved by speaker and date.
    """
    alignment = comparison.alignment
    if not len(alignment.window):
        return 0.0
    agrees = speakers_agree(quotation, candidate.passage)
    if short:
        near = _days_apart(alignment.quote.published, candidate.passage)
        fits = alignment.quote_coverage >= 0.5 or bool(alignment.contrast.any())
        certain = agrees is True and fits and (near is None or near <= NEAR_DAYS)
        return 0.9 if certain else 0.1
    values = (1.0, *utterance_features(comparison, candidate.cosine))
    logit = sum(c * v for c, v in zip(COEFFICIENTS, values, strict=True))
    brief = values[1 + FEATURES.index("brief")]
    logit += {True: SPEAKER_LOGIT + BRIEF_LOGIT * brief, None: 0.0, False: -SPEAKER_LOGIT}[agrees]
    return 1.0 / (1.0 + math.exp(-logit))


def utterance_features(comparison: Comparison, cosine: float) -> tuple[float, ...]:
    """What the probability is made of, in the order of ``FEATURES``; see ``training/matching.py``."""
    alignment = comparison.alignment
    telling = float(np.minimum(alignment.quote.weights, 7.0).sum())
    brief = math.exp(-telling / 15.0)  # a few words occur in many statements
    return (
        alignment.quote_coverage,
        alignment.window_coverage,
        cosine,
        brief,
        brief * alignment.quote_coverage,
        brief * cosine,
    )


def _published(passage: Passage) -> date | None:
    try:
        return date.fromisoformat(passage.metadata.get("published", "")[:10])
    except ValueError:
        return None


def _days_apart(published: date | None, passage: Passage) -> int | None:
    other = _published(passage)
    return None if published is None or other is None else abs((published - other).days)


def stitched_from(side: Side, judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """Two candidates that each account for a run of words the other lacks; empty if one has all."""
    if not judged or judged[0].alignment.quote_coverage < PART:
        return ()
    first = judged[0]
    for second in sorted(judged, key=lambda j: -j.alignment.quote_coverage):
        if second is first or _neighbours(first.passage, second.passage):
            continue
        gain = _run_gained(side, first.alignment, second.alignment)
        if gain >= STITCH_RUN and not any(_has_both(j, first, second) for j in judged):
            return (first, second)
    return ()


def _neighbours(a: Passage, b: Passage) -> bool:
    """Whether two passages follow each other in one article and are of one speaker: one statement."""
    x, y = a.metadata, b.metadata
    same = x.get("article_id") == y.get("article_id") and x.get("speaker") == y.get("speaker")
    if not same or "order" not in x or "order" not in y:
        return False
    return abs(int(x["order"]) - int(y["order"])) <= 1


def _run_gained(side: Side, first: Alignment, second: Alignment) -> int:
    """The longest run of content words that only the second has, linked surely and in its window.

    A word that neither has says nothing of where the others come from.
    """
    best = run = 0
    for i, weight in enumerate(side.weights):
        if weight < TELLING:
            continue
        if first.strength[i] >= LINK_FLOOR:
            run = 0
        elif second.strength[i] >= FIRM_LINK and second.to_source[i] in second.window:
            run += 1
        best = max(best, run)
    return best


def _has_both(item: Judged, first: Judged, second: Judged) -> bool:
    """Whether one passage has (nearly) all that two others have together."""
    joined = np.maximum(first.alignment.strength, second.alignment.strength)
    weights = item.alignment.quote.weights
    return float((weights * item.alignment.strength).sum()) >= 0.9 * float((weights * joined).sum())


def evidence_of(item: Judged) -> Evidence:
    """The record of a candidate that was taken as evidence."""
    comparison = item.comparison
    kind = item.passage.metadata.get("kind")
    relation = comparison.relation
    if kind in (QuotationKind.INDIRECT.value, "narration"):
        relation = Relation.INDIRECT_SUPPORT
    alignment = item.alignment
    links = tuple(
        Link(
            alignment.quote.words[i].span,
            alignment.source.words[int(j)].span,
            round(float(alignment.strength[i]), 2),
        )
        for i, j in enumerate(alignment.to_source)
        if j >= 0
    )
    window = comparison.window_span if len(alignment.window) else Span(0, len(item.passage.text))
    return Evidence(item.passage, window, round(float(item.cosine), 4), relation, links)
