"""Comments in an article: ``<!-- misquote: ignore MQ111 -- the minister's office confirmed it -->``.

A comment counts for one paragraph and names the rules it sets aside and why. One that cannot be read is a
problem of the run, since its author believes that it works.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..errors import CheckerError
from ..rules import find_rule
from ..types import Article, Comment, Finding, Problem, Report, Span, Suppression
from .marking import mark

KIND = "inline"
_FORM = "<!-- misquote: ignore MQ111 -- the reason -->"
_COMMAND = re.compile(r"(?P<word>\S+)(?P<rest>.*)")
_CODES = re.compile(r"\w[\w-]*")
_DASHES = re.compile(r"\s--(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Note:
    """A comment that was understood."""

    path: str
    line: int
    codes: tuple[str, ...]
    reason: str
    paragraph: Span | None

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is of one of its rules and marks words of its paragraph."""
        span = finding.annotations[0].span
        return self.paragraph is not None and finding.rule in self.codes and self.paragraph.overlaps(span)


def read_notes(articles: Iterable[Article]) -> tuple[tuple[Note, ...], tuple[Problem, ...]]:
    """The comments of the articles, and what is wrong with those that cannot be read."""
    notes: list[Note] = []
    problems: list[Problem] = []
    for article in articles:
        for comment in article.comments:
            path = article.path or article.id
            try:
                notes.append(_note(comment, path))
            except CheckerError as error:
                problems.append(Problem(str(error), error.remedy, path, comment.line))
    return tuple(notes), tuple(problems)


def apply_notes(report: Report, notes: Sequence[Note]) -> Report:
    """The report with the findings marked that the comments set aside."""
    by_path: dict[str, list[Note]] = {}
    for note in notes:
        by_path.setdefault(note.path, []).append(note)

    def why(article: Article, finding: Finding) -> Suppression | None:
        covering = (n for n in by_path.get(article.path or article.id, ()) if n.covers(finding))
        note = next(covering, None)
        return Suppression(KIND, note.reason) if note else None

    return mark(report, why) if notes else report


def unused_notes(report: Report, notes: Sequence[Note]) -> tuple[tuple[Note, tuple[str, ...]], ...]:
    """The comments with rules that found nothing in their paragraph, and these rules."""
    findings: dict[str, tuple[Finding, ...]] = {}
    for result in report.articles:
        path = result.article.path or result.article.id
        findings[path] = (*findings.get(path, ()), *result.all_findings)
    idle = []
    for note in notes:
        hit = {f.rule for f in findings.get(note.path, ()) if note.covers(f)}
        left = tuple(code for code in note.codes if code not in hit)
        if left and note.path in findings:
            idle.append((note, left))
    return tuple(idle)


def _note(comment: Comment, path: str) -> Note:
    """Read one comment.

    Raises:
        CheckerError: it has another form, names no known rule, or gives no reason.
    """
    command = _COMMAND.match(comment.text)
    word = command["word"] if command else ""
    if command is None or word.lower() != "ignore":
        raise CheckerError(f"a comment tells misquote to {word[:40]!r}, which it cannot", f"write {_FORM}")
    names, *reasons = _DASHES.split(command["rest"], maxsplit=1)
    reason = "".join(reasons).strip()
    codes = tuple(dict.fromkeys(find_rule(name).code for name in _CODES.findall(names)))
    if not codes:
        raise CheckerError("a comment to misquote names no rule", f"write {_FORM}")
    if not reason:
        raise CheckerError("a comment to misquote gives no reason", f"write {_FORM}")
    return Note(path, comment.line, codes, reason, comment.paragraph)
