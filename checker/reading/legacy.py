"""The encodings before UTF-8: an answer only when the decoded text looks like prose."""

from __future__ import annotations

import codecs
import re

_SAMPLE = 200_000
_OTHERS = ["big5", "shift_jis", "gb18030", "cp1250", "cp1251", "cp1253", "cp1255", "cp1256", "koi8_r"]
_LATIN = frozenset({"cp1250"})
_EUC_PAIR = re.compile(rb"[\xa1-\xfe][\xa1-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]")
_ABOVE_ASCII = re.compile(r"[^\x00-\x7f]")
_SIGNS = frozenset("‘’“”‚„–—…•‹›«»€£§°©®™·¡¿½¼¾²³´\u00a0\u00ad")
_WESTERN_LETTERS = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýŠšŽžŒœŸ")


def decode_legacy(data: bytes) -> str | None:
    """The text of data that is not UTF-8; None when no older encoding clearly fits."""
    text = try_encoding(data, "cp1252")
    if text is not None and _is_latin_prose(text, western=True):
        return text
    encoding = _east_asian(data)
    if encoding is None:
        encoding, coherence = _guess(data)
        if encoding in _LATIN:
            text = try_encoding(data, encoding)
            return text if text and coherence >= 0.5 and _is_latin_prose(text, western=False) else None
        if coherence < 0.1 and len(data) > 400:
            return None
    text = try_encoding(data, encoding) if encoding else None
    return text if text is not None and len(_ABOVE_ASCII.findall(text)) >= 4 else None


def try_encoding(data: bytes, encoding: str) -> str | None:
    """``data`` decoded strictly, or None when it does not fit or the encoding is not known."""
    try:
        info = codecs.lookup(encoding)
        return data.decode(info.name) if info._is_text_encoding else None
    except (LookupError, ValueError):
        return None


def _is_latin_prose(text: str, *, western: bool) -> bool:
    """Whether the characters above ASCII are signs, or letters that stand beside plain letters."""
    lonely = letters = 0
    for match in _ABOVE_ASCII.finditer(text):
        sign = match.group()
        if sign in _SIGNS:
            continue
        if sign not in _WESTERN_LETTERS if western else not sign.isalpha():
            return False
        letters += 1
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        lonely += not any(c.isascii() and c.isalpha() for c in around)
    return lonely == 0 if western else lonely * 5 <= letters


def _east_asian(data: bytes) -> str | None:
    """Which of the EUC encodings it is, by the lead bytes; None when it is none of them.

    The three share their byte ranges. Japanese prose is full of kana (leads A4, A5), Korean
    syllables end at C8, and half of the common Chinese characters lie above that.
    """
    head = data[:_SAMPLE]
    pairs = _EUC_PAIR.findall(head)
    if not pairs or len(_HIGH.findall(head)) > 2 * len(pairs) + 1 or len(pairs) < 4:
        return None
    leads = [pair[0] for pair in pairs]
    kana = sum(lead in (0xA4, 0xA5) for lead in leads)
    hanzi = sum(0xC9 <= lead <= 0xF7 for lead in leads)
    common = sum(lead <= 0xA5 or 0xB0 <= lead <= 0xF7 for lead in leads)
    if common < 0.95 * len(leads):
        return None
    if kana * 5 > len(leads):
        return "euc_jp"
    return "gb18030" if hanzi * 6 > len(leads) else "euc_kr"


def _guess(data: bytes) -> tuple[str | None, float]:
    """The encoding that fits best and how much its text looks like a language, by charset-normalizer."""
    from charset_normalizer import from_bytes

    head = data[:_SAMPLE]
    if len(data) > _SAMPLE and b"\n" in head:
        head = head[: head.rindex(b"\n") + 1]
    best = from_bytes(head, cp_isolation=_OTHERS, enable_fallback=False, threshold=0.1).best()
    return (None, 0.0) if best is None else (str(best.encoding), float(best.coherence))
