"""How texts are bounded, cleaned, named and cut into words before they are stored.

Everything here is linear in the length of the text and accepts any Unicode.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping

import regex

from .errors import StoreError
from .types import NewPassage

MAX_TEXT = 20_000
"""Code points of a passage that are kept; an encoder reads far fewer."""
MAX_VALUE = 4_000
"""Code points of a metadata value that are kept."""
MAX_KEYS = 64
MAX_ANCHORS = 256
MAX_ANCHOR = 200
MAX_ARTICLE_ID = 1_000
MAX_TERM = 64

_UNSTORABLE = regex.compile(r"[\x00\ud800-\udfff]")
_SPACES = regex.compile(r"\s+")
_INVISIBLE = regex.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_TYPOGRAPHY = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "‟": '"',
        "‐": "-",
        "‑": "-",
        "–": "-",
    }
)
_MARKS = regex.compile(r"\p{Mn}+")
# Scripts written without spaces: pairs of neighbouring characters stand in for words.
_TERM = regex.compile(
    r"(?P<run>[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+)"
    r"|(?:(?![\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])[\p{L}\p{N}\p{M}])+"
)


def storable(text: str, limit: int) -> str:
    """``text`` cut at ``limit`` code points, NUL and lone surrogates replaced one for one.

    Offsets stay valid. SQLite ends a string at NUL, and UTF-8 has no lone surrogates.
    """
    return str(_UNSTORABLE.sub("\ufffd", text[:limit]))


def passage_id(text: str, language: str) -> str:
    """20 hex digits: sha256 of the language and the text without differences of typography.

    Letter case and all characters that can change a value are kept: ``US`` is not ``us``,
    ``10²`` is not ``102``.
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY))
    key = f"{language.lower()}\0{_SPACES.sub(' ', plain).strip()}"
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def terms_of(text: str) -> list[str]:
    """The search words of ``text``: case and accents folded, character pairs for unspaced scripts."""
    folded = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text))).casefold()
    terms: list[str] = []
    for match in _TERM.finditer(folded):
        run = match["run"]
        if run is None:
            terms.append(match.group()[:MAX_TERM])
        elif len(run) == 1:
            terms.append(run)
        else:
            terms.extend(run[i : i + 2] for i in range(len(run) - 1))
    return terms


def bounded(passage: NewPassage) -> NewPassage:
    """The passage with every part within the limits of this module.

    Raises:
        StoreError: it has no usable ``article_id``.
    """
    article_id = passage.metadata.get("article_id", "")
    if (
        not article_id
        or len(article_id) > MAX_ARTICLE_ID
        or storable(article_id, MAX_ARTICLE_ID) != article_id
    ):
        raise StoreError(
            f"a passage cannot be stored: its article id is {_shown(article_id)}",
            f"give every article an id of 1 to {MAX_ARTICLE_ID} ordinary characters",
        )
    return NewPassage(
        text=storable(passage.text, MAX_TEXT),
        language=storable(passage.language, MAX_ANCHOR),
        metadata=_bounded_metadata(passage.metadata),
        anchors=_bounded_anchors(passage.anchors),
    )


def _bounded_metadata(metadata: Mapping[str, str]) -> dict[str, str]:
    keys = sorted(metadata, key=lambda key: (key != "article_id", key))[:MAX_KEYS]
    return {storable(key, MAX_ANCHOR): storable(metadata[key], MAX_VALUE) for key in keys}


def _bounded_anchors(anchors: Iterable[str]) -> tuple[str, ...]:
    kept = dict.fromkeys(storable(a, MAX_ANCHOR) for a in anchors if 0 < len(a) <= MAX_ANCHOR)
    return tuple(kept)[:MAX_ANCHORS]


def _shown(article_id: str) -> str:
    if not article_id:
        return "empty"
    return f"{len(article_id)} characters long" if len(article_id) > MAX_ARTICLE_ID else ascii(article_id)
