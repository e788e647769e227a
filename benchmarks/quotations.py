"""Quality of the quotation stage: exact spans, character overlap and full-name speakers.

    python -m benchmarks.quotations [--data FOLDER] [--half first|second|all]

Reads ``../shared/data/eval/quotations`` beside the project (or ``--data``) and says so when it
is not there. The sets are for measuring: patterns were looked for in the first half of each,
so the second half is the figure to quote.

Spans are compared without quotation marks, white space, commas and full stops at their ends,
because the sets disagree on them (PFSA leaves the marks and the comma out, PolNeAR keeps both).
PFSA annotates direct quotations of public figures only. Indirect speech is left out of what is
compared, and so is, for "exact-span F1", a quotation with a cue and a speaker whom the set names
nowhere in that article (a shopkeeper, a pupil); the F1 over everything found is printed beside it.
PFSA gives the name as written where it did not look for a fuller one: there a fuller name counts
when one of its words begins with the gold one ("Anies", "Anies Baswedan").
PolNeAR annotates thoughts and intentions too, and takes the whole clause around a partial
quotation for its content: the runs "in its own convention" use ``extract(clauses=True)``, which
reads so. The others show what an editor gets.
PolNeAR has no resolved names: there the words used for the speaker are compared.

The project's own annotated articles (``tests/checker/quotations/articles``) are scored as well, those
kept aside apart from the others. There a quotation without a knowable speaker is right when none was
given, an institution or an unnamed source by its name or by the words used, and the content of
reported speech is compared without its "that".
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.evaluation import Figure
from checker.quotations import extract, same_speaker, speaker_key
from checker.quotations.lexicon import lexicon_for
from checker.types import Article, Quotation, QuotationKind
from tests.checker.quotations.articles import Annotated, AnnotatedArticle, paths, read_article

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data" / "eval" / "quotations"
SHORTEST_SHORT_NAME = 3
THAT = frozenset(("that",))
SETS = ("pfsa-dev.id", "polnear-dev.en")
EDGE = " \t\n\u00a0.,;:!?…\"'“”„‘’«»‹›「」『』"

Spans = tuple[tuple[int, int], ...]


@dataclass
class Score:
    """Counts for one group of quotations."""

    gold: int = 0
    found: int = 0
    left_out: int = 0
    """Quotations found of people whom the set does not annotate."""
    exact: int = 0
    gold_chars: int = 0
    found_chars: int = 0
    shared_chars: int = 0
    speakers: int = 0
    right: int = 0
    right_loose: int = 0
    unknown: int = 0
    recalled: dict[str, list[int]] = field(default_factory=dict)
    company: list[int] = field(default_factory=lambda: [0, 0])
    """Annotated carriers and addressees that were found as such, and all of them."""
    misplaced: int = 0
    """Quotations whose annotated carrier or addressee was given as the speaker."""

    def count(self, gold: Mapping[Spans, str], found: Collection[Spans]) -> list[Spans]:
        """Add one article, its annotated spans with their kinds; the spans that both sides have."""
        self.gold += len(gold)
        self.found += len(found)
        gold_chars, found_chars = characters(gold), characters(found)
        self.gold_chars += len(gold_chars)
        self.found_chars += len(found_chars)
        self.shared_chars += len(gold_chars & found_chars)
        for spans, kind in gold.items():
            seen = self.recalled.setdefault(kind, [0, 0])
            seen[0] += spans in found
            seen[1] += 1
        both = [spans for spans in gold if spans in found]
        self.exact += len(both)
        return both

    @property
    def exact_f1(self) -> float:
        """Exact-span F1 in percent."""
        return 200 * self.exact / max(1, self.gold + self.found)

    @property
    def exact_f1_of_all(self) -> float:
        """Exact-span F1 in percent with what was left out counted as wrong."""
        return 200 * self.exact / max(1, self.gold + self.found + self.left_out)

    @property
    def overlap_f1(self) -> float:
        """F1 over characters in percent."""
        return 200 * self.shared_chars / max(1, self.gold_chars + self.found_chars)

    @property
    def speaker_accuracy(self) -> float:
        """Full names right, in percent of exact quotations whose gold speaker is known."""
        return 100 * self.right / max(1, self.speakers)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without marks and punctuation at its ends."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def spans_of(text: str, spans: Iterable[Sequence[int]]) -> Spans:
    """Trimmed spans in order, empty ones left out; touching parts are joined."""
    cut = sorted(trimmed(text, s, e) for s, e in spans)
    joined: list[tuple[int, int]] = []
    for start, end in cut:
        if start >= end:
            continue
        if joined and not any(c.isalnum() for c in text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def characters(groups: Iterable[Spans]) -> set[int]:
    """Every offset that some span covers."""
    return {i for spans in groups for start, end in spans for i in range(start, end)}


def untitled(name: str, titles: frozenset[str] = frozenset()) -> str:
    """The name without ranks and offices ("Komisaris Besar" stands in some gold names), folded."""
    words = [w for w in re.findall(r"[^\W_]+", name.casefold()) if w not in titles]
    return " ".join(words[1:] if words[:1] in (["the"], ["a"]) else words)


def judge_speaker(score: Score, row: dict[str, Any], found: Quotation, titles: frozenset[str]) -> None:
    """Count the speaker of one exact quotation.

    Where the gold gives an office only ("Presiden"), the words used must be those.
    """
    gold = row.get("speaker") or row.get("speaker_mention")
    if not gold:
        return
    score.speakers += 1
    if found.speaker is None:
        score.unknown += 1
        return
    named = untitled(gold, titles)
    strict = speaker_key(untitled(found.speaker.name, titles)) == speaker_key(named) and bool(named)
    fuller = " " not in named and any(w.startswith(named) for w in untitled(found.speaker.name).split())
    strict = strict or (bool(row.get("speaker")) and len(named) >= SHORTEST_SHORT_NAME and fuller)
    surface = not (row.get("speaker") and named) and untitled(found.speaker.surface) == untitled(gold)
    score.right += strict or surface
    score.right_loose += strict or surface or same_speaker(found.speaker.name, gold) is True


def is_annotated(row: dict[str, Any], found: Quotation) -> bool:
    """Whether the set would annotate a direct quotation: it or its speaker is in the gold, or it has none."""
    if found.speaker is None or found.cue is None:
        return True
    gold = row["quotations"]
    touching = any(
        s < span.end and span.start < e for q in gold for s, e in q["content"] for span in found.content
    )
    names = {name for q in gold for name in (q.get("speaker"), q.get("speaker_mention")) if name}
    return touching or any(same_speaker(found.speaker.name, name) is True for name in names)


def measure(rows: Sequence[dict[str, Any]], *, direct_only: bool, clauses: bool) -> Score:
    """The score of one set; ``clauses`` adds the narrator's clause around a partial quotation."""
    score = Score()
    for row in rows:
        text = row["text"]
        speech = lexicon_for(row["language"]).speech
        titles = speech.roles | speech.role_tails | speech.honorifics
        extraction = extract(Article(id=row["id"], text=text, language=row["language"]), clauses=clauses)
        found = list(extraction.quotations)
        if direct_only:
            found = [q for q in found if q.kind is not QuotationKind.INDIRECT]
            kept = [q for q in found if is_annotated(row, q)]
            score.left_out += len(found) - len(kept)
            found = kept
        gold_by_spans = {spans_of(text, q["content"]): q for q in row["quotations"]}
        found_by_spans = {spans_of(text, [(s.start, s.end) for s in q.content]): q for q in found}
        kinds = {spans: gold["kind"] for spans, gold in gold_by_spans.items()}
        for spans in score.count(kinds, found_by_spans):
            judge_speaker(score, gold_by_spans[spans], found_by_spans[spans], titles)
    return score


def load(path: Path, half: str) -> list[dict[str, Any]]:
    """The rows of one half of a set, by order in the file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    middle = (len(rows) + 1) // 2
    return {"first": rows[:middle], "second": rows[middle:], "all": rows}[half]


def report(title: str, rows: Sequence[dict[str, Any]], clauses: bool) -> None:
    """Print the figures of one run."""
    started = time.process_time()
    score = measure(rows, direct_only=title.startswith("pfsa"), clauses=clauses)
    seconds = time.process_time() - started
    known = max(1, score.speakers)
    print(
        f"{title}: {len(rows)} articles, {score.gold} gold, {score.found} found\n"
        f"  exact-span F1 {score.exact_f1:.1f}"
        + (f" (of all found {score.exact_f1_of_all:.1f})" if score.left_out else "")
        + f"  character F1 {score.overlap_f1:.1f}"
        f"  full-name speaker {score.speaker_accuracy:.1f}"
        f" (the same person in any spelling {100 * score.right_loose / known:.1f},"
        f" unknown {100 * score.unknown / known:.1f})"
    )
    print_recall(score)
    print(f"  {len(rows) / seconds:.0f} articles a second on one core, scoring included")


def print_recall(score: Score) -> None:
    """Exact recall by kind."""
    for kind, (hit, total) in sorted(score.recalled.items()):
        print(f"  {kind}: exact recall {100 * hit / total:.1f} of {total}")


def is_right(gold: Annotated, found: Quotation, titles: frozenset[str]) -> bool:
    """Whether the speaker of one of the project's own quotations is right."""
    if found.speaker is None or not gold.speaker:
        return found.speaker is None and not gold.speaker
    named = untitled(gold.speaker, titles)
    if named and speaker_key(untitled(found.speaker.name, titles)) == speaker_key(named):
        return True
    return untitled(gold.speaker) in (untitled(found.speaker.name), untitled(found.speaker.surface))


def judge_company(score: Score, gold: Annotated, found: Quotation) -> None:
    """Count the outlet that carried the words and whom they were told, which are never the speaker."""
    for named, given in ((gold.carrier, found.carrier), (gold.addressee, found.addressee)):
        if named:
            words = set(untitled(named).split())
            score.company[0] += bool(words & set(untitled(given or "").split()))
            score.company[1] += 1
            spoke = untitled(found.speaker.name) if found.speaker is not None else ""
            score.misplaced += spoke == untitled(named) and spoke != untitled(gold.speaker)


def measure_articles(articles: Iterable[AnnotatedArticle]) -> Score:
    """The score over the project's own annotated articles."""
    score = Score()
    for article in articles:
        speech = lexicon_for(article.language).speech
        titles = speech.roles | speech.role_tails | speech.honorifics
        that = speech.complementisers & THAT
        made = Article(id=article.name, text=article.text, language=article.language, title=article.title)
        found = {
            without_that(article.text, spans_of(article.text, [(s.start, s.end) for s in q.content]), that): q
            for q in extract(made).quotations
        }
        gold = {spans_of(article.text, q.spans): q for q in article.quotations}
        for spans in score.count({spans: q.kind for spans, q in gold.items()}, found):
            score.speakers += 1
            score.right += is_right(gold[spans], found[spans], titles)
            score.unknown += found[spans].speaker is None
            judge_company(score, gold[spans], found[spans])
    return score


def without_that(text: str, spans: Spans, that: frozenset[str]) -> Spans:
    """The spans without a complementiser at their beginning."""
    if not spans:
        return spans
    start, end = spans[0]
    word = re.match(r"\w+\s+", text[start:end])
    if word is not None and word.group().strip().lower() in that:
        return ((start + word.end(), end), *spans[1:])
    return spans


def report_articles() -> None:
    """Print the figures of the project's own articles by language, those kept aside apart."""
    groups: dict[tuple[bool, str], list[AnnotatedArticle]] = {}
    for path in paths():
        article = read_article(path)
        groups.setdefault((article.aside, path.parent.name), []).append(article)
    for (aside, language), articles in sorted(groups.items()):
        score = measure_articles(articles)
        print(
            f"own articles {language}{', kept aside' if aside else ''}: {len(articles)} articles,"
            f" {score.gold} gold, {score.found} found\n"
            f"  exact-span F1 {score.exact_f1:.1f}  character F1 {score.overlap_f1:.1f}"
            f"  speaker {score.speaker_accuracy:.1f} (unknown {100 * score.unknown / max(1, score.speakers):.1f})"
            f"  carriers and addressees {score.company[0]} of {score.company[1]},"
            f" as speaker {score.misplaced}"
        )
        print_recall(score)


def quotation_figures(folder: Path) -> Iterator[Figure]:
    """The figures of the second halves, which were kept aside while the stage was written."""
    for name in SETS:
        rows = load(folder / f"{name}.jsonl.xz", "second")
        score = measure(rows, direct_only=name.startswith("pfsa"), clauses=False)
        detail = f"n={score.gold}"
        yield Figure(f"{name} exact-span F1", score.exact_f1 / 100, detail=detail)
        if not name.startswith("pfsa"):
            wide = measure(rows, direct_only=False, clauses=True)
            yield Figure(f"{name} exact-span F1, its own convention", wide.exact_f1 / 100, detail=detail)
        yield Figure(f"{name} character F1", score.overlap_f1 / 100, detail=detail)
        yield Figure(f"{name} speaker accuracy", score.speaker_accuracy / 100, detail=f"n={score.speakers}")


def main() -> int:
    """Print one block per set and half."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DEFAULT)
    parser.add_argument("--half", choices=("first", "second", "all"), action="append")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"no evaluation data at {options.data}: nothing was measured", file=sys.stderr)
        return 0
    report_articles()
    for name in SETS:
        for half in options.half or ("first", "second"):
            rows = load(options.data / f"{name}.jsonl.xz", half)
            for clauses in (False,) if name.startswith("pfsa") else (False, True):
                report(f"{name} {half} half{', in its own convention' if clauses else ''}", rows, clauses)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
