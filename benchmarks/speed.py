"""Cold start: ``misquote check`` of one article beside a plain script doing the same retrieval.

Both run as whole processes, in turn, against the same 10,000 passages; the plain script loads the
same weights with SentenceTransformer and searches them with faiss. Prints each time and the ratio,
and fails if the check imports torch.

    python -m benchmarks.speed [--article FILE] [--passages N] [--runs N]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from checker.pipeline import add_coverage
from checker.reading import read_coverage
from checker.types import Article
from index import NewPassage, PassageIndex, load_encoder
from index.embedded import embedded_folder

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT.parent / "shared" / "seed" / "article.id.txt"
COVERAGE = ROOT.parent / "shared" / "seed" / "coverage.jsonl"
OWN = ROOT / "corpus" / "check" / "a-reservoir.id.md"

PLAIN = """
import json, re, sys
from sentence_transformers import SentenceTransformer
import faiss
folder, model, article = sys.argv[1:4]
encoder = SentenceTransformer(model)
index = faiss.read_index(folder + "/plain.faiss")
texts = json.load(open(folder + "/plain.json", encoding="utf-8"))
quotes = re.findall("[“\\"]([^”\\"]+)[”\\"]", open(article, encoding="utf-8").read())
scores, rows = index.search(encoder.encode(quotes, normalize_embeddings=True), 20)
for quote, row, score in zip(quotes, rows, scores):
    print(round(float(score[0]), 3), quote[:40], "|", texts[row[0]][:60])
"""


def filler(articles: Sequence[Article], count: int, chance: random.Random) -> Iterator[NewPassage]:
    """Sentences made by exchanging the halves of sentences of the corpus: as long and as varied as real ones."""
    sentences = [
        s.strip() for a in articles if a.language == "en" for s in a.text.split(". ") if 40 < len(s) < 300
    ]
    seen: set[str] = set()
    while len(seen) < count:
        left, right = chance.choice(sentences).split(), chance.choice(sentences).split()
        text = " ".join([*left[: len(left) // 2], *right[len(right) // 2 :], str(chance.randint(2, 999))])
        if text not in seen:
            seen.add(text)
            yield NewPassage(text, "en", {"article_id": f"filler-{len(seen) // 20}", "kind": "narration"})


def build(folder: Path, passages: int) -> list[str]:
    """The index for misquote, and flat files for the plain script, of the same passages."""
    import faiss

    encoder = load_encoder(None)
    index = PassageIndex.create(folder / "index", encoder.info)
    coverage = [str(ROOT / "corpus" / "coverage"), *([str(COVERAGE)] if COVERAGE.exists() else [])]
    add_coverage(index, encoder, coverage)
    articles = [a for a in read_coverage([str(ROOT / "corpus" / "coverage")]) if isinstance(a, Article)]
    missing = max(1, passages - index.info().passages)
    texts = list(filler(articles, missing, random.Random(5)))
    index.add(texts, encoder)
    total = index.info().passages
    index.close()
    plain = [p.text for p in texts]
    while len(plain) < total:
        plain.append(plain[len(plain) % len(texts)])
    flat = faiss.IndexFlatIP(encoder.info.dimension)
    flat.add(np.ascontiguousarray(encoder.encode(plain)))
    faiss.write_index(flat, str(folder / "plain.faiss"))
    (folder / "plain.json").write_text(json.dumps(plain), encoding="utf-8")
    return plain


def timed(command: Sequence[str], environ: dict[str, str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    took = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} failed:\n{done.stderr}")
    return took


def imports_torch(command: Sequence[str], environ: dict[str, str]) -> bool:
    done = subprocess.run(
        command, env={**environ, "PYTHONPROFILEIMPORTTIME": "1"}, capture_output=True, text=True, check=False
    )
    return any(line.rsplit("|", 1)[-1].strip() == "torch" for line in done.stderr.splitlines())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--article", type=Path, default=SAMPLE if SAMPLE.exists() else OWN)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    environ = {**os.environ, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    misquote = shutil.which("misquote") or str(Path(sys.executable).with_name("misquote"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # An installed package is compiled to bytecode; here the first, dropped run of each does that.
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
        build(folder, options.passages)
        check = [
            misquote,
            "check",
            str(options.article),
            "--index",
            str(folder / "index"),
            "--format",
            "json",
        ]
        script = folder / "plain.py"
        script.write_text(PLAIN, encoding="utf-8")
        plain = [sys.executable, str(script), str(folder), str(embedded_folder()), str(options.article)]
        ours, theirs = [], []
        for _ in range(options.runs + 1):  # the first of each warms the disk and is dropped
            ours.append(timed(check, environ))
            theirs.append(timed(plain, environ))
        torch = imports_torch(check, environ)
    mine, other = statistics.median(ours[1:]), statistics.median(theirs[1:])
    print(
        f"article            {options.article.name}, {options.passages:,} passages, {options.runs} runs each"
    )
    print(f"misquote check     {mine:6.2f} s median  ({min(ours[1:]):.2f} to {max(ours[1:]):.2f})")
    print(f"plain script       {other:6.2f} s median  ({min(theirs[1:]):.2f} to {max(theirs[1:]):.2f})")
    print(f"times faster       {other / mine:6.1f}")
    print(f"imports torch      {'yes' if torch else 'no'}")
    sys.exit(1 if torch else 0)


if __name__ == "__main__":
    main()
