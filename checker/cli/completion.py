"""What the shell is offered for a value that is half typed. Nothing heavy is loaded for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Offer = tuple[str, str]
"""A value and what it means."""


def formats(incomplete: str) -> list[str]:
    """Names of report formats."""
    from ..report import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def pair_formats(incomplete: str) -> list[str]:
    """Names of formats that ``compare`` writes."""
    from ..report.registry import PAIR_FORMATS

    return [name for name in PAIR_FORMATS if name.startswith(incomplete)]


def reports(incomplete: str) -> list[str]:
    """``FORMAT:`` for ``--report``; the path is the user's."""
    return [f"{name}:" for name in formats(incomplete)] if ":" not in incomplete else []


def languages(incomplete: str) -> list[Offer]:
    """Codes of languages that quotations can be checked in."""
    from ..languages import LANGUAGES, get_language

    return [(code, get_language(code).name) for code in LANGUAGES if code.startswith(incomplete)]


def policies(incomplete: str) -> list[str]:
    """Names of the package's policies."""
    from ..policies import BUILT_IN

    return [name for name in BUILT_IN if name.startswith(incomplete)]


def rules(incomplete: str) -> list[Offer]:
    """Codes and names of rules."""
    return _starting(incomplete, _rules())


def rule_levels(incomplete: str) -> list[Offer]:
    """``RULE=LEVEL`` for ``--rule``: first the rule, then its levels."""
    name, equals, level = incomplete.partition("=")
    if not equals:
        return _starting(name, ((f"{rule}=", summary) for rule, summary in _rules()))
    from ..policies.policy import LEVELS

    return [(f"{name}={one}", "") for one in LEVELS if one.startswith(level)]


def _rules() -> Iterator[Offer]:
    from ..rules import all_rules

    for info in all_rules():
        yield info.code, info.summary
        yield info.name, info.summary


def _starting(incomplete: str, offers: Iterable[Offer]) -> list[Offer]:
    wanted = incomplete.lower()
    return [offer for offer in offers if offer[0].lower().startswith(wanted)]
