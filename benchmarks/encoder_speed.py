"""How fast the encoder is beside SentenceTransformer with the same weights in float32, and how large it is.

Every measurement is a fresh process with the same number of threads, the two in turn, after one run
of each that is dropped: it warms the disk and compiles what is not compiled.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.evaluation import Figure

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = 1_500
RATE_RUNS = 3
START_RUNS = 5
BATCHES = (8, 16, 32, 64, 128)
FIRST_TEXT = "The bridge will stay closed until the spring."

OURS_RATE = """
import json, sys, time
from index import load_encoder
folder, threads, texts = sys.argv[1], int(sys.argv[2]), json.load(open(sys.argv[3], encoding="utf-8"))
encoder = load_encoder(folder, threads=threads)
encoder.encode(texts[:64])
start = time.perf_counter()
encoder.encode(texts)
print(json.dumps({"all": len(texts) / (time.perf_counter() - start)}))
"""

PLAIN_RATE = """
import json, sys, time
import torch
from sentence_transformers import SentenceTransformer
folder, threads, texts = sys.argv[1], int(sys.argv[2]), json.load(open(sys.argv[3], encoding="utf-8"))
torch.set_num_threads(threads)
model = SentenceTransformer(folder, device="cpu").float()
model.encode(texts[:64], show_progress_bar=False)
rates = {}
for size in map(int, sys.argv[4:]):
    start = time.perf_counter()
    model.encode(texts, batch_size=size, normalize_embeddings=True, show_progress_bar=False)
    rates[size] = len(texts) / (time.perf_counter() - start)
print(json.dumps(rates))
"""

OURS_START = """
import time
start = time.perf_counter()
import sys
from index import load_encoder
load_encoder(sys.argv[1], threads=int(sys.argv[2]), brief=sys.argv[4] == "brief").encode([sys.argv[3]])
print(time.perf_counter() - start)
"""

PLAIN_START = """
import time
start = time.perf_counter()
import sys
import torch
from sentence_transformers import SentenceTransformer
torch.set_num_threads(int(sys.argv[2]))
SentenceTransformer(sys.argv[1], device="cpu").encode([sys.argv[3]], show_progress_bar=False)
print(time.perf_counter() - start)
"""


def environment(threads: int) -> dict[str, str]:
    """Of the measured processes: compiled files are used, no network, the same threads for every library."""
    environ = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    numbers = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), str(threads))
    return {**environ, **numbers, "HF_HUB_OFFLINE": "1"}


def run(script: str, arguments: Sequence[str], threads: int) -> str:
    """The last line that a script prints in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=environment(threads),
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"a measured process failed:\n{done.stderr}")
    return done.stdout.strip().splitlines()[-1]


def sentences(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Up to ``SENTENCES`` texts at even distances, one half of either language."""
    wanted = SENTENCES // 2
    chosen = pairs[:: max(1, len(pairs) // wanted)][:wanted]
    return [text for pair in chosen for text in pair]


def rates(model: Path, texts: Sequence[str], threads: int) -> Iterator[Figure]:
    """Sentences per second, median of several processes; for SentenceTransformer the best batch size."""
    ours: list[float] = []
    plain: dict[str, list[float]] = {str(size): [] for size in BATCHES}
    with TemporaryDirectory() as name:
        file = Path(name) / "texts.json"
        file.write_text(json.dumps(texts), encoding="utf-8")
        given = [str(model), str(threads), str(file)]
        for number in range(RATE_RUNS + 1):
            mine = json.loads(run(OURS_RATE, given, threads))["all"]
            other = json.loads(run(PLAIN_RATE, [*given, *plain], threads))
            if number:
                ours.append(mine)
                for size in plain:
                    plain[size].append(other[size])
    rate = statistics.median(ours)
    best = max(plain, key=lambda size: statistics.median(plain[size]))
    theirs = statistics.median(plain[best])
    detail = f"n={len(texts)} sentences, {threads} threads"
    yield Figure("sentences per second, ours", rate, detail=detail)
    yield Figure("sentences per second, SentenceTransformer", theirs, detail=f"{detail}, batch size {best}")
    yield Figure("times the sentences per second", rate / theirs, detail=f"n={RATE_RUNS} runs, medians")


def starts(model: Path, threads: int) -> Iterator[Figure]:
    """Seconds from the first import to the first vector, best of several processes.

    Ours is taken twice: as the library loads it, and in the quick way in which ``misquote check`` does.
    """
    given = [str(model), str(threads), FIRST_TEXT]
    ways = {
        "start, ours": (OURS_START, [*given, "whole"]),
        "start, ours as misquote check loads it": (OURS_START, [*given, "brief"]),
        "start, SentenceTransformer": (PLAIN_START, given),
    }
    took: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(START_RUNS + 1):
        for name, (script, arguments) in ways.items():
            seconds = float(run(script, arguments, threads))
            if number:
                took[name].append(seconds)
    best = {name: min(values) for name, values in took.items()}
    *mine, plain = ways
    for name in ways:
        yield Figure(name, best[name], True, f"n={START_RUNS} runs, best; {threads} threads")
    for name in mine:
        yield Figure(f"share of SentenceTransformer's {name}", best[name] / best[plain], True)


def size(model: Path) -> Figure:
    """Megabytes (10^6 bytes) of all files of the model folder."""
    files = [path for path in model.rglob("*") if path.is_file()]
    total = sum(path.stat().st_size for path in files) / 1e6
    return Figure("size on disk", total, True, f"n={len(files)} files")
