"""The annotated articles: original texts with the quotations and speakers a careful editor sees in them.

One TOML file an article, in ``articles/LANGUAGE/``. ``text`` is the article; each ``[[quotation]]`` names its
content by the words themselves (``content``, one string for each span, without the marks), so that a text
can be edited without counting characters. ``[[not_quotation]]`` names words in marks that nobody said.

``python -m tests.checker.quotations.articles`` says what is wrong with the files and how many there are.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "articles"
KINDS = {"direct", "mixed", "indirect", "headline"}
SPEAKER_KINDS = {"person", "institution", "unnamed", "unknown"}
KEYS = {"content", "kind", "speaker", "speaker_kind", "cue", "carrier", "addressee", "why"}


@dataclass(frozen=True)
class Annotated:
    """One quotation as annotated; spans are code-point offsets into the article's text."""

    spans: tuple[tuple[int, int], ...]
    kind: str
    speaker: str
    speaker_kind: str
    cue: str
    carrier: str
    addressee: str


@dataclass(frozen=True)
class AnnotatedArticle:
    """One article and everything annotated in it."""

    name: str
    language: str
    title: str
    text: str
    aside: bool
    """Kept aside: not looked at while the stage is built."""
    patterns: tuple[str, ...]
    quotations: tuple[Annotated, ...]
    not_quotations: tuple[tuple[int, int], ...]


def locate(text: str, parts: list[str], after: int) -> tuple[tuple[int, int], ...]:
    """The spans of these strings, each after the one before; ``ValueError`` when one is not there."""
    spans = []
    for part in parts:
        start = text.find(part, after)
        if start < 0 or not part.strip():
            raise ValueError(f"not in the text (in this order): {part!r}")
        spans.append((start, start + len(part)))
        after = start + len(part)
    return tuple(spans)


def read_article(path: Path) -> AnnotatedArticle:
    """One file; ``ValueError`` says what is wrong with it."""
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    text: str = raw["text"].strip("\n")
    quotations, after = [], 0
    for entry in raw.get("quotation", []):
        if unknown := set(entry) - KEYS:
            raise ValueError(f"unknown keys {sorted(unknown)}")
        if entry["kind"] not in KINDS or entry["speaker_kind"] not in SPEAKER_KINDS:
            raise ValueError(f"kind or speaker_kind of {entry['content']}")
        spans = locate(text, entry["content"], after)
        after = spans[0][0]
        optional = [entry.get(key, "") for key in ("cue", "carrier", "addressee")]
        if entry["cue"] and entry["cue"] not in text:
            raise ValueError(f"the cue {entry['cue']!r} is not in the text")
        quotations.append(Annotated(spans, entry["kind"], entry["speaker"], entry["speaker_kind"], *optional))
    return AnnotatedArticle(
        path.stem,
        raw["language"],
        raw["title"],
        text,
        bool(raw.get("aside", False)),
        tuple(raw.get("patterns", [])),
        tuple(quotations),
        tuple(locate(text, [entry["content"]], 0)[0] for entry in raw.get("not_quotation", [])),
    )


def paths() -> list[Path]:
    """All article files, in order."""
    return sorted(FOLDER.rglob("*.toml"))


def problems() -> Iterator[str]:
    """What is wrong with the files."""
    texts: Counter[str] = Counter()
    for path in paths():
        try:
            article = read_article(path)
        except (ValueError, KeyError, tomllib.TOMLDecodeError) as error:
            yield f"{path.name}: {error}"
            continue
        texts[article.text] += 1
        if texts[article.text] > 1:
            yield f"{path.name}: the same text twice"


def main() -> int:
    """Print problems and counts."""
    found = list(problems())
    print("\n".join(found))
    articles = [read_article(path) for path in paths()] if not found else []
    print(Counter(article.language for article in articles))
    print(Counter(quotation.kind for article in articles for quotation in article.quotations))
    print(Counter(pattern for article in articles for pattern in article.patterns))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
