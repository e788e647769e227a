"""Joins the steps: marks, noun groups, the sieve, and what the reader carries from line to line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..types import Article, Extraction, MarkProblem, Span
from .blocks import with_blocks
from .caseless import CaselessWalker, ClauseReader
from .dialogue import find_turns, with_turns
from .discourse import read_units
from .drafts import Draft, finish
from .frame_clauses import FrameClauses
from .incises import without_incises
from .lexicon import Lexicon, Speech, lexicon_for
from .marks import MarkGrammar, Quoted
from .recovery import Recovery
from .segments import Paragraph, parts_of
from .unspaced import UnspacedClauses
from .walk import Walker

_MAX_HEADLINE = 160
_WORD = re.compile(r"[^\W_]+")
_FINAL = ".!?。！？…:：,।؟"


@dataclass(frozen=True, slots=True)
class Marked:
    """The quotations in marks of one part of a text, paragraph by paragraph."""

    paragraphs: list[Paragraph]
    quoted: list[list[Quoted]]
    problems: list[MarkProblem]
    turns: dict[int, str]
    """Quotation number to label, for the turns of a dialogue."""
    headline: bool
    """Whether the first paragraph is the title."""


def extract(article: Article, *, clauses: bool = False) -> Extraction:
    """Every quotation of ``article`` with its speaker, indirect speech included.

    Linear in the length of the text; never raises on odd text. Page furniture is skipped.

    Args:
        article: what to read.
        clauses: read widely, as PolNeAR annotates: the whole clause stands for a partial quotation
            in it, and the objects of verbs of opinion and intention ("wants", "criticised") are
            content too. An editor expects neither, so the default leaves both out.
    """
    lexicon = lexicon_for(article.language)
    drafts: list[Draft] = []
    problems: list[MarkProblem] = []
    for number, paragraphs in enumerate(parts_of(article.text, article.furniture)):
        marked = _read_marks(article, lexicon, paragraphs, first=number == 0)
        problems.extend(marked.problems)
        drafts.extend(_read_speech(article.text, marked, lexicon, clauses=clauses))
    return Extraction(article, finish(article.text, drafts), tuple(problems))


def _read_speech(text: str, marked: Marked, lexicon: Lexicon, *, clauses: bool) -> list[Draft]:
    """What was said in one part of a text, and who said it."""
    speech = lexicon.speech
    reader: ClauseReader | None = None
    if lexicon.frame is not None:
        reader = FrameClauses(text, marked.paragraphs, marked.quoted, lexicon.frame)
    elif not speech.spaced:
        reader = UnspacedClauses(text, marked.paragraphs, speech)
    if reader is not None:
        paragraphs, quoted, headline = marked.paragraphs, marked.quoted, marked.headline
        return CaselessWalker(
            text, paragraphs, quoted, speech, reader, headline=headline, turns=marked.turns
        ).walk()
    units, evidence = read_units(text, marked.paragraphs, marked.quoted, speech)
    return Walker(
        text,
        units,
        marked.quoted,
        speech,
        evidence=evidence,
        headline=marked.headline,
        clauses=clauses,
        turns=marked.turns,
    ).walk()


def _read_marks(article: Article, lexicon: Lexicon, paragraphs: list[Paragraph], *, first: bool) -> Marked:
    text = article.text
    grammar, recovery = _grammar(lexicon.language)
    headline = first and _has_headline(article, paragraphs)
    title = article.title_span
    if first and not headline and title is not None and grammar.scan(text, title).pairs:
        # A title without marks has nothing to find, and stays out of who is named in the prose.
        paragraphs = [Paragraph(title, 0), *(Paragraph(p.span, p.number + 1) for p in paragraphs)]
        headline = True
    quoted: list[list[Quoted]] = []
    strays: list[list[Span]] = []
    for paragraph in paragraphs:
        found, problems = recovery.quotations(text, paragraph.span, grammar.scan(text, paragraph.span))
        quoted.append(without_incises(text, found, lexicon.speech))
        strays.append(problems)
    _continue_paragraphs(text, paragraphs, quoted, strays)
    problems_found = [
        MarkProblem(stray, p.span) for p, spans in zip(paragraphs, strays, strict=True) for stray in spans
    ]
    found_turns = find_turns(text, paragraphs, lexicon.speech)
    if not found_turns:
        with_blocks(text, paragraphs, quoted, lexicon.speech)
    turns = with_turns(text, paragraphs, found_turns, quoted)
    return Marked(paragraphs, quoted, problems_found, turns, headline)


def _continue_paragraphs(
    text: str, paragraphs: Sequence[Paragraph], quoted: list[list[Quoted]], strays: list[list[Span]]
) -> None:
    """A quotation left open is lawful when the next paragraph begins with its opening mark again."""
    for i in range(len(paragraphs)):
        last = quoted[i][-1] if quoted[i] else None
        if last is None or not last.open_ended:
            continue
        following = quoted[i + 1][0] if i + 1 < len(quoted) and quoted[i + 1] else None
        goes_on = following is not None and following.mark == last.mark
        if goes_on and following is not None and following.outer.start == paragraphs[i + 1].span.start:
            strays[i] = [s for s in strays[i] if s.start != last.outer.start]
        else:
            quoted[i][-1] = replace(last, open_ended=False)


def _has_headline(article: Article, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the first paragraph is the title: it has its words, or is short and ends in no stop."""
    if not paragraphs:
        return False
    first = paragraphs[0].span.of(article.text)
    if article.title:
        return _words(first) == _words(article.title)
    if len(paragraphs) < 2 or len(first) > _MAX_HEADLINE:
        return False
    return first.rstrip("”\"’'»」 ")[-1:] not in _FINAL and first[-1:] not in _FINAL


def _words(text: str) -> list[str]:
    """For comparison: a heading of Markdown and the title of the page differ in marks and in its sign."""
    return _WORD.findall(text.casefold())


@cache
def _grammar(language: str) -> tuple[MarkGrammar, Recovery]:
    lexicon = lexicon_for(language)
    return MarkGrammar(lexicon.marks), Recovery(_tag_pattern(lexicon.speech))


def _tag_pattern(speech: Speech) -> re.Pattern[str]:
    """A reporting clause after a comma; repeats are bounded, so it is linear."""
    verbs = "|".join(re.escape(v) for v in sorted(speech.tag, key=len, reverse=True))
    if not speech.spaced:
        return re.compile(rf"[，,”」\"]\s?[^，。”“「」\"]{{1,12}}?(?:{verbs})")
    clitic = f"(?:{re.escape(speech.clitic)})?" if speech.clitic else ""
    pronouns = "|".join(re.escape(p) for p in sorted(speech.pronouns))
    name = r"[A-Z][\w’'.-]{0,30}(?:[ ][A-Z][\w’'.-]{0,30}){0,3}"
    return re.compile(
        rf"[,”’\"“]['’]?[ \u00a0]{{0,2}}(?:(?:{verbs}){clitic}\b|(?:{pronouns}|{name})[ ](?:{verbs})\b)",
        re.UNICODE,
    )
