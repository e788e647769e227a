"""misquote: checks the quotations of a new article against what earlier coverage says was said.

The library in four names::

    from checker import Checker, Source, check_files, check_text, compare

    report = check_files(["article.id.md"], index=".misquote/index")
    result = check_text(open("article.txt").read(), index=".misquote/index")
    pair = compare("Kami akan menaikkan tarif.", "We will not raise fares.")

``Checker`` keeps the index and the model open for many articles. Everything is imported when it is
first used, so that ``misquote --help`` stays fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .pipeline import Checker, Pair, Source, check_files, check_text, compare
    from .types import ArticleResult, Finding, PairResult, Report, Severity, Verdict

_HOME = {
    "Checker": "pipeline",
    "Pair": "pipeline",
    "Source": "pipeline",
    "check_files": "pipeline",
    "check_text": "pipeline",
    "compare": "pipeline",
    "ArticleResult": "types",
    "Finding": "types",
    "PairResult": "types",
    "Report": "types",
    "Severity": "types",
    "Verdict": "types",
}

__all__ = [
    "ArticleResult",
    "Checker",
    "Finding",
    "Pair",
    "PairResult",
    "Report",
    "Severity",
    "Source",
    "Verdict",
    "__version__",
    "check_files",
    "check_text",
    "compare",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute can be anything
    if name in _HOME:
        return getattr(import_module(f".{_HOME[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
