"""Reads a document sentence by sentence and keeps in mind who is speaking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..types import QuotationKind, Span, Speaker, SpeakerKind
from .bodies import Bodies
from .clues import Clue
from .discourse import Sentence, Unit
from .drafts import Draft, swallow
from .groups import Group
from .indirect import readers_of
from .interview import Interview, by_label
from .kinds import ends_in_comma, kind_of
from .lexicon import Speech
from .marks import Quoted
from .names import Evidence
from .nested import NestedReader
from .referents import Referents
from .segments import Token
from .speakers import Registry, aliases_of
from .topics import Topics

_SUBJECT_REACH = 14
_LONG_PART = 6
_TERMINAL = ".!?…。！？"


@dataclass(slots=True)
class _Memory:
    """What a reader remembers while going on."""

    intro: tuple[Speaker | None, Span, str | None] | None = None
    """A reporting clause that ended in a colon."""
    last: Draft | None = None
    last_ended: bool = False
    """Whether the sentence before ended in, or was about, the last quotation."""


class Walker:
    """One pass over the units of a text."""

    def __init__(
        self,
        text: str,
        units: Sequence[Unit],
        quoted: Sequence[Sequence[Quoted]],
        speech: Speech,
        *,
        evidence: Evidence,
        headline: bool,
        clauses: bool,
        turns: Mapping[int, str],
    ) -> None:
        self._text = text
        self._units = units
        self._quotes = [q for quotes in quoted for q in quotes]
        self._speech = speech
        self._headline = headline
        self._clauses = clauses
        self._turns = turns
        self._topics = Topics(units, speech, evidence)
        self._sieve, self._indirect = readers_of(speech, clauses)
        groups = (g for u in units for s in u.sentences for g in s.groups)
        aliases = {**aliases_of(units, speech), **evidence.nicknames}
        self._registry = Registry(groups, speech, aliases, Bodies(units, speech))
        self._interview = Interview(units, turns, self._registry, speech)
        self._referents = Referents(self._registry, self._topics, speech)
        self._memory = _Memory()
        self._tokens: Sequence[Token] = ()
        self._spent: set[int] = set()
        """Cues of the sentence that already serve a quotation before them."""
        self.drafts: list[Draft] = []

    def walk(self) -> list[Draft]:
        """The drafts of all quotations."""
        for number, unit in enumerate(self._units):
            for sentence in unit.sentences:
                self._sentence(number, unit, sentence)
        nested = NestedReader(self._text, self._speech, self._registry)
        return self.drafts + nested.read(self.drafts)

    def _sentence(self, number: int, unit: Unit, sentence: Sentence) -> None:
        places = unit.places_in(sentence)
        memory = self._memory
        self._tokens = unit.tokens
        if self._headline and number == 0:
            self._headline_quotes(unit, sentence, places)
            return
        if places and not any(unit.tokens[i].is_word for i in range(sentence.first, sentence.last)):
            for place in places:
                if unit.tokens[place].quote in self._turns:
                    self._continue_turn(number, unit, place)
                else:
                    self._alone(number, unit, place)
            memory.last_ended = True
            self._referents.fresh = False
            return
        said: Speaker | None = None
        before = memory.last
        self._spent.clear()
        for place in places:
            said = self._quoted(number, unit, sentence, place, said)
        told = self._reported(number, unit, sentence, said)
        memory.last_ended = bool(places) and memory.last is not before
        self._remember(unit, sentence, said or told, quoting=said is not None)

    # -- quotations -------------------------------------------------------------------------

    def _headline_quotes(self, unit: Unit, sentence: Sentence, places: Sequence[int]) -> None:
        for place in places:
            clue = self._clue(unit, sentence, place)
            draft = self._draft(0, unit, place, QuotationKind.HEADLINE)
            if clue is not None:
                draft.speaker = self._resolve(clue, None, headline=True)
                draft.cue = clue.cue
            self.drafts.append(draft)

    def _alone(self, number: int, unit: Unit, place: int) -> None:
        """A quotation with no word of the narrator in its sentence."""
        memory = self._memory
        draft = self._draft(number, unit, place, QuotationKind.DIRECT)
        last = memory.last
        if last is not None and last.open_ended and last.unit == number - 1:
            last.absorb(draft)
            last.unit = number
            return
        if last is not None and last.unit == number and memory.last_ended and memory.intro is None:
            if not draft.open_ended:
                last.absorb(draft)
                return
            draft.heir = last.speaker
            self._keep(draft)
            return
        quote = self._quotes[unit.tokens[place].quote]
        if memory.intro is not None:
            draft.speaker, draft.cue, draft.addressee = memory.intro
            memory.intro = None
        elif last is not None and memory.last_ended and last.unit == number - 1 and last.speaker is not None:
            draft.speaker = replace(last.speaker, surface=last.speaker.name)
        elif self._referents.fresh and not quote.single:
            draft.speaker = self._referents.focus
        if draft.speaker is None and (quote.single or len(quote.content.of(self._text).split()) < 2):
            return
        self._keep(draft)

    def _quoted(
        self, number: int, unit: Unit, sentence: Sentence, place: int, said: Speaker | None
    ) -> Speaker | None:
        """One quotation in a sentence of the narrator; returns who is speaking there."""
        tokens = unit.tokens
        label = self._turns.get(tokens[place].quote)
        if label is not None:
            return self._turn(number, unit, sentence, place, label)
        clue = self._clue(unit, sentence, place)
        content = self._quotes[tokens[place].quote].content.of(self._text)
        kind = kind_of(self._text, content, tokens, sentence, place, clue)
        draft = self._draft(number, unit, place, kind)
        last = self._memory.last
        if last is not None and last.open_ended and last.unit == number - 1 and place == 0:
            if clue is not None and last.speaker is None:
                last.speaker, last.cue = self._resolve(clue, said), clue.cue
            if clue is not None:
                draft.carrier, draft.addressee = clue.carrier, clue.addressee
            last.absorb(draft)
            last.unit = number
            return last.speaker
        if clue is None:
            if self._memory.intro is not None and place == sentence.first:
                draft.speaker, draft.cue, draft.addressee = self._memory.intro
                self._memory.intro = None
            if self._is_worth_keeping(draft, unit, place):
                self._keep(draft)
            return said
        speaker = self._resolve(clue, said)
        if clue.cue_at > place:
            self._spent.add(clue.cue_at)
        draft.speaker, draft.cue = speaker, clue.cue
        if self._clauses and kind is QuotationKind.MIXED and clue.cue_at > place:
            first = tokens[sentence.first]
            draft.content = [Span(first.start, max(first.end, draft.content[0].end))]
        draft.carrier, draft.addressee = clue.carrier, clue.addressee
        if last is not None and self._is_split(tokens, last, unit, place, clue):
            last.absorb(draft)
        else:
            self._keep(draft)
        return speaker or said

    def _continue_turn(self, number: int, unit: Unit, place: int) -> None:
        """A paragraph of a dialogue that goes on with the turn before it."""
        if self.drafts:
            self.drafts[-1].absorb(self._draft(number, unit, place, QuotationKind.DIRECT))

    def _turn(self, number: int, unit: Unit, sentence: Sentence, place: int, label: str) -> Speaker | None:
        """One turn of an interview; answers are those of the person spoken of before the first turn."""
        draft = self._draft(number, unit, place, QuotationKind.DIRECT)
        speech = self._speech
        self._memory.intro = None
        if label in speech.answer_labels:
            draft.speaker = self._interview.answering or self._referents.focus
        elif label in speech.question_labels:
            draft.speaker = self._interview.asking
        else:
            draft.speaker = self._interview.by_initials(label)
            clue = self._sieve.before(unit.tokens, place, sentence)
            if draft.speaker is None and clue is not None:
                draft.speaker, draft.cue = self._resolve(clue, None), clue.cue
            if draft.speaker is None:
                draft.speaker = by_label(self._text, unit.tokens[sentence.first : place])
        self.drafts.append(draft)
        return draft.speaker

    def _is_split(self, tokens: Sequence[Token], last: Draft, unit: Unit, place: int, clue: Clue) -> bool:
        """ "A," said X, "B": the clause stands between two parts of one utterance."""
        if last.cue != clue.cue or last.unit != unit.paragraph.number or clue.cue_at > place:
            return False
        return last.kind is QuotationKind.DIRECT and tokens[place - 1].text == ","

    def _clue(self, unit: Unit, sentence: Sentence, place: int) -> Clue | None:
        tokens = unit.tokens
        before = self._sieve.before(tokens, place, sentence) if place > sentence.first else None
        close = before is not None and (
            place - before.cue_at <= 2
            or tokens[place - 1].text == ":"
            or not ends_in_comma(self._text, tokens[place])
        )
        if before is not None and close:
            return before
        return self._sieve.after(tokens, place, sentence) or before

    def _is_worth_keeping(self, draft: Draft, unit: Unit, place: int) -> bool:
        """Without a reporting clause only long quotations are speech; the rest are terms and irony."""
        quote = self._quotes[unit.tokens[place].quote]
        words = len(quote.content.of(self._text).split())
        if draft.speaker is not None:
            return True
        return not quote.single and words >= _LONG_PART

    def _draft(self, number: int, unit: Unit, place: int, kind: QuotationKind) -> Draft:
        index = unit.tokens[place].quote
        quote = self._quotes[index]
        return Draft(
            [quote.content],
            kind,
            unit.paragraph.span,
            unit=number,
            numbers=[index],
            open_ended=quote.open_ended,
        )

    def _keep(self, draft: Draft) -> None:
        self.drafts.append(draft)
        self._memory.last = draft

    # -- speakers ---------------------------------------------------------------------------

    def _resolve(self, clue: Clue, said: Speaker | None, *, headline: bool = False) -> Speaker | None:
        """The speaker of a clause; a pronoun stands for whoever is spoken of."""
        return self._referents.resolve(clue, said, self._tokens, headline=headline)

    def _reported(self, number: int, unit: Unit, sentence: Sentence, said: Speaker | None) -> Speaker | None:
        """Indirect speech of the sentence; returns its first speaker."""
        first: Speaker | None = None
        current = said
        for report in self._indirect.read(unit.tokens, sentence):
            speaker = self._resolve(report.clue, current)
            current = speaker or current
            first = first or speaker
            if not report.content or report.clue.cue_at in self._spent:
                continue
            clue = self._sieve.company.complete(unit.tokens, report.clue, sentence)
            told = Draft(
                list(report.content),
                QuotationKind.INDIRECT,
                unit.paragraph.span,
                speaker,
                clue.cue,
                clue.carrier,
                clue.addressee,
                unit=number,
            )
            if self._clauses and swallow(self.drafts, told, self._memory.last):
                self._memory.last = told
            self.drafts.append(told)
        last = unit.tokens[sentence.last - 1]
        self._memory.intro = None
        if last.text in (":", "："):
            self._memory.intro = self._introduction(unit, sentence, current)
        return first

    def _introduction(
        self, unit: Unit, sentence: Sentence, current: Speaker | None
    ) -> tuple[Speaker | None, Span, str | None]:
        """``Caddell continued:`` before a paragraph of its own."""
        tokens = unit.tokens
        clue = self._sieve.before(tokens, sentence.last - 1, sentence)
        if clue is None:
            clue = self._sieve.before(tokens, sentence.last, sentence)
        colon = tokens[sentence.last - 1]
        if clue is None:
            return current or self._referents.focus, Span(colon.start, colon.end), None
        letter = tokens[clue.cue_at].lower in self._speech.letter_verbs
        if letter and clue.words is not None and clue.words.lower() in self._speech.it_pronouns:
            return None, clue.cue, clue.addressee  # "It reads:" is of the letter
        return self._resolve(clue, current), clue.cue, clue.addressee

    def _remember(self, unit: Unit, sentence: Sentence, speaker: Speaker | None, *, quoting: bool) -> None:
        """The focus after this sentence: who spoke in it, else the person it is about."""
        referents = self._referents
        person = speaker is not None and speaker.kind is SpeakerKind.PERSON
        if speaker is not None and (quoting or referents.focus is None or person):
            referents.note(speaker)
            return
        if speaker is not None:
            referents.mention(speaker)
        referents.fresh = False
        tokens = unit.tokens
        if tokens[sentence.first].lower in self._speech.both_words:
            referents.forget()
            return
        start = self._sieve.subjects.after_adverbial(tokens, sentence)
        for at in range(start, min(sentence.last, start + _SUBJECT_REACH)):
            group = sentence.by_first.get(at)
            if group is None:
                if tokens[at].lower in self._speech.pronouns:
                    referents.fresh = True
                    return
                continue
            if group.possessive or self._sieve.subjects.is_oblique(tokens, group, sentence):
                continue
            if self._is_subject_of(group, unit, sentence):
                return

    def _is_subject_of(self, group: Group, unit: Unit, sentence: Sentence) -> bool:
        """Whether ``group`` is what the sentence is about, as is then noted."""
        referents, topics = self._referents, self._topics
        if group.is_person:
            known = self._registry.is_full(group)
            if (pair := topics.pair(group, unit, sentence)) is not None:
                referents.forget(self._registry.both(group, *pair))
            elif topics.is_topic(group, unit, sentence, first=referents.focus is None, known=known):
                referents.note(self._registry.resolve(group))
            return True
        if topics.is_new(group, unit, sentence):
            referents.note(self._registry.resolve(group))
            return True
        return not topics.is_plain(group)
