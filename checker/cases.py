"""From what was found for a quotation to the case that the rules look at."""

from __future__ import annotations

from .matching.matching import Judged, Matched
from .rules import Case, Compared
from .types import Article, Evidence, Verdict


def case_of(article: Article, matched: Matched) -> Case:
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
    )


def _compared(judged: Judged, evidence: Evidence) -> Compared:
    return Compared(evidence, judged.comparison, judged.probability)
