"""MQ117: what the scorer reads becomes a finding only where it is sure and no report reads otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from checker.matching.alignment import align
from checker.matching.comparison import compare_sides
from checker.matching.scorer import Reading
from checker.matching.sides import make_side
from checker.rules import mq117_meaning_changed
from checker.rules.base import Case, Compared
from checker.rules.mq117_meaning_changed import BAR, check, worst_words
from checker.types import (
    Article,
    Evidence,
    Finding,
    Match,
    Quotation,
    QuotationKind,
    Relation,
    Span,
)
from checker.verdicts import without_repeats
from index.types import Passage

QUOTE = "The nurses were cheerful and asked for more work."
REPORT = "The nurses were exhausted and asked for rest."
SURE, CALM = 7.0, -7.0


def compared(
    logit: float,
    faults: Sequence[int] = (),
    number: int = 0,
    relation: Relation = Relation.PARAPHRASE,
    *,
    read: bool = True,
) -> Compared:
    """One report, read with these log-odds; ``faults`` are words at fault on both sides."""
    comparison = compare_sides(align(make_side(QUOTE, "en"), make_side(REPORT, "en")), QuotationKind.DIRECT)
    words = [np.full(len(side.words), CALM) for side in (comparison.quote, comparison.source)]
    for place in faults:
        for side in words:
            side[place] = SURE
    passage = Passage(f"p{number}", REPORT, "en", ({"article_id": "a", "kind": "direct"},))
    evidence = Evidence(passage, Span(0, len(REPORT)), 0.9, relation)
    return Compared(evidence, comparison, 1.0, 0.9, Reading(logit, *words) if read else None)


def findings(*items: Compared) -> list[Finding]:
    whole = Span(0, len(QUOTE))
    quotation = Quotation("q1", (whole,), QUOTE, QuotationKind.DIRECT, whole)
    match = Match(quotation, tuple(item.evidence for item in items), 1.0)
    return list(check(Case(Article("a", QUOTE, "en"), quotation, match, items)))


def test_a_sure_reading_is_reported_with_the_words_at_fault() -> None:
    [finding] = findings(compared(SURE, faults=[3]))
    assert finding.rule == "MQ117"
    assert [a.text for a in finding.annotations] == ["cheerful", "exhausted"]
    assert "“cheerful” may not mean what was reported: “exhausted”" in finding.message


def test_without_words_at_fault_the_whole_quotation_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mq117_meaning_changed, "drift", lambda *_: BAR)
    [finding] = findings(compared(SURE))
    assert [a.text for a in finding.annotations] == [QUOTE, REPORT]


@pytest.mark.parametrize(
    "items",
    [
        (),
        (compared(CALM, faults=[3]),),
        (compared(0.5),),
        (compared(SURE, [3]), compared(CALM, [3], number=1)),
        (compared(SURE, [3], read=False),),
        (compared(SURE, [3], relation=Relation.INDIRECT_SUPPORT),),
    ],
    ids=["nothing found", "sure of the same", "in doubt", "another report says it", "not read", "retold"],
)
def test_it_abstains(items: tuple[Compared, ...]) -> None:
    assert findings(*items) == []


def test_reports_that_were_not_read_do_not_speak_for_the_quotation() -> None:
    told = compared(SURE, [3])
    assert len(findings(told, compared(SURE, [3], number=1), compared(0.0, number=2, read=False))) == 1


def test_beside_a_finding_that_names_the_change_it_is_left_out() -> None:
    [learned] = findings(compared(SURE, faults=[3]))
    named = Finding(
        rule="MQ108",
        name="direction-changed",
        severity=learned.severity,
        confidence=0.8,
        message="",
        why="",
        help="",
        annotations=learned.annotations,
        quotation_id="q1",
        fingerprint="other",
    )
    assert without_repeats([learned]) == (learned,)
    assert without_repeats([learned, named]) == (named,)


@pytest.mark.parametrize(
    ("logits", "marked"),
    [
        ([], range(0)),
        ([-1.0, -0.1], range(0)),
        ([-1.0, 3.0, -1.0], range(1, 2)),
        ([2.0, 3.0, 2.5, -1.0, 4.0], range(4, 5)),
        ([0.5, 3.0, 2.0, 0.9], range(1, 3)),
    ],
)
def test_words_at_fault_are_the_worst_and_what_stands_beside_it(logits: list[float], marked: range) -> None:
    assert worst_words(logits) == marked
