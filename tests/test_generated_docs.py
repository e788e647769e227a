"""The parts of the documentation that the code decides are as the code has them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker.config import config_schema
from checker.policies import BUILT_IN
from docs.generate import FOLDER, PART, PARTS, files

FILES = list(files())


@pytest.mark.parametrize(("path", "content"), FILES, ids=[path.name for path, _ in FILES])
def test_what_is_generated_is_up_to_date(path: Path, content: str) -> None:
    assert path.read_text(encoding="utf-8") == content, "run `make docs`"


def test_every_part_has_a_place() -> None:
    found = [
        part[2] for path in FOLDER.glob("*.md") for part in PART.finditer(path.read_text(encoding="utf-8"))
    ]
    assert sorted(found) == sorted(PARTS)


def test_the_pages_say_what_they_should() -> None:
    pages = {path.name: content for path, content in FILES}
    assert {"cli.md", "configuration.md", "policies.md", "settings.schema.json"} <= set(pages)
    for command in ("check", "index add", "baseline update", "config"):
        assert f"\n### misquote {command}\n" in pages["cli.md"]
    for key in config_schema()["properties"]:
        assert f"`{key}`" in pages["configuration.md"] or f"[[{key}]]" in pages["configuration.md"]
    assert re.findall(r"^### `(\w+)`$", pages["policies.md"], re.MULTILINE) == list(BUILT_IN)
