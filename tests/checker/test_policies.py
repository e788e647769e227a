"""Policies: a table of rule and level, for the language of the report and across languages."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest

from checker.config_file import parse_config
from checker.errors import ConfigError
from checker.pipeline import Checker, Source, compare
from checker.policies import BUILT_IN, DEFAULT, Levels, load_policy
from checker.policies.policy import LEVELS
from checker.rules import all_rules
from checker.types import Annotation, Finding, QuotationKind, Severity, Span
from tests.fakes import FakeEncoder

QUOTE = "The festival drew large crowds to the old harbour on Sunday"
REWORDED = "The festival drew big crowds to the old harbour on Sunday"
TRANSLATED = "Festival itu menarik banyak orang ke pelabuhan lama pada hari Minggu"


def finding(rule: str, severity: Severity, confidence: float = 0.9) -> Finding:
    mark = Annotation("article", Span(0, 2), "We")
    return Finding(rule, "name", severity, confidence, "m", "w", "h", (mark,), "q1", "0" * 16)


def write(folder: Path, text: str, name: str = "house.toml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def failing(name: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load_policy(name)
    assert caught.value.remedy
    return caught.value


# The policies of the package


def table_of(name: str) -> dict[str, object]:
    source = resources.files("checker.policies").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return dict(parse_config(source, Path(f"{name}.toml")).table)


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_policy_of_the_package_is_well_formed(name: str) -> None:
    table = table_of(name)
    assert set(table) <= {"title", "about", "same-language", "across-languages"}
    assert table["title"]
    assert len(str(table["about"]).split()) > 25
    for key in ("same-language", "across-languages"):
        levels = table.get(key, {})
        assert isinstance(levels, dict)
        assert all(re.fullmatch(r"MQ[1-4]\d\d", code) for code in levels)
        assert set(levels.values()) <= set(LEVELS)


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_policy_departs_from_the_rules_own_levels_only_where_it_says_so(name: str) -> None:
    own = {info.code: info.severity.value for info in all_rules()}
    policy = load_policy(name)
    for levels in (policy.same, policy.across):
        assert set(levels) <= set(own)
        assert [code for code, level in levels.items() if own[code] == level] == []


def test_the_default_leaves_every_rule_its_own_level() -> None:
    policy = load_policy(DEFAULT)
    assert (policy.same, policy.across) == ({}, {})


def test_the_strict_guides_ask_for_the_exact_words_in_one_language_only() -> None:
    for name in ("ap", "reuters"):
        policy = load_policy(name)
        assert policy.level("MQ121", same_language=True) == "error"
        assert policy.level("MQ121", same_language=False) is None
    assert load_policy("guardian").level("MQ121", same_language=True) is None


# Levels


@pytest.mark.parametrize(
    ("rule", "found", "confidence", "level", "expected"),
    [
        ("MQ121", Severity.INFO, 0.9, "error", Severity.ERROR),
        ("MQ121", Severity.INFO, 0.9, "warning", Severity.WARNING),
        ("MQ121", Severity.INFO, 0.9, "off", None),
        ("MQ111", Severity.WARNING, 0.7, "error", Severity.WARNING),  # not sure enough for an error
        ("MQ111", Severity.WARNING, 0.8, "error", Severity.ERROR),
        ("MQ204", Severity.INFO, 0.9, "error", Severity.WARNING),  # the rule itself thought it weaker
        ("MQ101", Severity.WARNING, 0.6, "error", Severity.WARNING),
        ("MQ101", Severity.WARNING, 0.6, "warning", Severity.INFO),
        ("MQ118", Severity.ERROR, 0.9, "info", Severity.WARNING),  # across speakers it is graver
        ("MQ118", Severity.ERROR, 0.9, "error", Severity.ERROR),
        ("MQ301", Severity.INFO, 1.0, "info", Severity.INFO),
    ],
)
def test_a_policy_sets_the_level_of_a_rule_at_full_strength(
    rule: str, found: Severity, confidence: float, level: str, expected: Severity | None
) -> None:
    policy = replace(load_policy(DEFAULT), same={rule: level})
    one = finding(rule, found, confidence)
    levels = Levels({}, policy)
    assert levels.severity(one, same_language=True) is expected
    assert levels.severity(one, same_language=False) is found
    kept = [f.severity for f in levels.levelled([one])]
    assert kept == ([] if expected is None else [expected])


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_set_by_itself_stands_over_the_policy_and_is_exact(level: str) -> None:
    levels = Levels({"MQ121": level}, load_policy("ap"))
    expected = None if level == "off" else Severity(level)
    for confidence in (0.2, 0.9):
        one = finding("MQ121", Severity.INFO, confidence)
        assert levels.severity(one, same_language=True) is expected


def test_a_checker_takes_a_table_as_before() -> None:
    assert Levels.of({"MQ111": "off"}).policy.name == DEFAULT
    given = Levels({}, load_policy("ap"))
    assert Levels.of(given) is given


@pytest.mark.parametrize(
    ("policy", "quote", "language", "expected"),
    [
        ("translation", REWORDED, "en", {"MQ121": Severity.INFO}),
        ("ap", REWORDED, "en", {"MQ121": Severity.ERROR}),
        ("guardian", REWORDED, "en", {"MQ121": Severity.INFO}),
        ("ap", QUOTE, "en", {}),
        ("ap", TRANSLATED, "id", {}),
    ],
)
def test_the_policy_decides_in_a_check(
    policy: str, quote: str, language: str, expected: dict[str, Severity]
) -> None:
    checker = Checker(encoder=FakeEncoder(64), levels=Levels({}, load_policy(policy)))
    source = Source(QUOTE, "en", "Ratna Dewi", QuotationKind.DIRECT)
    found = compare(quote, source, quote_language=language, speaker="Ratna Dewi", checker=checker).findings
    assert {f.rule: f.severity for f in found} == expected


# A desk's own file


def test_a_file_begins_with_another_policy(tmp_path: Path) -> None:
    name = write(
        tmp_path,
        'title = "Ours"\nextends = "ap"\n[rules]\nMQ118 = "off"\nMQ111 = "info"\n'
        '[same-language]\nnot-verbatim = "warning"\nMQ111 = "off"\n[across-languages]\nMQ112 = "error"\n',
    )
    policy = load_policy(name)
    assert (policy.name, policy.title) == (name, "Ours")
    assert policy.same["MQ121"] == "warning"
    assert policy.same["MQ204"] == "error"
    assert (policy.same["MQ111"], policy.across["MQ111"]) == ("off", "info")
    assert (policy.across["MQ112"], policy.same.get("MQ112")) == ("error", None)


def test_a_file_may_extend_a_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    write(tmp_path, '[rules]\nMQ111 = "off"\n')
    outer = write(tmp_path / "desk", 'extends = "../house.toml"\n[rules]\nMQ112 = "off"\n')
    assert load_policy(outer).same == {"MQ111": "off", "MQ112": "off"}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[rule]\nMQ111 = "off"\n', 1, "did you mean rules?"),
        ('[rules]\nMQ11x = "off"\n', 2, "did you mean MQ1"),
        ('[rules]\n\nMQ111 = "loud"\n', 3, "off, info, warning, error"),
        ("[same-language]\nMQ111 = 3\n", 2, "off, info, warning, error"),
        ('rules = "off"\n', 1, "a table"),
        ("title = 3\n", 1, "a text"),
        ('\nextends = "app"\n', 2, "did you mean ap?"),
        ('extends = "gone.toml"\n', None, "can be read"),
        ("title = \n", 1, "mend"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, text: str, line: int | None, said: str) -> None:
    error = failing(write(tmp_path, text))
    assert said in error.remedy
    assert error.line == line
    if line is not None:
        assert "house.toml" in str(error)


def test_a_circle_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, 'extends = "./two.toml"\n', "one.toml")
    name = write(tmp_path, 'extends = "one.toml"\n', "two.toml")
    assert "circle" in str(failing(name))


def test_an_unknown_name_names_the_nearest() -> None:
    error = failing("Reuter")
    assert "there is no policy 'Reuter'" in str(error)
    assert error.remedy.startswith("did you mean reuters?")
