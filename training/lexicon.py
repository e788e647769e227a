"""Learns the alignment lexicon: which words translate each other, which stem a word has, how much it tells.

IBM Model 1 (Brown et al. 1993) in both directions over the licence-clean parallel text and the
dictionaries, first on words; two words of one language are then given one stem where an affix rule
relates them and the text translates them alike; Model 1 runs again on the stems. What is kept is the
geometric mean of both directions, in thousandths; information is in hundredths of a nat. Indonesian and Malay are one macro language here.

    python training/lexicon.py --data ../shared/data --out checker/matching/lexicon.sqlite
"""

from __future__ import annotations

import argparse
import lzma
import math
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from checker.languages import get_language
from checker.matching.morphology import morphology_of
from checker.matching.words import words_of

CLEAN = frozenset({"permissive", "share-alike", "copyleft-sw"})
GROUPS: dict[str, tuple[str, ...]] = {"ms": ("id", "ms"), "zh": ("zh",)}
"""Macro language: the languages whose data it is learned from."""
DICTIONARIES = ("freedict", "cldr", "tico19-terms", "wordnet-omw")
INTERFACE = ("libreoffice-help", "libreoffice-ui", "mozilla-ui", "freeciv-ui", "react-docs")
"""Sources in which words mean what they mean to programs (table, window); a quarter of them is read."""
MAX_WORDS = 50
ITERATIONS = 5
KEEP = 0.03
KEEP_SURE = 0.1
KEEP_BEST = 3


@dataclass(frozen=True, slots=True)
class Bitext:
    """Aligned sentences as word lists."""

    english: list[list[str]]
    other: list[list[str]]


def read_lines(path: Path) -> Iterator[list[str]]:
    if not path.exists():
        return
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def norms(text: str) -> list[str]:
    return [w.norm for w in words_of(text)]


def read_bitext(data: Path, languages: tuple[str, ...]) -> Bitext:
    """Sentence pairs of the clean licence classes, then dictionary pairs of known words."""
    english: list[list[str]] = []
    other: list[list[str]] = []
    for language in languages:
        for number, row in enumerate(read_lines(data / "parallel" / f"en-{language}.tsv.xz")):
            if len(row) < 4 or row[3] not in CLEAN or (row[2] in INTERFACE and number % 4):
                continue
            a, b = norms(row[0]), norms(row[1])
            if 0 < len(a) <= MAX_WORDS and 0 < len(b) <= MAX_WORDS * 2:
                english.append(a)
                other.append(b)
    known_b = Counter(w for s in other for w in s)
    for language in languages:
        for name in DICTIONARIES:
            for row in read_lines(data / "lexicon" / f"{name}.en-{language}.tsv.xz"):
                a, b = norms(row[0]), norms(row[1])
                wide = name == "wordnet-omw"
                if not a or not b or len(a) > 3 or len(b) > 4:
                    continue
                if wide and (len(a) > 1 or min(known_b[w] for w in b) < 1):
                    continue
                english.append(a)
                other.append(b)
    return Bitext(english, other)


def model_one(source: list[list[str]], target: list[list[str]]) -> dict[tuple[str, str], tuple[float, float]]:
    """t(target word | source word) and the expected count of each pair, after EM."""
    s_ids: dict[str, int] = {"": 0}
    t_ids: dict[str, int] = {}
    cells_s, cells_t, cells_group, group = [], [], [], 0
    for s_words, t_words in zip(source, target, strict=True):
        s = np.array([0, *(s_ids.setdefault(w, len(s_ids)) for w in s_words)], dtype=np.int64)
        t = np.array([t_ids.setdefault(w, len(t_ids)) for w in t_words], dtype=np.int64)
        cells_s.append(np.tile(s, len(t)))
        cells_t.append(np.repeat(t, len(s)))
        cells_group.append(np.repeat(np.arange(group, group + len(t)), len(s)))
        group += len(t)
    s_all, t_all, g_all = (np.concatenate(x) for x in (cells_s, cells_t, cells_group))
    pairs, cell = np.unique(s_all * len(t_ids) + t_all, return_inverse=True)
    pair_source = pairs // len(t_ids)
    probability: np.ndarray = np.ones(len(pairs))
    expected = probability
    for _ in range(ITERATIONS):
        values = probability[cell]
        values /= np.bincount(g_all, weights=values, minlength=group)[g_all]
        expected = np.bincount(cell, weights=values, minlength=len(pairs))
        totals = np.bincount(pair_source, weights=expected, minlength=len(s_ids))
        probability = expected / (totals[pair_source] + 0.5)  # a little smoothing: rare words prove little
    s_words_by_id, t_words_by_id = list(s_ids), list(t_ids)
    keep = np.flatnonzero((probability >= KEEP / 4) & (pair_source > 0))
    return {
        (s_words_by_id[pairs[i] // len(t_ids)], t_words_by_id[pairs[i] % len(t_ids)]): (
            float(probability[i]),
            float(expected[i]),
        )
        for i in keep
    }


def symmetric(bitext: Bitext) -> dict[tuple[str, str], float]:
    """(English word, other word) to the geometric mean of both directions."""
    forward = model_one(bitext.english, bitext.other)
    backward = model_one(bitext.other, bitext.english)
    table = {}
    for (e, f), (p, count) in forward.items():
        q, _ = backward.get((f, e), (0.0, 0.0))
        weight = math.sqrt(p * q)
        if weight >= KEEP and count >= 0.8:
            table[e, f] = weight
    return table


def pruned(table: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """Without the weak translations that neither word needs: each word keeps its three best."""
    best: dict[tuple[str, str], list[float]] = defaultdict(list)
    for (e, f), weight in table.items():
        best["e", e].append(weight)
        best["f", f].append(weight)
    third = {word: sorted(weights)[-KEEP_BEST:][0] for word, weights in best.items()}
    return {
        (e, f): weight
        for (e, f), weight in table.items()
        if weight >= KEEP_SURE or (weight >= third["e", e] and weight >= third["f", f])
    }


def choose_stems(
    counts: Counter[str],
    language: str,
    other: str,
    translations: dict[str, dict[str, float]],
    floor: float = 0.1,
) -> dict[str, str]:
    """Word to stem, where an affix rule relates them and their translations agree (cosine >= floor)."""
    rules = morphology_of(language)
    other_rules = morphology_of(other)
    other_words = {w for profile in translations.values() for w in profile}
    shortest: dict[str, str] = {}

    def rough(word: str) -> dict[str, float]:
        """The translations of a word, their own affixes taken off without proof."""
        profile: dict[str, float] = defaultdict(float)
        for translation, weight in translations.get(word, {}).items():
            if translation not in shortest:
                known = [c for c in other_rules.candidates(translation) if c in other_words]
                shortest[translation] = min([translation, *known], key=len)
            profile[shortest[translation]] += weight
        return profile

    stems: dict[str, str] = {}
    for word in sorted(counts):
        best, best_score = word, 0.0
        for candidate in rules.candidates(word):
            if counts[candidate] < 2:
                continue
            score = cosine(rough(word), rough(candidate))
            if score >= floor and score * math.log(1 + counts[candidate]) > best_score:
                best, best_score = candidate, score * math.log(1 + counts[candidate])
        if best != word:
            stems[word] = best
    return {word: follow(stems, stem) for word, stem in stems.items()}


def follow(stems: dict[str, str], stem: str) -> str:
    for _ in range(3):
        stem = stems.get(stem, stem)
    return stem


def cosine(a: dict[str, float], b: dict[str, float]) -> float:
    if not a or not b:
        return 0.0
    dot = sum(v * b.get(k, 0.0) for k, v in a.items())
    return dot / math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))


def vocabulary(sentences: list[list[str]]) -> Counter[str]:
    return Counter(w for s in sentences for w in s)


def stemmed(sentences: list[list[str]], stems: dict[str, str]) -> list[list[str]]:
    return [[stems.get(w, w) for w in s] for s in sentences]


def profiles(
    table: dict[tuple[str, str], float],
) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    left: dict[str, dict[str, float]] = defaultdict(dict)
    right: dict[str, dict[str, float]] = defaultdict(dict)
    for (e, f), weight in table.items():
        left[e][f] = weight
        right[f][e] = weight
    return left, right


def information(sentences: list[list[str]]) -> dict[str, float]:
    """Inverse document frequency of each stem, in nats."""
    frequency = Counter(w for s in sentences for w in set(s))
    return {w: math.log((len(sentences) + 1) / (n + 1)) for w, n in frequency.items() if n > 1}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("checker/matching/lexicon.sqlite"))
    options = parser.parse_args()
    options.out.unlink(missing_ok=True)
    store = sqlite3.connect(options.out)
    store.executescript(
        "CREATE TABLE translation(pair TEXT, word TEXT, other TEXT, weight INTEGER, PRIMARY KEY(pair, word, other))"
        " WITHOUT ROWID;"
        "CREATE TABLE stem(language TEXT, word TEXT, stem TEXT, PRIMARY KEY(language, word)) WITHOUT ROWID;"
        "CREATE TABLE information(language TEXT, stem TEXT, idf INTEGER, PRIMARY KEY(language, stem)) WITHOUT ROWID;"
    )
    english_stems: dict[str, str] = {}
    english_idf: dict[str, float] = {}
    for macro, languages in GROUPS.items():
        bitext = read_bitext(options.data, languages)
        print(f"{macro}: {len(bitext.english)} pairs", flush=True)
        other = get_language(languages[0]).code
        if not english_stems:
            english_stems = choose_stems(
                vocabulary(bitext.english), "en", other, profiles(symmetric(bitext))[0]
            )
        bitext = Bitext(stemmed(bitext.english, english_stems), bitext.other)
        other_stems = choose_stems(vocabulary(bitext.other), other, "en", profiles(symmetric(bitext))[1])
        bitext = Bitext(bitext.english, stemmed(bitext.other, other_stems))
        table = pruned(symmetric(bitext))
        rows = [(f"en-{macro}", e, f, round(1000 * w)) for (e, f), w in table.items()]
        rows += [(f"{macro}-en", f, e, round(1000 * w)) for (e, f), w in table.items()]
        store.executemany("INSERT OR REPLACE INTO translation VALUES (?,?,?,?)", sorted(rows))
        store.executemany(
            "INSERT INTO stem VALUES (?,?,?)", sorted((macro, w, s) for w, s in other_stems.items())
        )
        idf = information([s for s in bitext.other if len(s) > 4])
        store.executemany(
            "INSERT INTO information VALUES (?,?,?)",
            sorted((macro, w, round(100 * v)) for w, v in idf.items()),
        )
        english_idf = english_idf or information([s for s in bitext.english if len(s) > 4])
        print(f"{macro}: {len(table)} translations, {len(other_stems)} stems", flush=True)
    store.executemany(
        "INSERT INTO stem VALUES (?,?,?)", sorted(("en", w, s) for w, s in english_stems.items())
    )
    store.executemany(
        "INSERT INTO information VALUES (?,?,?)",
        sorted(("en", w, round(100 * v)) for w, v in english_idf.items()),
    )
    store.commit()
    store.execute("VACUUM")
    store.close()


if __name__ == "__main__":
    main()
