"""XML read as it streams by, with Expat: no tree, no entities, no other file, every place with its line.

What makes XML dangerous is refused rather than disarmed: declarations of entities (billion laughs), and a
document type that lies elsewhere (external entities). The bare file name in ``<!DOCTYPE tmx SYSTEM
"tmx14.dtd">``, which the TMX specification asks for, is accepted; that file is never opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO, Protocol, TypeVar
from xml.parsers import expat

from ...errors import InputError

CHUNK = 64 * 1024
MAX_SILENT = 16 * 1024 * 1024
"""Bytes without the end of a tag or of a text, after which the file is given up."""
MAX_DEPTH = 200
XML = "http://www.w3.org/XML/1998/namespace"
_REMEDY = "remove the DOCTYPE and the entities, or export the file again without them"

T = TypeVar("T")


class Parts(Protocol):
    """What a format does with the parts of a document; names are ``(namespace, local name)``."""

    def start(self, space: str, name: str, fields: Mapping[str, str], line: int) -> None:
        """An element begins; ``fields`` are its attributes by local name, ``xml:lang`` as ``lang``."""

    def end(self, space: str, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters; one text may come in several parts."""


class Reader(Parts, Protocol[T]):
    """And what it makes of them."""

    def take(self) -> list[T]:
        """What was completed since the last call."""
        ...


def read_markup(stream: BinaryIO, reader: Reader[T], *, path: str | None) -> Iterator[T]:
    """What ``reader`` completes, as the file is read; memory holds one chunk and one element's text.

    Raises:
        InputError: the file is not well formed, or holds what is refused; what came before it was given.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    guard = _Guard(parser, reader, path)
    while True:
        chunk = stream.read(CHUNK)
        guard.expect(len(chunk))
        try:
            parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            yield from reader.take()
            reason = expat.ErrorString(error.code)
            raise InputError(
                f"not well-formed XML: {reason} (column {error.offset + 1})",
                "export the file again, or mend it at this line",
                path=path,
                line=error.lineno,
            ) from None
        except (LookupError, ValueError) as error:
            raise InputError(
                f"the XML cannot be decoded: {str(error)[:100]}", "save the file as UTF-8", path=path, line=1
            ) from None
        yield from reader.take()
        if not chunk:
            return


class _Guard:
    """Passes on what is harmless, and refuses the rest."""

    def __init__(self, parser: expat.XMLParserType, reader: Parts, path: str | None) -> None:
        self._parser, self._reader, self._path = parser, reader, path
        self._depth = self._silent = 0
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._refuser("declares an entity")
        parser.UnparsedEntityDeclHandler = self._refuser("declares an entity")
        parser.ExternalEntityRefHandler = self._refuser("refers to another file")
        parser.SkippedEntityHandler = self._refuser("uses an entity that it does not declare")

    def expect(self, size: int) -> None:
        """Count bytes that lead to nothing, before they are given to the parser."""
        self._silent += size
        if self._silent > MAX_SILENT:
            raise self._refused(f"has a tag of more than {MAX_SILENT // 2**20} MB", "export the file again")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._silent = 0
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._refused(f"is nested more than {MAX_DEPTH} deep", "export the file again")
        space, _, local = name.rpartition(" ")
        fields = {key.rpartition(" ")[2]: value for key, value in attributes.items() if " " not in key}
        if f"{XML} lang" in attributes:
            fields["lang"] = attributes[f"{XML} lang"]
        self._reader.start(space, local, fields, self._parser.CurrentLineNumber)

    def _end(self, name: str) -> None:
        self._silent = 0
        self._depth -= 1
        space, _, local = name.rpartition(" ")
        self._reader.end(space, local)

    def _text(self, data: str) -> None:
        self._silent = 0
        self._reader.text(data)

    def _doctype(self, _name: str, system: str | None, _public: str | None, internal: int) -> None:
        if internal:
            raise self._refused("has declarations of its own in its DOCTYPE")
        if system and not system.replace(".", "").replace("-", "").replace("_", "").isalnum():
            raise self._refused(f"names a DTD that lies elsewhere ({system[:80]})")

    def _refuser(self, what: str) -> Callable[..., int]:
        def refuse(*_: object) -> int:
            raise self._refused(what)

        return refuse

    def _refused(self, what: str, remedy: str = _REMEDY) -> InputError:
        return InputError(
            f"the XML {what}, which is refused", remedy, path=self._path, line=self._parser.CurrentLineNumber
        )
