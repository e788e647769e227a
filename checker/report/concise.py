"""``concise``: one finding a line, for editors' problem panes and for grep."""

from __future__ import annotations

from ..types import Problem, Report
from .captions import in_quotes, outlet_and_date
from .full import verdicts_sentence
from .passages import Placed, placed
from .safe_text import for_terminal
from .segments import shorten
from .summary import aside_word, exit_status, summarise
from .view import View

_WORDS = 60
_MESSAGE = 160


def render(report: Report, view: View) -> str:
    """The lines of the report; the last one is the summary. Never coloured, never wrapped."""
    lines = [
        _finding(found)
        for found in placed(report)
        if view.shows(found.finding.severity) and (found.finding.suppression is None or view.verbose)
    ]
    lines += [_problem(problem) for problem in report.errors]
    _, reason = exit_status(report, report.run.fail_on, report.run.fail_on_unverified)
    ran = bool(report.articles) or not report.errors
    lines.append(f"{verdicts_sentence(summarise(report))} {reason}" if ran else reason)
    return "".join(line + "\n" for line in lines)


def _finding(found: Placed) -> str:
    finding = found.finding
    where = f"{for_terminal(found.place.path)}:{found.place.spot(found.span)}"
    level = finding.severity.value if finding.suppression is None else aside_word(finding.suppression)
    message = shorten(finding.message, _MESSAGE).rstrip(".。")
    segment = f"segment {shorten(found.segment, _WORDS)}: " if found.segment else ""
    return f"{where}: {for_terminal(finding.rule)} [{level}] {segment}{message}: {_words(found)}"


def _words(found: Placed) -> str:
    finding = found.finding
    words = in_quotes(finding.annotations[0].text, _WORDS)
    pointed = finding.on("evidence")
    if pointed is None:
        return words
    source = outlet_and_date(found.evidence.metadata) if found.evidence else ""
    return f"{words} / {in_quotes(pointed.text, _WORDS)}" + (f" ({source})" if source else "")


def _problem(problem: Problem) -> str:
    line = f":{problem.line}" if problem.line is not None else ""
    where = f"{for_terminal(problem.path)}{line}: " if problem.path is not None else ""
    return f"{where}[problem] {for_terminal(problem.message)}; {for_terminal(problem.remedy)}"
