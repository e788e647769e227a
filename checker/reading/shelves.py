"""What lies in the places of originals, by address and by id: files, and indexes of earlier coverage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from ..errors import CheckerError
from ..types import Article
from .formats import read_path
from .places import Files, Place
from .sources import walk

Keys = Mapping[str, str]
"""Address or id of an article, as :func:`key_of` has it, to its id."""


@dataclass(frozen=True, slots=True)
class Original:
    """What an article is held against."""

    paths: tuple[str, ...] = ()
    """Files to read."""
    only: str | None = None
    """The id of the one article among them that counts; None where all do."""
    index: str | None = None
    """The folder of the index that holds the article ``only``; then there are no files."""

    @property
    def shown(self) -> tuple[str, ...]:
        """How a report names it."""
        if self.index is not None:
            return (f"{self.only} (in the index {self.index})",)
        return tuple(f"{path} ({self.only})" if self.only else path for path in self.paths)


@dataclass
class Shelves:
    """The values of ``--against``, and what their files hold, read when it is first asked for."""

    indexes: Mapping[str, Keys]
    places: list[Place] = field(default_factory=list)
    files: list[Files] = field(default_factory=list)
    _known: dict[str, Original] | None = None

    @property
    def roots(self) -> list[str]:
        """The folders that the values name."""
        return [place.root for place in self.places if place.root is not None]

    def find(self, name: str) -> Original | None:
        """The article with this address or id, in an index or in one of the files."""
        key = key_of(name)
        for folder, keys in self.indexes.items():
            if key in keys:
                return Original(only=keys[key], index=folder)
        if self._known is None:
            self._known = {}
            for path in self._all_files():
                found = list(articles_in(path))
                for one in found:
                    original = Original((path,), one.id if len(found) > 1 else None)
                    for known in keys_of(one):
                        self._known.setdefault(known, original)
        return self._known.get(key)

    def _all_files(self) -> Iterator[str]:
        yield from (path for files in self.files for path in files.paths)
        for root in dict.fromkeys(self.roots):
            if Path(root).is_dir():
                yield from (path.as_posix() for path in walk(Path(root)))


def articles_in(path: str) -> Iterator[Article]:
    """The articles of a file, as far as it can be read; what cannot is reported when it is used."""
    try:
        for item in read_path(Path(path), shown=path, language=None, need_id=False):
            if isinstance(item, Article):
                yield item
    except CheckerError:
        return


def keys_of(article: Article) -> Iterator[str]:
    """Under what an article can be named."""
    yield key_of(article.id)
    if article.url and article.url not in article.originals:  # there it is the address of another article
        yield key_of(article.url)


def key_of(name: str) -> str:
    """An id as it is; an address without what makes no difference: scheme, ``www.``, a last slash, ``#``."""
    if not is_address(name):
        return name
    try:
        parts = urlsplit(name)
    except ValueError:
        return name
    host = (parts.netloc or "").lower().removeprefix("www.")
    return f"//{host}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def is_address(name: str) -> bool:
    """Whether a name is a web address."""
    return name.lower().startswith(("https://", "http://"))
