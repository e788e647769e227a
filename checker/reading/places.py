"""Where the original of a translation lies: a folder, files, or a pattern such as ``content/en/{path}``.

A pattern is filled in from the path of the translation:

``{path}``
    its path below its own root: the part that is the same in both trees. For ``content/id/news/a.md`` and
    ``content/en/{path}`` that is ``news/a.md``, since ``id`` stands beside ``en``; where the folder named on
    the command line is another one, the path below that.
``{dir}``, ``{name}``
    its folder and the name of its file.
``{stem}``
    the name without its ending, and without the language in it: ``a`` for ``a.id.md``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from glob import escape
from pathlib import Path, PurePath

from ..errors import CheckerError, ConfigError, InputError
from .formats import SUFFIXES
from .sources import MAGIC, expand_paths

NAMES = ("path", "dir", "name", "stem")
_FIELD = re.compile(r"\{([^{}/]*)\}")
_LANGUAGE_TAG = re.compile(r"\.[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")


class Below(Enum):
    """From where ``{path}`` counts."""

    SIBLING = "the folder that stands beside that of the originals"
    GIVEN = "the folder named on the command line"


@dataclass(frozen=True, slots=True)
class Place:
    """One value of ``--against`` that is a folder, where each path has its counterpart, or a pattern."""

    shown: str
    pattern: str | None
    """None is a folder: ``{path}`` in it."""
    root: str | None
    """The folder, or that which a pattern begins with; None where it begins with a field."""


@dataclass(frozen=True, slots=True)
class Files:
    """One value of ``--against`` that names files or matches them."""

    shown: str
    paths: tuple[str, ...]


def parse_place(text: str) -> Place | Files:
    """What a value of ``--against`` stands for.

    Raises:
        ConfigError: it has a field that does not exist.
        InputError: it names or matches nothing, or the folder it begins with is not there.
    """
    if not text.strip() or "\x00" in text:
        raise InputError(f"--against {text!r} is no path", "name a file, a folder or a pattern")
    if Path(text).is_dir():
        return Place(text, None, text)
    if not Path(text).is_file() and _FIELD.search(text):
        for name in _FIELD.findall(text):
            if name not in NAMES:
                raise ConfigError(
                    f"--against {text}: there is no field {{{name}}}",
                    f"the fields are {', '.join(f'{{{known}}}' for known in NAMES)}",
                )
        root = _fixed(text)
        if root is not None and not Path(root).is_dir():
            raise InputError(f"--against {text}: there is no folder {root}", "check the spelling", path=root)
        return Place(text, text if "/" in text or "{dir}" in text else f"{{dir}}/{text}", root)
    found = list(expand_paths((text,)))
    for one in found:
        if isinstance(one, CheckerError):
            raise one
    return Files(
        text, tuple(str(one.path) for one in found if not isinstance(one, CheckerError) and one.path)
    )


def _fixed(pattern: str) -> str | None:
    """The folders before the first field or wildcard."""
    end = next((n for n, c in enumerate(pattern) if c == "{" or c in MAGIC), len(pattern))
    return pattern[: pattern.rindex("/", 0, end)] or "/" if "/" in pattern[:end] else None


def wanted_at(place: Place, article: str, given: Sequence[str], below: Below) -> list[str]:
    """The paths that the place would have for an article, best guess last; they may hold wildcards.

    Args:
        place: where originals lie.
        article: its path, as it was given.
        given: the paths of the command line.
        below: from where ``{path}`` counts.
    """
    own = PurePath(article)
    inner = _beside(article, place.root) if below is Below.SIBLING else _below(article, given)
    if place.pattern is None:
        return [os.path.normpath(f"{place.root}/{inner}")]
    fields = {"path": inner, "dir": own.parent.as_posix(), "name": own.name}
    filled = (_filled(place.pattern, {**fields, "stem": stem}) for stem in _stems(own.name))
    return list(dict.fromkeys(filled))


def _filled(pattern: str, fields: Mapping[str, str]) -> str:
    wild = _is_wild(pattern)
    return os.path.normpath(
        _FIELD.sub(lambda match: escape(fields[match[1]]) if wild else fields[match[1]], pattern)
    )


def _is_wild(pattern: str | None) -> bool:
    return pattern is not None and bool(MAGIC & set(pattern))


def files_at(place: Place, wanted: str) -> list[str]:
    """The files that one of :func:`wanted_at` stands for; none where there are none."""
    if _is_wild(place.pattern):
        found = [one for one in expand_paths((wanted,)) if not isinstance(one, CheckerError)]
        return [str(one.path) for one in found]
    if is_file(wanted):
        return [wanted]
    return _with_another_ending(wanted)


def _with_another_ending(path: str) -> list[str]:
    """``a.html`` for ``a.md``, where it is the only such file."""
    wanted = PurePath(path)
    try:
        beside = os.listdir(wanted.parent)  # noqa: PTH208 - names are enough
    except (OSError, ValueError):
        return []
    same = [PurePath(name) for name in beside if PurePath(name).stem == wanted.stem]
    found = [str(wanted.parent / name) for name in same if name.suffix.lower() in SUFFIXES]
    return [path for path in found if is_file(path)] if len(found) == 1 else []


def is_file(path: str) -> bool:
    """Whether there is a file, whatever the name is made of."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def is_inside(path: str, root: str) -> bool:
    """Whether a path, all links followed, lies in the folder ``root``."""
    try:
        return PurePath(os.path.realpath(path)).is_relative_to(os.path.realpath(root))
    except (OSError, ValueError):
        return False


def _stems(name: str) -> Iterator[str]:
    stem = PurePath(name).stem
    yield stem
    plain = _LANGUAGE_TAG.sub("", stem)
    if plain and plain != stem:
        yield plain


def _beside(article: str, root: str | None) -> str:
    """The path without what it shares with ``root`` and without the folder that takes the place of it."""
    parts = Path(os.path.abspath(article)).parts  # noqa: PTH100 - links must stay as they were written
    base = Path(os.path.abspath(root or ".")).parts  # noqa: PTH100
    shared = next((n for n, pair in enumerate(zip(parts, base, strict=False)) if pair[0] != pair[1]), None)
    if shared is None:
        return "/".join(parts[len(base) :])
    return "/".join(parts[shared:][1:] or parts[shared:])


def _below(article: str, given: Sequence[str]) -> str:
    """The path below the longest folder of the command line that holds it, else the name."""
    folders = [
        folder for folder in map(Path, given) if folder.is_dir() and Path(article).is_relative_to(folder)
    ]
    if not folders:
        return PurePath(article).name
    return Path(article).relative_to(max(folders, key=lambda folder: len(folder.parts))).as_posix()
