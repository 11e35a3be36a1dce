"""Stage: rendered files go in, formatted ones come out. Only Python files change, and not those of `_core/`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ...data.collector import no_garbage_collection
from ...data.issues import Issue, Rejected
from ...data.settings import Formatter

LINE_LENGTH = 88


def format(  # noqa: A001 - the stage's verb
    files: Mapping[str, str], formatter: Formatter, known: Mapping[str, str]
) -> Mapping[str, str]:
    """Format all files at once.

    `known` holds files that were formatted in an earlier run and need nothing. Raises `Rejected` where the formatter is
    not installed.
    """
    todo = {path: text for path, text in files.items() if path not in known and is_ours(path)}
    made = BY_NAME[formatter](todo) if todo else {}
    return {path: made.get(path, known.get(path, text)) for path, text in files.items()}


def formatter_version(formatter: Formatter) -> str:
    """Give name and version, without importing it: what is formatted depends on it.

    Raises `Rejected` where it is not installed.
    """
    if formatter == "none":
        return "none"
    try:
        return f"{formatter} {version(formatter)}"
    except PackageNotFoundError:
        raise not_installed(formatter) from None


def is_ours(path: str) -> bool:
    """Tell whether a file is formatted at all."""
    return path.endswith(".py") and not path.startswith("_core/")


def by_black(files: Mapping[str, str]) -> dict[str, str]:
    """Format with black's defaults.

    `format_str` formats everything a second time, in case the first pass has made commas that join or split other
    lines. What our templates make never needs that (a test holds it), so half of the time is saved where black lets us.
    """
    import black.mode

    mode = black.Mode(target_versions={black.mode.TargetVersion.PY311}, line_length=LINE_LENGTH)
    format_once: Callable[..., str] = getattr(black, "_format_str_once", black.format_str)
    with no_garbage_collection():
        return {path: format_once(text, mode=mode) for path, text in files.items()}


def by_ruff(files: Mapping[str, str]) -> dict[str, str]:
    """Format with ruff's defaults: one process for the whole tree, away from any configuration."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="clientsmith-") as folder:
        root = Path(folder)
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        run_ruff(root)
        return {path: (root / path).read_bytes().decode() for path in files}


def unformatted(files: Mapping[str, str]) -> dict[str, str]:
    """Leave all as it is."""
    return dict(files)


BY_NAME: dict[Formatter, Callable[[Mapping[str, str]], dict[str, str]]] = {
    "black": by_black,
    "ruff": by_ruff,
    "none": unformatted,
}


def run_ruff(folder: Path) -> None:
    """Run ruff over a folder.

    Raises `Rejected` where it is not installed, `RuntimeError` where it fails: that is a mistake of ours.
    """
    import subprocess

    options = ["--isolated", "--no-cache", "--quiet", "--target-version", "py311"]
    command = [*ruff_command(), "format", *options, "--line-length", str(LINE_LENGTH), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"ruff failed: {done.stderr[:2000]}")


def ruff_command() -> list[str]:
    """Find ruff's program in this environment.

    Raises `Rejected`.
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
