"""Prints the table of the model card: sentence pairs by source, licence class and language.

``python -m training.sources`` counts what training reads, after cleaning and without the rows kept aside.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from .data import read_lines, read_training_pairs
from .settings import DEFAULT_CONFIG, DEFAULT_DATA, Settings, load_settings


def licence_classes(root: Path, settings: Settings) -> dict[str, str]:
    """Source to licence class, for the classes that may be read."""
    allowed = set(settings.data.classes)
    rows = (line.split("\t") for language in settings.languages for line in read_lines(root / language.pairs))
    return {row[2]: row[3] for row in rows if len(row) == 4 and row[3] in allowed}


def table(root: Path, settings: Settings) -> str:
    """A Markdown table."""
    counts = Counter((pair.source, pair.language) for pair in read_training_pairs(root, settings))
    codes = [language.code for language in settings.languages]
    lines = ["| source | class | " + " | ".join(codes) + " |", "|---" * (len(codes) + 2) + "|"]
    for source, name in sorted(licence_classes(root, settings).items()):
        if any(counts[source, code] for code in codes):
            cells = " | ".join(f"{counts[source, code]:,}" for code in codes)
            lines.append(f"| {source} | {name} | {cells} |")
    totals = " | ".join(f"{sum(n for (_, c), n in counts.items() if c == code):,}" for code in codes)
    return "\n".join([*lines, f"| all | | {totals} |"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--config", type=Path, default=DEFAULT_CONFIG)
    arguments = parser.parse_args()
    print(table(arguments.data, load_settings(arguments.config)))


if __name__ == "__main__":
    main()
