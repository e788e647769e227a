"""Joins the stages. The only module that knows their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from index import Encoder, Passage, PassageIndex, load_encoder
from index.texts import passage_id

from . import __version__
from .errors import CheckerError
from .ingest import IngestResult, add_coverage, temporary_index
from .languages import is_known, same_macro
from .matching.comparison import compare_sides
from .matching.consistency import drift
from .matching.matching import Judged, Matched, candidate_of, judge, match_quotations, passage_side
from .matching.sides import make_side
from .quotations import extract
from .reading import detect_language, read_paths, read_text
from .rules import ARTICLE_RULES, QUOTATION_RULES, Case, Compared
from .types import (
    Article,
    ArticleResult,
    Evidence,
    Extraction,
    Finding,
    PairResult,
    Problem,
    Quotation,
    QuotationKind,
    QuoteResult,
    Report,
    RunInfo,
    Severity,
    Span,
    Speaker,
    Verdict,
)

UNRELATED = 0.05
"""Probability of one utterance below which a given source is not the source of the quotation at all."""
FORM = "MQ4"
"""Findings on form do not change a verdict."""


@dataclass(frozen=True, slots=True)
class Source:
    """A report that a quotation is held against in :meth:`Checker.compare`."""

    text: str
    language: str | None = None
    speaker: str | None = None
    kind: QuotationKind | None = QuotationKind.DIRECT
    """None is narration."""
    metadata: Mapping[str, str] = field(default_factory=dict)


class Checker:
    """Checks quotations against an index of earlier coverage.

    Args:
        index: the earlier coverage; None is enough for :meth:`compare`.
        encoder: the model the index was built with; None loads the embedded one when it is needed.
        levels: rule code to ``error``, ``warning``, ``info`` or ``off``; the rest keep their default.
        indirect: also judge reported speech without marks, at warning level at most.
    """

    def __init__(
        self,
        index: PassageIndex | None = None,
        encoder: Encoder | None = None,
        *,
        levels: Mapping[str, str] | None = None,
        indirect: bool = False,
    ) -> None:
        self._index = index
        self._given = encoder
        self._levels = dict(levels or {})
        self._indirect = indirect

    @classmethod
    def open(cls, index: str | Path, *, model: str | None = None, offline: bool = True) -> Checker:
        """Open an index folder with the model it was built with.

        Raises:
            index.errors.StoreError: the folder is missing, damaged or foreign.
            index.errors.ModelError: the model is missing, or another one was used for the index.
        """
        encoder = load_encoder(model, offline=offline, index=Path(index))
        return cls(PassageIndex.open(Path(index), model=encoder.info), encoder)

    @property
    def encoder(self) -> Encoder:
        """The encoder in use; the embedded one is loaded the first time."""
        if self._given is None:
            self._given = load_encoder(None)
        return self._given

    def check_article(self, article: Article) -> ArticleResult:
        """Judge every quotation of one article.

        Raises:
            CheckerError: the checker was made without an index.
        """
        if self._index is None:
            raise CheckerError("there is no index to check against", "pass one, or use compare()")
        extraction = extract(article)
        own = tuple(f for rule in ARTICLE_RULES for f in self._levelled(rule.check(extraction)))
        wanted = [q for q in extraction.quotations if self._indirect or q.kind is not QuotationKind.INDIRECT]
        if not is_known(article.language):
            results = tuple(QuoteResult(q, Verdict.UNCHECKED, None, ()) for q in wanted)
            return ArticleResult(article, results, own)
        matched = match_quotations(article, wanted, self._index, self.encoder) if wanted else []
        return ArticleResult(article, tuple(self._result(article, m) for m in matched), own)

    def _result(self, article: Article, matched: Matched) -> QuoteResult:
        match = matched.match
        unchecked = match is None and matched.short
        evidence = {} if match is None else {e.passage.id: e for e in match.evidence}
        case = Case(
            article=article,
            quotation=matched.quotation,
            match=match,
            compared=tuple(_compared(j, evidence[j.passage.id]) for j in matched.judged),
            verdict_hint=Verdict.UNCHECKED if unchecked else None,
            quoted_perhaps=matched.quoted_perhaps,
            stitched=tuple(
                _compared(j, evidence[j.passage.id]) for j in matched.stitched if j.passage.id in evidence
            ),
        )
        findings = self.apply_rules(case)
        verdict = verdict_of(findings) if match is not None else Verdict.UNVERIFIED
        return QuoteResult(matched.quotation, Verdict.UNCHECKED if unchecked else verdict, match, findings)

    def apply_rules(self, case: Case) -> tuple[Finding, ...]:
        """Run the rules on one case, set levels, and drop what another finding already says."""
        found = [f for rule in QUOTATION_RULES for f in self._levelled(rule.check(case))]
        if case.quotation.kind is QuotationKind.INDIRECT:
            found = [
                replace(f, severity=Severity.WARNING) if f.severity is Severity.ERROR else f for f in found
            ]
        return without_repeats(found)

    def _levelled(self, findings: Iterator[Finding]) -> Iterator[Finding]:
        for finding in findings:
            level = self._levels.get(finding.rule)
            if level == "off":
                continue
            yield finding if level is None else replace(finding, severity=Severity(level))

    def compare(
        self,
        quote: str,
        sources: Sequence[Source],
        *,
        id: str = "",
        language: str | None = None,
        speaker: str | None = None,
        kind: QuotationKind = QuotationKind.DIRECT,
    ) -> PairResult:
        """Hold one quotation against the reports it is said to come from.

        The first source is the one whose words are shown. The verdict is ``unverified`` when no source
        reports the same utterance, ``unchecked`` (and ``drift`` even) in a language without data.
        """
        article = _as_article(quote, language, id)
        quotation = _as_quotation(quote, kind, speaker)
        passages = [_as_passage(source, article.language, number) for number, source in enumerate(sources)]
        texts = [quote, *(p.text for p in passages)]
        vectors, tokens = self.encoder.encode_both(texts)
        side = make_side(quote, article.language, tokens=tokens[0])
        sides = {p.id: passage_side(p, tokens[n + 1]) for n, p in enumerate(passages)}
        cosines = [float(v) for v in vectors[1:] @ vectors[0]]
        candidates = [candidate_of(p, c, side) for p, c in zip(passages, cosines, strict=True)]
        matched = judge(quotation, side, candidates, sides, floor=UNRELATED, short=False)
        result = self._result(article, matched)
        first = passages[0]
        if not all(is_known(code) for code in (article.language, first.language)):
            return PairResult(id, quote, first.text, Verdict.UNCHECKED, drift=0.5)
        comparison = (
            matched.judged[0].comparison
            if matched.judged
            else compare_sides(matched.align_with(sides[first.id]), kind)
        )
        return PairResult(
            id=id,
            quote=quote,
            source=matched.judged[0].passage.text if matched.judged else first.text,
            verdict=result.verdict,
            drift=round(drift(comparison, cosines[0], result.findings), 4),
            findings=result.findings,
        )

    def run_info(self, **settings: object) -> RunInfo:
        """What the results depend on, for the report."""
        base = RunInfo(tool_version=__version__)
        if self._index is not None:
            info = self._index.info()
            base = replace(
                base,
                index_path=info.path,
                index_id=info.id,
                passages=info.passages,
                model=info.model.name,
                model_revision=info.model.revision,
            )
        return replace(base, **settings)  # type: ignore[arg-type]


def _compared(judged: Judged, evidence: Evidence) -> Compared:
    return Compared(evidence, judged.comparison, judged.probability)


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """``flagged`` with a warning or error that is not of form and not suppressed, else ``consistent``."""
    weighty = any(
        f.severity is not Severity.INFO and not f.rule.startswith(FORM) and f.suppression is None
        for f in findings
    )
    return Verdict.FLAGGED if weighty else Verdict.CONSISTENT


def without_repeats(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Drop doubles, and the general finding where a precise one marks the same words."""
    precise = [f for f in findings if f.rule < "MQ110" or f.rule == "MQ118"]
    marked = {
        side: [a.span for f in precise for a in f.annotations if a.side == side]
        for side in ("article", "evidence")
    }
    kept: dict[str, Finding] = {}
    for finding in findings:
        if finding.rule == "MQ121" and any(f.rule < "MQ2" and f.rule != "MQ121" for f in findings):
            continue
        if finding.rule in ("MQ111", "MQ112") and _explained(finding, marked):
            continue
        kept.setdefault(finding.fingerprint, finding)
    return tuple(sorted(kept.values(), key=lambda f: (f.annotations[0].span.start, f.rule)))


def _explained(finding: Finding, marked: Mapping[str, list[Span]]) -> bool:
    """Whether a precise finding lies inside the words a general one marks."""
    side = "article" if finding.rule == "MQ111" else "evidence"
    own = finding.on(side)
    return own is not None and any(own.span.overlaps(span) for span in marked[side])


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


def check_text(text: str, index: str | Path, *, language: str | None = None) -> ArticleResult:
    """Check one article given as text against an index folder."""
    return Checker.open(index).check_article(read_text(text, language=language))


def check_files(paths: Sequence[str], index: str | Path, *, language: str | None = None) -> Report:
    """Check article files (paths, folders, globs) against an index folder.

    What cannot be read is in ``Report.errors``; the rest is checked.
    """
    checker = Checker.open(index)
    read = read_paths(paths, language=language)
    return Report(
        articles=tuple(checker.check_article(article) for article in read.articles),
        errors=read.problems,
        run=checker.run_info(),
    )


def compare(
    quote: str,
    source: str | Source | Sequence[str | Source],
    *,
    quote_language: str | None = None,
    source_language: str | None = None,
    speaker: str | None = None,
    source_speaker: str | None = None,
    kind: QuotationKind = QuotationKind.DIRECT,
    checker: Checker | None = None,
) -> PairResult:
    """Hold one quotation against one or several reports, with no index.

    Languages are detected where they are not given; ``source_language`` and ``source_speaker`` serve
    the sources given as plain text.
    """
    given = [source] if isinstance(source, str | Source) else list(source)
    sources = [s if isinstance(s, Source) else Source(s, source_language, source_speaker) for s in given]
    judge_with = checker or Checker()
    return judge_with.compare(quote, sources, language=quote_language, speaker=speaker, kind=kind)


def extract_files(
    paths: Sequence[str], *, language: str | None = None, stdin: Callable[[], bytes] | None = None
) -> tuple[tuple[Extraction, ...], tuple[Problem, ...]]:
    """The quotations of article files; no index is needed."""
    read = read_paths(paths, language=language, stdin=stdin)
    return tuple(extract(article) for article in read.articles), read.problems


__all__ = [
    "Checker",
    "IngestResult",
    "Source",
    "add_coverage",
    "check_files",
    "check_text",
    "compare",
    "extract_files",
    "temporary_index",
    "verdict_of",
]
