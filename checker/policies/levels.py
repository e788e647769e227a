"""From what a rule found to the level it is reported at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..languages import same_macro
from ..types import Finding, Severity
from .policy import DEFAULT, Policy, load_policy

if TYPE_CHECKING:
    from ..rules import Case

_BY_RANK = {severity.rank: severity for severity in Severity}


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels in force for one article: those that were set one by one, over those of a policy."""

    own: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """By code, from a settings file or the command line. Such a level is what every finding gets."""
    policy: Policy = field(default_factory=lambda: load_policy(DEFAULT))

    @classmethod
    def of(cls, given: Levels | Mapping[str, str] | None) -> Levels:
        """What a caller gave: levels, a table by code over the default policy, or nothing."""
        return given if isinstance(given, Levels) else cls(MappingProxyType(dict(given or {})))

    def levelled(self, findings: Iterable[Finding], case: Case | None = None) -> Iterator[Finding]:
        """The findings at their levels, without those of rules that are off.

        Args:
            case: what they were found in; None for findings on the article as a whole.
        """
        for finding in findings:
            severity = self.severity(finding, same_language=case is None or _same_language(finding, case))
            if severity is not None:
                yield finding if severity is finding.severity else replace(finding, severity=severity)

    def severity(self, finding: Finding, *, same_language: bool) -> Severity | None:
        """The level of one finding; None where its rule is off.

        A policy sets the level of a rule at full strength. A finding that its rule thought weaker (or
        graver) than usual stays as much weaker, and one that is not sure is never made an error.
        """
        level = self.own.get(finding.rule)
        if level is not None:
            return None if level == "off" else Severity(level)
        level = self.policy.level(finding.rule, same_language=same_language)
        if level is None:
            return finding.severity
        if level == "off":
            return None
        from ..rules import all_rules
        from ..rules.base import ERROR_CONFIDENCE

        usual = next(info.severity for info in all_rules() if info.code == finding.rule)
        rank = Severity(level).rank + finding.severity.rank - usual.rank
        severity = _BY_RANK[min(max(rank, Severity.INFO.rank), Severity.ERROR.rank)]
        unsure = finding.confidence < ERROR_CONFIDENCE
        return Severity.WARNING if severity is Severity.ERROR and unsure else severity


def _same_language(finding: Finding, case: Case) -> bool:
    """Whether the report that the finding points to, else the best one, is in the article's language."""
    pointed = finding.on("evidence")
    known = {c.evidence.passage.id: c for c in (*case.stitched, *case.compared)}
    held = known.get(pointed.passage_id or "") if pointed is not None else None
    report = held or case.best
    return report is None or same_macro(case.article.language, report.evidence.passage.language)
