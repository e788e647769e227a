"""One quotation held against reports that are given, not searched for: the ground of ``misquote compare``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index import Encoder, Passage
from index.texts import passage_id

from .languages import is_known, same_macro
from .matching.comparison import Comparison, compare_sides
from .matching.matching import Matched, candidate_of, judge, passage_side
from .matching.sides import make_side
from .reading import detect_language
from .types import Article, Quotation, QuotationKind, Span, Speaker

UNRELATED = 0.05
"""Probability of one utterance below which a given source is not the source of the quotation at all."""


@dataclass(frozen=True, slots=True)
class Source:
    """A report that a quotation is held against in :meth:`Checker.compare`."""

    text: str
    language: str | None = None
    speaker: str | None = None
    kind: QuotationKind | None = QuotationKind.DIRECT
    """None is narration."""
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair:
    """A quotation and the reports it is said to come from, of which there is at least one."""

    quote: str
    sources: tuple[Source, ...]
    id: str = ""
    language: str | None = None
    """Detected where it is not given."""
    speaker: str | None = None
    kind: QuotationKind = QuotationKind.DIRECT

    @property
    def texts(self) -> tuple[str, ...]:
        """What is encoded of it."""
        return (self.quote, *(source.text for source in self.sources))


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A quotation beside the reports it is said to come from, before any rule has looked."""

    pair: Pair
    article: Article
    """The quotation as a document of its own."""
    matched: Matched
    comparison: Comparison
    """With the report that has the words, else with the first one."""
    cosine: float
    """Of the quotation and the first report."""
    source: str
    """The text of the report that is shown."""
    first_language: str

    @property
    def supported(self) -> bool:
        """Whether both texts are in languages with data."""
        return all(is_known(code) for code in (self.article.language, self.first_language))


def hold(pair: Pair, encoder: Encoder) -> Held:
    """Align one quotation with the given reports. Languages are detected where they are not given."""
    article = _as_article(pair.quote, pair.language, pair.id)
    quotation = _as_quotation(pair.quote, pair.kind, pair.speaker)
    passages = [_as_passage(source, article.language, number) for number, source in enumerate(pair.sources)]
    vectors, tokens = encoder.encode_both(pair.texts)
    side = make_side(pair.quote, article.language, tokens=tokens[0])
    sides = {p.id: passage_side(p, tokens[n + 1]) for n, p in enumerate(passages)}
    cosines = [float(v) for v in vectors[1:] @ vectors[0]]
    candidates = [candidate_of(p, c, side) for p, c in zip(passages, cosines, strict=True)]
    matched = judge(quotation, side, candidates, sides, floor=UNRELATED, short=False)
    first = passages[0]
    if matched.judged:
        comparison = matched.judged[0].comparison
    else:
        comparison = compare_sides(matched.align_with(sides[first.id]), pair.kind)
    return Held(
        pair=pair,
        article=article,
        matched=matched,
        comparison=comparison,
        cosine=cosines[0],
        source=matched.judged[0].passage.text if matched.judged else first.text,
        first_language=first.language,
    )


def _as_article(quote: str, language: str | None, id: str) -> Article:
    code = language or detect_language(quote)
    return Article(id=id or "quote", text=quote, language=code)


def _as_quotation(quote: str, kind: QuotationKind, speaker: str | None) -> Quotation:
    whole = Span(0, len(quote))
    who = Speaker(speaker, speaker) if speaker else None
    # a speaker that is given is as good as one with a cue: nothing was carried over
    return Quotation("q1", (whole,), quote, kind, whole, who, cue=Span(0, 0) if who else None)


def _as_passage(source: Source, quote_language: str, number: int) -> Passage:
    code = source.language or detect_language(source.text)
    if source.language is None and same_macro(code, quote_language):
        code = quote_language  # one sentence seldom tells Indonesian from Malay
    metadata = {
        "article_id": str(number),
        "kind": source.kind.value if source.kind else "narration",
        **source.metadata,
    }
    if source.speaker:
        metadata["speaker"] = source.speaker
    return Passage(f"{number}-{passage_id(source.text, code)}", source.text, code, (metadata,))
