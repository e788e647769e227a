"""Front matter of a Markdown file: its fields, and where in the file the words of a field stand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import regex

from ..errors import InputError
from ..types import Span

if TYPE_CHECKING:
    from yaml.nodes import Node

MAX_FRONT_MATTER = 64 * 1024
_STRING = "tag:yaml.org,2002:str"
"""The tag of what YAML reads as words, not as a number, a date or a switch."""
_MAX_WORDS = 1000
"""Characters of a field that is looked for in the file; a longer one is no title."""
_FENCE = regex.compile(r"(?P<fence>---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_KEY = regex.compile(r"\s*[\w-]{1,40}\s*[:=]")
_TOML_STRING = regex.compile(
    r"""^[ \t]*(["']?)(?P<key>[\w-]{1,40})\1[ \t]*=[ \t]*(?P<mark>\"""|'''|"|')""", regex.MULTILINE
)
_LINE_BREAK = regex.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands between the fences."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    """Keys in lower case."""
    end: int = 0
    """Where the body starts."""
    places: Mapping[str, Span] = field(default_factory=dict)
    """Where the words of a field stand in the text, for the fields whose words stand there as they are."""


def front_matter(text: str, *, path: str | None = None) -> FrontMatter:
    """The YAML (``---``) or TOML (``+++``) front matter of ``text``; an empty one without.

    Raises:
        InputError: it is front matter, but malformed or larger than 64 KiB.
    """
    opening = _FENCE.match(text)
    if opening is None or not _KEY.match(text, opening.end()):
        return FrontMatter()
    fence = opening.group("fence")
    closing = regex.compile(rf"^{regex.escape(fence)}[ \t]*$", regex.MULTILINE).search(
        text.replace("\r", "\n") if "\r" in text[:MAX_FRONT_MATTER] else text,
        opening.end(),
        opening.end() + MAX_FRONT_MATTER,
    )
    if closing is None:
        if regex.search(
            rf"[\r\n]{regex.escape(fence)}[ \t]*[\r\n]", text[opening.end() + MAX_FRONT_MATTER :]
        ):
            raise InputError(
                "the front matter is larger than 64 KiB", "shorten the front matter", path=path, line=1
            )
        return FrontMatter()
    raw = text[opening.end() : closing.start()]
    loaded, places = _parse_toml(raw, path) if fence == "+++" else _parse_yaml(raw, path)
    return FrontMatter(
        {str(key).lower(): value for key, value in loaded.items()},
        closing.end(),
        {key: span.shift(opening.end()) for key, span in places.items()},
    )


def _parse_yaml(raw: str, path: str | None) -> tuple[Mapping[Any, Any], dict[str, Span]]:
    import yaml

    try:
        # What safe_load does, in two steps: the nodes of the first know where they stand.
        loader = yaml.SafeLoader(raw)
        try:
            node = loader.get_single_node()
            loaded = loader.construct_document(node) if node is not None else None
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise InputError(
            f"the front matter is not valid YAML (line {line})",
            "put quotation marks around values that hold a colon or a quotation mark",
            path=path,
            line=line,
        ) from None
    if not isinstance(loaded, Mapping):
        return {}, {}
    return loaded, dict(_yaml_places(raw, node))


def _yaml_places(raw: str, node: Node | None) -> Iterator[tuple[str, Span]]:
    import yaml

    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode) and value.tag == _STRING:
            start, end = value.start_mark.index, value.end_mark.index
            if value.style in ("'", '"'):
                start, end = start + 1, end - 1
            elif value.style in ("|", ">"):
                header = _LINE_BREAK.search(raw, start, end)
                start = header.end() if header else end
            inside = raw[start:end]
            words = inside.strip()
            if words and _stands_there(words, value.value, value.style):
                start += len(inside) - len(inside.lstrip())
                yield key.value.lower(), Span(start, start + len(words))


def _stands_there(words: str, value: str, style: str | None) -> bool:
    r"""Whether the file has the words of a YAML string as they are, but for folded lines.

    Any escape makes the file differ from the title, and what is quoted is shown and compared as the file
    has it: ``won''t`` and ``caf\u00e9`` would be wrong words, so such a string is left out. Only ``\"`` may
    stand: Markdown escapes marks in the same way, and the grammar of marks takes the two for one mark.
    """
    if len(words) > _MAX_WORDS:
        return False
    wanted = value.split()
    return words.split() == wanted or (style == '"' and words.replace('\\"', '"').split() == wanted)


def _parse_toml(raw: str, path: str | None) -> tuple[Mapping[str, Any], dict[str, Span]]:
    try:
        loaded = tomllib.loads(raw.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        raise InputError(
            "the front matter is not valid TOML", "mend the lines between the +++ marks", path=path, line=1
        ) from None
    return loaded, _toml_places(raw, loaded)


def _toml_places(raw: str, loaded: Mapping[str, Any]) -> dict[str, Span]:
    """As with YAML; tomllib tells no places, so the first line counts that gives the key its very value."""
    places: dict[str, Span] = {}
    for match in _TOML_STRING.finditer(raw):
        value, mark, start = loaded.get(match["key"]), match["mark"], match.end()
        if not isinstance(value, str) or not 0 < len(value) <= _MAX_WORDS:
            continue
        for words in (value, value.replace('"', '\\"') if mark == '"' else value):
            if raw.startswith(words + mark, start):
                places.setdefault(match["key"].lower(), Span(start, start + len(words)))
    return places
