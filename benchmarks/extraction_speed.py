"""Speed of the quotation stage: articles a second on one core, and seconds and memory on hostile texts.

    python -m benchmarks.extraction_speed [--data FOLDER] [--runs N] [--limit N] [--stages]
    python -m benchmarks.extraction_speed --hostile [--only NAME] [--size CHARACTERS]

One process, one thread, no model. What is measured is the processor's time (`time.process_time`), not
the clock's, so that another program on the machine disturbs little; it still slows the caches, and the
lowest and the highest run are printed beside the median. The first pass over the articles is not counted:
it loads the language files. Texts are in memory; reading files is not part of it.

`--stages` adds one more pass with a stopwatch around the functions of each stage. Its seconds belong to the
stage alone, without those of the stages that it calls.

`--hostile` makes each text at full size (100 MB, a million marks) and reads it in a process of its own,
whose peak memory is printed; the text itself and Python are part of it.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quotations import DEFAULT, SETS, load
from checker.errors import CheckerError
from checker.quotations import extract
from checker.reading import read_text
from checker.types import Article
from tests.checker.quotations.articles import paths, read_article

AIM = 200
"""Articles a second on one core."""
MEGABYTE = 1_000_000
REST = "the rest"
STAGES: dict[str, tuple[str, ...]] = {
    "segments": ("extraction:parts_of", "discourse:tokens_of", "discourse:sentences_of"),
    "marks": ("marks:MarkGrammar.scan", "recovery:Recovery.quotations", "extraction:with_turns"),
    "noun groups": ("groups:GroupReader.read", "appositions:AppositionReader.join", "discourse:_evidence"),
    "attribution": ("attribution:Sieve.before", "attribution:Sieve.after"),
    "speakers": ("speakers:Registry.__init__", "speakers:Registry.resolve", "walk:aliases_of"),
    "indirect": ("indirect:IndirectReader.read",),
    "scripts without capital letters": ("extraction:CaselessWalker.walk",),
}
"""Stage to module and name of its functions in `checker.quotations`."""


@dataclass(frozen=True)
class Hostile:
    """A text that nobody wrote: its unit again and again, up to a number of characters."""

    name: str
    unit: str
    full: int = 100 * MEGABYTE
    """Characters at full size."""
    back: str = ""
    """Repeated in the second half, for what is opened and closed."""
    code: str = ""
    """The language, where it is neither Chinese nor Indonesian."""

    @property
    def language(self) -> str:
        """Chinese where it has Chinese characters, else Indonesian."""
        if self.code:
            return self.code
        return "zh" if any("\u4e00" <= c <= "\u9fff" for c in self.unit) else "id"

    def make(self, characters: int) -> str:
        """The text of about so many characters."""
        times = characters // (len(self.unit) + len(self.back))
        return self.unit * times + self.back * times


HOSTILE: tuple[Hostile, ...] = (
    Hostile(
        "no line break", "“We wait,” said Alma Reyes. The ferry was late again, kata Dimas bahwa air naik. "
    ),
    Hostile("a million straight marks", '"', MEGABYTE),
    Hostile("a million opening marks", "“", MEGABYTE),
    Hostile("a million closing marks", "”", MEGABYTE),
    Hostile("a million apostrophes", "'", MEGABYTE),
    Hostile("half a million pairs", "“a” ", 2 * MEGABYTE),
    Hostile("nested 100,000 deep", "“‘", 200_000, "’”"),
    Hostile("pairs that swallow others", "“A, kata Ana. “B” C” ", MEGABYTE),
    Hostile("brackets and commas", "A (, ", 10 * MEGABYTE),
    Hostile("one word", "x", 50 * MEGABYTE),
    Hostile("one word of apostrophes", "a’", 50 * MEGABYTE),
    Hostile("no letters", "。", 10 * MEGABYTE),
    Hostile("combining marks", "\u0301", 10 * MEGABYTE),
    Hostile("line breaks", "\n"),
    Hostile("spaces", " "),
    Hostile("lines of one letter", "x\n", 20 * MEGABYTE),
    Hostile(
        "bidi and zero width", "“\u200b\u202eYes\u2069,\u200d” \u200bsaid\u2066 Ana\u200b. ", 10 * MEGABYTE
    ),
    Hostile("lone surrogates", "“\ud800 a,” kata \udfff Ana. ", 10 * MEGABYTE),
    Hostile("NULs", "“\x00 a,” said \x00Ana\x00. ", 10 * MEGABYTE),
    Hostile("turns of a dialogue", "Q: a\nANA REYES: b\n", 10 * MEGABYTE),
    Hostile("many names", "Ketua Alma Reyes of the Reyes Bank and Dimas said that ", 10 * MEGABYTE),
    Hostile("words of time", "昨天", 10 * MEGABYTE),
    Hostile("names without spaces", "阿尔玛·雷耶斯说“好”，", 10 * MEGABYTE),
    Hostile("subjects without verbs", "高山市長は水野さんがはがも「雨と", 10 * MEGABYTE, code="ja"),
    Hostile("quotations and links", "「雨だった」と高山健一市長は述べ", 10 * MEGABYTE, code="ja"),
    Hostile("syllables that are family names", "김 이 박 시장은 “비가 온다”고 마 ", 10 * MEGABYTE, code="ko"),
    Hostile("offices without names", "मेयर किसान ने “पानी” कहा कि उन्होंने ", 10 * MEGABYTE, code="hi"),
    Hostile("commas and verbs", "قال رئيس بلدية، «ماء» وبحسب شركة ", 10 * MEGABYTE, code="ar"),
    Hostile("initials", "மேயர் த. த. கயல் “மழை” என்று அவர் ", 10 * MEGABYTE, code="ta"),
    Hostile("titles", "นายนางนายสมชาย ใจดี กล่าวว่า “ฝน” ", 10 * MEGABYTE, code="th"),
)


def read_sets(folder: Path, limit: int | None) -> Iterator[tuple[str, list[Article]]]:
    """The project's own articles, and the public sets where they are."""
    own = [read_article(path) for path in paths()]
    made = [Article(id=a.name, text=a.text, language=a.language, title=a.title) for a in own]
    yield "own articles", made[:limit]
    for name in SETS:
        path = folder / f"{name}.jsonl.xz"
        if not path.is_file():
            sys.stderr.write(f"{path} is not there; its rows are left out\n")
            continue
        rows = load(path, "all")[:limit]
        yield name, [Article(id=r["id"], text=r["text"], language=r["language"]) for r in rows]


def seconds_of(articles: Sequence[Article]) -> float:
    """Processor seconds that one pass over the articles takes."""
    started = time.process_time()
    for article in articles:
        extract(article)
    return time.process_time() - started


def speed_row(name: str, articles: Sequence[Article], runs: int) -> str:
    """One row of the table: the median of several warm passes."""
    seconds_of(articles)
    times = sorted(seconds_of(articles) for _ in range(runs))
    count, characters = len(articles), sum(len(a.text) for a in articles)
    median = statistics.median(times)
    return (
        f"| {name} | {count} | {characters // count} | {count / median:.0f} |"
        f" {count / times[-1]:.0f} to {count / times[0]:.0f} | {characters / median / 1000:.0f} |"
    )


class Stopwatch:
    """Counts each moment for one stage: the innermost that has begun and not ended."""

    def __init__(self, clock: Callable[[], float] = time.process_time) -> None:
        self.seconds: dict[str, float] = dict.fromkeys((*STAGES, REST), 0.0)
        self._clock = clock
        self._stages = [REST]
        self._last = clock()

    def _turn(self) -> None:
        now = self._clock()
        self.seconds[self._stages[-1]] += now - self._last
        self._last = now

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Counts for ``name`` what happens inside."""
        self._turn()
        self._stages.append(name)
        try:
            yield
        finally:
            self._turn()
            self._stages.pop()

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted for ``name``; of a generator only what it does itself."""

        def called(*args: object, **options: object) -> object:
            with self.stage(name):
                return function(*args, **options)

        def generated(*args: object, **options: object) -> Iterator[object]:
            items = function(*args, **options)
            done = object()
            while True:
                with self.stage(name):
                    item = next(items, done)
                if item is done:
                    return
                yield item

        return generated if inspect.isgeneratorfunction(function) else called


@contextmanager
def timed(watch: Stopwatch) -> Iterator[None]:
    """Puts the stopwatch around the functions of every stage, and takes it away again."""
    originals: list[tuple[Any, str, Any]] = []
    try:
        for stage, names in STAGES.items():
            for name in names:
                module, _, path = name.partition(":")
                owner: Any = importlib.import_module(f"checker.quotations.{module}")
                *outer, last = path.split(".")
                for part in outer:
                    owner = getattr(owner, part)
                originals.append((owner, last, getattr(owner, last)))
                setattr(owner, last, watch.around(stage, getattr(owner, last)))
        yield
    finally:
        for owner, last, function in reversed(originals):
            setattr(owner, last, function)


def stage_seconds(articles: Sequence[Article]) -> dict[str, float]:
    """Seconds by stage of one pass over the articles."""
    watch = Stopwatch()
    with timed(watch), watch.stage(REST):
        for article in articles:
            extract(article)
    return watch.seconds


def print_stages(name: str, articles: Sequence[Article]) -> None:
    """Share and milliseconds an article of every stage."""
    seconds = stage_seconds(articles)
    total = sum(seconds.values())
    print(f"\n{name}, by stage\n\n| stage | share | ms an article |\n|---|---|---|")
    for stage, spent in sorted(seconds.items(), key=lambda item: -item[1]):
        print(f"| {stage} | {100 * spent / total:.0f} % | {1000 * spent / len(articles):.2f} |")


def measure_hostile(hostile: Hostile, characters: int) -> str:
    """Read one text for its quotations; one row of the table."""
    text = hostile.make(characters)
    started = time.process_time()
    try:
        article = read_text(text, language=hostile.language)
        reading = f"{time.process_time() - started:.1f}"
    except CheckerError as error:
        article, reading = Article(id="a", text=text, language=hostile.language), f"refused: {error}"
    started = time.process_time()
    found = len(extract(article).quotations)
    spent = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"| {hostile.name} | {len(text):,} | {reading} | {spent:.1f} | {peak:,.0f} | {found:,} |"


def run_hostile(only: str | None, size: int | None) -> int:
    """Each text in a process of its own, since peak memory never goes down."""
    chosen = [h for h in HOSTILE if only in (None, h.name)]
    if not chosen:
        sys.stderr.write(f"no hostile text has that name; there are: {', '.join(h.name for h in HOSTILE)}\n")
        return 2
    print(
        "| text | characters | s to read | s to extract | peak MiB | quotations |\n|---|---|---|---|---|---|"
    )
    for hostile in chosen:
        command = [sys.executable, "-m", "benchmarks.extraction_speed", "--one", hostile.name]
        command += ["--size", str(size or hostile.full)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        failed = (done.stderr.strip().splitlines() or [f"ended with status {done.returncode}"])[-1]
        print(done.stdout.strip() or f"| {hostile.name} | failed: {failed} |", flush=True)
    return 0


def main() -> int:
    """Print the tables that were asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DEFAULT)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=int, help="at most so many articles of each set")
    parser.add_argument("--stages", action="store_true", help="also the time of each stage")
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--only", help="one hostile text, by name")
    parser.add_argument("--size", type=int, help="characters of each hostile text")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        hostile = next(h for h in HOSTILE if h.name == options.one)
        print(measure_hostile(hostile, options.size or hostile.full))
        return 0
    if options.hostile:
        return run_hostile(options.only, options.size)
    sets = list(read_sets(options.data, options.limit))
    print(f"Articles a second on one core; the aim is {AIM}. Median of {options.runs} warm runs.\n")
    print(
        "| articles | number | mean characters | a second | lowest to highest | thousand characters a second |"
    )
    print("|---|---|---|---|---|---|")
    for name, articles in sets:
        print(speed_row(name, articles, options.runs), flush=True)
    for name, articles in sets if options.stages else ():
        print_stages(name, articles)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
