"""Makes untrusted text safe to show: one function per place where text ends up.

Everything a report shows may come from an article, from coverage or from a file name, so it
may hold terminal escapes, text that turns the reading direction round, or characters nobody
can see. Two characters that look alike must not look alike here: what has no shape of its own
is shown by its number, ``<U+200B>``.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from urllib.parse import quote

_LONGEST_PILE = 6
"""Combining marks kept on one letter; more would be drawn over the lines above and below."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Direction controls: removed, since they can make a line read as what it does not say."""

_SOFT_HYPHEN = "\u00ad"
_JOINERS = frozenset("\u200c\u200d")
_LINE_ENDS = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")

_UNSEEN = frozenset("\u115f\u1160\u180e\u2800\u3164\uffa0\ufeff\ufff9\ufffa\ufffb\u034f\u17b4\u17b5")
"""Blank letters and invisible marks that are not in category Cf."""

_COMMANDS = ("::", "##[")
"""What starts a workflow command in the log of a GitHub job: the first in a line, the second anywhere."""

_FOR_JSON = re.compile(
    r"(?<=##)\[|"
    "[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_XML = re.compile("[\ufffe\uffff]")
"""What XML 1.0 forbids besides controls and surrogates."""

_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#|~&$]|^\s*[-+=:]|(?<=\d)[.)](?=\s)")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "<span>$</span>"}
_LINKED = re.compile(r"[@#]|(?<=:)(?=//)|\b(?i:www)(?=\.)")
_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)


def for_terminal(text: str) -> str:
    """``text`` on one line: no controls, line ends and tabs as a space, invisible characters by number."""
    return "".join(terminal_characters(text))


def terminal_characters(text: str) -> list[str]:
    """For each code point of ``text`` the string to show in its place (often itself, sometimes empty).

    The list has ``len(text)`` entries, so that spans into ``text`` can be carried over. ``::`` and ``##[``
    get a space: in the log of a GitHub job a line that begins with the first is a command wherever the
    line was broken, and the second is one anywhere in a line.
    """
    shown: list[str] = []
    pile = 0
    before = tail = ""
    for character in text:
        if " " <= character <= "~":
            parted = f"{tail}{character}".endswith(_COMMANDS)
            piece = f" {character}" if parted else character
            pile = 0
        elif unicodedata.combining(character):
            pile += 1
            piece = character if pile <= _LONGEST_PILE else ""
        else:
            piece = _shown(character, before)
            pile = 0 if piece else pile
        shown.append(piece)
        tail = (tail + piece)[-2:]
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


def for_html(text: str) -> str:
    """``text`` as content or quoted attribute of HTML: what a terminal gets, with markup characters escaped."""
    return html.escape(for_terminal(text), quote=True)


def for_xml(text: str) -> str:
    """``text`` without the characters that XML 1.0 forbids; the serialiser escapes markup characters.

    Line ends stay, so a text of several lines may be given.
    """
    return "\n".join(_NO_XML.sub("\ufffd", for_terminal(line)) for line in text.split("\n"))


def for_markdown(text: str) -> str:
    """``text`` as running text or table cell of GitHub-flavoured Markdown.

    Nothing in it starts markup, a link, an image, a mention, an issue reference, a formula or an emoji.
    A host makes links of bare addresses and mentions after it has read the escapes, so ``@``, ``#``,
    ``://`` and ``www.`` are parted by a zero-width space, given as an entity.
    """
    escaped = _MARKDOWN.sub(_markdown_escape, for_terminal(text))
    return _LINKED.sub(lambda found: f"{found.group()}&#8203;", escaped)


def _markdown_escape(found: re.Match[str]) -> str:
    character = found.group()
    return _ENTITIES.get(character) or "\\" + character.lstrip()


def for_html_in_markdown(text: str) -> str:
    """``text`` inside an element of a Markdown page: escaped as in HTML, parted as in :func:`for_markdown`."""
    escaped = html.escape(for_terminal(text), quote=False)
    return _LINKED.sub(lambda found: f"{found.group()}&#8203;", escaped)


def for_workflow(text: str) -> str:
    """``text`` as the message of a GitHub workflow command; line ends are kept as ``%0A``.

    The rules are those of the toolkit's ``command.ts``: ``%``, CR and LF by number.
    """
    return "%0A".join(for_terminal(line).replace("%", "%25") for line in text.split("\n"))


def for_workflow_property(text: str) -> str:
    """``text`` as the value of a property of a GitHub workflow command, where ``:`` and ``,`` end it too."""
    return for_terminal(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def for_sarif(text: str) -> str:
    """``text`` for a SARIF message: never an embedded link (SARIF 2.1.0, section 3.11.6)."""
    return "\n".join(for_terminal(line).replace("](", "] (") for line in text.split("\n"))


def for_uri(path: str) -> str:
    """A file name as the URI reference that SARIF wants, ``/`` between its parts.

    A name that cannot be UTF-8 gets U+FFFD in the place of what is not text.
    """
    named = _SURROGATE.sub("\ufffd", path.replace("\\", "/"))
    if re.match("[A-Za-z]:/", named):
        return "file:///" + quote(named, safe="/:")
    return ("file://" if named.startswith("/") else "") + quote(named, safe="/")


def for_href(address: str) -> str | None:
    """A web address that can stand in a link of any format, percent-encoded; None for any other scheme.

    An ``@`` is encoded too, so that no address can pose as that of another host.
    """
    address = _SURROGATE.sub("\ufffd", "".join(address.split()))
    if not _WEB.match(address):
        return None
    return quote(address, safe="%/:=&?~#+!$,;-._")


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
