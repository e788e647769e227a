"""``html``: one page that needs no script, no network and, to be read, no style.

What matters is carried by elements that every browser shows on its own: headings, tables, ``<mark>``,
``<details>``. The page's own policy (CSP) allows its one style sheet, by hash, and nothing else. Anchors of
findings are their fingerprints, so a link to one outlives the next run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from importlib import resources

from ..types import Finding, Problem, Quotation, QuoteResult, Report
from .captions import article_caption, in_quotes, speaker_name
from .excerpts import Run, runs_of
from .exhibits import Side, passage_side, sides_of
from .full import findings_sentence, verdicts_sentence
from .passages import Place, Placed, places
from .rule_notes import notes_on
from .safe_text import for_href, for_html
from .segments import shorten
from .summary import Summary, all_findings, exit_status, summarise
from .view import View
from .wording import VERDICTS, confidence, count, day, language_name, meanings

_TEXT = 1500
"""Characters of a text that are shown; more is cut around the marked words."""
_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class _Text:
    """One side of a finding as the page shows it."""

    role: str
    caption: tuple[str, ...]
    language: str
    runs: tuple[Run, ...]
    address: str | None


@dataclass(frozen=True, slots=True)
class _Finding:
    anchor: str
    placed: Placed
    texts: tuple[_Text, ...]
    sure: str
    line: int
    where: str


@dataclass(frozen=True, slots=True)
class _Quotation:
    anchor: str
    result: QuoteResult
    words: str
    language: str
    speaker: str
    line: int
    findings: tuple[_Finding, ...]
    texts: tuple[_Text, ...]
    """Both texts where no finding shows them."""
    reports: tuple[_Text, ...]
    """Every earlier report, where there are several."""


@dataclass(frozen=True, slots=True)
class _Article:
    anchor: str
    place: Place
    language: str
    about: tuple[str, ...]
    counts: str
    quotations: tuple[_Quotation, ...]
    findings: tuple[_Finding, ...]
    """Of the whole article."""


def render(report: Report, view: View) -> str:
    """The page, everything in it whatever the view leaves out."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    style = _resource("report.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = Environment(
        loader=FunctionLoader(_resource),
        autoescape=True,
        finalize=_safe,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    summary = summarise(report)
    _, reason = exit_status(report, report.run.fail_on, report.run.fail_on_unverified)
    anchors: Counter[str] = Counter()
    page: str = environment.get_template("report.html").render(
        style=_Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        decision=_decision(report, summary),
        sentences=[verdicts_sentence(summary), findings_sentence(summary)] if report.articles else [],
        reason=reason,
        summary=summary,
        verdicts={verdict.value: meaning for verdict, meaning in meanings(summary.of_segments).items()},
        numbers={verdict.value: getattr(summary, verdict.value) for verdict in VERDICTS},
        problems=[_problem(problem) for problem in report.errors],
        articles=[_article(place, anchors) for place in places(report)],
        rules=notes_on(finding.rule for finding in all_findings(report)),
        facts=_facts(report),
    )
    return page.lstrip()


class _Markup(str):
    """Text of this package that is HTML already; jinja asks for ``__html__``."""

    __slots__ = ()

    def __html__(self) -> str:
        """Itself."""
        return str(self)


def _safe(value: object) -> object:
    """Applied by jinja to whatever the template writes, so that no text can be forgotten."""
    return value if hasattr(value, "__html__") else _Markup(for_html(str(value)))


def _resource(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


def _decision(report: Report, summary: Summary) -> str:
    if report.errors and not report.articles:
        return "The quotations were not checked"
    if not summary.flagged:
        return f"No {summary.unit} needs a decision"
    verb = "needs" if summary.flagged == 1 else "need"
    return f"{count(summary.flagged, summary.unit)} {verb} a decision"


def _facts(report: Report) -> list[tuple[str, str]]:
    """What the result depends on, so that it can be traced."""
    run = report.run
    model = f"{run.model}@{run.model_revision}" if run.model and run.model_revision else run.model
    known = (
        ("misquote", run.tool_version),
        ("index", run.index_path),
        ("index id", run.index_id),
        ("earlier passages", f"{run.passages:,}"),
        ("model", model),
        ("policy", run.policy),
        ("fails on", run.fail_on + (", unverified" if run.fail_on_unverified else "")),
        ("checked", run.started),
    )
    return [(name, shorten(value, 300)) for name, value in known if value]


def _problem(problem: Problem) -> dict[str, str]:
    line = f", line {problem.line}" if problem.line is not None else ""
    where = shorten(problem.path, 300) + line if problem.path is not None else ""
    return {
        "message": shorten(problem.message, 1000),
        "where": where,
        "remedy": shorten(problem.remedy, 1000),
    }


def _article(place: Place, anchors: Counter[str]) -> _Article:
    article = place.article
    verdicts = Counter(result.verdict for result in place.result.results)
    found = [f"{verdicts[verdict]:,} {verdict.value}" for verdict in VERDICTS if verdicts[verdict]]
    about = [language_name(article.language), shorten(article.outlet or "", 80)]
    about.append(day(article.published.isoformat()) if article.published else "")
    return _Article(
        anchor=_anchor("a", hashlib.sha256(place.path.encode("utf-8", "replace")).hexdigest()[:12], anchors),
        place=place,
        language=_language(article.language),
        about=tuple(part for part in about if part),
        counts=", ".join(found) or "no quotation was found",
        quotations=tuple(_quotation(place, result, anchors) for result in place.result.results),
        findings=tuple(_finding(Placed(place, one), anchors) for one in place.result.findings),
    )


def _quotation(place: Place, result: QuoteResult, anchors: Counter[str]) -> _Quotation:
    quotation = result.quotation
    evidence = result.match.evidence if result.match else ()
    findings = tuple(_finding(Placed(place, one), anchors) for one in _worst_first(result))
    reports = tuple(_text(passage_side(one, result)) for one in evidence)
    own = _text(_plain_side(place, result))
    return _Quotation(
        anchor=_anchor(
            "q", hashlib.sha256(quotation.text.encode("utf-8", "replace")).hexdigest()[:12], anchors
        ),
        result=result,
        words=in_quotes(quotation.text, 160),
        language=_language(place.article.language),
        speaker=_who(place, quotation),
        line=place.position(quotation.span).line,
        findings=findings,
        texts=() if findings else (own, *reports[:1]),
        reports=reports if len(reports) > 1 else (),
    )


def _who(place: Place, quotation: Quotation) -> str:
    """The speaker; of a segment its name too, and no word on a speaker that it seldom has."""
    if not place.article.of_segments:
        return speaker_name(quotation.speaker)
    named = f"segment {shorten(quotation.id, 60)}"
    return f"{named}, {speaker_name(quotation.speaker)}" if quotation.speaker else named


def _worst_first(result: QuoteResult) -> list[Finding]:
    return sorted(result.findings, key=lambda one: (one.suppression is not None, -one.severity.rank))


def _plain_side(place: Place, result: QuoteResult) -> Side:
    """The paragraph of a quotation with nothing marked."""
    article, quotation = place.article, result.quotation
    caption = tuple(article_caption(article, quotation))
    return Side("article", caption, article.text, quotation.context, (), article.language)


def _finding(placed: Placed, anchors: Counter[str]) -> _Finding:
    return _Finding(
        anchor=_anchor("f", placed.finding.fingerprint, anchors),
        placed=placed,
        texts=tuple(_text(side) for side in sides_of(placed)),
        sure=confidence(placed.finding.confidence),
        line=placed.place.position(placed.span).line,
        where=shorten(placed.where, 120),
    )


def _text(side: Side) -> _Text:
    metadata = side.evidence.metadata if side.evidence else {}
    address = for_href(metadata.get("url", ""))
    return _Text(
        role=side.role,
        caption=side.caption,
        language=_language(side.language),
        runs=tuple(runs_of(side, _TEXT)),
        address=_Markup(address.replace("&", "&amp;")) if address else None,
    )


def _language(code: str) -> str:
    """For a ``lang`` attribute: empty where it is not known, which says just that."""
    return code if _LANGUAGE.fullmatch(code) and code != "und" else ""


def _anchor(kind: str, name: str, anchors: Counter[str]) -> str:
    """An id of the page; where it occurs again, with a number."""
    base = f"{kind}-{re.sub('[^0-9A-Za-z]', '', name)}"
    anchors[base] += 1
    return base if anchors[base] == 1 else f"{base}-{anchors[base]}"
