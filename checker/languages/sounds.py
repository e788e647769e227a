"""One spelling for the ways in which one sound is written in Latin letters."""

from __future__ import annotations

_SOUNDS = (
    ("oe", "u"),
    ("ou", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("sh", "s"),
    ("sy", "s"),
    ("ck", "k"),
    ("q", "k"),
    ("c", "k"),
    ("w", "v"),
    ("y", "i"),
    ("x", "ks"),
    ("z", "s"),
)


def transliterated(word: str) -> str:
    """``word`` (lower case, ASCII) as it sounds: Khalimov is Halimov, Soedirman is Sudirman."""
    for written, plain in _SOUNDS:
        word = word.replace(written, plain)
    return "".join(c for i, c in enumerate(word) if not i or c != word[i - 1])
