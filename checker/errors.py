"""The errors of misquote, one small tree; every message comes with a remedy.

::

    CheckerError
    ├── ConfigError        a setting is wrong
    ├── InputError         an article or coverage file cannot be used
    └── LanguageError      a language is not known

    index.errors.PassageIndexError (a separate tree, since ``index`` knows nothing of ``checker``)
    ├── StoreError         the index folder is missing, damaged or foreign
    └── ModelError         the model is missing, or not the one the index was built with

The command line is the only place that turns them into exit status 2.
"""

from __future__ import annotations


class CheckerError(Exception):
    """Something the user can mend. ``str(error)`` is the message, ``error.remedy`` what to do."""

    def __init__(
        self, message: str, remedy: str, *, path: str | None = None, line: int | None = None
    ) -> None:
        super().__init__(message)
        self.remedy = remedy
        self.path = path
        self.line = line


class ConfigError(CheckerError):
    """A setting is unknown or has a wrong value."""


class InputError(CheckerError):
    """An article or coverage file is missing, empty, binary or malformed."""


class LanguageError(CheckerError):
    """A language code is not known."""
