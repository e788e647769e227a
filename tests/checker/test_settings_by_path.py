"""Settings that differ from article to article: overrides, files that extend another, and the nearest file."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.config import SettingsFinder, load_settings
from checker.errors import ConfigError
from checker.globs import covers, parse_glob


def write(folder: Path, text: str, name: str = "misquote.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def failing(folder: Path, text: str) -> ConfigError:
    write(folder, text)
    with pytest.raises(ConfigError) as caught:
        load_settings(folder, {})
    assert caught.value.remedy
    return caught.value


OVERRIDES = """
fail-on = "warning"
policy = "guardian"

[rules]
MQ111 = "info"
MQ112 = "info"

[[overrides]]
paths = ["wire/", "*.draft.md"]
fail-on = "never"
rules = { MQ111 = "error", not-verbatim = "off" }

[[overrides]]
paths = ["wire/**/late-*.md", "!late-corrected.md"]
policy = "ap"
[overrides.rules]
MQ111 = "warning"
"""


@pytest.mark.parametrize(
    ("name", "fail_on", "policy", "rules"),
    [
        ("home.md", "warning", "guardian", {"MQ111": "info", "MQ112": "info"}),
        ("wire/a.md", "never", "guardian", {"MQ111": "error", "MQ112": "info", "MQ121": "off"}),
        ("deep/x.draft.md", "never", "guardian", {"MQ111": "error", "MQ112": "info", "MQ121": "off"}),
        ("wire/east/late-1.md", "never", "ap", {"MQ111": "warning", "MQ112": "info", "MQ121": "off"}),
        ("wire/late-corrected.md", "never", "guardian", {"MQ111": "error", "MQ112": "info", "MQ121": "off"}),
    ],
)
def test_overrides_by_path(
    tmp_path: Path, name: str, fail_on: str, policy: str, rules: dict[str, str]
) -> None:
    write(tmp_path, OVERRIDES)
    article = write((tmp_path / name).parent, "text", Path(name).name)
    settings = load_settings(article, {})
    assert (settings.fail_on, settings.policy, dict(settings.rules)) == (fail_on, policy, rules)


def test_every_level_names_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, OVERRIDES)
    article = write(tmp_path / "wire" / "x", "text", "late-1.md")
    finder = SettingsFinder({}, {"rules": {"MQ118": "off"}})
    found = {one.key: (one.value, one.source) for one in finder.origins(article)}
    assert found["rules.MQ112"] == ("info", f"{path}:7")
    assert found["rules.MQ121"] == ("off", f"{path}:12")
    assert found["rules.MQ111"] == ("warning", f"{path}:18")
    assert found["rules.MQ118"] == ("off", "command line")
    assert found["policy"] == ("ap", f"{path}:16")
    assert found["fail-on"] == ("never", f"{path}:11")


def test_environment_and_command_line_stand_over_overrides(tmp_path: Path) -> None:
    write(tmp_path, OVERRIDES)
    article = write(tmp_path / "wire", "text", "a.md")
    assert load_settings(article, {"MISQUOTE_FAIL_ON": "info"}).fail_on == "info"
    given = {"policy": "reuters", "rules": {"content-added": "off"}}
    settings = load_settings(article, {"MISQUOTE_POLICY": "ap"}, given)
    assert settings.policy == "reuters"
    assert settings.rules["MQ111"] == "off"


def test_the_precedence_from_the_rule_to_the_command_line(tmp_path: Path) -> None:
    """Rule's own level < policy < [rules] < by path < command line, one step at a time."""
    article = write(tmp_path / "wire", "text", "a.md")

    def level(**given: object) -> str | None:
        levels = load_settings(article, {}, given).levels()
        own = levels.own.get("MQ121")
        return own or levels.policy.level("MQ121", same_language=True)

    assert level() is None
    write(tmp_path, 'policy = "ap"\n')
    assert level() == "error"
    write(tmp_path, 'policy = "ap"\n[rules]\nMQ121 = "warning"\n')
    assert level() == "warning"
    write(
        tmp_path,
        'policy = "ap"\n[rules]\nMQ121 = "warning"\n[[overrides]]\npaths = ["wire/"]\nrules = {MQ121 = "info"}\n',
    )
    assert level() == "info"
    assert level(rules={"MQ121": "off"}) == "off"
    assert level(policy="reuters") == "info"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[[overrides]]\nfail-on = "never"\n', 1, "a list of patterns"),
        ('[[overrides]]\npaths = "wire/"\n', 2, "a list of patterns"),
        ("[[overrides]]\npaths = [1]\n", 2, "a list of patterns"),
        ('[[overrides]]\npaths = ["# none"]\n', 2, "a list of patterns"),
        ('[[overrides]]\npaths = ["a"]\nindex = "x"\n', 3, "paths, against, language, policy"),
        ('[[overrides]]\npaths = ["a"]\n[[overrides]]\npaths = ["b"]\nfail-onn = "never"\n', 5, "fail-on"),
        (
            '[[overrides]]\npaths = ["a"]\n[[overrides]]\npaths = ["b"]\n[overrides.rules]\nMQ1 = "off"\n',
            6,
            "misquote rule --all",
        ),
        ('[[overrides]]\npaths = ["a"]\nrules = { MQ111 = "loud" }\n', 3, "off, info, warning, error"),
        ('overrides = "wire"\n', 1, "[[overrides]]"),
        ("extend = 3\n", 1, "another settings file"),
        ('extend = "gone.toml"\n', None, "can be read"),
        ('policy = "app"\n', 1, "did you mean ap?"),
        ('policy = "gone.toml"\n', None, "can be read"),
        ('baseline = ""\n', 1, "a text"),
    ],
)
def test_a_wrong_override_is_named_with_its_line(
    tmp_path: Path, text: str, line: int | None, said: str
) -> None:
    error = failing(tmp_path, text)
    assert said in error.remedy
    assert error.line == line


# extend


def test_a_file_that_extends_another_counts_over_it(tmp_path: Path) -> None:
    outer = write(
        tmp_path,
        'index = "coverage/index"\nfail-on = "warning"\n[rules]\nMQ111 = "off"\nMQ112 = "off"\n'
        '[[overrides]]\npaths = ["id/opinion/"]\nfail-on = "never"\n',
    )
    write(tmp_path / "id", 'extend = "../misquote.toml"\npolicy = "ap"\n[rules]\nMQ111 = "info"\n')
    article = write(tmp_path / "id", "text", "a.md")
    settings = load_settings(article, {})
    assert settings.index == str(tmp_path / "id" / ".." / "coverage" / "index")
    assert (settings.fail_on, settings.policy) == ("warning", "ap")
    assert settings.rules == {"MQ111": "info", "MQ112": "off"}
    assert load_settings(write(tmp_path / "id" / "opinion", "text", "b.md"), {}).fail_on == "never"
    finder = SettingsFinder({})
    sources = {one.key: one.source for one in finder.origins(article)}
    assert sources["fail-on"].endswith("misquote.toml:2")
    folders = {folder.resolve() for folder in finder.folders_of(article)}
    assert folders == {tmp_path / "id", outer.parent}


def test_files_that_extend_one_another_in_a_circle(tmp_path: Path) -> None:
    write(tmp_path, 'extend = "b/misquote.toml"\n')
    error = failing(tmp_path / "b", 'extend = "../misquote.toml"\n')
    assert "circle" in str(error)
    assert "circle" in str(failing(tmp_path / "c", 'extend = "misquote.toml"\n'))


# The nearest file


def test_each_article_has_the_file_nearest_to_it(tmp_path: Path) -> None:
    write(tmp_path, 'fail-on = "warning"\n')
    write(tmp_path / "id", 'policy = "ap"\n')
    finder = SettingsFinder({})
    one = finder.of(write(tmp_path / "en", "text", "a.md"))
    other = finder.of(write(tmp_path / "id" / "deep", "text", "b.md"))
    assert (one.fail_on, one.policy) == ("warning", "translation")
    assert (other.fail_on, other.policy) == ("error", "ap")
    assert finder.of(tmp_path / "en") is one


def test_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, 'fail-on = "warning"\n')
    read: list[Path] = []

    from checker.config import file_layer

    original = file_layer.read_config
    monkeypatch.setattr(file_layer, "read_config", lambda path: read.append(path) or original(path))  # type: ignore[func-returns-value]
    finder = SettingsFinder({})
    for number in range(5):
        finder.of(write(tmp_path / f"f{number}", "text", "a.md"))
    assert len(read) == 1


def test_a_path_with_dots_leads_to_the_right_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "desk" / "deep", 'fail-on = "never"\n')
    write(tmp_path / "desk", "text", "a.md")
    monkeypatch.chdir(tmp_path / "desk" / "deep")
    assert load_settings(Path("../a.md"), {}).fail_on == "error"


# Patterns


@pytest.mark.parametrize(
    ("lines", "path", "covered"),
    [
        (["*.md"], "deep/down/a.md", True),
        (["/*.md"], "deep/a.md", False),
        (["wire"], "wire/a.md", True),
        (["wire/"], "deep/wire/a.md", True),
        (["a.md/"], "a.md", False),
        (["deep/wire"], "deep/wire/x/a.md", True),
        (["deep/*/a.md"], "deep/x/y/a.md", False),
        (["deep/**/a.md"], "deep/x/y/a.md", True),
        (["wire/", "!own.md"], "wire/own.md", False),
        (["!own.md", "wire/"], "wire/own.md", True),
        (["# wire/", ""], "wire/a.md", False),
        (["[ab].md"], "b.md", True),
        (["[z-a].md"], "[z-a].md", True),
    ],
)
def test_patterns_read_as_in_gitignore(lines: list[str], path: str, covered: bool) -> None:
    from pathlib import PurePosixPath

    globs = [glob for line in lines if (glob := parse_glob(line))]
    assert covers(globs, PurePosixPath(path)) is covered
