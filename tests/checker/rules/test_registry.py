"""Codes, names and default levels are what other programs rely on."""

from __future__ import annotations

import pytest

from checker.errors import ConfigError
from checker.rules import ARTICLE_RULES, QUOTATION_RULES, all_rules, find_rule

LEVELS = {
    "MQ101": ("number-changed", "error"),
    "MQ102": ("negation-changed", "error"),
    "MQ103": ("name-changed", "error"),
    "MQ104": ("date-changed", "error"),
    "MQ105": ("unit-changed", "error"),
    "MQ106": ("modality-changed", "error"),
    "MQ107": ("quantifier-changed", "warning"),
    "MQ108": ("direction-changed", "error"),
    "MQ109": ("condition-dropped", "error"),
    "MQ110": ("qualifier-dropped", "warning"),
    "MQ111": ("content-added", "warning"),
    "MQ112": ("content-omitted", "warning"),
    "MQ113": ("intensity-changed", "warning"),
    "MQ114": ("person-changed", "warning"),
    "MQ115": ("tense-changed", "warning"),
    "MQ116": ("question-to-statement", "warning"),
    "MQ117": ("meaning-changed", "warning"),
    "MQ118": ("stitched", "warning"),
    "MQ119": ("ellipsis-distorts", "error"),
    "MQ120": ("bracket-changes-referent", "warning"),
    "MQ121": ("not-verbatim", "info"),
    "MQ201": ("speaker-mismatch", "error"),
    "MQ202": ("speaker-widened", "warning"),
    "MQ203": ("role-mismatch", "warning"),
    "MQ204": ("paraphrase-as-quotation", "warning"),
    "MQ205": ("reporting-verb-strengthened", "info"),
    "MQ206": ("source-credit-lost", "info"),
    "MQ207": ("old-quote-as-new", "warning"),
    "MQ208": ("unattributed", "info"),
    "MQ301": ("no-earlier-coverage", "info"),
    "MQ302": ("sources-conflict", "warning"),
    "MQ303": ("single-origin", "info"),
    "MQ304": ("back-translation", "warning"),
    "MQ305": ("headline-not-in-body", "warning"),
    "MQ306": ("source-later-than-article", "info"),
    "MQ401": ("unbalanced-marks", "warning"),
    "MQ402": ("too-short-to-check", "info"),
    "MQ403": ("extraction-suspect", "warning"),
    "MQ404": ("locale-format", "info"),
}
"""Every code ever given out, whether or not a rule is written yet: a code is never used again."""
GROUPS = {"MQ1": "wording", "MQ2": "attribution", "MQ3": "provenance", "MQ4": "form"}
FIRST_RELEASE = {
    *(f"MQ{n}" for n in (101, 102, 103, 104, 105, 106, 108, 109, 111, 112, 118, 121)),
    *("MQ201", "MQ204", "MQ301", "MQ401", "MQ402"),
}


def test_rules_are_sorted_and_each_code_and_name_is_given_once() -> None:
    infos = all_rules()
    codes = [info.code for info in infos]
    assert codes == sorted(codes)
    assert len(set(codes)) == len(codes)
    assert len({info.name for info in infos}) == len(infos)
    assert len(infos) == len(QUOTATION_RULES) + len(ARTICLE_RULES)


def test_no_rule_of_the_first_release_has_gone() -> None:
    assert {info.code for info in all_rules()} >= FIRST_RELEASE


@pytest.mark.parametrize("info", all_rules(), ids=lambda info: info.code)
def test_code_name_level_and_group_are_those_promised(info) -> None:
    assert (info.name, info.severity.value) == LEVELS[info.code]
    assert info.group == GROUPS[info.code[:3]]
    assert info.summary.endswith(".")


@pytest.mark.parametrize("asked", ["MQ102", "mq102", "negation-changed", " Negation-Changed "])
def test_a_rule_is_found_by_code_or_name(asked: str) -> None:
    assert find_rule(asked).code == "MQ102"


def test_an_unknown_rule_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(ConfigError) as caught:
        find_rule("negation-chnaged")
    assert "negation-changed" in caught.value.remedy
