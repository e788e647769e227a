"""A quotation while it is being put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..types import Quotation, QuotationKind, Span, Speaker

_MAX_PARTS = 12


@dataclass(frozen=True, slots=True)
class Clause:
    """A reporting clause of a language without capital letters."""

    cue: Span
    speaker: Speaker | None
    stands_for: str | None = None
    """The pronoun in place of a name, empty where the subject is left out."""
    kind: QuotationKind = QuotationKind.DIRECT
    kept: bool = True
    """Whether even a single quoted word is speech here."""
    carrier: str | None = None
    addressee: str | None = None

    def spoken_by(self, focus: Speaker | None) -> Speaker | None:
        """The speaker, where ``focus`` is whom a pronoun or a missing subject means."""
        if self.speaker is not None or self.stands_for is None or focus is None:
            return self.speaker
        return replace(focus, surface=self.stands_for or focus.surface)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the narrator: what it reports, or whom it is about."""

    clause: Clause
    content: Span | None = None
    """The reported words, if there are enough of them."""
    speaks: bool = True
    """Whether its subject says something; else later pronouns mean him."""


@dataclass(slots=True)
class Draft:
    """One quotation in the making; several spans once it is split or continued."""

    content: list[Span]
    kind: QuotationKind
    context: Span
    speaker: Speaker | None = None
    cue: Span | None = None
    carrier: str | None = None
    addressee: str | None = None
    unit: int = -1
    numbers: list[int] = field(default_factory=list)
    """Numbers of the marked quotations it is made of."""
    open_ended: bool = False
    heir: Speaker | None = None
    """Who speaks if no later part says otherwise."""

    def absorb(self, other: Draft) -> None:
        """Take the content of a later part; a speaker known to only one part serves both."""
        self.content.extend(other.content)
        self.numbers.extend(other.numbers)
        self.context = Span(
            min(self.context.start, other.context.start), max(self.context.end, other.context.end)
        )
        self.open_ended = other.open_ended
        if self.speaker is None:
            self.speaker, self.cue = other.speaker, other.cue
        self.carrier = self.carrier or other.carrier
        self.addressee = self.addressee or other.addressee


def swallow(drafts: list[Draft], told: Draft, last: Draft | None) -> bool:
    """Take the partial quotations inside ``told`` out of ``drafts`` (the wide reading).

    Returns whether ``last`` was one of them.
    """
    kept: list[Draft] = []
    gone = False
    while drafts and drafts[-1].unit == told.unit and len(kept) < _MAX_PARTS:
        part = drafts.pop()
        inside = all(any(t.contains(s) for t in told.content) for s in part.content)
        if part.kind is QuotationKind.MIXED and inside:
            told.kind = QuotationKind.MIXED
            gone = gone or part is last
        else:
            kept.append(part)
    drafts.extend(reversed(kept))
    return gone


def finish(text: str, drafts: Iterable[Draft]) -> tuple[Quotation, ...]:
    """The quotations in document order, numbered."""
    ordered = sorted(drafts, key=lambda d: (d.content[0].start, d.content[-1].end))
    return tuple(
        Quotation(
            id=f"q{number}",
            content=tuple(draft.content),
            text=" ".join(span.of(text) for span in draft.content),
            kind=draft.kind,
            context=draft.context,
            speaker=draft.speaker or draft.heir,
            cue=draft.cue,
            carrier=draft.carrier,
            addressee=draft.addressee,
        )
        for number, draft in enumerate(ordered, start=1)
    )
