"""A small newsroom: coverage, an index of it, and articles that agree, differ, or are new."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from checker.cli.app import app
from tests.fakes import FakeEncoder

FARES = "Kami tidak akan menaikkan tarif feri antarpulau tahun depan"
BRIDGE = "Jembatan Teluk Arang akan dibuka untuk umum pada 4 Mei setelah uji beban selesai"

COVERAGE = [
    {
        "id": "fares-1",
        "outlet": "Harian Pelabuhan",
        "published": "2026-03-05",
        "language": "id",
        "text": f"“{FARES},” kata Menteri Perhubungan Ratna Suryani di Jakarta, Kamis.",
    },
    {
        "id": "bridge-1",
        "outlet": "Kabar Teluk",
        "published": "2026-03-06",
        "language": "id",
        "text": f"“{BRIDGE},” ujar insinyur proyek Tomas Wilder kepada wartawan.",
    },
]

FAITHFUL = f"“{BRIDGE},” ujar insinyur proyek Tomas Wilder kepada wartawan.\n"
CHANGED = (
    "Jakarta - Tarif kembali dibicarakan.\n\n"
    f"“{FARES.replace('tidak ', '')},” kata Menteri Perhubungan Ratna Suryani di Jakarta, Kamis.\n"
)
NEW = (
    "“Panen kopi di lereng utara merosot karena hujan es yang turun tiga kali sepekan,” kata petani "
    "Sulastri Wening kepada wartawan.\n"
)
SILENT = "Hujan turun sepanjang hari di kota itu. Tidak ada kegiatan yang dijadwalkan untuk besok pagi.\n"
FRENCH = (
    "« Nous allons fermer le vieux port demain matin », a déclaré la ministre Claire Dubreuil devant les "
    "journalistes réunis dans la salle du conseil municipal.\n"
)


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, object]:
        loaded: dict[str, object] = json.loads(self.out)
        return loaded


Run = Callable[..., Ran]


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder(256)


@pytest.fixture
def misquote(monkeypatch: pytest.MonkeyPatch, encoder: FakeEncoder) -> Run:
    """Runs a command line with the stand-in encoder; nothing of the caller's environment gets in."""

    def load(*_: object, **__: object) -> FakeEncoder:
        return encoder

    monkeypatch.setattr("index.load_encoder", load)
    for name in [*os.environ]:
        if name.startswith("MISQUOTE_") or name in (
            "NO_COLOR",
            "FORCE_COLOR",
            "COLUMNS",
            "SOURCE_DATE_EPOCH",
        ):
            monkeypatch.delenv(name)

    def run(*arguments: str | Path, stdin: str | bytes = b"") -> Ran:
        result = CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run


def write_lines(path: Path, records: Sequence[object]) -> Path:
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in records]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the coverage, made once through the library."""
    from checker.ingest import add_coverage
    from index import PassageIndex

    folder = tmp_path_factory.mktemp("built")
    coverage = write_lines(folder / "coverage.jsonl", COVERAGE)
    model = FakeEncoder(256)
    with PassageIndex.create(folder / "index", model.info) as store:
        add_coverage(store, model, [str(coverage)])
    return folder / "index"


@pytest.fixture
def desk(tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the index in its usual place and one article of each sort."""
    folder = tmp_path / "desk"
    folder.mkdir()
    shutil.copytree(built, folder / ".misquote" / "index")
    write_lines(folder / "coverage.jsonl", COVERAGE)
    articles = {
        "faithful.txt": FAITHFUL,
        "changed.txt": CHANGED,
        "new.txt": NEW,
        "silent.txt": SILENT,
        "french.txt": FRENCH,
    }
    for name, text in articles.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder
