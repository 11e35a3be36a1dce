"""The folder of the package, whose last part is the package's name."""

from __future__ import annotations

import keyword
import os
import re
import sys
import unicodedata
from pathlib import Path

from ....data.reserved import is_device
from .patterns import is_name
from .toml_table import Table

LONGEST_NAME = 80
"""Characters of the name of a package that is made of that of a file, or of a URL."""
NAME_HINT = "the last part of the folder is the package's name: use letters, digits and _"


def chosen_output(root: Table, own: str | None, output: Path | None, path: Path, spec: str | None) -> Path:
    """Choose the package's folder; its name must be that of a package."""
    if output is None and own is None:
        return Path(package_name(Path(spec or path)))
    chosen = named(path.parent / (own or "") if output is None else output)
    problem = bad_package_name(chosen)
    if problem is not None:
        root.reject("output", problem, NAME_HINT)
    return chosen


GENERIC = frozenset(
    ("api", "apis", "doc", "docs", "document", "documentation", "definition", "description", "index", "json", "main",
     "openapi", "reference", "root", "schema", "spec", "specification", "swagger", "v", "yaml", "yml")
)  # fmt: skip
"""Words of names of files that say nothing of the API."""
FILLING = frozenset(("a", "an", "fastapi", "for", "http", "of", "public", "rest", "restful", "the", "version"))
"""Further words that a title has beside its name. `FastAPI` is the title of an application that has none."""
MOST_WORDS = 4
"""Words of a title that are in a name."""


def bad_package_name(output: Path) -> str | None:
    """Explain why a folder cannot be a package; None where it can."""
    return None if is_name(output.name) else f"'{output.name}' is no name for a package"


def named(output: Path) -> Path:
    """Write a folder so that its path ends with its name, which `.` and `..` do not. Links keep their own names."""
    if output.name not in ("", ".."):
        return output
    try:
        return Path(os.path.abspath(output))  # noqa: PTH100 - the other way follows links
    except OSError:  # The working directory is gone.
        return output


def package_name(spec_path: Path) -> str:
    """Make the name of a package from that of a file."""
    words = re.sub(r"[^a-z0-9]+", "_", spec_path.stem.lower())[:LONGEST_NAME].strip("_") or "client"
    if words[0].isdigit():
        words = f"api_{words}"
    # A package called `typing` would stand in for Python's own wherever it is found first; Windows has no folder `con`.
    is_occupied = keyword.iskeyword(words) or words in sys.stdlib_module_names or is_device(words)
    return f"{words}_client" if is_occupied else words


def package_name_by_title(spec_path: Path, title: str) -> str | None:
    """Make the name of a package from the title of a document whose file is called as many are: `openapi.yaml`.

    None where the file has a name of its own, or the title says no more than that this is an API.
    """
    if not set(re.findall(r"[a-z]+", spec_path.stem.lower())) <= GENERIC:
        return None
    head = re.split(r"\s[-\u2013\u2014|]\s|[(:|]", title, maxsplit=1)[0]
    plain = unicodedata.normalize("NFKD", head).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if word not in GENERIC | FILLING]
    words = [word for word in words if not re.fullmatch(r"v?[0-9]+", word)]
    return package_name(Path("_".join(words[:MOST_WORDS]) + ".yaml")) if words else None
