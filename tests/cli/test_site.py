"""The sample repository: one command, every format, each fault under its rule, nothing else flagged."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from checker.report import FORMATS
from index.embedded import embedded_folder
from tests.site_commands import SITE, copy_of_site, run_line

pytestmark = pytest.mark.skipif(
    not (embedded_folder() / "misquote.json").exists(), reason="the embedded model is not built"
)
EXPECTED = [json.loads(line) for line in (SITE / "expected.jsonl").read_text("utf-8").splitlines()]
UNSEEN = {("content/ms/transport/night-buses.md", "Pemandu mesti")}
"""May stay unverified, which is no alarm. Its nouns and its verb are Malay alone or mean something else in
Indonesian (pemandu, berehat, syif), which the encoder has read little of: cosine 0.41 with its original, and
0.42 of the probability of 0.5 that matching asks for. The same sentence in Indonesian has 0.87 and 0.96."""
COMMAND = "misquote check content notices desk --against content/en --against '{stem}.en.md' -f concise"


@dataclass(frozen=True)
class Checked:
    status: int
    out: str
    err: str
    reports: dict[str, str]

    @property
    def json(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.reports["json"])
        return loaded


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    folder = copy_of_site(tmp_path_factory.mktemp("sample"))
    ran = run_line(f"{COMMAND} {' '.join(f'--report {name}:out.{name}' for name in FORMATS)}", folder)
    reports = {name: (folder / f"out.{name}").read_text("utf-8") for name in FORMATS}
    return Checked(ran.returncode, ran.stdout, ran.stderr, reports)


def test_the_run_ends_in_findings(checked: Checked) -> None:
    assert checked.status == 1
    assert checked.json["errors"] == []
    assert checked.json["run"]["exit_status"] == 1
    assert checked.err.startswith("note: 7 checked files are originals, so they were held against nothing")


def test_every_translation_was_checked(checked: Checked) -> None:
    summary = checked.json["summary"]
    assert (summary["articles"], summary["quotations"]) == (16, 40)
    unverified = {
        (article["path"], " ".join(quotation["text"].split()[:2]))
        for article in checked.json["articles"]
        for quotation in article["quotations"]
        if quotation["verdict"] == "unverified"
    }
    assert unverified <= UNSEEN
    assert summary["unchecked"] == 0
    assert summary["flagged"] == len(EXPECTED)
    assert summary["errors"] == len(EXPECTED)


def test_each_has_its_own_original(checked: Checked) -> None:
    for article in checked.json["articles"]:
        [original] = article["originals"]
        name = Path(article["path"]).name
        if article["path"].startswith("content/"):
            assert original == "content/en/" + article["path"].split("/", 2)[2]
        elif article["path"].startswith("notices/"):
            assert original == "notices/harbour-wall.en.md"
        else:
            named = {"obat-gratis.md": "health/bintara-clinic.md", "kuota-haring.md": "sea/herring-quota.md"}
            assert original == f"content/en/{named[name]}"


@pytest.mark.parametrize("fault", EXPECTED, ids=lambda fault: f"{fault['rule']}-{fault['path']}")
def test_each_fault_is_found_under_its_rule(checked: Checked, fault: dict[str, str]) -> None:
    texts = {(a["path"], q["id"]): q["text"] for a in checked.json["articles"] for q in a["quotations"]}
    found = [
        finding["rule"]
        for finding in checked.json["findings"]
        if finding["path"] == fault["path"]
        and texts.get((finding["path"], finding["quotation"]), "").startswith(fault["quotation"])
        and finding["severity"] == "error"
    ]
    assert found == [fault["rule"]]


def test_nothing_is_flagged_that_is_faithful(checked: Checked) -> None:
    faulty = [(fault["path"], fault["quotation"]) for fault in EXPECTED]
    for article in checked.json["articles"]:
        for quotation in article["quotations"]:
            known = any(article["path"] == p and quotation["text"].startswith(q) for p, q in faulty)
            assert (quotation["verdict"] == "flagged") == known, quotation["text"]


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_tells_every_fault(checked: Checked, name: str) -> None:
    report = checked.reports[name]
    for fault in EXPECTED:
        assert fault["path"] in report
        assert fault["rule"] in report
    if name == "concise":
        assert checked.out == report


def test_without_the_originals_nothing_passes(tmp_path: Path) -> None:
    folder = copy_of_site(tmp_path)
    (folder / "content/en/sea/herring-quota.md").unlink()
    ran = run_line("misquote check content/id/sea content/ms/sea --against content/en -f concise", folder)
    assert (ran.returncode, ran.stderr.count("no original was found for it")) == (2, 2)
