"""Reports in files: ``--report FORMAT:PATH``, checked before the work and written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from ..errors import ConfigError, InputError
from ..report.registry import EVERY_FORMAT

_REMEDY = "choose another place with --report FORMAT:PATH"


@dataclass(frozen=True, slots=True)
class Output:
    """One report to write besides the one on standard output."""

    format: str
    path: Path


def parse_outputs(texts: Sequence[str], formats: Iterable[str]) -> tuple[Output, ...]:
    """The values of ``--report`` as records.

    Raises:
        ConfigError: there is no such format, no path, or one file is named twice.
    """
    known = tuple(formats)
    outputs: list[Output] = []
    for text in texts:
        name, colon, path = text.partition(":")
        require_format(name, known, f"--report {text!r}", "write FORMAT:PATH, such as json:report.json; ")
        if not colon or not path.strip() or "\x00" in path:
            raise ConfigError(
                f"--report {text!r} names no file",
                f"write FORMAT:PATH, such as {name}:report.{EVERY_FORMAT[name].ending}",
            )
        outputs.append(Output(name, Path(path)))
    places = [os.path.realpath(output.path) for output in outputs]
    for number, place in enumerate(places):
        if place in places[:number]:
            raise ConfigError(
                f"two reports would be written to {outputs[number].path}", "give each --report its own file"
            )
    return tuple(outputs)


def require_format(name: str, known: Iterable[str], where: str, how: str = "") -> None:
    """Refuse a format that a command does not write.

    Raises:
        ConfigError: it is none of ``known``.
    """
    formats = tuple(known)
    if name in formats:
        return
    near = get_close_matches(name.lower(), formats, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise ConfigError(
        f"{where}: there is no format {name!r}", f"{hint}{how}the formats are {', '.join(formats)}"
    )


def require_writable(outputs: Sequence[Output], articles: Iterable[str]) -> None:
    """Find out before the work whether the reports can be written, so that no long run is lost.

    Args:
        articles: files that are read; a report over one of them is refused.

    Raises:
        ConfigError: a report would overwrite an article.
        InputError: a place cannot be written to.
    """
    read = {os.path.realpath(path) for path in articles}
    for output in outputs:
        if os.path.realpath(output.path) in read:
            raise ConfigError(f"--report would overwrite the article {output.path}", _REMEDY)
        if output.path.is_dir():
            raise InputError(f"the report {output.path} cannot be written: it is a folder", _REMEDY)
        try:
            output.path.parent.mkdir(parents=True, exist_ok=True)
            if not _is_device(output.path):
                partial = _partial(output.path)
                partial.touch()
                partial.unlink()
        except (OSError, ValueError) as error:
            raise _unwritable(output.path, error) from error


def write_file(path: Path, text: str) -> None:
    """Write a report file, whole or not at all.

    Raises:
        InputError: the file cannot be written.
    """
    partial = path if _is_device(path) else _partial(path)
    try:
        partial.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        if partial != path:
            partial.replace(os.path.realpath(path))
    except OSError as error:
        if partial != path:
            with suppress(OSError):
                partial.unlink()
        raise _unwritable(path, error) from error


def _partial(path: Path) -> Path:
    real = Path(os.path.realpath(path))
    return real.with_name(f".{real.name}.part")


def _is_device(path: Path) -> bool:
    """A pipe or device such as ``/dev/stderr`` is written to; a rename would put a file in its place."""
    return path.exists() and not path.is_file()


def _unwritable(path: Path, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(f"the report {path} cannot be written: {reason}", _REMEDY)
