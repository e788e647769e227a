from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from checker.config import Settings, config_schema, load_settings, settings_with_origin
from checker.config_file import find_config
from checker.errors import ConfigError


def write(folder: Path, text: str, name: str = "misquote.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def failing(folder: Path, text: str, name: str = "misquote.toml") -> ConfigError:
    write(folder, text, name)
    with pytest.raises(ConfigError) as caught:
        load_settings(folder, {})
    return caught.value


def origin(start: Path, key: str, env: dict[str, str] | None = None, **given: object) -> tuple[object, str]:
    found = {one.key: (one.value, one.source) for one in settings_with_origin(start, env or {}, given)}
    return found[key]


def test_defaults_without_a_file(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {}) == Settings()
    assert {one.source for one in settings_with_origin(tmp_path, {})} == {"default"}


def test_a_file_sets_values(tmp_path: Path) -> None:
    write(tmp_path, 'fail-on = "warning"\noffline = true\nlanguage = "id"\n')
    settings = load_settings(tmp_path, {})
    assert (settings.fail_on, settings.offline, settings.language) == ("warning", True, "id")


def test_command_line_over_environment_over_file_over_default(tmp_path: Path) -> None:
    path = write(tmp_path, '# ours\nfail-on = "warning"\n')
    env = {"MISQUOTE_FAIL_ON": "info"}
    assert origin(tmp_path, "fail-on", env, fail_on="never") == ("never", "command line")
    assert origin(tmp_path, "fail-on", env, fail_on=None) == ("info", "environment MISQUOTE_FAIL_ON")
    assert origin(tmp_path, "fail-on") == ("warning", f"{path}:2")
    assert origin(tmp_path, "format") == ("full", "default")


def test_a_flag_may_be_switched_off_again(tmp_path: Path) -> None:
    write(tmp_path, "fail-on-unverified = true\n")
    assert load_settings(tmp_path, {"MISQUOTE_FAIL_ON_UNVERIFIED": "no"}).fail_on_unverified is False
    assert load_settings(tmp_path, {}, {"fail_on_unverified": False}).fail_on_unverified is False


def test_an_empty_variable_is_no_value(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {"MISQUOTE_INDEX": "", "MISQUOTE_TEACHER": "x"}) == Settings()


@pytest.mark.parametrize(
    ("variable", "text"),
    [("MISQUOTE_OFFLINE", "perhaps"), ("MISQUOTE_FAIL_ON", "fatal"), ("MISQUOTE_LANGUAGE", "xx")],
)
def test_a_wrong_variable_is_named(tmp_path: Path, variable: str, text: str) -> None:
    with pytest.raises(ConfigError, match=rf"{variable}.*'{text}'") as caught:
        load_settings(tmp_path, {variable: text})
    assert caught.value.remedy


def test_the_nearest_folder_wins_and_is_not_merged(tmp_path: Path) -> None:
    write(tmp_path, 'fail-on = "warning"\nformat = "json"\n')
    inner = write(tmp_path / "id", 'fail-on = "info"\n')
    article = write(tmp_path / "id" / "news", "text", "article.md")
    settings = load_settings(article, {})
    assert (settings.fail_on, settings.format) == ("info", "full")
    assert find_config(article) == inner


def test_the_order_within_a_folder(tmp_path: Path) -> None:
    pyproject = write(tmp_path, "[tool.misquote]\nformat = 'json'\n", "pyproject.toml")
    assert find_config(tmp_path) == pyproject
    plain = write(tmp_path, "")
    assert find_config(tmp_path) == plain
    hidden = write(tmp_path, "", ".misquote.toml")
    assert find_config(tmp_path) == hidden


def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path) -> None:
    outer = write(tmp_path, 'fail-on = "info"\n')
    write(tmp_path / "inner", "[tool.other]\nx = 1\n", "pyproject.toml")
    assert find_config(tmp_path / "inner") == outer


def test_the_table_of_a_pyproject(tmp_path: Path) -> None:
    path = write(tmp_path, '[project]\nname = "x"\n\n[tool.misquote]\nfail-on = "info"\n', "pyproject.toml")
    assert origin(tmp_path, "fail-on") == ("info", f"{path}:5")
    error = failing(tmp_path, '[tool.misquote]\nfail_on = "info"\n', "pyproject.toml")
    assert (error.path, error.line) == (str(path), 2)


def test_a_named_file_is_used_and_no_other_is_looked_for(tmp_path: Path) -> None:
    write(tmp_path, 'fail-on = "info"\n')
    other = write(tmp_path / "elsewhere", 'fail-on = "never"\n', "desk.toml")
    assert load_settings(tmp_path, {}, file=other).fail_on == "never"
    with pytest.raises(ConfigError, match=r"gone\.toml"):
        load_settings(tmp_path, {}, file=tmp_path / "gone.toml")


def test_paths_of_a_file_are_taken_from_its_folder(tmp_path: Path) -> None:
    write(tmp_path, 'index = "archive/index"\nmodel = "./models/mine"\n')
    settings = load_settings(tmp_path / "deep" / "down", {})
    assert settings.index == str(tmp_path / "archive" / "index")
    assert settings.model == str(tmp_path / "models" / "mine")
    assert load_settings(tmp_path, {"MISQUOTE_INDEX": "here"}).index == "here"
    assert load_settings(tmp_path, {"MISQUOTE_MODEL": "labse"}).model == "labse"


@pytest.mark.parametrize(
    ("key", "nearest"),
    [
        ("fail-onn", "fail-on"),
        ("fail_on", "fail-on"),
        ("lang", "language"),
        ("Index", "index"),
        ("rule", "rules"),
    ],
)
def test_an_unknown_key_names_the_nearest(tmp_path: Path, key: str, nearest: str) -> None:
    error = failing(tmp_path, f'format = "json"\n{key} = "x"\n')
    assert f"misquote.toml:2: unknown key '{key}'" in str(error)
    assert f"did you mean {nearest}?" in error.remedy
    assert error.line == 2


def test_an_unknown_key_like_no_other_lists_the_keys(tmp_path: Path) -> None:
    error = failing(tmp_path, "zzzzzz = 1\n")
    assert "did you mean" not in error.remedy
    assert "fail-on-unverified" in error.remedy


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('fail-on = "fatal"\n', 1, "error, warning, info, never"),
        ('\noffline = "yes"\n', 2, "true or false"),
        ("index = 3\n", 1, "a text"),
        ('model = " "\n', 1, "a text"),
        ('language = "tlh"\n', 1, "en, id, ms, zh"),
        ('format = "pdf"\n', 1, "full, concise, json, jsonl"),
        ('rules = "off"\n', 1, "a table"),
        ('[rules]\nMQ102 = "loud"\n', 2, "off, info, warning, error"),
        ("[rules]\n\nMQ102 = false\n", 3, "off, info, warning, error"),
        ("[rules]\nMQ102 = ['off']\n", 2, "off, info, warning, error"),
        ('dimension = "256"\n', 1, "a whole number"),
        ("dimension = -1\n", 1, "a whole number"),
        ("dimension = true\n", 1, "a whole number"),
        ("revision = 3\n", 1, "a text"),
        ('prompts = "query: "\n', 1, "a table"),
        ("[prompts]\nquery = 1\n", 2, "a text"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    error = failing(tmp_path, text)
    assert f"misquote.toml:{line}: " in str(error)
    assert said in str(error)
    assert said in error.remedy
    assert error.line == line


def test_levels_of_rules_by_code_and_by_name(tmp_path: Path) -> None:
    write(tmp_path, '[rules]\nMQ111 = "off"\nnegation-changed = "warning"\n')
    assert load_settings(tmp_path, {}).rules == {"MQ111": "off", "MQ102": "warning"}


def test_an_unknown_rule_names_the_nearest(tmp_path: Path) -> None:
    error = failing(tmp_path, '[rules]\nMQ101 = "off"\nnegation-change = "off"\n')
    assert "misquote.toml:3: " in str(error)
    assert "negation-changed" in error.remedy
    assert error.line == 3


def test_what_is_not_toml_is_named_with_its_line(tmp_path: Path) -> None:
    error = failing(tmp_path, 'format = "json"\nindex = \n')
    assert "misquote.toml: not TOML" in str(error)
    assert error.line == 2


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a" * 1000 + b"\x00", b"x = " + b"[" * 100_000])
def test_damaged_files_end_in_a_config_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "misquote.toml").write_bytes(data)
    with pytest.raises(ConfigError) as caught:
        load_settings(tmp_path, {})
    assert caught.value.remedy


def test_a_model_with_its_revision_prompts_and_dimension(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'model = "desk-lab/news"\nrevision = "v2"\ndimension = 256\n\n[prompts]\nquery = "find: "\npassage = ""\n',
    )
    settings = load_settings(tmp_path, {})
    assert (settings.model, settings.revision, settings.dimension) == ("desk-lab/news", "v2", 256)
    assert settings.prompts == {"query": "find: ", "passage": ""}
    assert origin(tmp_path, "revision") == ("v2", f"{path}:2")
    assert origin(tmp_path, "prompts")[1] == f"{path}:5"
    env = {"MISQUOTE_DIMENSION": "0", "MISQUOTE_PROMPTS": "x"}
    assert origin(tmp_path, "dimension", env) == (0, "environment MISQUOTE_DIMENSION")
    assert origin(tmp_path, "prompts", env)[1] == f"{path}:5"
    assert load_settings(write(tmp_path / "none", "[prompts]\n"), {}).prompts == {}
    assert load_settings(write(tmp_path / "unset", ""), {}).prompts is None


@pytest.mark.parametrize("text", ["many", "-1", "2.5", "9" * 40, "²"])
def test_a_dimension_in_the_environment_is_a_number(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="MISQUOTE_DIMENSION"):
        load_settings(tmp_path, {"MISQUOTE_DIMENSION": text})


def test_what_describes_a_model_goes_with_it(tmp_path: Path) -> None:
    write(tmp_path, 'model = "a/b"\nrevision = "v2"\ndimension = 256\n[prompts]\nquery = "find: "\n')
    other = load_settings(tmp_path, {}, {"model": "c/d"})
    assert (other.model, other.revision, other.dimension, other.prompts) == ("c/d", None, None, None)
    assert origin(tmp_path, "revision", model="c/d") == (None, "default")
    assert load_settings(tmp_path, {"MISQUOTE_MODEL": "c/d"}).revision is None
    assert load_settings(tmp_path, {"MISQUOTE_MODEL": "c/d", "MISQUOTE_REVISION": "v3"}).revision == "v3"
    assert load_settings(tmp_path, {}, {"model": "c/d", "revision": "v4"}).revision == "v4"
    same = load_settings(tmp_path, {}, {"model": "a/b"})
    assert (same.revision, same.dimension) == ("v2", 256)
    assert load_settings(tmp_path, {}, {"revision": "v5"}).prompts == {"query": "find: "}


def test_an_unknown_prompt_names_the_nearest(tmp_path: Path) -> None:
    error = failing(tmp_path, '[prompts]\nqueries = "find: "\n')
    assert "misquote.toml:2: unknown key 'queries'" in str(error)
    assert "did you mean query?" in error.remedy


def test_the_schema_agrees_with_the_loader(tmp_path: Path) -> None:
    schema = config_schema()
    Draft202012Validator.check_schema(schema)
    keys = {one.key for one in settings_with_origin(tmp_path, {})}
    assert set(schema["properties"]) == keys | {"rules", "extend", "overrides"}
    validator = Draft202012Validator(schema)
    good = (
        'index = "x"\nfail-on = "never"\noffline = true\ndimension = 256\n[rules]\nMQ111 = "off"\n'
        '[prompts]\nquery = "find: "\n'
    )
    assert validator.is_valid(tomllib.loads(good))
    write(tmp_path, good)
    assert load_settings(tmp_path, {}).fail_on == "never"
    for bad in (
        "fail_on = 'info'",
        "offline = 'yes'",
        "format = 'pdf'",
        "[rules]\nMQ111 = 'loud'",
        "dimension = -1",
        "[prompts]\ndocument = 'x'",
    ):
        assert not validator.is_valid(tomllib.loads(bad))
        failing(tmp_path, bad)


def test_defaults_are_in_the_schema() -> None:
    properties = config_schema()["properties"]
    assert properties["fail-on"]["default"] == Settings().fail_on
    assert properties["index"]["default"] == Settings().index
    assert "default" not in properties["model"]
