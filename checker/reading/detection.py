"""The language of a document, decided once.

The script decides first. Among languages of one script, the share of function words and
typical word endings (``[detection]`` in the language files) decides the macro group, and the
words that set its members apart decide inside the group: Indonesian and Malay cannot be told
apart by a statistical identifier on a sentence, but *bahwa* is never Malay and *bahawa* never
Indonesian. Only a text that fits no profile is given to py3langid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from ..errors import LanguageError
from ..languages import LANGUAGES, UNDETERMINED, get_language, is_known, primary, same_macro

_SAMPLE = 20_000
_WORDS = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_SCRIPTS: tuple[tuple[str, str | None], ...] = (
    # script, and the language when the script has only one (None: ask the identifier)
    ("Latin", None),
    ("Han", "zh"),
    ("Hiragana", "ja"),
    ("Katakana", "ja"),
    ("Hangul", "ko"),
    ("Tamil", "ta"),
    ("Thai", "th"),
    ("Arabic", None),
    ("Cyrillic", None),
    ("Devanagari", None),
    ("Greek", "el"),
    ("Hebrew", "he"),
    ("Bengali", "bn"),
    ("Telugu", "te"),
    ("Kannada", "kn"),
    ("Malayalam", "ml"),
    ("Gujarati", "gu"),
    ("Gurmukhi", "pa"),
    ("Sinhala", "si"),
    ("Lao", "lo"),
    ("Khmer", "km"),
    ("Myanmar", "my"),
    ("Georgian", "ka"),
    ("Armenian", "hy"),
    ("Ethiopic", "am"),
)
_ONE_SCRIPT = regex.compile(
    "|".join(f"(?P<s{i}>\\p{{Script={name}}}+)" for i, (name, _) in enumerate(_SCRIPTS))
)
_SYLLABIC = frozenset({"Han", "Hiragana", "Katakana", "Hangul"})
_ISO_639_1_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it "
    "iu iw ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt "
    "my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm "
    "sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh "
    "zu"
)
_ISO_639_1 = frozenset(_ISO_639_1_CODES.split())
_MIN_SHARE = 0.15
"""Below this share of its words a language is not taken as found: chance hits of other languages reach 0.1."""
_MIN_PROBABILITY = 0.85


@dataclass(frozen=True, slots=True)
class _Profile:
    code: str
    macro: str
    scripts: frozenset[str]
    function_words: frozenset[str]
    endings: tuple[str, ...]
    weights: Mapping[str, int]
    """2 for words the others of the group do not have, 1 for words that are far commoner here."""


@cache
def _profiles() -> tuple[_Profile, ...]:
    return tuple(_profile(code) for code in LANGUAGES)


def _profile(code: str) -> _Profile:
    language = get_language(code)
    table: Mapping[str, Any] = language.table("detection")
    weights = dict.fromkeys(table.get("leaning", ()), 1) | dict.fromkeys(table.get("distinctive", ()), 2)
    return _Profile(
        code=code,
        macro=language.macro,
        scripts=frozenset(table.get("scripts", ())),
        function_words=frozenset(table.get("function_words", ())),
        endings=tuple(table.get("endings", ())),
        weights=weights,
    )


def detect_language(text: str, hint: str | None = None) -> str:
    """The primary language of ``text``, or ``und``.

    ``hint`` is a claim that is often wrong (the ``lang`` of a page template): it is believed
    unless the text itself clearly belongs to another macro group. It settles Indonesian and
    Malay only where their distinctive words do not.
    """
    sample = text[:_SAMPLE]
    claimed = _valid(hint)
    script = _main_script(sample)
    if script is None:
        return claimed or UNDETERMINED
    members = [p for p in _profiles() if script in p.scripts]
    by_script = dict(_SCRIPTS)[script]
    if by_script is not None:
        return by_script if members == [] or claimed is None or not _in(claimed, members) else claimed
    words = [m.group().lower() for m in _WORDS.finditer(sample)]
    group = _best_group(words, members)
    if group:
        return _within_group(words, group, claimed)
    if claimed is not None:
        return claimed
    return _identify(sample, words, members)


def declared_language(value: str, *, path: str | None = None, line: int | None = None) -> str:
    """The primary code of a language that a user or a document names, by code or by English name.

    Raises:
        LanguageError: it is no language code.
    """
    by_name = {get_language(code).name.lower(): code for code in LANGUAGES}
    name = value.strip().lower()
    code = by_name.get(name) or _valid(value)
    if code is None:
        raise LanguageError(
            f"unknown language {value.strip()[:40]!r}",
            f"use a code such as {', '.join(LANGUAGES)}, or leave the language out to have it detected",
            path=path,
            line=line,
        )
    return code


def _valid(value: str | None) -> str | None:
    """The primary subtag when it can be one, else None."""
    if not value:
        return None
    tag = primary(value)
    if tag in _ISO_639_1 or (len(tag) == 3 and tag.isascii() and tag.isalpha() and tag != UNDETERMINED):
        return tag
    return None


def _in(code: str, profiles: list[_Profile]) -> bool:
    return any(p.code == code for p in profiles)


def _main_script(sample: str) -> str | None:
    """The script most of the text is in; one character of a syllabic script counts as a word does."""
    counts = [0] * len(_SCRIPTS)
    for match in _ONE_SCRIPT.finditer(sample):
        index = int(str(match.lastgroup)[1:])
        counts[index] += len(match.group()) * (3 if _SCRIPTS[index][0] in _SYLLABIC else 1)
    if not any(counts):
        return None
    names = [name for name, _ in _SCRIPTS]
    kana = counts[names.index("Hiragana")] + counts[names.index("Katakana")]
    han = names.index("Han")
    if kana * 8 > counts[han] + kana:
        counts[names.index("Hiragana")], counts[han] = kana + counts[han], 0
    return names[counts.index(max(counts))]


def _best_group(words: list[str], members: list[_Profile]) -> list[_Profile]:
    """The members of the macro group whose words make up most of the text; empty when none does."""
    scores: dict[str, float] = {}
    for macro in dict.fromkeys(p.macro for p in members):
        group = [p for p in members if p.macro == macro]
        known = frozenset[str]().union(*(p.function_words | p.weights.keys() for p in group))
        endings = tuple({e for p in group for e in p.endings})
        scores[macro] = sum(_weight(word, known, endings) for word in words) / max(1, len(words))
    if not scores:
        return []
    ranked = sorted(scores.values(), reverse=True)
    best = max(scores, key=lambda macro: scores[macro])
    if ranked[0] < _MIN_SHARE or (len(ranked) > 1 and ranked[0] < 1.5 * ranked[1]):
        return []
    return [p for p in members if p.macro == best]


def _weight(word: str, known: frozenset[str], endings: tuple[str, ...]) -> float:
    if word in known:
        return 1.0
    return 0.5 if endings and len(word) > 6 and word.endswith(endings) else 0.0


def _within_group(words: list[str], group: list[_Profile], claimed: str | None) -> str:
    """The member whose own words appear most; the claimed or best supported one when they do not tell."""
    default = next((p for p in group if p.code == claimed), group[0])
    kinds = set(words)
    scores = {p.code: sum(weight for word, weight in p.weights.items() if word in kinds) for p in group}
    best = max(group, key=lambda p: scores[p.code])
    return best.code if scores[best.code] >= scores[default.code] + 2 else default.code


def _identify(sample: str, words: list[str], members: list[_Profile]) -> str:
    """What py3langid says, when it is sure; a known group that it names is still decided by its words."""
    if sum(map(len, words)) < 12:
        return UNDETERMINED
    code, probability = _identifier_answer(sample)
    if probability < _MIN_PROBABILITY or code not in _ISO_639_1:
        return UNDETERMINED
    if is_known(code):
        group = [p for p in members if same_macro(p.code, code)]
        return _within_group(words, group, None) if group else code
    return primary(code)


@cache
def _identifier() -> Any:  # noqa: ANN401 - the library has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _identifier_answer(sample: str) -> tuple[str, float]:
    code, probability = _identifier().classify(sample)
    return str(code), float(probability)
