"""From what was found for a quotation to the case that the rules look at."""

from __future__ import annotations

from index.types import Passage

from .matching.alignment import align
from .matching.comparison import compare_sides
from .matching.matching import Judged, Matched, evidence_of
from .matching.sides import make_side
from .rules import Case, Compared
from .types import Article, Evidence, Extraction, Quotation, QuotationKind, Verdict


def case_of(article: Article, matched: Matched, extraction: Extraction | None = None) -> Case:
    """Everything a rule may look at for one quotation of ``article``."""
    match = matched.match
    evidence = {} if match is None else {e.passage.id: e for e in match.evidence}
    return Case(
        article=article,
        quotation=matched.quotation,
        match=match,
        compared=tuple(_compared(j, evidence[j.passage.id]) for j in matched.judged),
        verdict_hint=Verdict.UNCHECKED if match is None and matched.short else None,
        quoted_perhaps=matched.quoted_perhaps,
        stitched=tuple(
            _compared(j, evidence[j.passage.id]) for j in matched.stitched if j.passage.id in evidence
        ),
        extraction=extraction,
        body=_body(matched, extraction),
    )


def _compared(judged: Judged, evidence: Evidence) -> Compared:
    return Compared(evidence, judged.comparison, judged.probability, judged.cosine, judged.reading)


def _body(matched: Matched, extraction: Extraction | None) -> tuple[Compared, ...]:
    """A headline laid beside each quotation of its own article: one language, so no model is needed."""
    if extraction is None or matched.quotation.kind is not QuotationKind.HEADLINE:
        return ()
    others = (q for q in extraction.quotations if q.kind is not QuotationKind.HEADLINE)
    return tuple(_beside(matched, other, extraction.article) for other in others)


def _beside(matched: Matched, other: Quotation, article: Article) -> Compared:
    metadata = {"article_id": article.id, "kind": other.kind.value}
    if other.speaker is not None:
        metadata["speaker"] = other.speaker.name
    passage = Passage(f"{article.id}#{other.id}", other.text, article.language, (metadata,))
    source = make_side(other.text, article.language, published=article.published)
    comparison = compare_sides(align(matched.side, source), matched.quotation.kind)
    judged = Judged(passage, 0.0, comparison, 1.0)
    return _compared(judged, evidence_of(judged))
