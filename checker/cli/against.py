"""``--against``: each translation is held against its own original, with no prepared index."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from index import Encoder, PassageIndex
from index.errors import PassageIndexError
from index.manifest import MANIFEST

from ..ingest import IngestResult, indexed_article, temporary_index
from ..pipeline import Checker
from ..reading.originals import Pairing, pair_articles
from ..reading.places import is_file
from ..reading.shelves import Keys, Original, key_of
from ..types import Article, ArticleResult, Problem, RunInfo
from .console import as_problem, progress, say

MOST_NAMED = 3
THEMSELVES = "the checked articles are themselves what --against or the settings name as originals"
NO_ORIGINAL = "name the files or folders with the originals"


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """The articles that had an original, checked, and what stood in the way of the others."""

    articles: tuple[ArticleResult, ...]
    problems: tuple[Problem, ...]
    run: RunInfo
    """What the results depend on: the originals together, as if they were one index."""


def pair_with_originals(
    values: Sequence[str], articles: Sequence[Article], given: Sequence[str], root: str | None
) -> Pairing | None:
    """The articles with their originals; None where ``--against`` was not given. Nothing is raised.

    Args:
        values: of ``--against``; one may be the folder of an index.
        articles: what is checked.
        given: the paths of the command line.
        root: of ``--against-root``.
    """
    if not values:
        return None
    try:
        indexes = {value: _keys_of(value) for value in values if is_file(str(Path(value) / MANIFEST))}
    except PassageIndexError as error:
        return Pairing((), (as_problem(error),))
    pairing = pair_articles(articles, values, given=given, root=root, indexes=indexes)
    if articles and not pairing.pairs and not pairing.problems:
        return Pairing((), (Problem(THEMSELVES, NO_ORIGINAL),))
    if pairing.themselves:
        _note(pairing.themselves)
    return pairing


def together(pairings: Iterable[Pairing | None]) -> Pairing | None:
    """What articles with originals in different places come to; None where none has originals."""
    found = [one for one in pairings if one is not None]
    if not found:
        return None
    return Pairing(
        tuple(pair for one in found for pair in one.pairs),
        tuple(problem for one in found for problem in one.problems),
        tuple(path for one in found for path in one.themselves),
    )


def _keys_of(folder: str) -> Keys:
    """The addresses and ids of the articles of an index."""
    keys: dict[str, str] = {}
    with PassageIndex.open(Path(folder)) as index:
        for article in index.articles():
            for name in (article.id, article.metadata.get("url")):
                if name:
                    keys.setdefault(key_of(name), article.id)
    return keys


def _note(themselves: Sequence[str]) -> None:
    named = ", ".join(themselves[:MOST_NAMED]) + (", …" if len(themselves) > MOST_NAMED else "")
    if len(themselves) == 1:
        say(f"note: {named} is itself an original, so it was held against nothing")
    else:
        say(
            f"note: {len(themselves):,} checked files are originals, so they were held against nothing: {named}"
        )


def check_pairs(
    pairing: Pairing,
    encoder: Encoder,
    checker_of: Callable[[PassageIndex], Checker],
    *,
    quiet: bool = False,
) -> HeldAgainst:
    """Check each article against its original alone.

    An original is read and encoded once, however many translations it has.
    """
    groups: dict[Original, list[int]] = {}
    for number, (_, original) in enumerate(pairing.pairs):
        groups.setdefault(original, []).append(number)
    results: dict[int, ArticleResult] = {}
    problems = list(pairing.problems)
    runs: list[RunInfo] = []
    few = len(pairing.pairs) < 2
    with progress("Checking", quiet or few, noun="articles", total=len(pairing.pairs)) as on_progress:
        for original, numbers in groups.items():
            with _index_of(original, encoder) as (index, ingested):
                problems.extend(ingested.problems)
                if not index.size:
                    problems += _empty(original, ingested, [pairing.pairs[n][0] for n in numbers])
                    continue
                checker = checker_of(index)
                for number in numbers:
                    result = checker.check_article(pairing.pairs[number][0])
                    results[number] = replace(result, originals=original.shown)
                    if on_progress is not None:
                        on_progress(len(results))
                runs.append(checker.run_info())
    articles = tuple(results[number] for number in sorted(results))
    return HeldAgainst(articles, tuple(dict.fromkeys(problems)), _together(runs))


@contextmanager
def _index_of(original: Original, encoder: Encoder) -> Iterator[tuple[PassageIndex, IngestResult]]:
    if original.index is None:
        with temporary_index(encoder, original.paths, only=original.only) as made:
            yield made
        return
    with (
        PassageIndex.open(Path(original.index)) as coverage,
        indexed_article(encoder, coverage, original.only or "") as made,
    ):
        yield made


def _empty(original: Original, ingested: IngestResult, articles: Sequence[Article]) -> list[Problem]:
    """What to say of articles whose original gave nothing; nothing more where its own problem says it."""
    if ingested.problems:
        return []
    named = ", ".join(original.shown)
    return [
        Problem(f"its original {named} holds nothing to check against", NO_ORIGINAL, article.path)
        for article in articles
    ]


def _together(runs: Sequence[RunInfo]) -> RunInfo:
    """One record for all originals; an id of several is a hash of theirs."""
    if not runs:
        return RunInfo(tool_version="")
    ids = sorted(run.index_id or "" for run in runs)
    together = ids[0] if len(ids) == 1 else hashlib.sha256(" ".join(ids).encode()).hexdigest()[:16]
    return replace(runs[0], index_path=None, index_id=together, passages=sum(run.passages for run in runs))
