"""Stage: the path of an OpenAPI document (or of a settings file) goes in, the values in the files come out.

The only stage that reads the user's files. It only checks whether a file can be read; `validate` does the rest.
"""

from .documents import load, load_given, load_mentioned, load_overlays
from .settings import (
    default_settings,
    has_table,
    load_pyproject,
    load_settings,
    package_name_by_title,
    settings_of,
    spdx,
)
from .sources import STANDARD_INPUT, clients_of, is_given, is_web_address, read_given

__all__ = [
    "STANDARD_INPUT",
    "clients_of",
    "default_settings",
    "has_table",
    "is_given",
    "is_web_address",
    "load",
    "load_given",
    "load_mentioned",
    "load_overlays",
    "load_pyproject",
    "load_settings",
    "package_name_by_title",
    "read_given",
    "settings_of",
    "spdx",
]
