"""``misquote index``: the coverage index."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from index import PassageIndex, load_encoder
from index.errors import StoreError
from index.types import Encoder, Hit

from ..config import load_settings
from ..errors import InputError
from ..pipeline import add_coverage
from ..report.coverage import render_hits, render_index_info
from .console import ExitCode, errors_end_in_two, progress, report_terminal, say, show_problem, write_out

index_app = typer.Typer(help="Build, inspect and mend the index of earlier coverage.", no_args_is_help=True)

IndexOption = Annotated[
    str | None, typer.Option("--index", "-i", help="Index folder. Default: $MISQUOTE_INDEX, settings, .misquote/index.")
]
ModelOption = Annotated[
    str | None, typer.Option("--model", help="sentence-transformers model name or folder; default: the embedded model.")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]


def _place(index: str | None, model: str | None) -> tuple[Path, str | None, bool]:
    settings = load_settings(Path.cwd(), os.environ, {"index": index, "model": model})
    return Path(settings.index), settings.model, settings.offline


def open_or_create(path: Path, encoder: Encoder) -> PassageIndex:
    """The index at ``path``, made new where there is nothing yet."""
    if path.exists() and any(path.iterdir() if path.is_dir() else [path]):
        return PassageIndex.open(path, model=encoder.info)
    return PassageIndex.create(path, encoder.info)


@index_app.command("add")
def add(
    paths: Annotated[list[str], typer.Argument(help="Coverage: JSONL records, articles, folders, globs.")],
    index: IndexOption = None,
    model: ModelOption = None,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of records that do not say theirs.")] = None,
    factory: Annotated[str, typer.Option("--factory", help="FAISS index_factory string of the new segment.")] = "Flat",
    quiet: QuietOption = False,
) -> None:
    """Add earlier coverage. Bad records are reported; the rest goes in."""
    with errors_end_in_two():
        path, model, offline = _place(index, model)
        encoder = load_encoder(model, offline=offline)
        store = open_or_create(path, encoder)
        with progress("Indexing", quiet) as on_progress:
            result = add_coverage(store, encoder, paths, language=lang, on_progress=on_progress, factory=factory)
        info = store.info()
        store.close()
    for problem in result.problems:
        show_problem(problem)
    if not quiet:
        done = result.added
        known = f"; {done.skipped:,} were there already" if done.skipped else ""
        say(
            f"Added {done.passages:,} passages from {done.articles:,} articles to {path}{known}."
            f" The index now holds {info.passages:,} passages of {info.articles:,} articles."
        )
    if result.problems:
        raise typer.Exit(ExitCode.INCOMPLETE)


@index_app.command("info")
def info(index: IndexOption = None) -> None:
    """Show what an index holds and which model made it."""
    with errors_end_in_two():
        path, _, _ = _place(index, None)
        store = PassageIndex.open(path)
        write_out(render_index_info(store.info()))
        store.close()


@index_app.command("search")
def search(
    query: Annotated[str, typer.Argument(help="Words to look for, in any supported language.")],
    index: IndexOption = None,
    model: ModelOption = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 5,
    since: Annotated[str | None, typer.Option(help="Only passages published from this day on (YYYY-MM-DD).")] = None,
    until: Annotated[str | None, typer.Option(help="Only passages published up to this day (YYYY-MM-DD).")] = None,
) -> None:
    """Search the index by meaning and by words."""
    with errors_end_in_two():
        if not query.strip():
            raise InputError("the query is empty", "give a few words to look for")
        path, model, offline = _place(index, model)
        encoder = load_encoder(model, offline=offline)
        store = PassageIndex.open(path, model=encoder.info)
        hits: list[Hit] = store.search(encoder.encode([query], kind="query"), k, since=since, until=until)[0]
        terminal = report_terminal("auto")
        write_out(render_hits(hits, width=terminal.width, color=terminal.color))
        store.close()


@index_app.command("verify")
def verify(index: IndexOption = None) -> None:
    """Recompute every checksum of an index."""
    with errors_end_in_two():
        path, _, _ = _place(index, None)
        store = PassageIndex.open(path)
        problems = store.verify()
        store.close()
        if problems:
            raise StoreError(
                f"the index {str(path)!r} is damaged: " + "; ".join(problems),
                "build it again with `misquote index add` into a new folder; the old one was not changed",
            )
        say(f"The index {path} is sound.")


@index_app.command("remove")
def remove(
    articles: Annotated[list[str], typer.Argument(help="Ids of articles, as in the coverage records.")],
    index: IndexOption = None,
) -> None:
    """Take articles out of the index."""
    with errors_end_in_two():
        path, _, _ = _place(index, None)
        store = PassageIndex.open(path)
        missing = [a for a in articles if not store.has_article(a)]
        removed = store.remove([a for a in articles if a not in missing])
        store.close()
        say(f"Removed {removed} article{'' if removed == 1 else 's'} from {path}.")
        if missing:
            raise InputError(
                f"not in the index: {', '.join(missing)}", "give ids as they stand in the coverage records"
            )


@index_app.command("compact")
def compact(index: IndexOption = None) -> None:
    """Merge segments and drop what was removed."""
    with errors_end_in_two():
        path, _, _ = _place(index, None)
        store = PassageIndex.open(path)
        store.compact()
        after = store.info()
        store.close()
        say(f"The index {path} now has {after.segments} segment{'' if after.segments == 1 else 's'}.")
