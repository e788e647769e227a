"""Runs one other extractor of quotations over articles, in whatever Python it is installed.

    PYTHON extractor_tools.py TOOL [MODEL] < articles.jsonl > quotations.jsonl

`extractors.py` starts this file by its path, so it imports nothing of the project. A line in is
`{"text", "language"}`; the first line out is `{"setup": "what exactly was run"}` or `{"absent": "why not"}`,
then one line an article: `{"quotations": [[start, end, speaker or null]], "seconds", "error"}`, with offsets
into the text and seconds of processor time.

textacy needs a spaCy pipeline with parts of speech and a parser. Where MODEL is not installed, `stand_in`
gives textacy what it asks of one, and gives it generously: every form of a verb on textacy's own list of
reporting verbs is a verb, and its subject is the nearest name or pronoun outside of the marks. The spans,
the rule on odd marks and the choice of the verb are textacy's own either way.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

REACH = 12
"""Words between a verb and its subject, at most."""
PRONOUNS = frozenset(
    ["he", "she", "they", "it", "we", "i", "you", "who", "dia", "ia", "mereka", "kami", "saya"]
)
IRREGULAR = {
    "say": "said",
    "tell": "told",
    "write": "wrote written",
    "speak": "spoke spoken",
    "think": "thought",
    "know": "knew known",
    "swear": "swore sworn",
}

Found = list[tuple[int, int, str | None]]


@dataclass(frozen=True)
class Word:
    """What the stand-in looks at."""

    text: str
    is_mark: bool = False
    opens: bool = False
    """The first word of a sentence."""


def forms_of(verbs: Sequence[str]) -> dict[str, str]:
    """Inflected form to verb, by the spelling rules of English and a few irregular ones."""
    forms: dict[str, str] = {}
    for verb in verbs:
        stem = verb.removesuffix("e")
        made = [verb, verb + "s", verb + "es", stem + "ed", stem + "ing"]
        if verb.endswith("y"):
            made += [verb[:-1] + "ies", verb[:-1] + "ied"]
        if verb[-1:] not in "aeiouwxy" and verb[-2:-1] in tuple("aeiou"):
            made += [verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
        for form in (*made, *IRREGULAR.get(verb, "").split()):
            forms.setdefault(form, verb)
    return forms


def subject_of(words: Sequence[Word], verb: int, outside: Sequence[bool]) -> tuple[int, int] | None:
    """The nearest name or pronoun outside of the marks, in the verb's sentence: first and last word."""

    def fits(i: int) -> bool:
        word = words[i].text
        return outside[i] and (word.lower() in PRONOUNS or word[:1].isupper())

    first, last = verb, verb
    while first > 0 and not words[first].opens and verb - first < REACH:
        first -= 1
    while last + 1 < len(words) and not words[last + 1].opens and last - verb < REACH:
        last += 1
    around = sorted((i for i in range(first, last + 1) if i != verb and fits(i)), key=lambda i: abs(i - verb))
    if not around:
        return None
    start = end = around[0]
    if words[start].text.lower() not in PRONOUNS:
        while start - 1 >= first and start - 1 != verb and fits(start - 1):
            start -= 1
        while end + 1 <= last and end + 1 != verb and fits(end + 1):
            end += 1
    return start, end


@dataclass(frozen=True)
class Parse:
    """For every word: the index of its head, its dependency, part of speech and lemma."""

    heads: list[int]
    dependencies: list[str]
    parts: list[str]
    lemmas: list[str]


def stand_in(words: Sequence[Word], forms: Mapping[str, str]) -> Parse:
    """A parse in which only reporting verbs outside of the marks and their subjects are said to be something."""
    outside, inside = [], False
    for word in words:
        outside.append(not inside and not word.is_mark)
        inside ^= word.is_mark
    lemmas = [
        forms.get(word.text.lower(), "") if free else "" for word, free in zip(words, outside, strict=True)
    ]
    parse = Parse(
        heads=_roots(words, lemmas),
        dependencies=["dep"] * len(words),
        parts=["VERB" if lemma else "X" for lemma in lemmas],
        lemmas=[lemma or word.text.lower() for word, lemma in zip(words, lemmas, strict=True)],
    )
    for i, head in enumerate(parse.heads):
        if i == head:
            parse.dependencies[i] = "ROOT"
    for i, lemma in enumerate(lemmas):
        found = subject_of(words, i, outside) if lemma else None
        if found is None or any(
            parse.dependencies[k] != "dep" or lemmas[k] for k in range(found[0], found[1] + 1)
        ):
            continue
        parse.heads[found[1]], parse.dependencies[found[1]] = i, "nsubj"
        for k in range(*found):
            parse.heads[k], parse.dependencies[k] = found[1], "compound"
    return parse


def _roots(words: Sequence[Word], lemmas: Sequence[str]) -> list[int]:
    """For every word the root of its sentence: the first reporting verb, else the first word."""
    starts = [i for i, word in enumerate(words) if word.opens or i == 0]
    roots: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        root = next((i for i in range(start, end) if lemmas[i]), start)
        roots.extend([root] * (end - start))
    return roots


def textacy_pipeline(model: str) -> tuple[str, Callable[[str, str], Any]]:
    """What was loaded, and a function from text and language to a parsed document."""
    spacy, textacy = import_module("spacy"), import_module("textacy")
    known_verbs = import_module("textacy.constants").REPORTING_VERBS
    versions = f"textacy {textacy.__version__}, spaCy {spacy.__version__}"
    if spacy.util.is_package(model):
        loaded = spacy.load(model)
        return f"{versions}, {model} {loaded.meta['version']}", lambda text, _: loaded(text)
    pipelines: dict[str, Any] = {}

    def parse(text: str, language: str) -> Any:  # noqa: ANN401 - spaCy is not installed where types are checked
        if language not in pipelines:
            pipelines[language] = spacy.blank(language)
            pipelines[language].add_pipe("sentencizer")
        plain = pipelines[language](text)
        words = [Word(t.text, t.is_quote, bool(t.is_sent_start)) for t in plain]
        forms = forms_of(sorted(known_verbs.get(language, ())))
        made = stand_in(words, forms)
        return spacy.tokens.Doc(
            plain.vocab,
            words=[w.text for w in words],
            spaces=[bool(t.whitespace_) for t in plain],
            heads=made.heads,
            deps=made.dependencies,
            pos=made.parts,
            lemmas=made.lemmas,
        )

    return f"{versions}, blank pipelines with a stand-in for the parser ({model} is not installed)", parse


def textacy_tool(model: str) -> tuple[str, Callable[[str, str], Found]]:
    """textacy's `direct_quotations`."""
    setup, parse = textacy_pipeline(model)
    direct_quotations = import_module("textacy.extract.triples").direct_quotations

    def run(text: str, language: str) -> Found:
        doc = parse(text, language)
        return [
            (q.content.start_char, q.content.end_char, " ".join(t.text for t in q.speaker))
            for q in direct_quotations(doc)
        ]

    return setup, run


def textacy_as_english(model: str) -> tuple[str, Callable[[str, str], Found]]:
    """The same, told that every text is English; it refuses Indonesian."""
    setup, run = textacy_tool(model)
    return f"{setup}; told that the text is English", lambda text, _: run(text, "en")


TOOLS: dict[str, Callable[[str], tuple[str, Callable[[str, str], Found]]]] = {
    "textacy": textacy_tool,
    "textacy-as-english": textacy_as_english,
}


def answers(tool: str, model: str, rows: Sequence[dict[str, str]]) -> Iterator[dict[str, Any]]:
    """The lines to print."""
    try:
        setup, run = TOOLS[tool](model)
    except ImportError as error:
        yield {"absent": f"{tool} is not installed there ({error})"}
        return
    yield {"setup": setup}
    for row in {row["language"]: row for row in rows}.values():
        attempt(run, row)  # loads what is loaded late
    for row in rows:
        started = time.process_time()
        found, failure = attempt(run, row)
        yield {"quotations": found, "seconds": time.process_time() - started, "error": failure}


def attempt(run: Callable[[str, str], Found], row: dict[str, str]) -> tuple[Found, str | None]:
    """The quotations of one article, or why there are none."""
    try:
        return run(row["text"], row["language"]), None
    except Exception as error:  # an article lost is what is counted
        return [], f"{type(error).__name__}: {str(error)[:80]}"


def main() -> None:
    """Read articles, write quotations."""
    rows = [json.loads(line) for line in sys.stdin]
    model = sys.argv[2] if len(sys.argv) > 2 else "en_core_web_sm"
    for answer in answers(sys.argv[1], model, rows):
        sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
