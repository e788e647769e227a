"""The page in a real Chromium, with the accessibility checks of axe-core.

Skipped where there is no Chromium (``CHROMIUM`` may name one). The checks of axe need a copy of
``axe.min.js``: set ``AXE`` to its path (the npm package ``axe-core`` holds it).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from checker.report import render
from checker.types import Report

from .samples import BROKEN, EMPTY, REPORT
from .test_hostile import PAYLOADS, as_segments, poisoned

REPORTS = {"report": REPORT, "broken": BROKEN, "empty": EMPTY}
HOSTILE = "".join(PAYLOADS[name] for name in ("html", "attribute", "template", "link", "bidi"))
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
ASKED = """
<script>window.addEventListener("load", () => {
  const seen = (e) => e.getClientRects().length > 0;
  const told = {
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    shown: Array.from(document.querySelectorAll("article")).filter(seen).map((e) => e.className.split(" ")[1]),
    ground: getComputedStyle(document.body).backgroundColor,
    columns: new Set(Array.from(document.querySelectorAll(".finding.error .sides")).slice(0, 1)
      .flatMap((e) => Array.from(e.children)).map((e) => e.getBoundingClientRect().left)).size,
  };
  const out = document.createElement("pre"); out.id = "told"; out.textContent = JSON.stringify(told);
  document.body.append(out);
});</script>
"""
AXE = """
<script>axe.run(document, { resultTypes: ["violations"] }).then((r) => {
  const told = r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html).join(" | ").slice(0, 300));
  const out = document.createElement("pre"); out.id = "told"; out.textContent = JSON.stringify(told);
  document.body.append(out);
});</script>
"""
Browse = Callable[..., str]


@pytest.fixture
def browse(tmp_path: Path) -> Browse:
    """Opens a page and gives the document as it is then."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("there is no Chromium here")

    def opened(page: str, width: int = 1280) -> str:
        path = tmp_path / "page.html"
        path.write_text(page, encoding="utf-8")
        done = subprocess.run(
            [
                chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-quic",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={width},1000",
                "--virtual-time-budget=20000", "--timeout=60000", "--dump-dom", path.as_uri(),
            ],
            capture_output=True, text=True, encoding="utf-8", timeout=180, check=False,
        )  # fmt: skip
        return done.stdout

    return opened


def asked(page: str, script: str) -> str:
    """The page with a script in it, which its own policy would forbid."""
    return POLICY.sub("", page).replace("</body>", script + "</body>")


def told(document: str) -> object:
    found = re.search(r'<pre id="told">(.*?)</pre>', document, re.DOTALL)
    assert found, document[-500:]
    return json.loads(unescape(found[1]))


@pytest.mark.parametrize("width", [1280, 500])
def test_nothing_is_wider_than_the_window_and_texts_stand_side_by_side_where_there_is_room(
    browse: Browse, width: int
) -> None:
    read = told(browse(asked(render(REPORT, "html"), ASKED), width))
    assert isinstance(read, dict)
    assert read["wide"] <= 0
    assert read["columns"] == (2 if width > 1000 else 1)
    assert read["ground"] == "rgb(255, 255, 255)"


@pytest.mark.parametrize("verdict", ["flagged", "unverified", "unchecked", "consistent"])
def test_a_verdict_can_be_chosen_without_a_script(browse: Browse, verdict: str) -> None:
    page = render(REPORT, "html").replace(" checked>", ">")
    page = page.replace(f'id="show-{verdict}">', f'id="show-{verdict}" checked>')
    read = told(browse(asked(page, ASKED)))
    assert isinstance(read, dict)
    assert set(read["shown"]) == {verdict, *(["whole"] if verdict == "flagged" else [])}


def test_the_policy_of_the_page_stops_a_script_but_not_its_style(browse: Browse) -> None:
    page = render(REPORT, "html").replace("</body>", ASKED + "</body>")
    document = browse(page)
    assert "4 quotations need a decision" in document
    assert '<pre id="told">' not in document


@pytest.mark.parametrize("name", [*sorted(REPORTS), "hostile", "segments"])
def test_axe_has_nothing_to_object_to(browse: Browse, name: str) -> None:
    axe = os.environ.get("AXE")
    if not axe:
        pytest.skip("AXE does not name a copy of axe.min.js")
    others = {"hostile": poisoned(REPORT, HOSTILE), "segments": as_segments(REPORT, "u-")}
    report: Report = {**REPORTS, **others}[name]
    page = render(report, "html").replace("<details", "<details open")
    source = Path(axe).read_text("utf-8").replace("</script", "<\\/script")
    assert told(browse(asked(page, f"<script>{source}</script>{AXE}"))) == []
