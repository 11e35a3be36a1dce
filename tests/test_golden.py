"""Each folder of `tests/cases` is a document and what becomes of it: a package, a report of issues, or both.

The files that are nearly equal in all packages are stored where `files` in `case.toml` names them, and nowhere else.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path

import black.mode
import pytest
from tests import case_packages
from tests.case_packages import CASES

NEARLY_EQUAL = frozenset({"README.md", "_client.py", "api.md", "reference"})
"""Files, and a folder of them."""
CASE_NAMES = [path.name for path in sorted(CASES.iterdir())]


@pytest.mark.parametrize("case", CASE_NAMES)
def test_case(case: str, golden: bool, tmp_path: Path) -> None:
    outcome = case_packages.generated(case)
    issues, files = outcome.stderr or None, tree(outcome.package)
    shown = stored_part(files, CASES / case)
    if golden:
        rewrite(CASES / case, issues, shown)
    assert issues == issues_of(CASES / case)
    assert shown == tree(CASES / case / "expected" / case)
    if outcome.exit_code:
        assert not outcome.package.exists()
        assert_output_stays(case, tmp_path / case)
    else:
        assert_formatted(files)


@pytest.mark.parametrize("file", sorted(NEARLY_EQUAL))
def test_each_file_is_stored_by_some_case(file: str) -> None:
    assert any(file in files_of(CASES / case) for case in CASE_NAMES)


def assert_output_stays(case: str, output: Path) -> None:
    """A run with errors does not touch what is in a folder."""
    output.mkdir()
    (output / "kept.py").write_text("kept = True\n")
    assert case_packages.generate(case, output).exit_code == 1
    assert tree(output) == {"kept.py": "kept = True\n"}


def assert_formatted(files: Mapping[str, str]) -> None:
    """Another run of black finds nothing to do; the generator itself runs it once."""
    mode = black.Mode(target_versions={black.mode.TargetVersion.PY311})
    for path, text in files.items():
        if path.endswith(".py") and not path.startswith("_core/"):
            assert black.format_str(text, mode=mode) == text, path


def issues_of(case: Path) -> str | None:
    path = case / "issues.txt"
    return path.read_text("utf-8") if path.exists() else None


def tree(folder: Path) -> Mapping[str, str]:
    """Read all files of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def stored_part(files: Mapping[str, str], case: Path) -> Mapping[str, str]:
    """Choose what `expected/` has of a package.

    One test of its own covers the runtime. The manifest has the hashes of the runtime and the formatter's version.
    """
    left_out = {".clientsmith.json"} | (NEARLY_EQUAL - files_of(case))
    left_out |= {"_core", "custom"}
    return {path: text for path, text in files.items() if path.partition("/")[0] not in left_out}


def files_of(case: Path) -> frozenset[str]:
    """Read which of the nearly equal files a case is about."""
    path = case / "case.toml"
    files = tomllib.loads(path.read_text("utf-8")).get("files", []) if path.exists() else []
    assert set(files) <= NEARLY_EQUAL, f"{path}: files may only name {', '.join(sorted(NEARLY_EQUAL))}"
    return frozenset(files)


def rewrite(case: Path, issues: str | None, files: Mapping[str, str]) -> None:
    """Make what came out the expectation, and delete what is stored no longer."""
    shutil.rmtree(case / "expected", ignore_errors=True)
    (case / "issues.txt").unlink(missing_ok=True)
    if issues is not None:
        (case / "issues.txt").write_text(issues, "utf-8")
    for path, text in files.items():
        target = case / "expected" / case.name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
