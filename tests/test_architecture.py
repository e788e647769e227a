"""The shape of the code: who may import whom, what loads late, how long things may get.

Every check is a function of a source tree, so that the second half of this file can show on a toy tree that
each of them catches its breach.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("checker", "index")

HEAVY = (
    "babel",
    "charset_normalizer",
    "dateparser",
    "faiss",
    "jinja2",
    "onnxruntime",
    "py3langid",
    "sentence_transformers",
    "tokenizers",
    "torch",
    "trafilatura",
    "transformers",
)
"""Libraries that are slow to load: imported inside functions, and in one file each."""

NEVER_FOR_HELP = ("torch", "sentence_transformers", "transformers", "faiss", "onnxruntime")
MAX_MODULE_LINES = 350
MAX_FUNCTION_LINES = 60
VAGUE_NAMES = ("utils", "util", "helpers", "helper", "common", "misc")

BASE = frozenset({"types", "errors", "languages"})
STAGES: dict[str, frozenset[str]] = {
    "errors": frozenset(),
    "globs": frozenset(),
    "runs": frozenset(),
    "spans": frozenset(),
    "types": frozenset({"runs", "spans", "index.types"}),
    "languages": frozenset({"errors"}),
    "reading": BASE | {"globs"},
    "quotations": BASE,
    "matching": BASE | {"quotations", "index", "index.types"},
    "rules": BASE | {"matching", "quotations"},
    "report": BASE | {"rules", "index.types"},
    "ingest": BASE | {"reading", "quotations", "matching", "index", "index.types"},
    "suppressions": BASE | {"rules", "verdicts", "index"},
    "config_file": BASE,
    "policies": BASE | {"config_file", "rules"},
    "config": BASE | {"config_file", "globs", "policies", "rules", "report"},
    "verdicts": BASE,
    "cases": BASE | {"matching", "rules", "index.types"},
    "pairs": BASE | {"reading", "matching", "index", "index.types"},
    "read_pairs": BASE | {"pairs", "matching", "index"},
    "pipeline": BASE
    | {"", "reading", "quotations", "matching", "rules", "ingest", "index", "index.types", "index.errors"}
    | {"cases", "pairs", "read_pairs", "policies", "verdicts"},
    "cli": BASE
    | {"", "reading", "rules", "report", "ingest", "suppressions", "config", "config_file", "pipeline"}
    | {"policies"}
    | {"index", "index.types", "index.errors"},
    "": BASE | {"pipeline"},
    "__main__": frozenset({"cli"}),
}
"""What each part of ``checker`` may import; ``""`` is the package itself. `docs/architecture.md` shows it."""

ONLY_NAMES = {("rules", "quotations"): frozenset({"same_speaker"})}
"""Where a part may use only some names of another one."""


@dataclass(frozen=True)
class Module:
    """One Python file of a tree."""

    root: Path
    path: Path

    @property
    def name(self) -> str:
        """Dotted name; a package has the name of its folder."""
        parts = self.path.relative_to(self.root).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def part(self) -> str:
        """The part of its package it belongs to: ``rules`` for ``checker.rules.base``."""
        return [*self.name.split("."), ""][1]

    @property
    def where(self) -> str:
        return self.path.relative_to(self.root).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


@dataclass(frozen=True)
class Import:
    """One imported name: ``from target import name``, or ``import target``."""

    target: str
    name: str | None
    line: int
    late: bool
    """Inside a function."""


def modules(root: Path) -> list[Module]:
    return [Module(root, path) for package in PACKAGES for path in sorted((root / package).rglob("*.py"))]


def imports(module: Module) -> Iterator[Import]:
    """Every import that runs, ``import_module("x")`` included; those for type checkers only are left out."""
    for node, late in _walk(module.tree, late=False):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, None, node.lineno, late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            target = _absolute(module, node)
            yield from (Import(target, alias.name, node.lineno, late) for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__"):
            given = node.args[0] if node.args else None
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                yield Import(given.value, None, node.lineno, late)


def _walk(node: ast.AST, *, late: bool) -> Iterator[tuple[ast.AST, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        inside = late or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield child, late
        yield from _walk(child, late=inside)


def _called(node: ast.Call) -> str:
    return ast.unparse(node.func).rsplit(".", 1)[-1]


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module.name.split(".")
    if module.path.name != "__init__.py":
        package = package[:-1]
    package = package[: len(package) - node.level + 1]
    return ".".join([*package, *([node.module] if node.module else [])])


def index_knows_nothing_of_checker(root: Path) -> Iterator[str]:
    for module in modules(root):
        if module.name.split(".")[0] == "index":
            for found in imports(module):
                if found.target.split(".")[0] == "checker":
                    yield f"{module.where}:{found.line}: index imports {found.target}"


def heavy_imports_are_late_and_in_one_file(root: Path) -> Iterator[str]:
    users: dict[str, set[str]] = {}
    for module in modules(root):
        for found in imports(module):
            library = found.target.split(".")[0]
            if library not in HEAVY:
                continue
            users.setdefault(library, set()).add(module.where)
            if not found.late:
                yield f"{module.where}:{found.line}: {library} is imported at the top"
    for library, files in sorted(users.items()):
        if len(files) > 1:
            yield f"{library} is imported in {len(files)} files: {', '.join(sorted(files))}"


def stages_keep_their_order(root: Path) -> Iterator[str]:
    known = {m.name for m in modules(root)}
    for module in modules(root):
        if module.name.split(".")[0] != "checker":
            continue
        if module.part not in STAGES:
            yield f"{module.where}: checker/{module.part} is not in the table of stages"
            continue
        for found in imports(module):
            part = _part_of(found, known)
            if part is None or part == module.part:
                continue
            if part not in STAGES[module.part]:
                yield f"{module.where}:{found.line}: {module.part or 'checker'} imports {part or 'checker'}"
            only = ONLY_NAMES.get((module.part, part))
            if only is not None and found.name not in only:
                yield f"{module.where}:{found.line}: {module.part} uses {found.name} of {part}"


def _part_of(found: Import, known: set[str]) -> str | None:
    """The part of checker, or ``index``, ``index.types``, ``index.errors``, that an import reaches."""
    full = f"{found.target}.{found.name}" if f"{found.target}.{found.name}" in known else found.target
    names = full.split(".")
    if names[0] == "checker":
        return names[1] if len(names) > 1 else ""
    if names[0] == "index":
        return full if full in ("index.types", "index.errors") else "index"
    return None


def no_private_name_crosses_a_module(root: Path) -> Iterator[str]:
    for module in modules(root):
        for found in imports(module):
            name = found.name or ""
            own = found.target.split(".")[0] in PACKAGES
            if own and name.startswith("_") and not name.startswith("__"):
                yield f"{module.where}:{found.line}: imports the private name {name} of {found.target}"


def modules_and_functions_stay_short(root: Path) -> Iterator[str]:
    for module in modules(root):
        lines = len(module.text.splitlines())
        if lines > MAX_MODULE_LINES:
            yield f"{module.where}: {lines} lines (at most {MAX_MODULE_LINES})"
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MAX_FUNCTION_LINES:
                    yield f"{module.where}:{node.lineno}: {node.name} has {length} lines (at most {MAX_FUNCTION_LINES})"


def names_say_what_is_inside(root: Path) -> Iterator[str]:
    for module in modules(root):
        if set(module.name.split(".")) & set(VAGUE_NAMES):
            yield f"{module.where}: a name like this says nothing of what is inside"


def only_the_command_line_prints(root: Path) -> Iterator[str]:
    for module in modules(root):
        if module.part == "cli":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "builtins.print"):
                yield f"{module.where}:{node.lineno}: prints"


def code_never_asks_which_language(root: Path) -> Iterator[str]:
    codes = {path.stem for path in (root / "checker" / "languages").glob("*.toml")}
    for module in modules(root):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                named = any(
                    isinstance(s, ast.Name | ast.Attribute) and ast.unparse(s).endswith(("language", "lang"))
                    for s in sides
                )
                literal = {
                    str(c.value) for s in sides for c in ast.walk(s) if isinstance(c, ast.Constant)
                } & codes
                if named and literal:
                    yield f"{module.where}:{node.lineno}: compares a language with {sorted(literal)}"


CHECKS: tuple[Callable[[Path], Iterator[str]], ...] = (
    index_knows_nothing_of_checker,
    heavy_imports_are_late_and_in_one_file,
    stages_keep_their_order,
    no_private_name_crosses_a_module,
    modules_and_functions_stay_short,
    names_say_what_is_inside,
    only_the_command_line_prints,
    code_never_asks_which_language,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_project_keeps_its_shape(check: Callable[[Path], Iterator[str]]) -> None:
    assert list(check(ROOT)) == []


def test_the_wheel_holds_the_two_packages_and_nothing_else() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == list(PACKAGES)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["rule", "--all"], ["check", "--help"], ["config", "--schema"]]
)
def test_asking_for_help_loads_no_model(arguments: list[str], tmp_path: Path) -> None:
    script = (
        "import json, sys\n"
        "from checker.cli.app import main\n"
        f"sys.argv = ['misquote', *{arguments!r}]\n"
        "status = 0\n"
        "try:\n"
        "    main()\n"
        "except SystemExit as stop:\n"
        "    status = stop.code or 0\n"
        f"loaded = sorted(set({NEVER_FOR_HELP!r}) & set(sys.modules))\n"
        "sys.stderr.write('\\n' + json.dumps({'status': status, 'loaded': loaded}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stderr.splitlines()[-1]) == {"status": 0, "loaded": []}
    assert done.stdout.strip()


# The checks themselves, on a tree of a few lines.

CLEAN = {
    "checker/__init__.py": "",
    "checker/types.py": "from index.types import Passage\n",
    "checker/errors.py": "",
    "checker/languages/__init__.py": "from ..errors import LanguageError\n",
    "checker/languages/id.toml": "",
    "checker/quotations/__init__.py": "from ..types import Span\n",
    "checker/matching/__init__.py": "from ..quotations import same_speaker\n",
    "checker/rules/__init__.py": "from ..quotations import same_speaker\nfrom ..matching import align\n",
    "checker/report/__init__.py": "from ..types import Report\n",
    "checker/cli/__init__.py": "print('allowed here')\n",
    "index/__init__.py": "",
    "index/types.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import torch\n",
    "index/vectors.py": "def load():\n    import faiss\n    return faiss\n",
}

BREACHES = [
    (index_knows_nothing_of_checker, "index/store.py", "def f():\n    from checker.types import Span\n"),
    (index_knows_nothing_of_checker, "index/store.py", "import checker\n"),
    (heavy_imports_are_late_and_in_one_file, "checker/matching/model.py", "import torch\n"),
    (heavy_imports_are_late_and_in_one_file, "checker/matching/model.py", "from torch.nn import Module\n"),
    (heavy_imports_are_late_and_in_one_file, "index/other.py", "def f():\n    import faiss\n"),
    (
        heavy_imports_are_late_and_in_one_file,
        "index/other.py",
        "import importlib\nbabel = importlib.import_module('babel')\n",
    ),
    (stages_keep_their_order, "checker/quotations/late.py", "from ..matching import align\n"),
    (stages_keep_their_order, "checker/quotations/late.py", "def f():\n    from ..rules import Rule\n"),
    (stages_keep_their_order, "checker/quotations/late.py", "from .. import matching\n"),
    (stages_keep_their_order, "checker/report/full.py", "from ..matching.words import words_of\n"),
    (stages_keep_their_order, "checker/rules/mq999.py", "from ..quotations import extract\n"),
    (stages_keep_their_order, "checker/rules/mq999.py", "from index import PassageIndex\n"),
    (stages_keep_their_order, "checker/novelty.py", ""),
    (no_private_name_crosses_a_module, "checker/rules/mq999.py", "from ..matching import _align\n"),
    (modules_and_functions_stay_short, "checker/rules/long.py", "x = 1\n" * 351),
    (modules_and_functions_stay_short, "index/long.py", "def f():\n" + "    x = 1\n" * 60),
    (names_say_what_is_inside, "checker/rules/utils.py", ""),
    (names_say_what_is_inside, "index/helpers/__init__.py", ""),
    (only_the_command_line_prints, "checker/rules/mq999.py", "print('x')\n"),
    (
        code_never_asks_which_language,
        "checker/matching/words.py",
        "def f(a):\n    return a.language == 'id'\n",
    ),
    (
        code_never_asks_which_language,
        "checker/matching/words.py",
        "def f(lang):\n    return lang in ('id', 'xx')\n",
    ),
]


def write_tree(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_each_check_accepts_a_clean_tree(check: Callable[[Path], Iterator[str]], tmp_path: Path) -> None:
    write_tree(tmp_path, CLEAN)
    assert list(check(tmp_path)) == []


@pytest.mark.parametrize(("check", "path", "text"), BREACHES)
def test_each_check_catches_its_breach(
    check: Callable[[Path], Iterator[str]], path: str, text: str, tmp_path: Path
) -> None:
    write_tree(tmp_path, {**CLEAN, path: text})
    found = list(check(tmp_path))
    assert len(found) == 1
    assert path in found[0]


def test_every_check_has_a_breach_that_it_catches() -> None:
    assert {check for check, _, _ in BREACHES} == set(CHECKS)
