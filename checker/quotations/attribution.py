"""Who said it: a sieve over the words around a quotation, most precise pattern first.

1. a reporting clause right after the quotation (``kata X``, ``X said``, ``menurut X``);
2. a verb of saying or a source phrase before it in the same sentence;
3. a byline or an introduction that ends in a colon.

What has no clause of its own is left to ``extraction``, which knows what came before.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Span
from .clues import Clue, CompanyReader
from .discourse import Sentence
from .groups import Group
from .lexicon import Speech
from .segments import Token
from .subjects import SubjectFinder, open_bracket, skip_bracket

_REACH = 60
_SKIP = 6
_APPOSITIVE = 24


class Sieve:
    """Reads reporting clauses with one language's words."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._sources = {s[0]: s for s in speech.sources}
        self.subjects = SubjectFinder(speech)
        self.company = CompanyReader(speech)
        self._agent_lead = speech.by_words | speech.adverbs
        self._between = speech.adverbs | speech.articles
        self._saying = speech.tag | speech.say
        self._no_verb = speech.not_tags | speech.breaks | speech.obliques | speech.not_names
        self.source_heads = frozenset(self._sources)
        self._fronted = speech.say | speech.urge | speech.bare | speech.passive
        if not speech.clitic:
            self._fronted |= speech.tag

    # -- after the quotation ----------------------------------------------------------------

    def after(self, tokens: Sequence[Token], quote: int, sentence: Sentence) -> Clue | None:
        """The reporting clause that follows the quotation at token ``quote``."""
        speech = self._speech
        at = self._skip(tokens, quote + 1, sentence.last, punctuation=",-–—―")
        if at >= sentence.last or not tokens[at].is_word:
            return None
        clue = self.tagged(tokens, at, sentence) or self.source(tokens, at, sentence)
        clue = clue or self._unlisted(tokens, at, quote, sentence)
        clue = clue or self._subject_first(tokens, at, sentence) or self._signed(tokens, quote, sentence)
        if clue is None and tokens[at].lower in speech.carriers:
            clue = Clue(_span(tokens[at]), at, pronoun=True, end=at + 1)
        return self.company.complete(tokens, clue, sentence) if clue else None

    def clitic(self, tokens: Sequence[Token], at: int) -> Clue:
        """The clause of a verb that carries its subject (``dijelaskannya``)."""
        return Clue(_span(tokens[at]), at, pronoun=True, words=tokens[at].text, end=at + 1)

    def _signed(self, tokens: Sequence[Token], quote: int, sentence: Sentence) -> Clue | None:
        """``"..." - X, crossing guard``: a dash and a name behind the quotation."""
        at = quote + 1
        if at + 1 >= sentence.last or tokens[at].text not in ("-", "–", "—", "―"):
            return None
        group = sentence.by_first.get(at + 1)
        if group is None or not group.is_person:
            return None
        if group.last < sentence.last and tokens[group.last].text not in (",", "(", "."):
            return None
        return Clue(_span(tokens[at]), at, group=group, end=group.last)

    def _unlisted(self, tokens: Sequence[Token], at: int, quote: int, sentence: Sentence) -> Clue | None:
        """``"...," selorohnya``; ``"...," seloroh X``: any noun of manner is a verb of saying there."""
        speech = self._speech
        token = tokens[at]
        beside = at == quote + 1 or (at == quote + 2 and tokens[quote + 1].text == ",")
        if not speech.clitic or not beside or token.capital or not token.is_word:
            return None
        if token.lower in self._no_verb:
            return None
        if token.lower.endswith(speech.clitic) and len(token.text) > len(speech.clitic) + 3:
            return self.clitic(tokens, at)
        if at + 1 >= sentence.last or speech.noun_pattern is None:
            return None
        if tokens[at + 1].lower in speech.pronouns:
            return Clue(_span(token), at, pronoun=True, words=tokens[at + 1].text, end=at + 2)
        group = sentence.by_first.get(at + 1)
        if group is None or not group.is_person or not tokens[at + 1].capital or group.first != at + 1:
            return None
        return Clue(_span(token), at, group=self._with_apposition(tokens, group, sentence), end=group.last)

    def tagged(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> Clue | None:
        """``kata X``, ``katanya``, ``said X``: a verb at ``at`` with its subject after it."""
        speech = self._speech
        word = tokens[at].lower
        cue = _span(tokens[at])
        if speech.clitic and word.endswith(speech.clitic) and word[: -len(speech.clitic)] in speech.tag:
            return Clue(cue, at, pronoun=True, words=tokens[at].text, end=at + 1)
        for ending in speech.inversions:
            if word.endswith(ending) and word[: -len(ending)] in speech.tag:
                return Clue(cue, at, pronoun=True, words=ending.rpartition("-")[2], end=at + 1)
        if word not in speech.tag:
            return None
        following = at + 1
        for _ in range(3):
            if following >= sentence.last:
                break
            if tokens[following].lower in speech.pronouns:
                return Clue(cue, at, pronoun=True, words=tokens[following].text, end=following + 1)
            group = sentence.by_first.get(following)
            if group is not None:
                if not group.name:  # kata kepala perunding X
                    group = self.subjects.described(tokens, following, sentence) or group
                group = self._with_apposition(tokens, group, sentence)
                return Clue(cue, at, group=group, end=group.last)
            if tokens[following].lower not in self._between:
                break
            following += 1
        group = self.subjects.described(tokens, following, sentence)
        if group is not None:
            return Clue(cue, at, group=group, end=group.last)
        return Clue(cue, at, pronoun=True, end=at + 1)

    def _with_apposition(self, tokens: Sequence[Token], group: Group, sentence: Sentence) -> Group:
        """``kata Kepala Dusun Nglahar, Kelurahan S, Wahyu W``: the name after the office."""
        if group.name:
            return group
        at = skip_bracket(tokens, group.last, sentence.last)
        for _ in range(3):
            if at + 1 >= sentence.last or tokens[at].text != ",":
                return group
            following = sentence.by_first.get(at + 1)
            if following is None:
                return group
            if following.is_person and following.role is None:
                return following._replace(
                    role=group.role,
                    affiliation=group.affiliation,
                    start=group.start,
                    first=group.first,
                )
            at = following.last
        return group

    def source(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> Clue | None:
        """``menurut X``, ``according to X``."""
        speech = self._speech
        word = tokens[at].lower
        if word in speech.sources_clitic:
            return Clue(_span(tokens[at]), at, pronoun=True, words=tokens[at].text, end=at + 1)
        phrase = self._sources.get(word)
        if phrase is None:
            return None
        end = at + len(phrase)
        if tuple(t.lower for t in tokens[at:end]) != phrase:
            return None
        cue = Span(tokens[at].start, tokens[end - 1].end)
        while end < sentence.last and tokens[end].lower in speech.articles:
            end += 1
        if end < sentence.last and tokens[end].lower in speech.pronouns:
            return Clue(cue, at, pronoun=True, words=tokens[end].text, end=end + 1)
        group = sentence.by_first.get(end)
        if group is None and speech.clitic and end < sentence.last and not tokens[end].capital:
            group = sentence.by_first.get(end + 1)  # menurut catatan X
        while group is not None and group.possessive and group.last in sentence.by_first:
            group = sentence.by_first[group.last]  # according to Stokes's deputy
        if group is None:
            return None
        group = self._with_apposition(tokens, group, sentence)
        return Clue(cue, at, group=group, end=group.last)

    def _subject_first(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> Clue | None:
        """``X said``, ``he said``, ``X, a doctor, said`` after a quotation."""
        speech = self._speech
        while at < sentence.last and tokens[at].lower in speech.articles:
            at += 1
        if at >= sentence.last:
            return None
        group = sentence.by_first.get(at) or self.subjects.described(tokens, at, sentence)
        pronoun = tokens[at].lower in speech.pronouns
        if group is None and not pronoun:
            return None
        end = group.last if group is not None else at + 1
        end = skip_bracket(tokens, end, sentence.last)
        if end < sentence.last and tokens[end].text == ",":
            close = self._closing_comma(tokens, end + 1, sentence.last)
            if close is None:
                return None
            end = close + 1
        end = self._skip(tokens, end, sentence.last, punctuation="")
        if end < sentence.last and tokens[end].lower in self._saying:
            words = tokens[at].text if pronoun and group is None else None
            return Clue(_span(tokens[end]), end, group=group, pronoun=pronoun, words=words, end=end + 1)
        return None

    def _closing_comma(self, tokens: Sequence[Token], at: int, last: int) -> int | None:
        for i in range(at - 1, min(last, at + _APPOSITIVE)):
            if tokens[i].quote >= 0:
                return None
            following = tokens[i + 1].lower if i + 1 < last else ""
            if tokens[i].text == "," and following in self._saying:
                return i
        return None

    # -- before the quotation ---------------------------------------------------------------

    def before(self, tokens: Sequence[Token], quote: int, sentence: Sentence) -> Clue | None:
        """The nearest reporting clause to the left of the quotation, in its sentence."""
        for at in range(quote - 1, max(sentence.first, quote - _REACH) - 1, -1):
            clue = self.at(tokens, at, sentence)
            if clue is not None:
                return self.company.complete(tokens, clue, sentence)
        return self._byline(tokens, quote, sentence)

    def at(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> Clue | None:
        """The reporting clause whose cue is the token ``at``, if it is a cue."""
        token = tokens[at]
        if not token.is_word:
            return None
        speech = self._speech
        word = token.lower
        if word in self._sources or word in speech.sources_clitic:
            return self.source(tokens, at, sentence)
        if word in self._fronted:
            return self.fronted(tokens, at, sentence)
        if self._at_clause_start(tokens, at, sentence):
            return self.tagged(tokens, at, sentence)
        return None

    def _at_clause_start(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> bool:
        """Nouns such as "kata" are verbs only where a reporting clause may begin."""
        if at == sentence.first:
            return True
        before = tokens[at - 1]
        return before.quote >= 0 or before.text in (",", "-", "–", "—")

    def fronted(self, tokens: Sequence[Token], at: int, sentence: Sentence) -> Clue:
        """The clause of the verb at ``at``, whose subject stands before it (or after "oleh")."""
        speech = self._speech
        cue = _span(tokens[at])
        if tokens[at].lower in speech.passive:
            following = at + 1
            while following < sentence.last and tokens[following].lower in self._agent_lead:
                following += 1
            group = sentence.by_first.get(following)
            if group is not None:
                return Clue(cue, at, group=self._with_apposition(tokens, group, sentence), end=group.last)
        found = self.subjects.of(tokens, at, sentence)
        if found.group is None and found.words is None and not found.shared:
            after = sentence.by_first.get(at + 1)
            if tokens[at].lower in speech.tag and after is not None:
                return Clue(cue, at, group=self._with_apposition(tokens, after, sentence), end=after.last)
            found = found._replace(shared=True)
        return Clue(
            cue,
            at,
            group=found.group,
            pronoun=found.words is not None,
            words=found.words,
            shared=found.shared,
            near=found.near,
            end=at + 1,
        )

    def _byline(self, tokens: Sequence[Token], quote: int, sentence: Sentence) -> Clue | None:
        """``PRESIDENT X: "..."``."""
        at = quote - 1
        if at <= sentence.first or tokens[at].text not in (":", "：", "―", "—"):
            return None
        end = at
        if tokens[end - 1].text in (")", "]"):
            end = open_bracket(tokens, end - 1, sentence.first)
        group = sentence.by_last.get(end) or self._led_by(tokens, at, sentence)
        if group is None:
            return None
        return Clue(_span(tokens[at]), at, group=group, end=at + 1)

    def _led_by(self, tokens: Sequence[Token], colon: int, sentence: Sentence) -> Group | None:
        """``X was kinder: "..."``: the person who is the subject of the words in front of a colon."""
        group = next(iter(sentence.groups), None)
        if group is None or not group.is_person or group.possessive or group.last > colon:
            return None
        if group.first > sentence.first + 1 or any(t.quote >= 0 for t in tokens[sentence.first : colon]):
            return None
        return group

    # -- small steps --------------------------------------------------------------------------

    def _skip(self, tokens: Sequence[Token], at: int, last: int, punctuation: str) -> int:
        steps = 0
        while at < last and steps < _SKIP:
            token = tokens[at]
            adverb = token.is_word and token.lower in self._speech.adverbs
            if not adverb and not (token.text and token.text in punctuation):
                break
            at += 1
            steps += 1
        return at


def _span(token: Token) -> Span:
    return Span(token.start, token.end)
