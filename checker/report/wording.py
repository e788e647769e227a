"""Plain words for what the records hold as codes, numbers and dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..languages import UNDETERMINED, get_language, is_known, primary
from ..types import Verdict
from .safe_text import for_terminal

VERDICTS = {
    Verdict.FLAGGED: "differs from earlier coverage, or needs a look",
    Verdict.UNVERIFIED: "no earlier report of it was found; that does not make it wrong",
    Verdict.UNCHECKED: "too short, not clearly a quotation, or in a language that is not supported",
    Verdict.CONSISTENT: "earlier coverage agrees",
}
"""What each verdict says of a quotation, in the order an editor looks at them."""
_OF_SEGMENTS = {
    Verdict.FLAGGED: "differs from its source, or needs a look",
    Verdict.UNVERIFIED: "the source does not report this at all; is it the right source?",
    Verdict.UNCHECKED: "too little to compare, or a language that is not supported",
    Verdict.CONSISTENT: "the source agrees",
}

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_OTHER_LANGUAGES = {
    "ar": "Arabic", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "it": "Italian", "ja": "Japanese", "jv": "Javanese", "km": "Khmer",
    "ko": "Korean", "lo": "Lao", "mr": "Marathi", "my": "Burmese", "ne": "Nepali", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "si": "Sinhala", "su": "Sundanese", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil",
    "te": "Telugu", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese",
}  # fmt: skip
"""English names of languages that coverage may be in without a data file of their own."""


def meanings(of_segments: bool) -> Mapping[Verdict, str]:
    """What each verdict says: of a quotation, or of a segment beside its source."""
    return _OF_SEGMENTS if of_segments else VERDICTS


def language_name(code: str) -> str:
    """The English name of a language, or the code itself where it has none here."""
    if not code or code == UNDETERMINED:
        return "language not known"
    if is_known(code):
        return get_language(code).name
    return _OTHER_LANGUAGES.get(primary(code)) or for_terminal(code)[:20]


def day(published: str) -> str:
    """``13 Jun 2026`` from an ISO 8601 date or time; what is not one is shown as it is."""
    try:
        when = date.fromisoformat(published.strip()[:10])
    except ValueError:
        return for_terminal(published)[:20]
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def confidence(probability: float) -> str:
    """``high``, ``medium`` or ``low``: a person can act on a word, not on two decimals."""
    if probability >= 0.85:
        return "high"
    return "medium" if probability >= 0.6 else "low"


def drift(probability: float, *, flagged: bool) -> str:
    """What a probability that the meaning changed says, beside the verdict ``flagged`` or ``consistent``."""
    if flagged:
        if probability < 0.6:  # one word may turn a sentence that is otherwise the same
            return "see what was found"
        return f"the meaning {'very likely' if probability >= 0.9 else 'probably'} changed"
    if probability >= 0.8:
        return "nothing was found, but the meaning may have changed"
    if probability > 0.4:
        return "it is not clear whether the meaning changed"
    if probability > 0.1:
        return "the meaning is probably the same"
    return "the meaning is very likely the same"


def count(number: int, singular: str, plural: str | None = None) -> str:
    """``1 error``, ``2 errors``, ``1,204 errors``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
