"""A baseline: the findings that were there when misquote came to an archive, and that do not count.

One JSON file with a line for each article and fingerprint, sorted, so that a change of it is read as
easily as a change of code::

    {
     "schema_version": "1",
     "findings": [
      {"path": "news/fares.md", "fingerprint": "3b9c2a1e5d70f846", "rule": "MQ102", "severity": "error", "count": 1}
     ]
    }

It never hides what is new: an entry holds for its article only, for as many findings of its fingerprint as
there were, and not for one that has become graver since. Paths are relative to the file's folder.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ConfigError
from ..types import Article, Finding, Report, Severity, Suppression
from .durable import replace_file
from .ignore_file import parse_fingerprint
from .marking import mark

FILE_NAME = ".misquote-baseline.json"
SCHEMA_VERSION = "1"
KIND = "baseline"
REASON = "It was there when the baseline was written."
UNVERIFIED = "MQ301"
"""Stands for an unverified quotation."""
_RESTORE = "take the file back from version control, or write it again with `misquote baseline write --force`"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """Findings of one fingerprint in one article."""

    path: str
    """Relative to the folder of the baseline, with ``/``."""
    fingerprint: str
    rule: str
    severity: str
    """The gravest of them."""
    count: int = 1

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from other entries."""
        return self.path, self.fingerprint


Baseline = Mapping[tuple[str, str], Entry]
"""Entries by :attr:`Entry.key`."""


@dataclass(frozen=True, slots=True)
class Update:
    """What ``misquote baseline update`` makes of a baseline."""

    entries: tuple[Entry, ...]
    dropped: int
    """Findings that are gone."""
    added: int
    """Findings that were accepted."""
    new: int
    """Findings that are not in it and were not accepted."""


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file.

    Raises:
        ConfigError: there is none, or it is damaged; a gate must not go by half a baseline.
    """
    try:
        data = json.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(
            f"there is no baseline {path}",
            "make it with `misquote baseline write`, or name another one with --baseline",
            path=str(path),
        ) from error
    except OSError as error:
        raise ConfigError(
            f"{path}: {error.strerror or error}", "make the baseline readable", path=str(path)
        ) from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(
            f"the baseline {path} is damaged: {str(error)[:100]}", _RESTORE, path=str(path)
        ) from error
    wrong = _wrong(data)
    if wrong:
        raise ConfigError(f"the baseline {path} is damaged: {wrong}", _RESTORE, path=str(path))
    entries = [Entry(**{**record, "count": record.get("count", 1)}) for record in data["findings"]]
    found = {entry.key: entry for entry in entries}
    if len(found) < len(entries):
        twice = next(e for e in entries if found[e.key] is not e)
        raise ConfigError(
            f"the baseline {path} is damaged: {twice.fingerprint} is there twice for {twice.path}",
            _RESTORE,
            path=str(path),
        )
    return found


def _wrong(data: object) -> str | None:
    if not isinstance(data, dict) or set(data) != {"schema_version", "findings"}:
        return "it is no object with schema_version and findings"
    if data["schema_version"] != SCHEMA_VERSION:
        return f"its schema_version is {str(data['schema_version'])[:20]!r}, and this version reads {SCHEMA_VERSION}"
    if not isinstance(data["findings"], list):
        return "its findings are no list"
    wrong = ((number, _wrong_entry(record)) for number, record in enumerate(data["findings"], 1))
    return next((f"entry {number}: {what}" for number, what in wrong if what), None)


def _wrong_entry(record: Any) -> str | None:  # noqa: ANN401 - whatever the file holds
    wanted = {"path", "fingerprint", "rule", "severity", "count"}
    if not isinstance(record, dict) or set(record) | {"count"} != wanted:
        return f"it does not have the keys {', '.join(sorted(wanted))}"
    texts = ("path", "fingerprint", "rule", "severity")
    if not all(isinstance(record[key], str) and record[key] for key in texts):
        return "path, fingerprint, rule or severity is no text"
    if record["severity"] not in [severity.value for severity in Severity]:
        return f"{record['severity'][:20]!r} is no severity"
    count = record.get("count", 1)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        return "count is no number from 1 on"
    try:
        parse_fingerprint(record["fingerprint"])
    except ConfigError as error:
        return str(error)
    return None


def as_json(entries: Iterable[Entry]) -> str:
    """The file's content: sorted, one entry a line, the same for the same entries."""
    lines = []
    for entry in sorted(entries):
        record: dict[str, object] = {
            "path": entry.path,
            "fingerprint": entry.fingerprint,
            "rule": entry.rule,
            "severity": entry.severity,
            "count": entry.count,
        }
        lines.append("  " + json.dumps(record, ensure_ascii=True))
    body = "[\n" + ",\n".join(lines) + "\n ]" if lines else "[]"
    return f'{{\n "schema_version": "{SCHEMA_VERSION}",\n "findings": {body}\n}}\n'


def write_baseline(path: Path, entries: Iterable[Entry]) -> None:
    """Write a baseline in one step; a crash leaves the old one.

    Raises:
        ConfigError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, as_json(entries).encode("ascii"))
    except OSError as error:
        raise ConfigError(
            f"the baseline {path} cannot be written: {error.strerror or error}",
            "check the permissions of the folder; nothing was changed",
            path=str(path),
        ) from error


def entries_of(report: Report, folder: Path, *, infos: bool, unverified: bool) -> tuple[Entry, ...]:
    """The findings of a report that count, as entries.

    Args:
        folder: of the baseline.
        infos: also those of level info, which no other gate looks at.
        unverified: also the note that a quotation is unverified.
    """
    found: dict[tuple[str, str], list[Finding]] = {}
    for result in report.articles:
        path = relative(result.article, folder)
        for finding in result.all_findings:
            kept = (
                finding.severity is not Severity.INFO or infos or (unverified and finding.rule == UNVERIFIED)
            )
            if finding.suppression is None and kept:
                found.setdefault((path, finding.fingerprint), []).append(finding)
    return tuple(
        Entry(path, mark, group[0].rule, max((f.severity for f in group), key=_rank).value, len(group))
        for (path, mark), group in found.items()
    )


def apply_baseline(report: Report, baseline: Baseline, folder: Path) -> Report:
    """The report with the findings marked that the baseline has."""
    used: Counter[tuple[str, str]] = Counter()

    def why(article: Article, finding: Finding) -> Suppression | None:
        entry = baseline.get((relative(article, folder), finding.fingerprint))
        graver = entry is not None and finding.severity.rank > Severity(entry.severity).rank
        if entry is None or graver or finding.suppression is not None or used[entry.key] >= entry.count:
            return None
        used[entry.key] += 1
        return Suppression(KIND, REASON)

    return mark(report, why) if baseline else report


def updated(
    report: Report, baseline: Baseline, folder: Path, current: Iterable[Entry], *, accept_new: bool
) -> Update:
    """The baseline without what is gone, and with what is new only if it was asked for.

    An entry of an article that was not checked stays, unless the article is there no longer.

    Args:
        current: every finding that counts without the baseline, from :func:`entries_of`.
    """
    checked = {relative(result.article, folder) for result in report.articles}
    now = {entry.key: entry for entry in current}
    kept: dict[tuple[str, str], Entry] = {}
    dropped = added = 0
    for key, entry in baseline.items():
        if entry.path not in checked and (folder / entry.path).exists():
            kept[key] = entry
            continue
        found = now.get(key)
        left = min(entry.count, found.count) if found else 0
        dropped += entry.count - left
        if left:
            kept[key] = Entry(entry.path, entry.fingerprint, entry.rule, entry.severity, left)
    new = 0
    for key, entry in now.items():
        known = kept.get(key)
        graver = known is not None and _rank(Severity(entry.severity)) > _rank(Severity(known.severity))
        more = entry.count if known is None or graver else entry.count - known.count
        if more and accept_new:
            kept[key] = entry
            added += more
        else:
            new += more
    return Update(tuple(sorted(kept.values())), dropped, added, new)


def gone(report: Report, baseline: Baseline, folder: Path) -> int:
    """How many findings of the baseline are in none of the checked articles they were in."""
    checked = {relative(result.article, folder) for result in report.articles}
    found = Counter(
        (relative(result.article, folder), finding.fingerprint)
        for result in report.articles
        for finding in result.all_findings
    )
    return sum(max(e.count - found[key], 0) for key, e in baseline.items() if e.path in checked)


def relative(article: Article, folder: Path) -> str:
    """The article's path from the folder of the baseline; its id where it came from no file."""
    if article.path is None or article.path == "-":
        return article.path or article.id
    return Path(os.path.relpath(article.path, folder)).as_posix()


def _rank(severity: Severity) -> int:
    return severity.rank
