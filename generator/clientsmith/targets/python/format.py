"""Stage: rendered files go in, formatted ones come out. Only Python files change, and not those of `_core/`."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ...data.collector import no_garbage_collection
from ...data.issues import Issue, Rejected
from ...data.settings import Formatter
from ...disk.cache import Cache
from ...disk.identity import identity

KIND = "formatted"

LINE_LENGTH = 88


def format(  # noqa: A001 - the stage's verb
    files: Mapping[str, str], formatter: Formatter, cache: Cache
) -> dict[str, str]:
    """Format all files at once, without those whose result the cache has.

    Raises:
        Rejected: the formatter is not installed.
    """
    if formatter == "none":
        return dict(files)
    formatted_by = f"{formatter_version(formatter)}\0{identity()}"
    keys = {path: key_of(text, formatted_by) for path, text in files.items() if is_ours(path)}
    known = {key: content.decode() for key, content in cache.get_all(KIND, keys.values()).items()}
    made = BY_NAME[formatter]({path: files[path] for path, key in keys.items() if key not in known})
    cache.put_all(KIND, {keys[path]: text.encode() for path, text in made.items()})
    return {path: made[path] if path in made else known.get(keys.get(path, ""), text) for path, text in files.items()}


def key_of(text: str, formatted_by: str) -> str:
    """Make the key of a result: the text, what formats it, and who asks it to."""
    return hashlib.sha256(f"{formatted_by}\0{text}".encode()).hexdigest()


def formatter_version(formatter: Formatter) -> str:
    """Give name and version, without importing it: what is formatted depends on it.

    Raises:
        Rejected: it is not installed.
    """
    if formatter == "none":
        return "none"
    try:
        return f"{formatter} {version(formatter)}"
    except PackageNotFoundError:
        raise not_installed(formatter) from None


def is_ours(path: str) -> bool:
    """Report whether a file is formatted at all."""
    return path.endswith(".py") and not path.startswith("_core/")


def by_black(files: Mapping[str, str]) -> dict[str, str]:
    """Format with black's defaults.

    `format_str` formats everything a second time, in case the first pass has made commas that join or split other
    lines. What our templates make never needs that (a test holds it), so half of the time is saved where black lets us.
    """
    if not files:
        return {}
    import black.mode

    mode = black.Mode(target_versions={black.mode.TargetVersion.PY311}, line_length=LINE_LENGTH)
    format_once: Callable[..., str] = getattr(black, "_format_str_once", black.format_str)
    with no_garbage_collection():
        return {path: format_once(text, mode=mode) for path, text in files.items()}


def by_ruff(files: Mapping[str, str]) -> dict[str, str]:
    """Format with ruff's defaults: one process for the whole tree, away from any configuration."""
    if not files:
        return {}
    import tempfile

    with tempfile.TemporaryDirectory(prefix="clientsmith-") as folder:
        root = Path(folder)
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        run_ruff(root)
        return {path: (root / path).read_bytes().decode() for path in files}


BY_NAME: dict[Formatter, Callable[[Mapping[str, str]], dict[str, str]]] = {"black": by_black, "ruff": by_ruff}


def run_ruff(folder: Path) -> None:
    """Run ruff over a folder.

    Raises:
        Rejected: it is not installed.
        RuntimeError: it fails: that is a mistake of ours.
    """
    import subprocess

    options = ["--isolated", "--no-cache", "--quiet", "--target-version", "py311"]
    command = [*ruff_command(), "format", *options, "--line-length", str(LINE_LENGTH), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"ruff failed: {done.stderr[:2000]}")


def ruff_command() -> list[str]:
    """Find ruff's program in this environment.

    Raises:
        Rejected: it is not installed.
    """
    try:
        from ruff.__main__ import find_ruff_bin  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        raise not_installed("ruff") from None
    try:
        return [str(find_ruff_bin())]
    except FileNotFoundError:
        return [sys.executable, "-m", "ruff"]


def not_installed(formatter: str) -> Rejected:
    """Make the exception for a formatter that is missing."""
    issue = Issue(
        code="no-formatter",
        severity="error",
        message=f"the formatter '{formatter}' is not installed",
        hint=f'pip install {formatter}, or choose another one: formatter = "none"',
    )
    return Rejected([issue])
