"""The records that pass between the stages; nothing here changes after it is made.

Offsets are code points. Spans of an :class:`Article` or a :class:`Quotation` refer to
``Article.text``; spans of a :class:`Mention` refer to the text the mention was found in.
Line and column are computed only when a report is rendered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from index.types import Passage

from .runs import Gate as Gate
from .runs import Problem as Problem
from .runs import RunInfo as RunInfo
from .spans import Comment as Comment
from .spans import DateValue as DateValue
from .spans import DirectionValue as DirectionValue
from .spans import Mention as Mention
from .spans import MentionKind as MentionKind
from .spans import MentionValue as MentionValue
from .spans import ModalValue as ModalValue
from .spans import NameValue as NameValue
from .spans import NegationValue as NegationValue
from .spans import NumberValue as NumberValue
from .spans import Span as Span
from .spans import TermValue as TermValue


@dataclass(frozen=True, slots=True)
class Article:
    """A news document. ``text`` is what every offset refers to."""

    id: str
    text: str
    language: str
    """BCP 47 primary language, such as ``id``; ``und`` when it could not be decided."""
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    path: str | None = None
    title: str | None = None
    title_span: Span | None = None
    """Where the title stands in ``text`` when that is front matter; furniture but for what it quotes."""
    furniture: tuple[Span, ...] = ()
    """Share bars, "Baca Juga" lines, doubled captions, bylines: kept in ``text``, never quoted from."""
    comments: tuple[Comment, ...] = ()
    """What the document's own comments say to misquote."""
    originals: tuple[str, ...] = ()
    """What the document itself names as its original: paths, web addresses or ids, surest first."""
    of_segments: bool = False
    """A stand-in for a file of segments (``compare``): each translation stands on the line on which its
    segment begins in the file, so lines are those of the file and columns are not."""


class SpeakerKind(StrEnum):
    """What sort of source speaks."""

    PERSON = "person"
    INSTITUTION = "institution"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to have spoken."""

    name: str
    """The fullest name the document gives (resolved), or the words used where it gives none."""
    surface: str
    """The words used at this quotation."""
    role: str | None = None
    affiliation: str | None = None
    kind: SpeakerKind = SpeakerKind.PERSON


class QuotationKind(StrEnum):
    """How the words of the speaker are given."""

    DIRECT = "direct"
    """Whole sentences inside quotation marks."""
    MIXED = "mixed"
    """Quoted words inside a clause of the narrator (a partial quotation)."""
    INDIRECT = "indirect"
    """Reported speech without marks."""
    HEADLINE = "headline"
    """Quoted words in the title."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One attribution relation: source, cue and content (as in PARC and PolNeAR)."""

    id: str
    """Unique within the article, such as ``q3``, in document order."""
    content: tuple[Span, ...]
    """The quoted words without their marks; several spans for a split or continued quotation."""
    text: str
    """The contents joined with one space."""
    kind: QuotationKind
    context: Span
    """The paragraph (or paragraphs) around the content."""
    speaker: Speaker | None = None
    cue: Span | None = None
    """The word that introduces the speech, such as "katanya"."""
    carrier: str | None = None
    """The outlet the words came through ("dikutip Reuters"); never the speaker."""
    addressee: str | None = None
    """Whom the speaker told it ("kepada CNN")."""

    @property
    def span(self) -> Span:
        """From the first to the last character of the content."""
        return Span(self.content[0].start, self.content[-1].end)


@dataclass(frozen=True, slots=True)
class MarkProblem:
    """A quotation mark without its partner; the paragraph was recovered as well as it can be."""

    span: Span
    """The mark itself."""
    paragraph: Span


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the quotation stage found in one article."""

    article: Article
    quotations: tuple[Quotation, ...]
    """In document order, indirect speech included."""
    mark_problems: tuple[MarkProblem, ...] = ()


class Relation(StrEnum):
    """How the evidence reports the utterance."""

    VERBATIM = "verbatim"
    PARAPHRASE = "paraphrase"
    TRANSLATION = "translation"
    INDIRECT_SUPPORT = "indirect support"


@dataclass(frozen=True, slots=True)
class Link:
    """One pair of aligned word ranges: quotation side, evidence side."""

    quote: Span
    """Into ``Quotation.text``."""
    source: Span
    """Into the evidence passage's text."""
    weight: float
    """Confidence in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One earlier report of the utterance: a passage and the window of it that was aligned."""

    passage: Passage
    window: Span
    """The part of ``passage.text`` that corresponds to the quotation."""
    score: float
    """Raw similarity of the vectors; for the curious, never a verdict."""
    relation: Relation
    links: tuple[Link, ...] = ()

    @property
    def metadata(self) -> Mapping[str, str]:
        """Outlet, date, speaker and so on of the occurrence that was used."""
        return self.passage.metadata


@dataclass(frozen=True, slots=True)
class Match:
    """A quotation with the earlier reports judged to be of the same utterance, best first."""

    quotation: Quotation
    evidence: tuple[Evidence, ...]
    probability: float
    """Probability that the evidence reports the same utterance."""

    @property
    def relation(self) -> Relation:
        """The relation of the best evidence."""
        return self.evidence[0].relation


class Severity(StrEnum):
    """How much a finding matters: fix before publishing, look at, know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """3 for error, 2 for warning, 1 for info."""
        return {"error": 3, "warning": 2, "info": 1}[self.value]


@dataclass(frozen=True, slots=True)
class Annotation:
    """Marked words on one side of a finding."""

    side: str
    """``article`` (span into ``Article.text``) or ``evidence`` (span into the passage's text)."""
    span: Span
    text: str
    label: str = ""
    """What the words do, such as "denied"; shown beside the mark."""
    passage_id: str | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding does not count."""

    kind: str
    """``ignored``, ``baseline`` or ``inline``."""
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: the words in the article, the words in the evidence, why, what to do."""

    rule: str
    """Code, such as ``MQ102``."""
    name: str
    """Stable name, such as ``negation-changed``."""
    severity: Severity
    confidence: float
    """Probability in [0, 1] that an editor would agree."""
    message: str
    """One sentence for an editor: what changed."""
    why: str
    """Why the tool believes it."""
    help: str
    """What to do."""
    annotations: tuple[Annotation, ...]
    """The article side comes first; there is always at least one."""
    quotation_id: str | None
    fingerprint: str
    """Hash of rule, normalised quotation and evidence text; 16 hex digits."""
    suppression: Suppression | None = None

    def on(self, side: str) -> Annotation | None:
        """The first annotation on ``side``, if there is one."""
        return next((a for a in self.annotations if a.side == side), None)


class Verdict(StrEnum):
    """What the check says of one quotation. Absence is not disagreement."""

    CONSISTENT = "consistent"
    FLAGGED = "flagged"
    UNVERIFIED = "unverified"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class QuoteResult:
    """One quotation, its verdict and the reasons."""

    quotation: Quotation
    verdict: Verdict
    match: Match | None
    findings: tuple[Finding, ...]
    drift: float | None = None
    """Of a segment (``compare``): calibrated probability in [0, 1] that the meaning changed."""


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """All that was found in one article."""

    article: Article
    results: tuple[QuoteResult, ...]
    """In document order."""
    findings: tuple[Finding, ...] = ()
    """Findings that belong to no quotation, such as an unbalanced mark."""
    gate: Gate | None = None
    """Where settings by path give this article another gate than the run's."""
    originals: tuple[str, ...] = ()
    """The files or the indexed article that it alone was held against (``check --against``)."""

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Every finding of the article, in order of position."""
        every = [*self.findings, *(f for r in self.results for f in r.findings)]
        return tuple(sorted(every, key=lambda f: (f.annotations[0].span.start, f.rule)))


@dataclass(frozen=True, slots=True)
class PairResult:
    """One quotation held against a given source; side ``article`` is ``quote``, ``evidence`` ``source``."""

    id: str
    quote: str
    source: str
    verdict: Verdict
    drift: float
    """Calibrated probability in [0, 1] that the meaning changed."""
    findings: tuple[Finding, ...] = ()
    path: str | None = None
    """The file of segments it is from; None for a pair that is named by its id alone."""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a renderer may show."""

    articles: tuple[ArticleResult, ...]
    errors: tuple[Problem, ...]
    run: RunInfo
    extra: Mapping[str, str] = field(default_factory=dict)
