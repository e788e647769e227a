"""Every figure that is said of the shipped encoder, beside its aim, as a Markdown table.

    python -m benchmarks.encoder                         everything; some minutes on two cores
    python -m benchmarks.encoder --only retrieval        one part; may be repeated
    python -m benchmarks.encoder --json figures.json     also as JSON

It runs on the CPU and downloads nothing. A part whose data is not there is left out, and the run says so.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.encoder_quotations import SEED, quotation_figures
from benchmarks.encoder_speed import rates, sentences, size, starts
from benchmarks.encoder_vectors import eight_bits, english_kept, held_aside, news_pairs, retrieval
from benchmarks.evaluation import DEFAULT, Figure
from index import Encoder, load_encoder
from index.embedded import embedded_folder

PARTS = ("retrieval", "aside", "english", "bits", "quotations", "size", "speed", "start")
NEED_EVAL = ("retrieval", "english", "bits", "speed")


@dataclass(frozen=True, slots=True)
class Kind:
    """How the figures whose names match are shown, and what is aimed at."""

    names: str
    """Regular expression for the whole name."""
    show: str
    """Format of the shown number, with its unit."""
    scale: float = 1.0
    aim: float | None = None
    """In shown numbers."""
    below: bool = False
    """Whether the aim itself is missed already: under it, not at most."""

    def text(self, value: float) -> str:
        """A measured value as it is shown."""
        return self.show.format(self.scale * value)


PERCENT = "{:.1f} %"
KINDS = (
    Kind(r"R@1 .*flores200-dev id.*", PERCENT, 100, 99.5),
    Kind(r"R@1 .*flores200-dev ms.*", PERCENT, 100, 98.5),
    Kind(r"R@1 .*flores200-dev zh.*", PERCENT, 100, 97.0),
    Kind(r"R@1 .*flores200-dev ta.*", PERCENT, 100, 93.0),
    Kind(r"R@1 .*news-dev id.*", PERCENT, 100, 97.0),
    Kind(r"R@1 .*held aside (id|ms|zh|ta)\b.*", PERCENT, 100),
    Kind(r"R@1 .*held aside .*", PERCENT, 100, 93.0),
    Kind(r"points lost at .*", "{:.2f} points", 100, 0.5, below=True),
    Kind(r"Spearman .*", "{:.4f}", 1, 0.97),
    Kind(r"8 bits .*, mean cosine", "{:.4f}", 1, 0.99),
    Kind(r"8 bits .*", "{:.4f}"),
    Kind(r"right passage first.*as a check searches", PERCENT, 100, 100.0),
    Kind(r"right passage first.*", PERCENT, 100),
    Kind(r"size on disk", "{:.1f} MB", 1, 60.0),
    Kind(r"sentences per second.*", "{:.0f}"),
    Kind(r"times the sentences per second", "{:.2f}", 1, 3.0),
    Kind(r"share of .*start.*", "{:.3f}", 1, 0.1, below=True),
    Kind(r"start, .*", "{:.2f} s"),
)


def kind_of(figure: Figure) -> Kind:
    """The first kind whose pattern fits; R@1 of a set without an aim is a percentage too."""
    known = (kind for kind in KINDS if re.fullmatch(kind.names, figure.name))
    return next(known, Kind(".*", PERCENT, 100))


def is_met(figure: Figure, kind: Kind) -> bool | None:
    """Whether the aim is reached; None where there is none."""
    if kind.aim is None:
        return None
    value = kind.scale * figure.value
    if figure.lower:
        return value < kind.aim if kind.below else value <= kind.aim
    return value >= kind.aim


def table_row(figure: Figure) -> str:
    """One line of the table: figure, value, aim, n."""
    kind = kind_of(figure)
    aim = ""
    if kind.aim is not None:
        words = ("under" if kind.below else "at most") if figure.lower else "at least"
        aim = f"{words} {kind.show.format(kind.aim)}" + ("" if is_met(figure, kind) else " (**missed**)")
    return f"| {figure.name} | {kind.text(figure.value)} | {aim} | {figure.detail.removeprefix('n=')} |"


def as_json(figure: Figure) -> dict[str, object]:
    """One figure with its aim, unrounded, in the unit of the table."""
    kind = kind_of(figure)
    return {
        "figure": figure.name,
        "value": kind.scale * figure.value,
        "aim": kind.aim,
        "lower_is_better": figure.lower,
        "met": is_met(figure, kind),
        "n": figure.detail.removeprefix("n="),
    }


def measure(part: str, encoder: Encoder, model: Path, options: argparse.Namespace) -> Iterator[Figure]:
    """The figures of one part."""
    folder, limit = options.eval, options.limit
    if part == "retrieval":
        yield from retrieval(encoder, folder, limit)
    elif part == "aside":
        yield from held_aside(encoder, options.data, limit)
    elif part == "english":
        yield from english_kept(encoder, folder, limit)
    elif part == "bits":
        texts = [text for pair in news_pairs(folder, limit) for text in pair]
        if texts:
            yield from eight_bits(encoder, model, texts)
    elif part == "quotations":
        yield from quotation_figures(encoder, options.seed, limit)
    elif part == "size":
        yield size(model)
    elif part == "speed":
        texts = sentences(news_pairs(folder, limit))
        if texts:
            yield from rates(model, texts, options.threads)
    elif part == "start":
        yield from starts(model, options.threads)


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The options; ``eval`` follows ``data`` unless it is given."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DEFAULT.parent, help="folder with parallel/ and eval/")
    parser.add_argument("--eval", type=Path, help="folder with the public sets (default: eval/ of the data)")
    parser.add_argument("--seed", type=Path, default=SEED, help="folder of the sample article")
    parser.add_argument("--only", action="append", choices=PARTS, help="only this part; may be repeated")
    parser.add_argument("--model", type=Path, help="another model folder of the same layout")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, help="only so many rows of each set: quick, but no figures")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures as JSON")
    options = parser.parse_args(arguments)
    options.eval = options.eval or options.data / "eval"
    return options


def main() -> None:
    options = parse()
    model = (options.model or embedded_folder()).resolve()
    encoder = load_encoder(str(model), threads=options.threads)
    measured = []
    for part in options.only or PARTS:
        if part in NEED_EVAL and not (options.eval / "retrieval").is_dir():
            print(f"left out: {part}, since the public sets are not at {options.eval}", file=sys.stderr)
            continue
        for figure in measure(part, encoder, model, options):
            print(figure.line(), file=sys.stderr, flush=True)
            measured.append(figure)
    info = encoder.info
    limited = f", only {options.limit} rows of each set" if options.limit else ""
    print(f"{info.name}, revision {info.revision}, {options.threads} threads{limited}\n")
    print("| figure | value | aim | n |\n|---|---|---|---|")
    for figure in measured:
        print(table_row(figure))
    if options.json:
        rows = [as_json(figure) for figure in measured]
        about = {"model": info.name, "revision": info.revision, "threads": options.threads}
        content = {**about, "limit": options.limit, "figures": rows}
        options.json.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
