"""Quotations inside quotations, where another speaker is quoted ("My teacher said, 'Wait'").

Only words in inner marks right behind a verb of saying count: other inner marks hold titles and
terms. What the speaker quotes of himself is part of his own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..types import QuotationKind, Span, Speaker, SpeakerKind
from .drafts import Draft
from .lexicon import Speech
from .marks import trim_content
from .segments import Token, tokens_of
from .speakers import Registry

_LEAD = 90
_LONGEST = 400
_MAX_SUBJECT = 5
_CLAUSE_ENDS = frozenset((",", ".", "!", "?", ";", ":", "…", "—", "–"))
_INNER = re.compile(
    rf"(?<![^\s(:—–])(?:‘([^‘\n]{{2,{_LONGEST}}}?)’|'([^'\n]{{2,{_LONGEST}}}?)'"
    rf"|“([^“”\n]{{2,{_LONGEST}}}?)”|\"([^\"\n]{{2,{_LONGEST}}}?)\"|„([^„“\n]{{2,{_LONGEST}}}?)“)(?!\w)"
)


class NestedReader:
    """Finds inner quotations with one language's words and one document's people."""

    def __init__(self, text: str, speech: Speech, registry: Registry) -> None:
        self._text = text
        self._speech = speech
        self._registry = registry
        self._skipped = _skipped(speech)

    def read(self, drafts: Sequence[Draft]) -> list[Draft]:
        """The inner quotations of ``drafts``, those by another speaker only."""
        if not self._speech.first_persons:
            return []
        marked = (d for d in drafts if d.kind is not QuotationKind.INDIRECT)
        return [inner for draft in marked for span in draft.content for inner in self._inside(draft, span)]

    def _inside(self, draft: Draft, span: Span) -> Iterator[Draft]:
        for match in _INNER.finditer(self._text, span.start, span.end):
            number = match.lastindex or 1
            content = trim_content(self._text, match.start(number), match.end(number))
            lead = self._lead(max(span.start, match.start() - _LEAD), match.start())
            if content is None or lead is None or " " not in content.of(self._text):
                continue
            cue, subject = lead
            speaker = self._speaker(subject)
            inner = Draft([content], QuotationKind.DIRECT, draft.context, speaker, cue, unit=draft.unit)
            inner.carrier = draft.speaker.name if draft.speaker is not None else None
            yield inner

    def _lead(self, start: int, end: int) -> tuple[Span, list[Token]] | None:
        """The verb of saying right before ``end`` and the words of its subject, unless that is the speaker."""
        tokens = tokens_of(self._text, start, end)
        while tokens and tokens[-1].text in (",", ":"):
            tokens.pop()
        speech = self._speech
        if not tokens or not (tokens[-1].lower in speech.say or tokens[-1].lower in speech.tag):
            return None
        verb = tokens.pop()
        while tokens and tokens[-1].lower in self._skipped:
            tokens.pop()
        subject: list[Token] = []
        while tokens and tokens[-1].text not in _CLAUSE_ENDS and len(subject) <= _MAX_SUBJECT:
            lower = tokens[-1].lower
            if not tokens[-1].is_word or lower in speech.resuming or lower in speech.complementisers:
                break
            subject.insert(0, tokens.pop())
        own = any(t.lower in speech.first_persons for t in subject[:1])
        if not subject or len(subject) > _MAX_SUBJECT or own:
            return None
        return Span(verb.start, verb.end), subject

    def _speaker(self, subject: Sequence[Token]) -> Speaker | None:
        """The person of the document with that name, else the words; a pronoun may be anybody."""
        if len(subject) == 1 and subject[0].lower in self._speech.pronouns:
            return None
        words = [t.text for t in subject if t.lower not in self._speech.honorifics]
        surface = self._text[subject[0].start : subject[-1].end]
        if words and all(w[0].isupper() for w in words):
            person = self._registry.named(words)
            if person is not None:
                return person
        return Speaker(surface, surface, kind=SpeakerKind.UNNAMED)


@lru_cache(maxsize=32)
def _skipped(speech: Speech) -> frozenset[str]:
    """Words between a subject and its verb."""
    return speech.adverbs | {"used", "to"} if not speech.clitic else speech.adverbs
