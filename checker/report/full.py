"""``full``, the default: for editors, one block a finding, the verdict on the whole run last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..types import Finding, Problem, QuoteResult, Report, RunInfo, Severity, Verdict
from .block import SEVERITY_STYLE, finding_block
from .captions import in_quotes, outlet_and_date, speaker_name
from .page import Page
from .passages import Place, Placed, placed, places
from .rule_page import RulePages
from .safe_text import for_terminal
from .summary import NO_EARLIER_COVERAGE, Summary, exit_status, summarise
from .view import View
from .wording import count

USUAL_POLICY = RunInfo("").policy
"""Named at the end only where it is another one."""
_NOTES = 5
_UNVERIFIED = 20
"""So many entries of a list are shown unless everything is asked for."""


def render(report: Report, view: View) -> str:
    """The report as text for a terminal, with ANSI colours when the view has colour."""
    page = Page(view.cells, view.color)
    brief: list[Placed] = []
    pages = RulePages(page, wanted=view.explain)
    for found in placed(report):
        if _hidden(found.finding, view):
            continue
        if found.finding.severity is Severity.INFO and not view.verbose:
            brief.append(found)
            continue
        page.blank()
        finding_block(page, found)
        pages.once(found.finding.rule)
    _notes(page, brief, view, pages)
    _quotations(page, report, view)
    for problem in report.errors:
        page.blank()
        write_problem(page, problem)
    page.blank()
    _closing(page, report)
    return str(page)


def _hidden(finding: Finding, view: View) -> bool:
    if finding.suppression is not None and not view.verbose:
        return True
    listed = finding.rule == NO_EARLIER_COVERAGE  # below, with the verdicts
    return listed or not view.shows(finding.severity)


def _notes(page: Page, found: Sequence[Placed], view: View, pages: RulePages) -> None:
    """Info findings, a line or two each, under the name of their rule."""
    groups: dict[tuple[str, str], list[Placed]] = {}
    for one in found:
        groups.setdefault((one.finding.rule, one.finding.name), []).append(one)
    for (rule, name), members in sorted(groups.items()):
        messages = {one.finding.message for one in members}
        page.blank()
        page.line(
            ("info", SEVERITY_STYLE[Severity.INFO]),
            " ",
            (f"{for_terminal(rule)} {for_terminal(name)}", "bold"),
        )
        if len(messages) == 1:
            page.prose(messages.pop())
        for one in members[: None if view.verbose else _NOTES]:
            _place(page, one.place, one, _words(one))
            if messages:
                page.prose(one.finding.message, indent="    ")
        _left_out(page, len(members) - _NOTES, view)
        pages.once(rule)


def _words(one: Placed) -> str:
    """The marked words of both sides, with the outlet."""
    article, evidence = one.finding.annotations[0], one.finding.on("evidence")
    said = in_quotes(article.text, 48)
    if evidence is None:
        return said
    source = outlet_and_date(one.evidence.metadata) if one.evidence else ""
    return f"{said} / {in_quotes(evidence.text, 48)}" + (f" ({source})" if source else "")


def _place(page: Page, place: Place, at: Placed | QuoteResult, words: str) -> None:
    span = at.span if isinstance(at, Placed) else at.quotation.span
    line, column = place.position(span)
    where = f"{for_terminal(place.path)}:{line}:{column}"
    if len(where) + len(words) + 4 <= page.width:
        page.line("  ", where, "  ", words)
    else:
        page.line("  ", where)
        page.prose(words, indent="    ")


def _quotations(page: Page, report: Report, view: View) -> None:
    """The quotations that are listed by their verdict."""
    if view.shows(Severity.INFO):
        page.blank()
        _listed(
            page, report, view, Verdict.UNVERIFIED,
            "Not verified: no earlier report of these quotations was found. That does not make them wrong.",
            lambda result: speaker_name(result.quotation.speaker),
        )  # fmt: skip
    if view.verbose:
        page.blank()
        _listed(
            page, report, view, Verdict.UNCHECKED,
            "Not checked: too short, not clearly a quotation, or in a language that is not supported.",
            lambda result: speaker_name(result.quotation.speaker),
        )  # fmt: skip
    if view.verbose or view.show_consistent:
        page.blank()
        _listed(page, report, view, Verdict.CONSISTENT, "Consistent with earlier coverage:", _agreeing)


def _agreeing(result: QuoteResult) -> str:
    return outlet_and_date(result.match.evidence[0].metadata) if result.match else ""


def _listed(
    page: Page, report: Report, view: View, verdict: Verdict, title: str, detail: Callable[[QuoteResult], str]
) -> None:
    found = [
        (place, one) for place in places(report) for one in place.result.results if one.verdict is verdict
    ]
    if not found:
        return
    page.prose(title, indent="", style="bold")
    most = None if view.verbose or verdict is not Verdict.UNVERIFIED else _UNVERIFIED
    for place, result in found[:most]:
        more = detail(result)
        _place(
            page,
            place,
            result,
            in_quotes(result.quotation.text, min(60, max(30, page.width - 30)))
            + (f" · {more}" if more else ""),
        )
    if most is not None:
        _left_out(page, len(found) - most, view)


def _left_out(page: Page, number: int, view: View) -> None:
    if number > 0 and not view.verbose:
        page.line("  ", (f"… and {number:,} more (--verbose shows all)", "dim"))


def write_problem(page: Page, problem: Problem) -> None:
    """Something that kept the run from being complete, and what to do about it."""
    page.prose(problem.message, indent="", label="error:  ", style="bold red")
    if problem.path is not None:
        where = for_terminal(problem.path) + (f":{problem.line}" if problem.line is not None else "")
        page.line(("where:  ", "dim"), where)
    page.prose(problem.remedy, indent="", label="help:   ")


def _closing(page: Page, report: Report) -> None:
    summary = summarise(report)
    status, reason = exit_status(report, report.run.fail_on, report.run.fail_on_unverified)
    if report.articles or not report.errors:  # counts of a check that did not run would read as a result
        for sentence in (verdicts_sentence(summary), findings_sentence(summary), compared_with(report.run)):
            page.prose(sentence, indent="")
        if report.run.policy != USUAL_POLICY:
            page.prose(f"Policy: {report.run.policy}.", indent="")
    page.prose(reason, indent="", style="bold green" if status == 0 else "bold red")


def verdicts_sentence(summary: Summary) -> str:
    """How many quotations got which verdict; all four are always named."""
    files = count(summary.articles, "file" if summary.of_segments else "article")
    return (
        f"{files}, {count(summary.quotations, summary.unit)}: "
        f"{summary.consistent:,} consistent, {summary.flagged:,} flagged, "
        f"{summary.unverified:,} unverified, {summary.unchecked:,} unchecked."
    )


def findings_sentence(summary: Summary) -> str:
    """How many findings of which severity; those that were set aside apart, by who set them aside."""
    levels = f"{count(summary.errors, 'error')}, {count(summary.warnings, 'warning')}, {summary.infos:,} info"
    ignored = summary.suppressed - summary.baselined
    more = [f"{ignored:,} more ignored"] if ignored else []
    more += [f"{summary.baselined:,} more in the baseline"] if summary.baselined else []
    return f"Findings: {levels} ({', '.join(more)})." if more else f"Findings: {levels}."


def compared_with(run: RunInfo) -> str:
    """What the articles were held against, so that a report can be traced."""
    known: Iterable[str | None] = (
        f"index {run.index_id[:8]}" if run.index_id else None,
        f"at {run.index_path}" if run.index_path else None,
    )
    index = " ".join(part for part in known if part)
    model = run.model and f"model {run.model}" + (f"@{run.model_revision[:8]}" if run.model_revision else "")
    details = ", ".join(part for part in (index, model) if part)
    if not run.passages and not run.index_id and model and not run.index_path:
        return f"Each segment was compared with its source ({model})."
    if not run.passages:
        return "Compared with nothing: there was no earlier coverage to search."
    return f"Compared with {count(run.passages, 'earlier passage')}" + (f" ({details})." if details else ".")
