"""Reported speech without marks: the clause that a verb of saying governs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..types import Span
from .attribution import Clue, Sieve
from .discourse import Sentence
from .lexicon import Speech
from .segments import Token

_MIN_WORDS = 3
_TIME_REACH = 8


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting clause and the words it reports; None when those stand in marks or are too few."""

    clue: Clue
    content: Span | None


class IndirectReader:
    """Finds the reported clauses of a sentence."""

    def __init__(self, text: str, speech: Speech, sieve: Sieve) -> None:
        self._text = text
        self._speech = speech
        self._sieve = sieve

    def read(self, tokens: Sequence[Token], sentence: Sentence) -> Iterator[Report]:
        """The reports of a sentence, in order; contents never overlap a quotation."""
        at = sentence.first
        while at < sentence.last:
            token = tokens[at]
            if not token.is_word:
                at += 1
                continue
            report = self._source(tokens, at, sentence) or self._verb(tokens, at, sentence)
            if report is None:
                at += 1
                continue
            yield report
            at = max(at + 1, report.clue.end)
            if report.content is not None:
                while at < sentence.last and tokens[at].start < report.content.end:
                    at += 1

    # -- according to X ---------------------------------------------------------------------

    def _source(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> Report | None:
        clue = self._sieve.source(tokens, at, sentence)
        if clue is None:
            return None
        if at == sentence.first or clue.end < sentence.last and tokens[clue.end].text == ",":
            start = clue.end
            while start < sentence.last and tokens[start].text != ",":
                start += 1
            return Report(clue, self._content(tokens, start + 1, sentence.last))
        end = at - 1 if tokens[at - 1].text == "," else at
        return Report(clue, self._content(tokens, sentence.first, end))

    # -- X said (that) ----------------------------------------------------------------------

    def _verb(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> Report | None:
        speech = self._speech
        word = tokens[at].lower
        stem = word[: -len(speech.clitic)] if speech.clitic and word.endswith(speech.clitic) else word
        if word in speech.say or word in speech.about_verbs or word in speech.passive:
            clue = self._sieve.at(tokens, at, sentence)
            if clue is None:
                clue = self._sieve.fronted(tokens, at, sentence)
            return self._clause(tokens, clue, sentence)
        if (word in speech.tag or stem in speech.tag) and at > sentence.first and tokens[at - 1].text == ",":
            clue = self._sieve.tagged(tokens, at, sentence)
            if clue is None or tokens[at - 2].quote >= 0:
                return Report(clue, None) if clue else None
            return Report(clue, self._content(tokens, sentence.first, at - 1))
        return None

    def _clause(self, tokens: Sequence[Token], clue: Clue, sentence: Sentence) -> Report:
        """What follows the verb, or what stands before "..., X said"."""
        speech = self._speech
        at = clue.cue_at
        trailing = self._trailing(tokens, clue, sentence)
        if trailing is not None:
            return Report(clue, trailing)
        start = max(at + 1, clue.end)
        start = self._skip_addressee(tokens, start, sentence)
        verb = tokens[at].lower
        if verb in speech.about_verbs and verb not in speech.say:
            return Report(clue, self._about(tokens, start, sentence))
        if start < sentence.last and tokens[start].text == ",":
            start += 1
        elif not self._opens_clause(tokens, start, sentence, verb):
            return Report(clue, None)
        return Report(clue, self._content(tokens, start, sentence.last))

    def _opens_clause(self, tokens: Sequence[Token], start: int, sentence: Sentence, verb: str) -> bool:
        if start >= sentence.last:
            return False
        token = tokens[start]
        if not token.is_word:
            return False
        if token.lower in self._speech.complementisers or verb in self._speech.object_verbs:
            return True
        return token.lower not in self._speech.breaks

    def _about(self, tokens: Sequence[Token], start: int, sentence: Sentence) -> Span | None:
        for at in range(start, min(sentence.last, start + _TIME_REACH)):
            if tokens[at].lower in self._speech.about:
                return self._content(tokens, at + 1, sentence.last)
        return None

    def _trailing(self, tokens: Sequence[Token], clue: Clue, sentence: Sentence) -> Span | None:
        """``..., sources said.``: nothing but a time or a place follows the verb."""
        if clue.group is None and not clue.pronoun:
            return None
        first = clue.group.first if clue.group is not None else clue.cue_at - 1
        while first > sentence.first and tokens[first - 1].lower in self._speech.articles:
            first -= 1
        if first <= sentence.first or tokens[first - 1].text != "," or first > clue.cue_at:
            return None
        if any(tokens[i].quote >= 0 for i in range(clue.cue_at, sentence.last)):
            return None
        following = clue.cue_at + 1
        ends = following >= sentence.last or not tokens[following].is_word
        ends = ends or tokens[following].lower in self._speech.breaks | self._speech.adverbs
        return self._content(tokens, sentence.first, first - 1) if ends else None

    def _skip_addressee(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> int:
        """Past "kepada CNN", "reporters", and a day in between."""
        speech = self._speech
        for _ in range(4):
            if at >= sentence.last:
                return at
            lower = tokens[at].lower
            group = sentence.by_first.get(at + 1)
            if lower in speech.addressee_links and group is not None:
                at = group.last
            elif tokens[at - 1].lower in speech.addressee_verbs and at in sentence.by_first:
                at = sentence.by_first[at].last
            elif lower in speech.months or (
                lower in speech.obliques and self._is_day(tokens, at + 1, sentence)
            ):
                at += 1
            elif tokens[at].text == "(":
                close = at
                while close < sentence.last and tokens[close].text != ")" and close - at < _TIME_REACH * 2:
                    close += 1
                at = close + 1
            else:
                return at
        return at

    def _is_day(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> bool:
        return at < sentence.last and tokens[at].lower in self._speech.months

    # -- content ----------------------------------------------------------------------------

    def _content(self, tokens: Sequence[Token], start: int, end: int) -> Span | None:
        """The words ``[start, end)`` without the complementiser and the final stop."""
        speech = self._speech
        if not speech.keep_complementiser and start < end and tokens[start].lower in speech.complementisers:
            start += 1
        while end > start and not tokens[end - 1].is_word and tokens[end - 1].text not in ")]%":
            if tokens[end - 1].quote >= 0:
                return None
            end -= 1
        if any(tokens[i].quote >= 0 for i in range(start, end)):
            return None
        if sum(tokens[i].is_word for i in range(start, end)) < _MIN_WORDS:
            return None
        return Span(tokens[start].start, tokens[end - 1].end)
