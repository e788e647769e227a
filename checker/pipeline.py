"""Joins the stages. The only module that knows their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from copy import copy
from dataclasses import replace
from pathlib import Path

from index import Encoder, PassageIndex, load_encoder

from . import __version__
from .cases import case_of
from .errors import CheckerError
from .ingest import IngestResult, add_coverage, temporary_index
from .languages import is_known
from .matching.consistency import drift
from .matching.matching import Matched, match_quotations
from .matching.readings import with_readings
from .matching.scorer import Scorer, load_scorer
from .pairs import UNRELATED, Pair, Source
from .policies import Levels
from .quotations import extract
from .read_pairs import Item, PairReader
from .reading import read_paths, read_text
from .rules import ARTICLE_RULES, QUOTATION_RULES, Case
from .types import (
    Article,
    ArticleResult,
    Extraction,
    Finding,
    PairResult,
    Problem,
    QuotationKind,
    QuoteResult,
    Report,
    RunInfo,
    Severity,
    Verdict,
)
from .verdicts import once_an_article, verdict_of, without_repeats

ONCE = frozenset(rule.info.code for rule in QUOTATION_RULES if rule.info.once)
"""Rules whose message is given once an article."""


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
        levels: Levels | Mapping[str, str] | None = None,
        indirect: bool = False,
    ) -> None:
        self._index = index
        self._given = encoder
        self._scorer: Future[Scorer | None] | None = None
        self._levels = Levels.of(levels)
        self._indirect = indirect
        self._pairs = PairReader(lambda: self.encoder, lambda: self._load_scorer().result())

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

    def _load_scorer(self) -> Future[Scorer | None]:
        """The scorer that stands on the encoder, if there is one; loaded while other work is done."""
        if self._scorer is None:
            info = self.encoder.info
            pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="scorer")
            self._scorer = pool.submit(load_scorer, info)
            pool.shutdown(wait=False)
        return self._scorer

    def _read(self, matched: Sequence[Matched]) -> list[Matched]:
        scorer = self._load_scorer().result()
        return list(matched) if scorer is None else with_readings(matched, scorer)

    def check_article(self, article: Article) -> ArticleResult:
        """Judge every quotation of one article.

        Raises:
            CheckerError: the checker was made without an index.
        """
        if self._index is None:
            raise CheckerError("there is no index to check against", "pass one, or use compare()")
        extraction = extract(article)
        found = [f for rule in ARTICLE_RULES for f in self._levels.levelled(rule.check(extraction))]
        own = tuple(f for f in found if f.quotation_id is None)
        wanted = [q for q in extraction.quotations if self._indirect or q.kind is not QuotationKind.INDIRECT]
        bad = {q.id: tuple(f for f in found if f.quotation_id == q.id) for q in wanted}
        if is_known(article.language):
            sound = [q for q in wanted if not bad[q.id]]
            self._load_scorer()
            matched = match_quotations(article, sound, self._index, self.encoder) if sound else []
            judged = {m.quotation.id: self._result(article, m, extraction) for m in self._read(matched)}
        else:
            judged = {}
        results = [judged.get(q.id) or QuoteResult(q, Verdict.UNCHECKED, None, bad[q.id]) for q in wanted]
        return ArticleResult(article, once_an_article(results, ONCE), own)

    def _result(
        self, article: Article, matched: Matched, extraction: Extraction | None = None
    ) -> QuoteResult:
        case = case_of(article, matched, extraction)
        findings = self.apply_rules(case)
        verdict = case.verdict_hint or (Verdict.UNVERIFIED if case.match is None else verdict_of(findings))
        return QuoteResult(matched.quotation, verdict, case.match, findings)

    def apply_rules(self, case: Case) -> tuple[Finding, ...]:
        """Run the rules on one case, set levels, and drop what another finding already says."""
        found = [f for rule in QUOTATION_RULES for f in self._levels.levelled(rule.check(case), case)]
        if case.quotation.kind is QuotationKind.INDIRECT:
            found = [
                replace(f, severity=Severity.WARNING) if f.severity is Severity.ERROR else f for f in found
            ]
        return without_repeats(found)

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
        return self.compare_pair(Pair(quote, tuple(sources), id, language, speaker, kind))

    def compare_many(self, pairs: Iterable[Pair]) -> Iterator[PairResult]:
        """:meth:`compare` for many pairs, in order; the next ones are read while one is judged.

        Some hundred pairs are taken before the results of those in front are asked for.
        """
        for pair in self.ahead(pairs, lambda pair: pair):
            yield self.compare_pair(pair)

    def ahead(self, items: Iterable[Item], pair_of: Callable[[Item], Pair | None]) -> Iterator[Item]:
        """The items as they are, each when what :meth:`compare` needs of its pair is ready.

        For a caller that does more with its items than to compare them; see :meth:`.PairReader.over`.
        """
        return self._pairs.over(items, pair_of)

    def with_levels(self, levels: Levels | Mapping[str, str] | None) -> Checker:
        """A checker with other levels that shares the index, the models and what was read ahead."""
        other = copy(self)
        other._levels = Levels.of(levels)
        return other

    def compare_pair(self, pair: Pair) -> PairResult:
        """:meth:`compare` for a pair as an object."""
        read = self._pairs.read(pair)
        held = read.held
        if not held.supported:
            return PairResult(pair.id, pair.quote, pair.sources[0].text, Verdict.UNCHECKED, drift=0.5)
        result = self._result(held.article, held.matched)
        return PairResult(
            id=pair.id,
            quote=pair.quote,
            source=held.source,
            verdict=result.verdict,
            drift=round(drift(held.comparison, held.cosine, result.findings, read.reading), 4),
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
    "UNRELATED",
    "Pair",
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
    "without_repeats",
]
