"""Findings that were looked at and set aside. They stay in reports, marked, and do not count.

Three ways, in this order: the ignore file (one finding, with a reason, perhaps until a day), a comment in
the article (one paragraph, named rules, a reason), and a baseline (what was there before misquote came).
"""

from __future__ import annotations

from .ignore_file import (
    FILE_NAME,
    Ignore,
    add_ignore,
    parse_day,
    parse_fingerprint,
    read_ignores,
)

__all__ = ["FILE_NAME", "Ignore", "add_ignore", "parse_day", "parse_fingerprint", "read_ignores"]
