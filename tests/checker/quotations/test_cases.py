"""Every surface pattern on a short text: what is quoted, of which kind, and who says it."""

from __future__ import annotations

import pytest

from checker.quotations import extract
from checker.types import Article

from .cases import CASES, Case, Expected


def found_in(text: str, language: str) -> list[Expected]:
    extraction = extract(Article(id="a", text=text, language=language))
    return [
        Expected(q.text, q.speaker.name if q.speaker else None, q.kind.value) for q in extraction.quotations
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.language}: {c.name}")
def test_quotations_kinds_and_speakers(case: Case) -> None:
    assert found_in(case.text, case.language) == list(case.quotations)


def test_there_are_at_least_sixty_texts() -> None:
    assert len(CASES) >= 60
    assert {c.language for c in CASES} == {"en", "id", "ms", "zh"}
