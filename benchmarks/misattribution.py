"""Whether words in the wrong mouth are found, and words in the right one are left alone.

    python -m benchmarks.misattribution [--data FOLDER] [--half first|second|all] [--limit N] [--model NAME]

The quotations of PFSA (Indonesian) and PolNeAR (English, those in quotation marks) go into an index with
the speakers that the sets give. Then each is checked as the quotation of a new article three times: by
its true speaker in the words the article uses ("Falk" for "Nerida Falk"), by another person of the same
article, and by a person of another article, drawn with a fixed seed. Right is MQ201 for the latter two
and none for the first. The sets are for measuring: the second half is the figure to quote.

Only persons with a name take part: "the president" may be anybody. A mention is read as the product
reads it, from the reporting clause of a made-up sentence. PolNeAR does not resolve names, so the fullest
name of the article that holds all words of a mention stands for the person. Names of which one may be
short for the other are never taken for two people.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks.evaluation import Figure
from benchmarks.quotations import DEFAULT, SETS, load
from checker.cases import case_of
from checker.ingest import quotation_passages
from checker.matching.matching import match_quotations
from checker.pipeline import Checker
from checker.quotations import extract, speaker_key
from checker.types import Article, Quotation, QuotationKind, Severity, Span, Speaker, SpeakerKind
from index import Encoder, PassageIndex, load_encoder

RULE = "MQ201"
SEED = 7
CLAUSES = {
    "en": "“The road has been closed since Monday,” said {}.",
    "id": "“Jalan itu ditutup sejak hari Senin,” kata {}.",
}
"""The sentence from which a mention is read, by language of the set."""
WHO = ("true speaker", "another of the article", "one of another article")


@dataclass(frozen=True, slots=True)
class Attributed:
    """One quotation of a set with its speaker."""

    article: Article
    quotation: Quotation
    """With the fullest name of the speaker."""
    mention: Speaker
    """The speaker as the words at the quotation give it."""


@lru_cache(maxsize=8192)
def read_mention(words: str, language: str) -> Speaker | None:
    """The person that the words of a mention name; None where they name nobody, or no person."""
    speaker = _read(words, language)
    if speaker is None or speaker.kind is not SpeakerKind.PERSON or not speaker_key(speaker.name):
        return None
    small = _read(words[:1].lower() + words[1:], language)  # "Officials" begins a sentence
    nobody = small is not None and small.kind is SpeakerKind.UNNAMED and small.role == small.name
    return None if nobody else speaker


def _read(words: str, language: str) -> Speaker | None:
    found = extract(Article("mention", CLAUSES[language].format(words.strip(" ,.")), language)).quotations
    return found[0].speaker if found else None


def words_of_name(name: str) -> frozenset[str]:
    """The words by which two names are told apart."""
    return frozenset(speaker_key(name).split())


def attributed(row: Mapping[str, Any]) -> list[Attributed]:
    """The quotations of one article of a set whose speaker is a person with a name."""
    article = Article(str(row["id"]), str(row["text"]), str(row["language"]))
    found: list[tuple[Quotation, Speaker, str]] = []
    for number, gold in enumerate(row["quotations"]):
        words = gold["speaker_mention"] or gold["speaker"]
        if gold["kind"] == QuotationKind.INDIRECT.value or not words:
            continue
        mention = read_mention(words, article.language)
        whole = read_mention(gold["speaker"] or words, article.language)
        if whole is None:
            continue
        spans = tuple(Span(start, end) for start, end in gold["content"])
        quotation = Quotation(
            id=f"q{number}",
            content=spans,
            text=" ".join(span.of(article.text) for span in spans),
            kind=QuotationKind(gold["kind"]),
            context=Span(spans[0].start, spans[-1].end),
            cue=Span(spans[-1].end, spans[-1].end),
        )
        found.append((quotation, mention or whole, whole.name))
    names = sorted({name for _, _, name in found}, key=lambda name: (-len(words_of_name(name)), name))
    return [
        Attributed(article, replace(q, speaker=replace(mention, name=fullest(name, names))), mention)
        for q, mention, name in found
    ]


def fullest(name: str, names: Sequence[str]) -> str:
    """The longest of ``names`` that holds all words of ``name``; itself where two people do."""
    own = words_of_name(name)
    holders = [other for other in names if own <= words_of_name(other)]
    longest = holders[0] if holders else name
    one = all(words_of_name(other) <= words_of_name(longest) for other in holders)
    return longest if one else name


def others(person: str, names: Sequence[str]) -> list[str]:
    """Those of ``names`` that are surely not ``person``: neither may be short for the other."""
    return [name for name in names if not (may_be_short(person, name) or may_be_short(name, person))]


def may_be_short(name: str, other: str) -> bool:
    """Whether all words of ``name`` are words of ``other``, or the one word it has begins one (Risma)."""
    own, all_words = words_of_name(name), words_of_name(other)
    cut = len(own) == 1 and any(word.startswith(next(iter(own))) for word in all_words)
    return own <= all_words or cut


def queries(items: Sequence[Attributed]) -> Iterator[tuple[Attributed, dict[str, Speaker]]]:
    """Each quotation with the speakers it is given to, by name of the query."""
    speakers = {
        item.quotation.speaker.name: item.quotation.speaker for item in items if item.quotation.speaker
    }
    everybody = sorted(speakers)
    here: dict[str, set[str]] = defaultdict(set)
    for item in items:
        if item.quotation.speaker is not None:
            here[item.article.id].add(item.quotation.speaker.name)
    draw = random.Random(SEED)
    for item in items:
        true = item.quotation.speaker
        if true is None:
            continue
        near = others(true.name, sorted(here[item.article.id]))
        far = [name for name in others(true.name, everybody) if name not in here[item.article.id]]
        asked = {WHO[0]: item.mention}
        if near:
            asked[WHO[1]] = speakers[draw.choice(near)]
        if far:
            asked[WHO[2]] = speakers[draw.choice(far)]
        yield item, asked


def answers(
    items: Sequence[Attributed], encoder: Encoder
) -> Iterator[tuple[Attributed, str, Speaker, Severity | None]]:
    """The level of MQ201 for every query, None where it is silent."""
    with tempfile.TemporaryDirectory() as folder:
        index = PassageIndex.create(Path(folder) / "index", encoder.info)
        passages = (
            passage
            for number, item in enumerate(items)
            for passage in quotation_passages(item.article, item.quotation, number)
        )
        index.add(passages, encoder)
        checker = Checker(index, encoder)
        for item, asked in queries(items):
            posed = [replace(item.quotation, speaker=speaker) for speaker in asked.values()]
            article = replace(item.article, id="new")
            for who, matched in zip(asked, match_quotations(article, posed, index, encoder), strict=True):
                findings = checker.apply_rules(case_of(article, matched))
                level = next((f.severity for f in findings if f.rule == RULE), None)
                yield item, who, asked[who], level
        index.close()


def misattribution_figures(
    name: str, rows: Sequence[Mapping[str, Any]], encoder: Encoder, *, show: bool = False
) -> Iterator[Figure]:
    """Accuracy over the three kinds of query, false alarms, and each kind by itself."""
    items = [item for row in rows for item in attributed(row)]
    right: dict[str, list[bool]] = {who: [] for who in WHO}
    errors = 0
    for item, who, speaker, level in answers(items, encoder):
        good = (level is None) is (who == WHO[0])
        right[who].append(good)
        errors += who == WHO[0] and level is Severity.ERROR
        if show and not good:
            true = item.quotation.speaker.name if item.quotation.speaker else None
            print(f"  {who}: {speaker.name!r} for {true!r}: {item.quotation.text[:70]!r}", file=sys.stderr)
    every = [good for goods in right.values() for good in goods]
    alarms = [not good for good in right[WHO[0]]]
    yield Figure(f"{name} three-way accuracy", _share(every), detail=f"n={len(every)}")
    yield Figure(
        f"{name} false alarms on the true speaker",
        _share(alarms),
        lower=True,
        detail=f"{errors} at error, n={len(alarms)}",
    )
    for who in WHO[1:]:
        yield Figure(f"{name} found, {who}", _share(right[who]), detail=f"n={len(right[who])}")


def _share(values: Sequence[bool]) -> float:
    return sum(values) / max(1, len(values))


def main() -> None:
    """Print the figures of each set and half."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=DEFAULT)
    parser.add_argument("--half", choices=("first", "second", "all"), action="append")
    parser.add_argument("--set", choices=SETS, action="append", dest="sets")
    parser.add_argument("--limit", type=int, help="only so many articles of each half")
    parser.add_argument("--model")
    parser.add_argument("--show", action="store_true", help="print every query that is answered wrongly")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"the public sets are not at {options.data}", file=sys.stderr)
        raise SystemExit(2)
    encoder = load_encoder(options.model)
    for name in options.sets or SETS:
        for half in options.half or ("first", "second"):
            rows = load(options.data / f"{name}.jsonl.xz", half)[: options.limit]
            title = f"{name} {half} half"
            for figure in misattribution_figures(title, rows, encoder, show=options.show):
                print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
