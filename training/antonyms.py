"""Learns which words of two languages are opposites, and writes ``checker/matching/antonyms.tsv``.

WordNet's antonyms (Miller 1995) are English and few: a word has one direct antonym, and what is like
either of them is its opposite too (Gross, Fischer and Miller 1989). So a pair is reached over up to four
steps: a word, a word like it, its antonym, a word like that, its translation; words are alike that share
sure translations. Each way has a certainty, and a pair reached on several ways has that of any of them
being right. What the translations say of both words, or what stands for each other in parallel text more
often than by chance, is no pair of opposites: text that ``training.drift`` fits on is not counted there.

    python -m training.antonyms --data ../shared/data
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

from checker.languages import get_language
from checker.matching.antonyms import OPPOSITES
from checker.matching.lexicon import PIVOT, UNSEEN_INFORMATION, information, macro_of, stem, translations
from checker.matching.phrases import phrases_in, rows
from checker.matching.words import words_of

from .data import fold_punctuation
from .drift_examples import CLEAN, ENGLISH_ANTONYMS, LONGEST
from .scorer.examples import trained_texts
from .scorer.settings import DEFAULT_CONFIG, load_settings
from .stock import read_antonyms

OUTPUT = Path(__file__).resolve().parent.parent / "checker" / "matching" / OPPOSITES
OTHER = "id"
"""The language whose macro language gets a table; Chinese has no words to look up, only characters."""
PROJECTED = f"wordnet-antonyms-projected.{OTHER}.tsv.xz"
DICTIONARIES = (f"freedict.en-{OTHER}.tsv.xz", f"wordnet-omw.en-{OTHER}.tsv.xz")
TELLING = 2.5
"""Nats below which a word is too common to have one opposite ("right", "back" stand above it)."""
LISTED = 0.3
"""Certainty of a translation that only a dictionary has."""
SURE = 0.3
"""Certainty from which a translation carries a likeness of two words."""
LIKE = 0.5
"""Summed certainty of shared translations from which two words are alike."""
STEP = 0.7
"""What each step to a word that is alike costs."""
HINTED = 0.35
"""Certainty of a pair that only the projected list has: it over-generates."""
ALSO = 0.05
"""Certainty of a translation from which two words are not opposites."""
OF_ALIKE = 0.3
"""The same for a translation of a word that is alike."""
LEAST = 0.4
"""Certainty of a pair from which it is written."""
FEW, OFTEN = 3, 1.5
"""How often two words must have stood for each other in faithful text, and how many times chance that is."""
RENDERED = 0.1
"""Certainty of a translation that explains a word of a sentence pair."""
PERSONS = frozenset(
    (
        "man",
        "woman",
        "boy",
        "girl",
        "male",
        "female",
        "masculine",
        "feminine",
        "father",
        "mother",
        "son",
        "daughter",
        "brother",
        "sister",
        "husband",
        "wife",
        "uncle",
        "aunt",
        "nephew",
        "niece",
        "king",
        "queen",
        "prince",
        "princess",
        "lord",
        "lady",
        "actor",
        "actress",
        "host",
        "hostess",
        "sir",
        "madam",
        "parent",
        "child",
        "bride",
        "groom",
        "widow",
        "widower",
        "grandfather",
        "grandmother",
        "stepfather",
        "stepmother",
        "god",
        "goddess",
    )
)
"""Who it is, not what was said of it: another person is a change of name."""

NEGATIVE = ("un", "in", "im", "ir", "il", "dis", "non")
"""English prefixes that turn a word into its opposite."""

Ways = dict[tuple[str, str], dict[str, float]]
"""Of a pair of an English and another word: the kind of each way that leads to it, with its certainty."""


def english_antonyms(data: Path) -> Mapping[str, frozenset[str]]:
    """Stems of English words with those of their direct antonyms, both ways."""
    found: dict[str, set[str]] = defaultdict(set)
    for pair in read_antonyms(data / ENGLISH_ANTONYMS):
        a, b = (stem(word, PIVOT) for word in pair)
        if a != b and not {a, b, *pair} & PERSONS:
            found[a].add(b)
            found[b].add(a)
    return {word: frozenset(others) for word, others in found.items()}


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """The first two columns of a packed file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            first, second, *_ = line.rstrip("\n").split("\t")
            yield first, second


def single(text: str, language: str) -> str | None:
    """The stem of a text of one word."""
    words = words_of(text)
    return stem(words[0].norm, language) if len(words) == 1 else None


class Words:
    """What translates what: the learned lexicon and the dictionaries."""

    def __init__(self, data: Path) -> None:
        self._listed: dict[str, set[str]] = defaultdict(set)
        for name in DICTIONARIES:
            for english, other in read_pairs(data / "lexicon" / name):
                a, b = single(english, PIVOT), single(other, OTHER)
                if a and b:
                    self._listed[a].add(b)
        self.alike = cache(self._alike)
        self.all = cache(self._all)

    def _all(self, word: str) -> Mapping[str, float]:
        """Every translation of an English word."""
        found = dict(translations(word, PIVOT, OTHER))
        for other in self._listed.get(word, ()):
            found[other] = max(found.get(other, 0.0), LISTED)
        return found

    def _alike(self, word: str) -> Mapping[str, float]:
        """English words that share sure translations with a word, and the word itself, with a certainty."""
        shared: dict[str, float] = defaultdict(float)
        for other, there in translations(word, PIVOT, OTHER).items():
            for english, back in translations(other, OTHER, PIVOT).items():
                if min(there, back) >= SURE:
                    shared[english] += there * back
        found = {english: STEP * min(1.0, value) for english, value in shared.items() if value >= LIKE}
        return {**found, word: 1.0}

    def said_of_both(self, english: str, other: str) -> bool:
        """Whether a word is also a translation, or nearly one: then it is no evidence."""
        if self.all(english).get(other, 0.0) > ALSO or english in translations(other, OTHER, PIVOT):
            return True
        return any(
            value * translations(word, PIVOT, OTHER).get(other, 0.0) >= STEP * OF_ALIKE
            for word, value in self.alike(english).items()
        )


def denied_form(word: str, base: str) -> bool:
    """Whether a word is the other with a negative affix: its translations are then the other's, denied."""
    return any(word == prefix + base for prefix in NEGATIVE) or (
        word.endswith("less") and base.endswith("ful") and word[:-4] == base[:-3]
    )


def fit_to_compare(word: str, language: str) -> bool:
    """Whether a word is known and tells something."""
    return TELLING <= information(word, language) < UNSEEN_INFORMATION


def from_wordnet(antonyms: Mapping[str, frozenset[str]], words: Words, ways: Ways) -> None:
    """Pairs reached over an English antonym.

    A denied form ("unofficial") is an opposite of its base's translations even where the lexicon has them
    as its own, learned from text that denies them ("tidak resmi"): at run time the denial is looked for.
    """
    for start in sorted({english for word in antonyms for english in words.alike(word)}):
        if information(start, PIVOT) < TELLING:
            continue
        for word, antonym, end, certainty in routes(start, antonyms, words):
            direct = (start, antonym) == (word, end)
            for other, sure in words.all(end).items():
                denied = direct and denied_form(word, antonym)
                if fit_to_compare(other, OTHER) and (denied or not words.said_of_both(start, other)):
                    kinds = ways.setdefault((start, other), {})
                    kind = f"{word == start} {end == antonym}"
                    kinds[kind] = max(kinds.get(kind, 0.0), certainty * sure)


def routes(
    start: str, antonyms: Mapping[str, frozenset[str]], words: Words
) -> Iterator[tuple[str, str, str, float]]:
    """From a word over one like it and its antonym to one like that, with a certainty."""
    for word, near in words.alike(start).items():
        for antonym in antonyms.get(word, ()):
            for end, far in words.alike(antonym).items():
                yield word, antonym, end, near * far


def from_hints(data: Path, words: Words, ways: Ways) -> None:
    """Pairs reached over the projected antonyms of the other language."""
    for first, second in read_pairs(data / "lexicon" / PROJECTED):
        stems = single(first.lower(), OTHER), single(second.lower(), OTHER)
        for a, b in (stems, stems[::-1]):
            if not a or not b or a == b or not fit_to_compare(b, OTHER):
                continue
            for english, sure in translations(a, OTHER, PIVOT).items():
                if (
                    sure >= LIKE
                    and english not in PERSONS
                    and fit_to_compare(english, PIVOT)
                    and not words.said_of_both(english, b)
                ):
                    ways.setdefault((english, b), {})["hint"] = HINTED


@cache
def renderings(word: str, language: str, other: str) -> frozenset[str]:
    """Translations sure enough to explain a word of a sentence pair."""
    return frozenset(t for t, sure in translations(word, language, other).items() if sure > RENDERED)


def translating(
    data: Path, pairs: Collection[tuple[str, str]], texts: Collection[str]
) -> set[tuple[str, str]]:
    """Pairs that stand for each other in faithful text more often than by chance.

    A word stands for another where neither has a translation in the sentence pair.
    """
    opposites: dict[str, set[str]] = defaultdict(set)
    for english, other in pairs:
        opposites[english].add(other)
    others = {other for _, other in pairs}
    denying = negators(OTHER)
    seen: Counter[tuple[str, str]] = Counter()
    left: Counter[str] = Counter()
    right: Counter[str] = Counter()
    total = 0
    for english, other in clean_text(data, texts):
        a = {stem(w.norm, PIVOT) for w in words_of(english)}
        b = {stem(w.norm, OTHER) for w in words_of(other)}
        if b & denying:
            continue  # "not open" is "closed": there they do stand for each other
        unmet = {e for e in a & opposites.keys() if not renderings(e, PIVOT, OTHER) & b}
        open_ = {f for f in b & others if not renderings(f, OTHER, PIVOT) & a}
        left.update(unmet)
        right.update(open_)
        seen.update((e, f) for e in unmet for f in opposites[e] & open_)
        total += 1
    return {
        pair for pair, n in seen.items() if n >= FEW and n >= OFTEN * left[pair[0]] * right[pair[1]] / total
    }


def negators(language: str) -> frozenset[str]:
    """The single words that deny something in a language."""
    listed = rows(get_language(language).table("meaning")["negation"])
    return frozenset(phrase for _, line in listed for phrase in phrases_in(line) if " " not in phrase)


def clean_text(data: Path, texts: Collection[str]) -> Iterator[tuple[str, str]]:
    """Sentence pairs of the clean licence classes that the drift score is not fitted on."""
    with lzma.open(data / "parallel" / f"en-{OTHER}.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            clean = len(parts) >= 4 and parts[3] in CLEAN and len(parts[0].split()) <= LONGEST
            if clean and parts[1] and fold_punctuation(parts[0]) in texts:
                yield parts[0], parts[1]


def certainty_of(ways: Mapping[str, float]) -> float:
    """That one of several ways is right."""
    wrong = 1.0
    for certainty in ways.values():
        wrong *= 1.0 - min(certainty, 0.95)
    return 1.0 - wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    words = Words(options.data)
    ways: Ways = {}
    from_wordnet(english_antonyms(options.data), words, ways)
    from_hints(options.data, words, ways)
    kept = {pair: certainty_of(kinds) for pair, kinds in ways.items()}
    kept = {pair: certainty for pair, certainty in kept.items() if certainty >= LEAST}
    texts = trained_texts(options.data, load_settings(DEFAULT_CONFIG))
    wrong = translating(options.data, kept, texts)
    table: dict[str, list[str]] = defaultdict(list)
    for (english, other), certainty in sorted(kept.items()):
        if (english, other) not in wrong:
            table[english].append(f"{other}:{round(100 * certainty)}")
    lines = [f"# {PIVOT}\t{macro_of(get_language(OTHER).code)}"]
    lines += [f"{english}\t{' '.join(others)}" for english, others in sorted(table.items())]
    options.output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{sum(map(len, table.values()))} pairs of {len(table)} words; {len(wrong)} translate each other")


if __name__ == "__main__":
    main()
