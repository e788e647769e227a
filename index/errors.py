"""The errors of the index; every message comes with a remedy.

::

    PassageIndexError
    ├── StoreError    the index folder is missing, damaged, foreign or cannot be written
    └── ModelError    the model is missing, or not the one the index was built with
"""

from __future__ import annotations


class PassageIndexError(Exception):
    """Something the user can mend. ``str(error)`` is the message, ``error.remedy`` what to do."""

    def __init__(self, message: str, remedy: str, *, path: str | None = None) -> None:
        super().__init__(message)
        self.remedy = remedy
        self.path = path


class StoreError(PassageIndexError):
    """The index folder is missing, damaged, foreign or cannot be written."""


class ModelError(PassageIndexError):
    """The model is missing, or not the one the index was built with."""
