"""Writes ``checker/languages/places.tsv``: territory names in every language of the checker.

The names come from the Unicode CLDR as packaged by Babel (Unicode License v3). They are stored as
data so that a cold start of the checker needs no Babel. Run as ``python -m training.places``.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale

from checker.languages import LANGUAGES

_OUT = Path(__file__).parents[1] / "checker" / "languages" / "places.tsv"
_SKIP = {"EZ", "UN", "QO", "ZZ", "XA", "XB", "EU"}
_HEADER = (
    "# Names of territories by ISO 3166 code, from the Unicode CLDR (Unicode License v3); "
    "made by training/places.py"
)


def _names(locale: str, code: str) -> str:
    """The CLDR names of one territory, the short and variant forms included."""
    territories = Locale.parse(locale).territories
    found = [territories[k] for k in (code, f"{code}_short", f"{code}_variant") if k in territories]
    plain = [name.split(" (")[0].replace("’", "'") for name in found]
    return ";".join(dict.fromkeys(plain))


def main() -> None:
    """Write one line per territory: code, then a column per language."""
    codes = sorted(
        code
        for code in map(str, Locale.parse("en").territories)
        if len(code) == 2 and code.isalpha() and code not in _SKIP
    )
    locales = [{"zh": "zh_Hans"}.get(code, code) for code in LANGUAGES]
    lines = [_HEADER, "\t".join(("#", *LANGUAGES))]
    lines += ["\t".join((code, *(_names(locale, code) for locale in locales))) for code in codes]
    _OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
