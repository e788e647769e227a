"""``misquote index``: the coverage index."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from .console import (
    ExitCode,
    errors_end_in_two,
    progress,
    report_terminal,
    say,
    show_problem,
    stdin_bytes,
    write_out,
)
from .options import ColorOption, IndexOption, ModelOption, QuietOption, RevisionOption

if TYPE_CHECKING:
    from index import Encoder, PassageIndex

    from ..config import Settings
    from ..pipeline import IngestResult

index_app = typer.Typer(help="Build, inspect and mend the index of earlier coverage.", no_args_is_help=True)


def _settings(**given: object) -> Settings:
    from ..config import load_settings

    return load_settings(Path.cwd(), os.environ, given)


def _encoder(settings: Settings, dimension: int | None = None) -> Encoder:
    """The encoder for the index that the settings name, with its dimension where none is asked for."""
    from index import load_encoder

    return load_encoder(
        settings.model,
        offline=settings.offline,
        revision=settings.revision,
        prompts=settings.prompts,
        dimension=dimension,
        index=Path(settings.index),
    )


@contextmanager
def _opened(index: str | None) -> Iterator[tuple[Path, PassageIndex]]:
    """The index that is meant, for commands that need no model."""
    from index import PassageIndex

    path = Path(_settings(index=index).index)
    with PassageIndex.open(path) as store:
        yield path, store


@contextmanager
def _opened_or_new(path: Path, encoder: Encoder) -> Iterator[PassageIndex]:
    """The index at ``path``, made where there is nothing; a new one that stays empty is taken away again.

    An empty index left by a mistyped path would let a later check run against nothing.
    """
    from index import PassageIndex

    existed = path.exists()
    if existed and (not path.is_dir() or any(path.iterdir())):
        with PassageIndex.open(path, model=encoder.info) as store:
            yield store
        return
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    store = PassageIndex.create(path, encoder.info)
    try:
        yield store
    finally:
        empty = not store.size
        store.close()
        if empty and not existed:
            shutil.rmtree(path, ignore_errors=True)
            for folder in missing[1:]:
                with suppress(OSError):
                    folder.rmdir()


@index_app.command("add")
def add(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATHS",
            help="Coverage: JSONL records, articles, folders, globs, or - for records on standard input.",
        ),
    ],
    index: IndexOption = None,
    model: ModelOption = None,
    revision: RevisionOption = None,
    dimension: Annotated[
        int | None,
        typer.Option(
            "--dimension",
            min=0,
            help="How many dimensions the vectors of a new index keep, such as 256; 0 keeps all.",
        ),
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", help="Language of all the coverage; else what a record says.")
    ] = None,
    factory: Annotated[
        str, typer.Option("--factory", help="FAISS index_factory string of the new segment.")
    ] = "Flat",
    quiet: QuietOption = False,
) -> None:
    """Add earlier coverage. Bad records are reported; the rest goes in."""
    with errors_end_in_two("interrupted; nothing was added, the index is as it was before"):
        from ..pipeline import add_coverage

        settings = _settings(index=index, model=model, revision=revision, dimension=dimension)
        path = Path(settings.index)
        encoder = _encoder(settings, settings.dimension)
        with _opened_or_new(path, encoder) as store:
            with progress("Indexing", quiet) as on_progress:
                result = add_coverage(
                    store,
                    encoder,
                    paths,
                    language=lang,
                    on_progress=on_progress,
                    factory=factory,
                    stdin=stdin_bytes,
                )
            info = store.info()
        for problem in result.problems:
            show_problem(problem)
        if not quiet:
            say(_added(result, path, info.passages, info.articles))
    if result.problems:
        raise typer.Exit(ExitCode.INCOMPLETE)


def _added(result: IngestResult, path: Path, passages: int, articles: int) -> str:
    done = result.added
    if not passages:
        return "Nothing was added, and no index was made."
    if not done.passages and not done.skipped:
        what = "Nothing was added"
    elif not done.passages:
        what = f"Nothing new: all {_count(done.skipped, 'passage')} were there already"
    else:
        what = f"Added {_count(done.passages, 'passage')} from {_count(done.articles, 'article')} to {path}"
        if done.skipped:
            what += f"; {done.skipped:,} more {'was' if done.skipped == 1 else 'were'} there already"
    return f"{what}. The index {path} holds {_count(passages, 'passage')} of {_count(articles, 'article')}."


def _count(number: int, noun: str) -> str:
    from ..report.wording import count

    return count(number, noun)


@index_app.command("info")
def info(index: IndexOption = None) -> None:
    """Show what an index holds and which model made it."""
    with errors_end_in_two():
        from ..report.coverage import render_index_info

        with _opened(index) as (_, store):
            write_out(render_index_info(store.info()))


@index_app.command("search")
def search(
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="Words to look for, in any supported language.")
    ],
    index: IndexOption = None,
    model: ModelOption = None,
    revision: RevisionOption = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 5,
    since: Annotated[
        str | None, typer.Option("--since", help="Only passages published from this day on (YYYY-MM-DD).")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="Only passages published up to this day (YYYY-MM-DD).")
    ] = None,
    color: ColorOption = "auto",
) -> None:
    """Search the index by meaning."""
    with errors_end_in_two():
        if not query.strip():
            raise InputError("the query is empty", "give a few words to look for")
        from index import PassageIndex

        from ..report.coverage import render_hits

        settings = _settings(index=index, model=model, revision=revision)
        encoder = _encoder(settings)
        with PassageIndex.open(Path(settings.index), model=encoder.info) as store:
            vectors = encoder.encode([query], kind="query")
            hits = store.search(vectors, k, since=since, until=until)[0]
        terminal = report_terminal(color)
        write_out(render_hits(hits, width=terminal.width, color=terminal.color))


@index_app.command("verify")
def verify(index: IndexOption = None) -> None:
    """Recompute every checksum of an index."""
    with errors_end_in_two():
        from index.errors import StoreError

        with _opened(index) as (path, store):
            problems = store.verify()
        if problems:
            raise StoreError(
                f"the index {path} is damaged: {'; '.join(problems)}",
                "restore the folder from a copy, or build the index again in another folder; nothing was changed",
            )
        say(f"The index {path} is sound.")


@index_app.command("remove")
def remove(
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLES", help="Ids of articles, as in the coverage records.")
    ],
    index: IndexOption = None,
) -> None:
    """Take articles out of the index."""
    with errors_end_in_two():
        wanted = list(dict.fromkeys(articles))
        with _opened(index) as (path, store):
            missing = [article for article in wanted if not store.has_article(article)]
            removed = store.remove([article for article in wanted if article not in missing])
        say(f"Removed {_count(removed, 'article')} from {path}.")
        if missing:
            raise InputError(
                f"not in the index: {', '.join(missing)}",
                "give the ids of the coverage records; `misquote index search` finds passages, JSON reports name the ids",
            )


@index_app.command("compact")
def compact(index: IndexOption = None) -> None:
    """Merge segments and drop what was removed."""
    with errors_end_in_two("interrupted; the index is as it was before"):
        with _opened(index) as (path, store):
            before = store.info()
            store.compact()
            after = store.info()
        freed = max(before.bytes - after.bytes, 0)
        say(
            f"The index {path} has {_count(after.segments, 'segment')} now (before: {before.segments:,});"
            f" {freed / 1e6:.1f} MB were freed."
        )
