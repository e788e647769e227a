"""Policies: which level a rule has, by the house style a desk follows. One TOML file each.

A policy has two tables of rule and level: for a quotation in the language of the report it was held
against, and for one in another language. A rule that stands in neither keeps its own level. A desk's
own policy is a file of the same form::

    title = "Our desk"
    extends = "ap"             # begin with the levels of another policy; translation if not said

    [rules]                    # in any language
    not-verbatim = "warning"

    [same-language]
    MQ112 = "error"

    [across-languages]
    MQ113 = "off"
"""

from __future__ import annotations

from .levels import Levels
from .policy import BUILT_IN, DEFAULT, Policy, is_file, load_policy

__all__ = ["BUILT_IN", "DEFAULT", "Levels", "Policy", "is_file", "load_policy"]
