"""Interviews and transcripts: paragraphs that open with who speaks ("PRESIDENT X: ...", "Q: ...").

The words behind the label need no marks. A document has turns when at least two labels open its
paragraphs, and one comes back or they are letters for question and answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..types import Span
from .lexicon import Speech
from .marks import Quoted, trim_content
from .segments import Paragraph

_LABEL = re.compile(r"[\"“”'‘«「]?(?P<label>[^\W\d_][^\n:：!?,;\"“”«»「」]{0,58})[ \u00a0]?[:：]\s*(?=\S)")
_LABEL_END = re.compile(r"[\"”»」’]\s*$")
_MAX_WORDS = 6
_ABBREVIATION = 5
_LEAST = 2
_LETTER = 2
CONTINUED = "+"
"""In place of a label: the paragraph goes on with the turn before it."""
TURN = "\u0000"
"""The mark of a turn, which has none."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One paragraph that opens with a label."""

    paragraph: int
    label: str
    """In lower case."""
    content: Span


def find_turns(text: str, paragraphs: Sequence[Paragraph], speech: Speech) -> list[Turn]:
    """The turns of a text, none when it is no dialogue."""
    turns = [turn for p in paragraphs if (turn := _turn(text, p, speech)) is not None]
    asked = speech.question_labels | speech.answer_labels
    counts = Counter(turn.label for turn in turns)
    lettered = sum(counts[label] for label in asked)
    if len(counts) < _LEAST or (lettered < _LEAST and max(counts.values()) < _LEAST):
        return []
    return turns


def _turn(text: str, paragraph: Paragraph, speech: Speech) -> Turn | None:
    span = paragraph.span
    match = _LABEL.match(text, span.start, min(span.end, span.start + 80))
    if match is None:
        return None
    words = match.group("label").split()
    label = " ".join(words).lower()
    if label in speech.furniture:
        return None
    known = label in speech.question_labels or label in speech.answer_labels
    if any(w.endswith(".") and len(w) > _ABBREVIATION for w in words):
        return None
    named = len(words) <= _MAX_WORDS and all(
        w[0].isupper() or w.isdigit() or w.lower() in speech.particles for w in words
    )
    if not speech.spaced:
        named = len(label) <= _MAX_WORDS and label.replace("·", "").isalnum()
    if not known and not named:
        return None
    closing = _LABEL_END.search(text, max(match.end(), span.end - 3), span.end)
    content = trim_content(text, match.end(), closing.start() if closing else span.end)
    first = text[match.end()] if match.end() < span.end else ""
    if content is None or (first in "\"“'‘«「" and not known):
        return None  # a quotation in marks behind a byline
    return Turn(paragraph.number, label, content)


def with_turns(
    text: str, paragraphs: Sequence[Paragraph], turns: Sequence[Turn], quoted: list[list[Quoted]]
) -> dict[int, str]:
    """Put the turns in place of the quotations of their paragraphs; quotation number to label."""
    if not turns:
        return {}
    by_paragraph = {turn.paragraph: turn for turn in turns}
    last = turns[-1].paragraph
    names = {word for turn in turns for word in turn.label.split() if len(word) > _LETTER}
    labels: dict[int, str] = {}
    number = 0
    going = False
    for place in range(len(quoted)):
        turn = by_paragraph.get(place)
        span = paragraphs[place].span
        if turn is not None:
            quoted[place] = [Quoted(turn.content, turn.content, TURN)]
            labels[number] = turn.label
            going = True
        elif going and place < last and not quoted[place] and not names & _words(span.of(text)):
            quoted[place] = [Quoted(span, span, TURN)]
            labels[number] = CONTINUED
        else:
            going = False
        number += len(quoted[place])
    return labels


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
