"""Writes ``checker/languages/common.<code>.txt``: words that are ordinary words, whatever their capital.

Counts over the licence-clean parallel text: a word that mostly stands in lower case is no name of its
own, so "Special Coverage" or "Kementerian Kesehatan" in title case yields no proper name. Only the
word list is kept. Run as ``python -m training.common_words DATA`` (the folder that holds ``parallel/``).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from checker.matching.tokens import tokens_of

from .data import read_lines

_OUT = Path(__file__).parents[1] / "checker" / "languages"
_CLASSES = ("permissive", "share-alike", "copyleft-sw")
_LANGUAGES = {"en": ("en-id",), "id": ("en-id",), "ms": ("en-ms",)}
_LEAST = {"en": 4, "id": 4, "ms": 3}
_LOWER_SHARE = 0.6
_SHORTEST = 3


def _texts(data: Path, code: str, pairs: tuple[str, ...]) -> Iterator[str]:
    for pair in pairs:
        for line in read_lines(data / "parallel" / f"{pair}.tsv.xz"):
            cells = line.split("\t")
            if len(cells) == 4 and cells[3] in _CLASSES and not cells[2].endswith("-ui"):
                yield cells[0] if code == "en" else cells[1]


def _common(texts: Iterator[str], least: int) -> list[str]:
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        tokens = tokens_of(text)
        for word, norm, starts in zip(tokens.words, tokens.norms, tokens.starts, strict=True):
            if len(norm) < _SHORTEST or not norm.isascii() or not norm.isalpha():
                continue
            if word.text[0].islower():
                lower[norm] += 1
            elif not starts:
                capital[norm] += 1
    return sorted(w for w, n in lower.items() if n >= least and n >= _LOWER_SHARE * (n + capital[w]))


def main() -> None:
    """Write one list per cased language."""
    data = Path(sys.argv[1])
    for code, pairs in _LANGUAGES.items():
        words = _common(_texts(data, code, pairs), _LEAST[code])
        (_OUT / f"common.{code}.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
        print(code, len(words))


if __name__ == "__main__":
    main()
