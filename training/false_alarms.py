"""Errors and warnings on faithful pairs of the training text: where to look when a rule over-alarms.

The public sets stay untouched by this; what is mended here is measured there.

    python -m training.false_alarms --data ../shared/data --language id --pairs 400 [--show MQ102]
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path

from checker import Checker, Severity, Source
from index import load_encoder
from training.matching import read_pairs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--language", default="id")
    parser.add_argument("--pairs", type=int, default=400)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--show", help="print the pairs with this rule, or 'error' or 'warning'")
    options = parser.parse_args()
    path = options.data / "parallel" / f"en-{options.language}.tsv.xz"
    pairs = read_pairs(path, options.pairs, random.Random(options.seed))
    checker = Checker(encoder=load_encoder(None))
    rules: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    with_error = 0
    for english, other in pairs:
        result = checker.compare(other, [Source(english, "en")], language=options.language)
        verdicts[result.verdict.value] += 1
        with_error += any(f.severity is Severity.ERROR for f in result.findings)
        for finding in result.findings:
            rules[f"{finding.rule} {finding.severity.value}"] += 1
            if options.show in (finding.rule, finding.severity.value):
                words = [a.text for a in finding.annotations]
                print(
                    f"{finding.rule} {finding.severity.value} {finding.confidence} {words}\n  {other}\n  {english}"
                )
    print(f"{len(pairs)} pairs, {with_error} with an error ({with_error / len(pairs):.3f}); {dict(verdicts)}")
    for name, count in rules.most_common():
        print(f"  {name:<18} {count}")


if __name__ == "__main__":
    main()
