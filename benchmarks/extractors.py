"""misquote beside other extractors of quotations and two simple rules, on the same articles, in one table.

    python -m benchmarks.extractors [--data FOLDER] [--half first|second|all] [--limit N]
        [--tools-python PYTHON] [--model NAME]

The others are not installed with the project. `--tools-python` names the Python of an environment that has
textacy (0.13 was used); the spaCy pipeline `--model` is used where that environment has it, and the line
above the table says what was run instead where it has not (see `extractor_tools.py`). Without textacy, and
without the public sets, the run goes on with what there is and says so.

- `toggle` opens and closes a quotation at every double mark and knows no speakers: the usual baseline.
- `regex` takes four words or more between two double marks with a verb of saying and a capitalised name
  beside them: the usual first script of a newsroom.

What is counted, by the rules of `quotations.py`: exact-span F1; F1 over characters; exact recall of direct
quotations alone, since the others look for nothing else; speakers right among exact quotations, and beside
it the share of all quotations that are exact and have the right speaker, since a tool that finds only the
easiest has the easiest speakers; articles a second of processor time on one core; and articles lost to an
exception. PFSA annotates direct quotations of public figures only, so misquote's indirect speech is left
out of its counts there, as in `quotations.py`; everything else that any tool finds counts. Where a tool
loses an article, its quotations count as missed.

What was seen during development: misquote's errors were read in the first half of both public sets, and in
the project's own articles that are not kept aside. The second halves, which are the default, were run
several times, and wrong speakers of theirs were counted by class once. The simple rules and the stand-in
were written without looking at any set.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quotations import (
    DEFAULT,
    SETS,
    Score,
    Spans,
    is_right,
    judge_speaker,
    load,
    spans_of,
    without_that,
)
from checker.quotations import extract
from checker.quotations.lexicon import Speech, lexicon_for
from checker.types import Article, Quotation, QuotationKind, Span, Speaker
from tests.checker.quotations.articles import Annotated, paths, read_article

TOOLS = Path(__file__).resolve().parent / "extractor_tools.py"
MARK = re.compile("[\"“”„«»「」『』＂]|''|``")
NAME = r"(?P<name>[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*){0,3})"
LEAST_WORDS = 4
THAT = frozenset(("that",))


@dataclass(frozen=True)
class Gold:
    """One article with its annotated quotations, from whichever set."""

    article: Article
    quotations: tuple[tuple[Sequence[Sequence[int]], str, Any], ...]
    """Spans, kind, and the set's own record, which the speaker is judged by."""
    direct_only: bool = False


@dataclass(frozen=True)
class Reading:
    """What one tool made of one article."""

    quotations: tuple[Quotation, ...]
    seconds: float
    error: str | None = None


@dataclass(frozen=True)
class Result:
    """One tool on one set."""

    tool: str
    score: Score
    lost: int
    seconds: float
    articles: int

    @property
    def cells(self) -> list[str]:
        """The row of the table."""
        score = self.score
        hit, total = score.recalled.get("direct", [0, 0])
        speakers = f"{score.speaker_accuracy:.1f} (of {score.speakers})" if score.speakers else "none"
        return [
            self.tool,
            f"{score.exact_f1:.1f}",
            f"{score.overlap_f1:.1f}",
            f"{100 * hit / max(1, total):.1f}",
            speakers,
            f"{100 * score.right / max(1, score.gold):.1f}",
            f"{self.articles / self.seconds:.0f}" if self.seconds else "",
            str(self.lost),
        ]


HEADER = [
    "tool",
    "exact F1",
    "character F1",
    "exact recall, direct",
    "speaker",
    "both right, of all",
    "articles a second",
    "lost",
]


# -- the articles -----------------------------------------------------------------------------


def own_sets() -> Iterator[tuple[str, list[Gold]]]:
    """The project's own articles: English, Indonesian with Malay, and the other languages."""
    groups: dict[str, list[Gold]] = {"en": [], "id and ms": [], "zh and others": []}
    for path in paths():
        made = read_article(path)
        name = {"en": "en", "id": "id and ms", "ms": "id and ms"}.get(made.language, "zh and others")
        article = Article(id=made.name, text=made.text, language=made.language, title=made.title)
        groups[name].append(Gold(article, tuple((q.spans, q.kind, q) for q in made.quotations)))
    for name, golds in groups.items():
        yield f"own articles, {name}", golds


def public_sets(folder: Path, half: str) -> Iterator[tuple[str, list[Gold]]]:
    """The public sets that are there."""
    for name in SETS:
        path = folder / f"{name}.jsonl.xz"
        if not path.is_file():
            print(f"{path.name} is not in {folder}: left out\n")
            continue
        rows = load(path, half)
        yield (
            f"{name}, {half} half" if half != "all" else name,
            [
                Gold(
                    Article(id=row["id"], text=row["text"], language=row["language"]),
                    tuple((q["content"], q["kind"], q) for q in row["quotations"]),
                    direct_only=name.startswith("pfsa"),
                )
                for row in rows
            ],
        )


# -- the tools --------------------------------------------------------------------------------


def misquote(article: Article) -> Sequence[Quotation]:
    """This project, as an editor gets it."""
    return extract(article).quotations


def toggle(article: Article) -> list[Quotation]:
    """Every second double mark closes what the one before it opened."""
    marks = [m.span() for m in MARK.finditer(article.text)]
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return [quotation_of(article.text, opened[1], closed[0], None) for opened, closed in pairs]


def regex_rules(article: Article) -> list[Quotation]:
    """Four words between marks, with ``said X`` or ``X said`` right behind or right before them."""
    speech = lexicon_for(article.language).speech
    after, before = reporting(speech)
    found = []
    for match in re.finditer('["“«「]([^"“”«»「」\n]{1,2000})["”»」]', article.text):
        if len(match.group(1).split()) < LEAST_WORDS and speech.spaced:
            continue
        said = after.match(article.text, match.end()) or before.search(
            article.text, max(0, match.start() - 60), match.start()
        )
        if said is not None:
            name = next(n for n in said.groups() if n)
            found.append(quotation_of(article.text, match.start(1), match.end(1), name))
    return found


def reporting(speech: Speech) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A verb of saying and a name behind a quotation, and in front of one."""
    verbs = "|".join(map(re.escape, sorted(speech.tag | speech.say, key=lambda v: (-len(v), v)))) or r"(?!)"
    pronouns = "|".join(map(re.escape, sorted(speech.pronouns))) or r"(?!)"
    space = r"\s+" if speech.spaced else r"\s*"
    who = rf"({NAME.replace('?P<name>', '?:')}|{pronouns})"
    return (
        re.compile(rf"[\s,，]*(?:(?:{verbs}){space}{who}|{who}{space}(?:{verbs}))"),
        re.compile(rf"{who}{space}(?:{verbs})[\s,，:：]*$"),
    )


def quotation_of(text: str, start: int, end: int, speaker: str | None) -> Quotation:
    """A quotation as this project writes it, so that all are judged by the same lines."""
    span = Span(start, max(start, end))
    named = Speaker(speaker, speaker) if speaker else None
    return Quotation("q", (span,), span.of(text), QuotationKind.DIRECT, span, named)


HERE: dict[str, Callable[[Article], Sequence[Quotation]]] = {
    "misquote": misquote,
    "toggle": toggle,
    "regex": regex_rules,
}


def read_here(tool: Callable[[Article], Sequence[Quotation]], golds: Sequence[Gold]) -> list[Reading]:
    """One of the tools that run in this process, warm."""
    for gold in {g.article.language: g for g in golds}.values():
        tool(gold.article)
    readings = []
    for gold in golds:
        started = time.process_time()
        found = tuple(tool(gold.article))
        readings.append(Reading(found, time.process_time() - started))
    return readings


def read_there(
    python: str, tool: str, model: str, golds: Sequence[Gold], script: Path = TOOLS
) -> tuple[str, list[Reading] | None]:
    """A tool of another environment: what was run, and what it made of the articles (None: not there)."""
    rows = [json.dumps({"text": g.article.text, "language": g.article.language}) for g in golds]
    run = subprocess.run(
        [python, str(script), tool, model],
        input="\n".join(rows) + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    if run.returncode or not lines:
        return f"{tool} failed: {(run.stderr.strip().splitlines() or ['no output'])[-1]}", None
    if "absent" in lines[0]:
        return lines[0]["absent"], None
    readings = [
        Reading(
            tuple(quotation_of(gold.article.text, *found) for found in line["quotations"]),
            line["seconds"],
            line["error"],
        )
        for gold, line in zip(golds, lines[1:], strict=True)
    ]
    return lines[0]["setup"], readings


# -- the count --------------------------------------------------------------------------------


def count(tool: str, golds: Sequence[Gold], readings: Sequence[Reading]) -> Result:
    """The score of one tool on one set."""
    score = Score()
    for gold, reading in zip(golds, readings, strict=True):
        count_article(score, gold, reading.quotations)
    lost = sum(reading.error is not None for reading in readings)
    return Result(tool, score, lost, sum(r.seconds for r in readings), len(golds))


def count_article(score: Score, gold: Gold, quotations: Sequence[Quotation]) -> None:
    """Add one article to the score."""
    text = gold.article.text
    speech = lexicon_for(gold.article.language).speech
    titles = speech.roles | speech.role_tails | speech.honorifics
    found: dict[Spans, Quotation] = {}
    for quotation in quotations:
        spans = spans_of(text, [(s.start, s.end) for s in quotation.content])
        if gold.quotations and isinstance(gold.quotations[0][2], Annotated):
            spans = without_that(text, spans, speech.complementisers & THAT)
        if spans and not (gold.direct_only and quotation.kind is QuotationKind.INDIRECT):
            found.setdefault(spans, quotation)
    records = {spans_of(text, spans): (kind, record) for spans, kind, record in gold.quotations}
    for spans in score.count({spans: kind for spans, (kind, _) in records.items()}, found):
        record = records[spans][1]
        if isinstance(record, Annotated):
            score.speakers += 1
            score.right += is_right(record, found[spans], titles)
        else:
            judge_speaker(score, record, found[spans], titles)


def table(results: Sequence[Result]) -> str:
    """Markdown, one row per tool."""
    rows = [HEADER, *(result.cells for result in results)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(HEADER))]
    lines = ["| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join(lines)


def compare(name: str, golds: Sequence[Gold], python: str, model: str) -> None:
    """Print the table of one set."""
    languages = sorted({gold.article.language for gold in golds})
    quotations = sum(len(gold.quotations) for gold in golds)
    results = [count(tool, golds, read_here(read, golds)) for tool, read in HERE.items()]
    notes = []
    for tool in ["textacy"] if languages == ["en"] else ["textacy", "textacy-as-english"]:
        said, readings = read_there(python, tool, model, golds)
        if readings is not None:
            results.append(count(tool, golds, readings))
        notes.append(f"{tool}: {said}" if readings is not None else said)
    print(f"## {name}: {len(golds)} articles, {quotations} quotations ({', '.join(languages)})\n")
    print("\n".join(f"- {note}" for note in notes) + "\n")
    print(table(results) + "\n", flush=True)


def main() -> int:
    """Print one table per set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DEFAULT)
    parser.add_argument("--half", choices=("first", "second", "all"), default="second")
    parser.add_argument("--limit", type=int, help="at most so many articles of each set")
    parser.add_argument(
        "--tools-python", default=sys.executable, help="Python of the environment of the others"
    )
    parser.add_argument("--model", default="en_core_web_sm", help="the spaCy pipeline for textacy")
    options = parser.parse_args()
    for name, golds in (*own_sets(), *public_sets(options.data, options.half)):
        compare(name, golds[: options.limit], options.tools_python, options.model)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
