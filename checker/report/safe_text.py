"""Makes untrusted text safe to show: one function per place where text ends up.

Everything a report shows may come from an article, from coverage or from a file name, so it
may hold terminal escapes, text that turns the reading direction round, or characters nobody
can see. Two characters that look alike must not look alike here: what has no shape of its own
is shown by its number, ``<U+200B>``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_LONGEST_PILE = 6
"""Combining marks kept on one letter; more would be drawn over the lines above and below."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Direction controls: removed, since they can make a line read as what it does not say."""

_SOFT_HYPHEN = "\u00ad"
_JOINERS = frozenset("\u200c\u200d")
_LINE_ENDS = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")

_UNSEEN = frozenset("\u115f\u1160\u180e\u2800\u3164\uffa0\ufeff\ufff9\ufffa\ufffb\u034f\u17b4\u17b5")
"""Blank letters and invisible marks that are not in category Cf."""

_FOR_JSON = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def for_terminal(text: str) -> str:
    """``text`` on one line: no controls, line ends and tabs as a space, invisible characters by number."""
    return "".join(terminal_characters(text))


def terminal_characters(text: str) -> list[str]:
    """For each code point of ``text`` the string to show in its place (often itself, sometimes empty).

    The list has ``len(text)`` entries, so that spans into ``text`` can be carried over.
    """
    shown: list[str] = []
    pile = 0
    before = ""
    for character in text:
        if " " <= character <= "~":
            shown.append(character)
            pile = 0
        elif unicodedata.combining(character):
            pile += 1
            shown.append(character if pile <= _LONGEST_PILE else "")
        else:
            shown.append(_shown(character, before))
            pile = 0 if shown[-1] else pile
        before = character
    return shown


def _shown(character: str, before: str) -> str:
    if character == "\t" or character in _LINE_ENDS:
        return " "
    if character in _BIDI or character == _SOFT_HYPHEN:
        return ""
    if character in _JOINERS:
        return character if _takes_joiner(before) else _number(character)
    category = unicodedata.category(character)
    if category == "Cc":
        return ""
    if category == "Cs":
        return "\ufffd"
    if category == "Cf" or character in _UNSEEN or "\U000e0100" <= character <= "\U000e01ef":
        return _number(character)
    return character


def _takes_joiner(before: str) -> bool:
    """Whether a zero-width joiner has work to do after this: Indic and Arabic letters, emoji."""
    return before > "\u0590" and unicodedata.category(before) in ("Lo", "Mn", "Mc", "So", "Sk")


def _number(character: str) -> str:
    return f"<U+{ord(character):04X}>"


def for_json(serialised: str) -> str:
    """A serialised JSON document whose strings hold no raw control, direction or invisible character.

    Such characters become ``\\uXXXX`` escapes, so a parser reads back the same text. A lone
    surrogate is no text at all and cannot be written as UTF-8; it becomes U+FFFD, which keeps
    every offset valid.
    """
    return _FOR_JSON.sub(_escape, _SURROGATE.sub("\ufffd", serialised))


def _escape(found: re.Match[str]) -> str:
    return "".join(map(_escaped, found.group()))


@cache
def _escaped(character: str) -> str:
    point = ord(character)
    if point < 0x10000:
        return f"\\u{point:04x}"
    high, low = divmod(point - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
