"""``markdown``: for the summary of a CI step, a comment on a merge request, a ticket.

GitHub takes at most 1 MiB of step summary, and nothing at all of more; so the page ends before that with a
line that says how much was left out. What is folded up (``<details>``) is there on a host without folding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ..types import Problem, QuoteResult, Report, Severity, Verdict
from .account import mishap, set_aside
from .captions import in_quotes, outlet_and_date, speaker_name
from .excerpts import Run, runs_of
from .exhibits import Side, sides_of
from .full import compared_with, verdicts_sentence
from .passages import Place, Placed, placed, places
from .safe_text import for_href, for_html_in_markdown, for_markdown
from .segments import shorten
from .summary import Summary, exit_status, summarise
from .view import View
from .wording import confidence, count, language_name, meanings

LIMIT = 1_000_000
"""Bytes of UTF-8; GitHub's limit is 1,048,576."""

_CLOSING = 4_000
"""Bytes kept for the end of the page."""
_LINES = 200
_TEXT = 900
_SENTENCE = 600
"""Entries of a list that stand or fall together, characters of a text, cells of a sentence."""


def render(report: Report, view: View) -> str:
    """The page; findings below the view's severity are counted but not shown."""
    opening = "".join(_opening(report))
    closing = "".join(_closing(report))
    kept, used, left_out = [opening], len(opening.encode()), 0
    for block in _blocks(report, view):
        size = len(block.encode())
        if left_out or used + size > LIMIT - _CLOSING:
            left_out += 1
        else:
            kept.append(block)
            used += size
    if left_out:
        kept.append(
            f"\n**{count(left_out, 'more entry', 'more entries')} of this report left out:** a step summary"
            " holds no more. `--report html:FILE` writes everything.\n"
        )
    return "".join([*kept, closing])


def _opening(report: Report) -> Iterator[str]:
    summary = summarise(report)
    yield f"## {_decision(report, summary)}\n"
    if report.errors:
        yield "\n**The check is incomplete.** What could not be read or searched:\n\n"
        yield from (f"- {_problem(problem)}\n" for problem in report.errors[:50])
        if len(report.errors) > 50:
            yield f"- and {len(report.errors) - 50:,} more\n"
    if not report.articles:
        return
    yield f"\n{verdicts_sentence(summary)}\n\n| verdict | {summary.unit}s | what it means |\n| --- | ---: | --- |\n"
    for verdict, meaning in meanings(summary.of_segments).items():
        yield f"| {verdict.value} | {getattr(summary, verdict.value):,} | {meaning} |\n"


def _decision(report: Report, summary: Summary) -> str:
    if report.errors and not report.articles:
        return "The quotations were not checked"
    found = summary.errors + summary.warnings
    if not found:
        return f"No {summary.unit} needs a decision"
    levels = f"{count(summary.errors, 'error')}, {count(summary.warnings, 'warning')}"
    return f"{summary.unit.capitalize()}s to decide on: {levels}"


def _problem(problem: Problem) -> str:
    line = f", line {problem.line}" if problem.line is not None else ""
    where = f"{for_markdown(shorten(problem.path, 200))}{line}: " if problem.path is not None else ""
    return where + for_markdown(mishap(problem))


def _blocks(report: Report, view: View) -> Iterator[str]:
    """The findings article by article, then the lists, in pieces that are shown whole or not at all."""
    shown = [one for one in placed(report) if view.shows(one.finding.severity)]
    active = [one for one in shown if one.finding.suppression is None]
    serious = [one for one in active if one.finding.severity is not Severity.INFO]
    for path, members in groupby(serious, key=lambda one: one.place.path):
        found = list(members)
        language = language_name(found[0].place.article.language)
        yield f"\n### {for_markdown(shorten(path, 200))} · {language}\n"
        yield from map(_finding, found)
    yield from _folded("Notes", [_note(one) for one in active if one.finding.severity is Severity.INFO])
    reviewed = [_note(one) for one in shown if one.finding.suppression is not None]
    yield from _folded("Set aside: findings that were reviewed and do not count", reviewed)
    if view.shows(Severity.INFO):
        for verdict in (Verdict.UNVERIFIED, Verdict.UNCHECKED, Verdict.CONSISTENT):
            listed = [
                _quotation(p, r) for p in places(report) for r in p.result.results if r.verdict is verdict
            ]
            meaning = meanings(summarise(report).of_segments)[verdict]
            yield from _folded(f"{verdict.value.capitalize()}: {meaning}", listed)


def _folded(title: str, lines: Sequence[str]) -> Iterator[str]:
    """A list to unfold, in pieces of which a long list can be cut."""
    for start in range(0, len(lines), _LINES):
        more = f" from the {start + 1:,}th" if start else ""
        items = "".join(lines[start : start + _LINES])
        yield f"\n<details><summary>{title} ({len(lines):,}){more}</summary>\n\n{items}\n</details>\n"


def _finding(found: Placed) -> str:
    finding = found.finding
    where = for_html_in_markdown(shorten(found.where, 120))
    rule = for_html_in_markdown(f"{finding.rule} {finding.name}")
    message = for_html_in_markdown(shorten(finding.message, _SENTENCE))
    opened = " open" if finding.severity is Severity.ERROR else ""
    parts = [
        f"\n<details{opened}><summary><b>{finding.severity.value}</b> {rule}, {where}: {message}</summary>\n"
    ]
    parts += [_side(side) for side in sides_of(found)]
    address = for_href(found.evidence.metadata.get("url", "")) if found.evidence else None
    said = {
        "Link": f"<{address}>" if address else "",
        "Why": for_markdown(shorten(finding.why, _SENTENCE)),
        "What to do": for_markdown(shorten(finding.help, _SENTENCE)),
        "Confidence": confidence(finding.confidence),
        "To set it aside": f'`misquote ignore {_word(finding.fingerprint)} --reason "…"`',
    }
    parts.append("\n" + "".join(f"- **{name}:** {value}\n" for name, value in said.items() if value))
    return "".join([*parts, "\n</details>\n"])


def _side(side: Side) -> str:
    title, *details = side.caption
    caption = "".join(f" · {for_markdown(part)}" for part in details)
    text = "".join(map(_run, runs_of(side, _TEXT))).strip()
    return f"\n**{for_markdown(title[:1].upper() + title[1:])}**{caption}\n\n> {text or '(no text)'}\n"


def _run(run: Run) -> str:
    text = for_markdown(run.text)
    if run.mark is None:
        return text
    label = f" <sub>← {for_markdown(run.mark.label)}</sub>" if run.last and run.mark.label else ""
    return f"<mark><b>{text}</b></mark>{label}"


def _note(found: Placed) -> str:
    finding = found.finding
    words = for_markdown(in_quotes(finding.annotations[0].text, 60))
    reason = f" {for_markdown(set_aside(finding.suppression))}" if finding.suppression else ""
    rule = for_markdown(f"{finding.rule} {finding.name}")
    message = for_markdown(shorten(finding.message, 200))
    return (
        f"- {_where(found.place, found.place.position(found.span).line)}, {rule}: {message} {words}{reason}\n"
    )


def _quotation(place: Place, result: QuoteResult) -> str:
    said = for_markdown(in_quotes(result.quotation.text, 80))
    source = outlet_and_date(result.match.evidence[0].metadata) if result.match else ""
    named = _who(place, result)
    details = [for_markdown(part) for part in (named, source) if part]
    return f"- {_where(place, place.position(result.quotation.span).line)}: {' · '.join([said, *details])}\n"


def _who(place: Place, result: QuoteResult) -> str:
    """The speaker; of a segment its name instead, since a segment seldom has a speaker."""
    if place.article.of_segments:
        return f"segment {shorten(result.quotation.id, 60)}"
    return speaker_name(result.quotation.speaker)


def _where(place: Place, line: int) -> str:
    return f"{for_markdown(shorten(place.path, 200))}, line {line}"


def _word(text: str) -> str:
    """For a code span, where no escape works: letters and digits only."""
    return "".join(character for character in text if character.isascii() and character.isalnum())


def _closing(report: Report) -> Iterator[str]:
    _, reason = exit_status(report, report.run.fail_on, report.run.fail_on_unverified)
    if report.articles:
        yield f"\n{for_markdown(shorten(compared_with(report.run), _SENTENCE))}\n"
    yield f"\n{for_markdown(reason)}\n"
