"""Models by name: from a cache of the hub with no network at all, and from a server that answers as the hub does."""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import ModelError, PassageIndex, load_encoder
from index.hub import fetch, repository
from tests.index.samples import FIRST
from tests.index.tiny_models import TEXTS, WIDTH, build, cached

pytestmark = pytest.mark.model

NAME = "desk-lab/tiny-news"
FIRST_COMMIT, SECOND_COMMIT = "1" * 40, "2f" * 20


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two versions of a model."""
    first = build(tmp_path_factory.mktemp("first"), normalize=True)
    return first, build(tmp_path_factory.mktemp("second"), normalize=True, seed=8)


@pytest.fixture(scope="module")
def home(models: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of the hub's cache with both versions, the second on the default branch."""
    folder = tmp_path_factory.mktemp("home")
    cached(folder, models[0], NAME, FIRST_COMMIT, ref="v1")
    cached(folder, models[1], NAME, SECOND_COMMIT, ref="main")
    cached(folder, models[1], "sentence-transformers/short-name", SECOND_COMMIT, ref="main")
    return folder


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Attempts to reach the network, each of which fails."""
    made: list[object] = []

    def refuse(*arguments: object, **_: object) -> None:
        made.append(arguments)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    # What the library asks its hub once in a process counts in every test.
    monkeypatch.setattr("huggingface_hub.utils._detect_agent._registry", None, raising=False)
    return made


@pytest.fixture
def cache(home: Path, monkeypatch: pytest.MonkeyPatch, calls: list[object]) -> list[object]:
    """The cache in its place, and no network; gives the attempts to reach it."""
    import huggingface_hub

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(home / "hub"))
    return calls


def test_a_name_is_loaded_from_the_cache_without_a_call(
    cache: list[object], models: tuple[Path, Path]
) -> None:
    newest = load_encoder(NAME, offline=True)
    pinned = load_encoder(NAME, offline=True, revision=FIRST_COMMIT)
    tagged = load_encoder(NAME, offline=True, revision="v1")
    assert cache == []
    assert (newest.info.name, newest.info.revision, newest.info.dimension) == (NAME, SECOND_COMMIT, WIDTH)
    assert tagged.info == pinned.info
    assert pinned.info.revision == FIRST_COMMIT
    for encoder, folder in ((pinned, models[0]), (newest, models[1])):
        local = load_encoder(str(folder))
        np.testing.assert_allclose(encoder.encode(TEXTS), local.encode(TEXTS), atol=1e-6)
        assert encoder.info.checksum == local.info.checksum, "a copy in a folder is the same model"
    assert cache == []


def test_a_name_without_owner_is_one_of_sentence_transformers(cache: list[object]) -> None:
    assert load_encoder("short-name", offline=True).info.name == "sentence-transformers/short-name"
    assert repository("LaBSE") == "sentence-transformers/LaBSE"
    assert cache == []


def test_an_index_records_the_commit_and_refuses_another(cache: list[object], tmp_path: Path) -> None:
    first = load_encoder(NAME, offline=True, revision=FIRST_COMMIT)
    path = tmp_path / "index"
    with PassageIndex.create(path, first.info) as index:
        index.add(FIRST, first)
        assert index.info().model.revision == FIRST_COMMIT
    second = load_encoder(NAME, offline=True, index=path, revision=SECOND_COMMIT)
    with pytest.raises(ModelError, match=r"revision 1{40}.*not with .*revision (2f){20}") as caught:
        PassageIndex.open(path, model=second.info)
    assert f"--model {NAME} --revision {FIRST_COMMIT}" in caught.value.remedy
    untold = load_encoder(NAME, offline=True, index=path)
    assert untold.info == first.info, "the commit of the index, not the newest"
    PassageIndex.open(path, model=untold.info).close()
    assert cache == []


def test_the_commit_of_an_index_of_another_model_counts_for_nothing(
    cache: list[object], tmp_path: Path
) -> None:
    other = load_encoder("short-name", offline=True)
    PassageIndex.create(tmp_path / "index", other.info).close()
    assert load_encoder(NAME, offline=True, index=tmp_path / "index").info.revision == SECOND_COMMIT
    assert load_encoder(NAME, offline=True, index=tmp_path / "none").info.revision == SECOND_COMMIT


@pytest.mark.parametrize(
    ("name", "revision", "said"),
    [
        ("nobody-at-all/no-such-model", None, "its newest revision is not in the local cache"),
        (NAME, "3" * 40, f"revision {'3' * 40} is not in the local cache"),
        (NAME, "v9", "revision v9 is not in the local cache"),
    ],
)
def test_what_is_not_cached_is_an_error_when_offline(
    name: str, revision: str | None, said: str, cache: list[object]
) -> None:
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        load_encoder(name, offline=True, revision=revision)
    assert said in str(caught.value)
    assert "the setting offline forbids the network" in str(caught.value)
    assert "load it once with the network" in caught.value.remedy
    assert cache == []


def test_a_download_that_broke_off_is_an_error(
    home: Path, cache: list[object], models: tuple[Path, Path]
) -> None:
    snapshot = cached(home, models[0], "desk-lab/broken", FIRST_COMMIT) / "models--desk-lab--broken/snapshots"
    (snapshot / FIRST_COMMIT / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="the model desk-lab/broken cannot be loaded") as caught:
        load_encoder("desk-lab/broken", offline=True, revision=FIRST_COMMIT)
    assert caught.value.remedy


def test_no_network_and_no_offline_flag(cache: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)  # the library waits longer after each attempt
    with pytest.raises(ModelError, match="and the hub cannot be reached") as caught:
        fetch("nobody-at-all/no-such-model", None, offline=False)
    assert "check the network" in caught.value.remedy
    assert cache, "it was tried"
    _, commit = fetch(NAME, None, offline=False)
    assert commit == SECOND_COMMIT, "what is cached serves when the hub is away"


@pytest.mark.parametrize("name", ["not a name", "-x-/y", "owner/na..me"])
def test_what_can_be_no_name(name: str, cache: list[object]) -> None:
    with pytest.raises(ModelError, match="no name of the hub") as caught:
        load_encoder(name)
    assert "OWNER/NAME" in caught.value.remedy
    assert cache == []


class Hub(BaseHTTPRequestHandler):
    """The two end points of the hub that a download needs: the list of files, and the files."""

    files: dict[str, bytes]
    asked: list[str]

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing."""

    def _answer(self) -> None:
        path = self.path.split("?")[0]
        self.asked.append(path)
        listed = re.fullmatch(rf"/api/models/{NAME}/revision/(.+)", path)
        file = re.fullmatch(rf"/{NAME}/resolve/([^/]+)/(.+)", path)
        if listed:
            names = [{"rfilename": name} for name in self.files]
            body = json.dumps({"id": NAME, "sha": SECOND_COMMIT, "siblings": names}).encode()
            self._send(200, body, {"Content-Type": "application/json"})
        elif path.startswith("/gated/model/"):
            self._send(403, b"", {"X-Error-Code": "GatedRepo"})
        elif file is None:
            self._send(404, b"", {"X-Error-Code": "RepoNotFound"})
        elif file[1] not in ("main", SECOND_COMMIT):
            self._send(404, b"", {"X-Error-Code": "RevisionNotFound"})
        elif file[2] not in self.files:
            self._send(404, b"", {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": SECOND_COMMIT})
        else:
            body = self.files[file[2]]
            etag = hashlib.sha256(body).hexdigest()
            self._send(200, body, {"ETag": f'"{etag}"', "X-Repo-Commit": SECOND_COMMIT})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for key, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(key, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


@pytest.fixture
def hub(models: tuple[Path, Path]) -> Iterator[tuple[str, type[Hub]]]:
    """The address of a hub that holds the second version, in every format that repositories have."""
    names = {path.relative_to(models[1]).as_posix(): path for path in models[1].rglob("*") if path.is_file()}
    files = {name: path.read_bytes() for name, path in names.items()}
    files |= {"pytorch_model.bin": b"x", "onnx/model.onnx": b"x", "vocab.txt": b"x", "README.md": b"x"}
    handler = type("HubOfTest", (Hub,), {"files": files, "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", handler
    server.shutdown()
    server.server_close()
    thread.join()


Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(hub: tuple[str, type[Hub]], tmp_path: Path) -> Ask:
    """Fetches in a process of its own, since the address is read when the library is imported."""
    code = (
        "import json, sys\n"
        "from index.errors import ModelError\n"
        "from index.hub import fetch\n"
        "found = []\n"
        "for name, revision, offline in json.loads(sys.argv[1]):\n"
        "    try:\n"
        "        folder, commit = fetch(name, revision, offline=offline)\n"
        "        found.append([str(folder), commit])\n"
        "    except ModelError as error:\n"
        "        found.append([str(error), error.remedy])\n"
        "print(json.dumps({'found': found, 'torch': 'torch' in sys.modules}))\n"
    )
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    extra = {"HF_ENDPOINT": hub[0], "HF_HOME": str(tmp_path / "home"), "HF_HUB_DISABLE_TELEMETRY": "1"}

    def run(*wanted: tuple[str, str | None, bool]) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-c", code, json.dumps(wanted)],
            capture_output=True, text=True, check=False, env={**kept, **extra}, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    return run


def test_a_name_is_downloaded_once_in_one_format(
    ask: Ask, hub: tuple[str, type[Hub]], models: tuple[Path, Path]
) -> None:
    answer = ask((NAME, None, False), (NAME, None, True), (NAME, SECOND_COMMIT, True))
    [[folder, commit], *again] = answer["found"]
    assert commit == SECOND_COMMIT
    assert again == [[folder, commit]] * 2, "then it is found without the network"
    assert not answer["torch"]
    asked = " ".join(hub[1].asked)
    assert "model.safetensors" in asked
    assert not re.search(r"pytorch_model|\.onnx|vocab\.txt|README", asked), "one format is enough"
    encoder, local = load_encoder(folder, offline=True), load_encoder(str(models[1]))
    np.testing.assert_allclose(encoder.encode(TEXTS), local.encode(TEXTS), atol=1e-6)
    assert encoder.info.checksum == local.info.checksum


def test_what_the_hub_refuses(ask: Ask) -> None:
    unknown, revision, gated = ask(
        ("nobody/nothing", None, False), (NAME, "v9", False), ("gated/model", None, False)
    )["found"]
    assert "the hub has no model of this name" in unknown[0]
    assert "check the name" in unknown[1]
    assert "it has no revision v9" in revision[0]
    assert "leave --revision out" in revision[1]
    assert "only to accounts that asked" in gated[0]
    assert "sign in" in gated[1]


def test_a_repository_of_another_format(ask: Ask, hub: tuple[str, type[Hub]]) -> None:
    del hub[1].files["modules.json"]
    [[message, remedy]] = ask((NAME, None, False))["found"]
    assert "has no modules.json" in message
    assert "sentence-transformers model" in remedy


def test_code_of_a_repository_is_not_even_downloaded(ask: Ask, hub: tuple[str, type[Hub]]) -> None:
    strange = {"idx": 0, "name": "0", "path": "", "type": "modeling.Strange"}
    hub[1].files["modules.json"] = json.dumps([strange]).encode()
    hub[1].files["modeling.py"] = b"raise SystemExit"
    [[message, _]] = ask((NAME, None, False))["found"]
    assert "needs code of its own (modeling.Strange)" in message
    assert not any(path.endswith((".py", ".safetensors")) for path in hub[1].asked)


def test_fetch_gives_the_folder_of_the_commit(cache: list[object]) -> None:
    folder, commit = fetch(NAME, "v1", offline=True)
    assert (folder.name, commit) == (FIRST_COMMIT, FIRST_COMMIT)
    assert (folder / "modules.json").is_file()
