"""Reported speech without marks: the clause that a verb of saying governs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..types import Span
from .attribution import Sieve
from .clauses import ClauseEnds
from .clues import Clue
from .contents import Contents
from .discourse import Sentence
from .lexicon import Speech
from .requests import RequestReader
from .segments import Token

_TIME_REACH = 8
_NEAR_THAT = 4
_FAR_THAT = 12
_CLOSING = 8
_PREDICATE_REACH = 16


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting clause and the words it reports; none when those stand in marks or are too few."""

    clue: Clue
    content: tuple[Span, ...]


class IndirectReader:
    """Finds the reported clauses of a sentence."""

    def __init__(self, speech: Speech, sieve: Sieve, *, clauses: bool) -> None:
        self._clauses = clauses
        self._speech = speech
        self._sieve = sieve
        self._ends = ClauseEnds(speech, sieve)
        self._contents = Contents(speech, sieve, clauses=clauses)
        self._told = RequestReader(speech, sieve, self._ends)
        self._inverting = speech.tag & speech.say
        self._heads = (
            sieve.source_heads | speech.sources_clitic | speech.say | speech.about_verbs | speech.passive
        )
        self._heads |= speech.tag | (speech.urge | speech.attitude if clauses else frozenset())

    def read(self, tokens: Sequence[Token], sentence: Sentence) -> Iterator[Report]:
        """The reports of a sentence, in order; contents never overlap a quotation."""
        speech = self._speech
        closing = self._closing(tokens, sentence) if speech.bare_clause else None
        if closing is not None:
            yield closing
            return
        heads, clitic, following = self._heads, speech.clitic, sentence.first
        for at, token in enumerate(tokens[sentence.first : sentence.last], sentence.first):
            lower = token.lower
            if at < following or not (lower in heads or (clitic and lower.endswith(clitic))):
                continue
            report = self._source(tokens, at, sentence) or self._verb(tokens, at, sentence)
            if report is None:
                continue
            yield report
            following = max(at + 1, report.clue.end)
            if report.content:
                end = report.content[-1].end
                while following < sentence.last and tokens[following].start < end:
                    following += 1

    def _closing(self, tokens: Sequence[Token], sentence: Sentence) -> Report | None:
        """``..., the source added.`` at the end governs all of the sentence, other reports included."""
        for at in range(sentence.last - 1, max(sentence.first, sentence.last - _CLOSING) - 1, -1):
            token = tokens[at]
            if token.quote >= 0 or token.text == ",":
                return None
            if token.is_word and token.lower in self._speech.say and not token.capital:
                clue = self._sieve.fronted(tokens, at, sentence)
                first = self._parenthesis(tokens, clue, sentence) if clue.near else None
                if first is None:
                    return None
                content = self._contents.of(
                    tokens, self._sieve.subjects.after_dateline(tokens, sentence), first - 1
                )
                return Report(clue, content) if content else None
        return None

    # -- according to X ---------------------------------------------------------------------

    def _source(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> Report | None:
        clue = self._sieve.source(tokens, at, sentence)
        if clue is None:
            return None
        if at == sentence.first or (clue.end < sentence.last and tokens[clue.end].text == ","):
            start = clue.end
            while start < sentence.last and tokens[start].text != ",":
                start += 1
            last = self._ends.of(tokens, start + 1, sentence)
            return Report(clue, self._contents.of(tokens, start + 1, last))
        end = at - 1 if tokens[at - 1].text == "," else at
        return Report(clue, self._contents.of(tokens, sentence.first, end))

    # -- X said (that) ----------------------------------------------------------------------

    def _verb(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> Report | None:
        speech = self._speech
        token = tokens[at]
        word = token.lower
        if token.capital and at > sentence.first:
            return None
        stem = word[: -len(speech.clitic)] if speech.clitic and word.endswith(speech.clitic) else word
        opening = at == sentence.first and at + 2 < sentence.last and tokens[at + 1].text == ","
        if opening and stem != word and stem in speech.tag:  # "Katanya, ..."
            content = self._contents.of(tokens, at + 2, self._ends.of(tokens, at + 2, sentence))
            return Report(self._sieve.clitic(tokens, at), content)
        if stem != word and stem in speech.passive:
            return self._clause(tokens, self._sieve.clitic(tokens, at), sentence)
        request = self._told.request(tokens, at, sentence)
        if request is not None:
            return Report(request.clue, self._contents.of(tokens, request.start, request.end))
        inverted = self._inverted(tokens, at, sentence)
        if inverted is not None:
            return inverted
        if word in speech.say or word in speech.about_verbs or word in speech.passive:
            report = self._clause(tokens, self._sieve.fronted(tokens, at, sentence), sentence)
            wide = self._clauses and (report is None or not report.content)
            return self._attitude(tokens, at, sentence) or report if wide else report
        if self._clauses and (word in speech.urge or word in speech.attitude):
            return self._attitude(tokens, at, sentence)
        if (word in speech.tag or stem in speech.tag) and at > sentence.first and tokens[at - 1].text == ",":
            clue = self._sieve.tagged(tokens, at, sentence)
            if clue is None or tokens[at - 2].quote >= 0:
                return Report(clue, ()) if clue else None
            if not speech.clitic and clue.group is None and clue.words is None:
                return None  # "X, a doctor, answered.": the subject stands before the verb
            return Report(clue, self._contents.around(tokens, sentence, at - 1, clue.end))
        return None

    def _inverted(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> Report | None:
        """``..., said X.``: a verb behind a comma whose subject follows and ends the clause."""
        speech = self._speech
        if speech.clitic or tokens[at].lower not in self._inverting or at - 1 <= sentence.first:
            return None
        if tokens[at - 1].text != "," or tokens[at - 2].quote >= 0:
            return None
        clue = self._sieve.tagged(tokens, at, sentence)
        if clue is None or clue.group is None:
            return None
        if clue.end < sentence.last and tokens[clue.end].text not in (",", ".", ";"):
            return None
        return Report(clue, self._contents.around(tokens, sentence, at - 1, clue.end))

    def _clause(self, tokens: Sequence[Token], clue: Clue, sentence: Sentence) -> Report | None:
        """What follows the verb, or what stands around "..., X said"."""
        speech = self._speech
        at = clue.cue_at
        if not clue.near:
            return None
        first = self._parenthesis(tokens, clue, sentence)
        if first is not None:
            return Report(clue, self._contents.around(tokens, sentence, first - 1, at + 1))
        start = max(at + 1, clue.end)
        verb = tokens[at].lower
        if verb in speech.about_verbs and verb not in speech.say:
            about = self._about(tokens, start, sentence)
            if about or start >= sentence.last or tokens[start].lower in speech.breaks:
                return Report(clue, about)
        that = self._complementiser(tokens, start, sentence)
        if that is not None:
            return Report(clue, self._contents.of(tokens, that, self._ends.of(tokens, that, sentence)))
        start = self._skip_addressee(tokens, start, sentence)
        if verb in speech.addressee_verbs:
            told = self._told.clause(tokens, at, sentence)
            if told is None:
                return Report(clue, ())
            return Report(clue, self._contents.of(tokens, told, self._ends.of(tokens, told, sentence)))
        if start < sentence.last and tokens[start].text == ",":
            start += 1
        elif not self._opens_clause(tokens, start, sentence, verb):
            return Report(clue, ())
        elif tokens[start].lower in speech.obliques:
            start += 1
        return Report(clue, self._contents.of(tokens, start, self._ends.of(tokens, start, sentence)))

    def _attitude(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> Report | None:
        """The object of a verb of opinion or intention (the wide reading only)."""
        speech = self._speech
        clue = self._sieve.fronted(tokens, at, sentence)
        start = at + 1
        if not clue.near or start >= sentence.last or tokens[start].lower in speech.subordinators:
            return None
        if clue.group is not None and clue.group.is_plain:
            return None  # "the plan backs ...": common nouns act as well as think
        if tokens[at].lower in speech.addressee_verbs:
            goal = next(
                (i for i in range(start, min(sentence.last, start + _NEAR_THAT)) if tokens[i].lower == "to"),
                None,
            )
            start = goal if goal is not None else start
        elif tokens[start].lower in speech.attitude_links:
            start += 1
        if start >= sentence.last or not (tokens[start].is_word or tokens[start].quote >= 0):
            return None
        end = self._ends.of(tokens, start, sentence)
        content = self._contents.of(tokens, start, end, shortest=1)
        return Report(clue, content) if content else None

    def _complementiser(self, tokens: Sequence[Token], start: int, sentence: Sentence) -> int | None:
        """The "that" of the verb: at once, or past an addressee, a place or a time."""
        speech = self._speech
        reach = _NEAR_THAT
        if (
            self._is_subject(tokens, start, sentence)
            and tokens[start - 1].lower not in speech.addressee_verbs
        ):
            return None
        if start < sentence.last and (
            tokens[start].lower in speech.breaks
            or tokens[start].lower in speech.obliques
            or tokens[start - 1].lower in speech.addressee_verbs
        ):
            reach = _FAR_THAT
        for at in range(start, min(sentence.last, start + reach)):
            if tokens[at].quote >= 0 or (at > start and tokens[at].lower in speech.say):
                return None
            if tokens[at].lower in speech.complementisers:
                return at
        return None

    def _is_subject(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> bool:
        """Whether the reported clause has begun already ("he says it shows that ...")."""
        if not self._speech.bare_clause or at >= sentence.last:
            return False
        return tokens[at].lower.replace("’", "'").split("'")[0] in self._speech.pronouns

    def _opens_clause(self, tokens: Sequence[Token], start: int, sentence: Sentence, verb: str) -> bool:
        if start >= sentence.last or not tokens[start].is_word:
            return False
        if verb in self._speech.object_verbs:
            return True
        if tokens[start].lower in self._speech.breaks - self._speech.predicates:
            return False
        return self._speech.bare_clause or self._is_clause(tokens, start, sentence, verb)

    def _is_clause(self, tokens: Sequence[Token], start: int, sentence: Sentence, verb: str) -> bool:
        """Whether a verb stands in the words from ``start``, where nothing else tells a clause from an object."""
        speech = self._speech
        if verb in speech.self_verbs:
            return True
        pattern = speech.predicate_pattern
        if pattern is None:
            return False
        for at in range(start, min(sentence.last, start + _PREDICATE_REACH)):
            lower = tokens[at].lower
            if tokens[at].quote >= 0 or tokens[at].text == ",":
                return False
            if tokens[at - 1].lower in speech.relatives:
                continue
            if lower in speech.predicates or (tokens[at].is_word and pattern.fullmatch(lower)):
                return True
            if lower in speech.determiners and self._is_predicate(tokens, at + 1, sentence, verb):
                return True
        return False

    def _is_predicate(self, tokens: Sequence[Token], at: int, sentence: Sentence, verb: str) -> bool:
        """Whether a noun or an adjective says something of the noun in front ("debat itu miskin rencana")."""
        if at >= sentence.last or not tokens[at].is_word or verb in self._speech.object_verbs:
            return False
        speech = self._speech
        lower = tokens[at].lower
        if lower in speech.breaks or lower in speech.obliques:
            return False
        return lower not in speech.as_words and lower not in speech.resuming

    def _about(self, tokens: Sequence[Token], start: int, sentence: Sentence) -> tuple[Span, ...]:
        for at in range(start, min(sentence.last, start + _TIME_REACH)):
            if tokens[at].lower in self._speech.about:
                return self._contents.of(tokens, at + 1, sentence.last)
        return ()

    def _parenthesis(self, tokens: Sequence[Token], clue: Clue, sentence: Sentence) -> int | None:
        """``..., sources said.`` and ``A, X said, B``: the first token of such a clause, else None."""
        if clue.group is None and not clue.pronoun:
            return None
        if any(tokens[i].quote >= 0 for i in range(clue.cue_at, sentence.last)):
            return None
        first = clue.group.first if clue.group is not None else clue.cue_at - 1
        while first > sentence.first and tokens[first - 1].lower in self._speech.articles:
            first -= 1
        if first <= sentence.first or tokens[first - 1].text != "," or first > clue.cue_at:
            return None
        following = clue.cue_at + 1
        if following < sentence.last and tokens[following].text == "," and not self._speech.bare_clause:
            return None  # "..., X mengatakan, ...": the comma stands for "that"
        if following >= sentence.last or not tokens[following].is_word:
            return first
        word = tokens[following].lower
        if word in self._speech.complementisers:
            return None
        if tokens[clue.cue_at].lower in self._speech.addressee_verbs:
            following = self._told.addressee(tokens, clue.cue_at, sentence)
            if following >= sentence.last or not tokens[following].is_word:
                return first
            word = tokens[following].lower
        return first if word in self._speech.breaks or word in self._speech.adverbs else None

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


@lru_cache(maxsize=32)
def readers_of(speech: Speech, clauses: bool) -> tuple[Sieve, IndirectReader]:
    """The readers of one language; they keep nothing of a text."""
    sieve = Sieve(speech)
    return sieve, IndirectReader(speech, sieve, clauses=clauses)
