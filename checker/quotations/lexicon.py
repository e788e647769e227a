"""The words that reporting needs, parsed from the ``[marks]`` and ``[speech]`` tables of a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from .. import languages
from ..languages import LANGUAGES, get_language, is_known, primary
from .frames import Frame, parse_frame

FALLBACK = "en"
"""Its marks serve texts of languages without a data file; their speakers stay unknown."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The quotation marks of a language."""

    closers: Mapping[str, str]
    """Opening mark to the marks that may close it; a straight mark opens and closes."""
    inner: frozenset[str]
    """Openers that are also apostrophes or second-level marks."""
    elisions: frozenset[str]
    """Words that begin with an apostrophe ('em, 'til)."""


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """The words around reported speech; all are lower case.

    There is one of each language, so it is told from others by identity: to hash a hundred sets for
    each look into a cache would take longer than most readers do.
    """

    spaced: bool
    """Whether spaces separate words; scripts without them are read by ``unspaced``."""
    clitic: str
    """A suffix that stands for the subject (Indonesian ``-nya``)."""
    keep_complementiser: bool
    bare_clause: bool
    """Whether a reported clause may follow its verb with nothing in between (he said it was so)."""
    tag: frozenset[str]
    say: frozenset[str]
    urge: frozenset[str]
    attitude: frozenset[str]
    """Verbs of opinion and intention; only the wide reading takes their objects for content."""
    attitude_links: frozenset[str]
    """Prepositions between such a verb and its object."""
    openers: frozenset[str]
    """Conjunctions in front of a sentence that belong to the narrator."""
    subordinators: frozenset[str]
    """Conjunctions of a clause that a main clause follows."""
    not_participles: frozenset[str]
    about: frozenset[str]
    about_verbs: frozenset[str]
    object_verbs: frozenset[str]
    as_words: frozenset[str]
    bare: frozenset[str]
    predicates: frozenset[str]
    """Words that show a clause where its verb has no mark of its own (``akan``, ``tidak``)."""
    self_verbs: frozenset[str]
    """Verbs of saying whose clause may lack its subject, who is the speaker (``mengaku``)."""
    not_tags: frozenset[str]
    """Words with the clitic that are no verbs of saying (``artinya``)."""
    complementisers: frozenset[str]
    abbreviations: frozenset[str]
    """Words whose full stop ends no sentence."""
    sources: tuple[tuple[str, ...], ...]
    sources_clitic: frozenset[str]
    by_words: frozenset[str]
    passive: frozenset[str]
    carriers: frozenset[str]
    carrier_links: frozenset[str]
    pairing: frozenset[str]
    """Words between two who speak together."""
    resuming: frozenset[str]
    """Words before a verb that reports again with the same subject."""
    not_cues: frozenset[str]
    """Words that only contain a verb of saying, where no space tells (小说)."""
    time_and_place: frozenset[str]
    """Beginnings of words that end a name, where no space tells."""
    addressee_links: frozenset[str]
    addressee_verbs: frozenset[str]
    commit_verbs: frozenset[str]
    """Verbs of promising, which an infinitive follows."""
    request_verbs: frozenset[str]
    """Verbs of asking and ordering, whose addressee an infinitive follows."""
    object_pronouns: frozenset[str]
    pronouns: frozenset[str]
    he_pronouns: frozenset[str]
    she_pronouns: frozenset[str]
    it_pronouns: frozenset[str]
    first_persons: frozenset[str]
    letter_verbs: frozenset[str]
    """Verbs that announce the words of a letter or a notice (``reads``)."""
    both_determiners: frozenset[str]
    """Words that make a general word mean two bodies named together (``kedua``)."""
    joint_words: frozenset[str]
    """General words for two bodies named together (``agencies``)."""
    incises: frozenset[str]
    """What sets a reporting clause off inside the marks: ``dash``, ``comma``."""
    inversions: frozenset[str]
    """Pronouns written behind the verb with a hyphen (``-t-il``)."""
    they_pronouns: frozenset[str]
    he_words: frozenset[str]
    """Titles, offices and first names of men."""
    she_words: frozenset[str]
    things: frozenset[str]
    """Words for sources that are no persons (``letter``)."""
    both_words: frozenset[str]
    """Words that open a sentence about two people (``both``)."""
    shared_subject: frozenset[str]
    question_labels: frozenset[str]
    answer_labels: frozenset[str]
    furniture: frozenset[str]
    """Labels of page furniture (``read also``), which no speaker bears."""
    relatives: frozenset[str]
    """Words that open a relative clause."""
    adverbs: frozenset[str]
    obliques: frozenset[str]
    breaks: frozenset[str]
    titles_before: frozenset[str]
    alias_words: frozenset[str]
    copulas: frozenset[str]
    """Verbs whose subject may follow (``among them was X``)."""
    collectives: frozenset[str]
    """Words in front of a people or a faith, which is no person (``umat``)."""
    called_words: frozenset[str]
    """Words between a name and the short name in use (``akrab disapa``)."""
    named_by: frozenset[str]
    roles: frozenset[str]
    role_tails: frozenset[str]
    """Words of an office only behind another one (``besar`` in ``duta besar``)."""
    office_joiners: frozenset[str]
    """Words between two offices of one person (``sekaligus``)."""
    office_links: frozenset[str]
    """Prepositions between an office and its organisation, which the name may follow without a comma."""
    eponyms: frozenset[str]
    """Words for things that bear a person's name (``bandara``)."""
    honorifics: frozenset[str]
    territory_roles: frozenset[str]
    """Offices that the name of a place follows (``bupati``)."""
    place_nouns: frozenset[str]
    """Words that begin the names of places (``Sungai``)."""
    companies: frozenset[str]
    """Forms of companies, written in front of the name (``PT``) or behind it."""
    company_words: frozenset[str]
    """Words that stand for a company named elsewhere (``the firm``)."""
    reporters: frozenset[str]
    """Offices of those who ask the questions of an interview."""
    ranks: frozenset[tuple[str, ...]]
    """Ranks of two words, which a name follows at once."""
    affiliations: frozenset[str]
    institutions: frozenset[str]
    institution_phrases: frozenset[tuple[str, ...]]
    unnamed: frozenset[str]
    articles: frozenset[str]
    plurals: frozenset[str]
    """Words for several people, which stand for no one person (``officials``)."""
    single: frozenset[str]
    """Articles of one person not named so far (``a``, ``seorang``)."""
    definite: frozenset[str]
    """Articles of someone already named (``the``, ``sang``)."""
    determiners: frozenset[str]
    """Words that end a noun phrase (``itu``)."""
    particles: frozenset[str]
    given: frozenset[str]
    org_tails: frozenset[str]
    opening_pattern: re.Pattern[str] | None
    noun_pattern: re.Pattern[str] | None
    """Shape of derived nouns that stand capitalised in the names of offices."""
    participle_pattern: re.Pattern[str] | None
    """Shape of a participle that ends a reported clause after a comma."""
    predicate_pattern: re.Pattern[str] | None
    """Shape of verbs, active or passive."""
    acting_pattern: re.Pattern[str] | None
    """Shape of verbs of doing; a new name in front of one is most often a person."""
    role_joiners: frozenset[str]
    org_joiners: frozenset[str]
    places: frozenset[str]
    common: frozenset[str]
    ordinary: frozenset[str]
    """Every word of the language's list of common words."""
    borrowed: frozenset[str]
    """Common words of other languages that stand in the names of organisations (``Justice``)."""
    countries: frozenset[tuple[str, ...]]
    """Names of territories, word by word."""
    months: frozenset[str]
    not_names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the quotation stage knows of one language."""

    language: str
    marks: Marks
    speech: Speech
    frame: Frame | None = None
    """How clauses are worded in a language without capital letters."""


def _words(value: object) -> list[str]:
    """A list as it is, a string split at white space; empty when absent."""
    if isinstance(value, str):
        return value.split()
    return [str(v) for v in value] if isinstance(value, list) else []


def _pattern(value: object) -> re.Pattern[str] | None:
    return re.compile(str(value)) if value else None


def _parse_marks(table: Mapping[str, Any]) -> Marks:
    closers: dict[str, str] = {}
    for pair in _words(table.get("pairs")):
        closers[pair[0]] = closers.get(pair[0], "") + pair[1]
    return Marks(
        closers=closers,
        inner=frozenset(_words(table.get("inner"))),
        elisions=frozenset(_words(table.get("elisions"))),
    )


def _common_words(code: str) -> frozenset[str]:
    """The words of ``common.<code>.txt``; empty when the language has no such list."""
    path = resources.files(languages).joinpath(f"common.{code}.txt")
    return frozenset(path.read_text(encoding="utf-8").split()) if path.is_file() else frozenset()


def _borrowed(table: Mapping[str, Any]) -> frozenset[str]:
    """The common words of the languages in ``org_languages``, without their first names."""
    given = set(_words(table.get("given")))
    words: set[str] = set()
    for code in _words(table.get("org_languages")):
        given.update(_words(get_language(code).table("speech").get("given")))
        words |= _common_words(code)
    return frozenset(words - given)


def _countries(code: str) -> frozenset[tuple[str, ...]]:
    """The column of ``code`` in ``places.tsv``."""
    text = resources.files(languages).joinpath("places.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("# ")]
    column = rows[0].index(code) if code in rows[0] else None
    if column is None:
        return frozenset()
    return frozenset(tuple(row[column].lower().split()) for row in rows[1:] if len(row) > column)


def _parse_speech(table: Mapping[str, Any], code: str) -> Speech:
    sets = {
        name: frozenset(_words(table.get(name)))
        for name, kind in Speech.__annotations__.items()
        if kind == "frozenset[str]" and name not in ("ordinary", "borrowed")
    }
    phrases = [tuple(p.split()) for p in _words(table.get("institution_phrases"))]
    return Speech(
        spaced=bool(table.get("spaced", True)),
        opening_pattern=_pattern(table.get("opening_pattern")),
        noun_pattern=_pattern(table.get("noun_pattern")),
        participle_pattern=_pattern(table.get("participle_pattern")),
        predicate_pattern=_pattern(table.get("predicate_pattern")),
        acting_pattern=_pattern(table.get("acting_pattern")),
        clitic=str(table.get("clitic", "")),
        bare_clause=bool(table.get("bare_clause", False)),
        keep_complementiser=bool(table.get("keep_complementiser", False)),
        sources=tuple(tuple(s.split()) for s in _words(table.get("sources"))),
        institution_phrases=frozenset(phrases),
        ranks=frozenset(tuple(p.split()) for p in _words(table.get("ranks"))),
        countries=_countries(code) | frozenset(tuple(p.split()) for p in _words(table.get("place_phrases"))),
        ordinary=_common_words(code),
        borrowed=_borrowed(table),
        **sets,
    )


@cache
def _furniture_labels() -> list[str]:
    """Prompts and credits of every language; sites mix them."""
    tables = [get_language(code).table("furniture") for code in LANGUAGES]
    return [
        label for t in tables for kind in ("prompts", "credits", "lines") for label in _words(t.get(kind))
    ]


@cache
def _other_languages() -> Mapping[str, Mapping[str, Any]]:
    """The tables of ``marks.toml``: languages whose quotations are found, and little else."""
    return tomllib.loads(resources.files(languages).joinpath("marks.toml").read_text(encoding="utf-8"))


@cache
def lexicon_for(language: str) -> Lexicon:
    """The lexicon of ``language``: its data file, else its table of marks, else that of ``FALLBACK``."""
    other = {} if is_known(language) else _other_languages().get(primary(language), {})
    if other:
        code = primary(language)
        kinds = ("articles", "obliques", "breaks", "pronouns", "complementisers", "sources", "adverbs")
        small = {word for kind in kinds for phrase in _words(other.get(kind)) for word in phrase.split()}
        table = {**other, "not_names": " ".join(sorted(small))}
        speech = _parse_speech(table, code)
        return Lexicon(code, _parse_marks(other), speech, parse_frame(other))
    data = get_language(language if is_known(language) else FALLBACK)
    return Lexicon(
        language=data.code,
        marks=_parse_marks(data.table("marks")),
        speech=_parse_speech({**data.table("speech"), "furniture": _furniture_labels()}, data.code),
    )
