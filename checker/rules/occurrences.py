"""The earlier reports of an utterance one by one: in which article, when, by whom, through whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..types import QuotationKind, Speaker, SpeakerKind
from .base import Case, Compared

QUOTED = frozenset({QuotationKind.DIRECT.value, QuotationKind.MIXED.value, QuotationKind.HEADLINE.value})
"""Kinds of reports that gave the words in quotation marks."""
FIRM = 0.5
"""Share of the quotation that a report must account for to be heard on anything but its wording."""


@dataclass(frozen=True, slots=True, eq=False)
class Occurrence:
    """One article that reports the utterance."""

    compared: Compared
    metadata: Mapping[str, str]

    @property
    def outlet(self) -> str:
        """The outlet's name, empty where it is not known."""
        return self.metadata.get("outlet", "")

    @property
    def article(self) -> str:
        """Id of the article."""
        return self.metadata.get("article_id", "")

    @property
    def published(self) -> date | None:
        """Day of publication, None where it is not known."""
        try:
            return date.fromisoformat(self.metadata.get("published", "")[:10])
        except ValueError:
            return None

    @property
    def quoted(self) -> bool:
        """Whether the article has the words in quotation marks."""
        return self.metadata.get("kind", "") in QUOTED

    @property
    def language(self) -> str:
        """Language of the words."""
        return self.compared.evidence.passage.language

    @property
    def context(self) -> str:
        """The paragraph around the words, as far as it is stored."""
        return self.metadata.get("context", "")

    @property
    def speaker(self) -> Speaker | None:
        """Who is said to have spoken, None where nobody is named."""
        name = self.metadata.get("speaker")
        if not name:
            return None
        kind = SpeakerKind(self.metadata.get("speaker_kind", SpeakerKind.PERSON.value))
        return Speaker(name, name, self.metadata.get("role"), self.metadata.get("affiliation"), kind)


def is_firm(item: Compared) -> bool:
    """Whether a report accounts for enough of the quotation to be heard."""
    return bool(item.comparison.alignment.quote_coverage >= FIRM)


def occurrences(case: Case) -> tuple[Occurrence, ...]:
    """Every occurrence of the evidence, best evidence first; an article counts once."""
    found: dict[str, Occurrence] = {}
    for item in case.compared:
        for metadata in item.evidence.passage.occurrences:
            found.setdefault(metadata.get("article_id", ""), Occurrence(item, metadata))
    return tuple(found.values())


def firm_occurrences(case: Case) -> tuple[Occurrence, ...]:
    """Those whose report is firm."""
    return tuple(o for o in occurrences(case) if is_firm(o.compared))
