"""The settings in force, and where each comes from.

Command line, then environment (``MISQUOTE_*``), then what a file sets for the article's path, then the
rest of that file, then the defaults. The file is the nearest to the checked article: ``.misquote.toml``,
``misquote.toml`` or the table ``[tool.misquote]`` of ``pyproject.toml``, in this order within a folder.
Files of different folders are merged only where one names the other with ``extend``, and there is no
file of the user, so that a check gives the same result on every machine. What describes a model
(revision, prompts, dimension) counts only with the model it was set for: where a higher source names
another one, those of the lower sources fall away.
"""

from __future__ import annotations

from .finder import SettingsFinder, load_settings, settings_with_origin
from .schema import config_schema
from .settings import PER_ARTICLE, Origin, Settings, key_of, setting_fields

__all__ = [
    "PER_ARTICLE",
    "Origin",
    "Settings",
    "SettingsFinder",
    "config_schema",
    "key_of",
    "load_settings",
    "setting_fields",
    "settings_with_origin",
]
