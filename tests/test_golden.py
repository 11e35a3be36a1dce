"""Each folder of `tests/cases` is a document and what becomes of it: a package, a report of issues, or both."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import black.mode
import pytest
from click.testing import CliRunner, Result

from clientsmith.cli import main

CASES = Path(__file__).parent / "cases"
SOURCES = ("settings.toml", "spec.yaml", "spec.json")


@pytest.mark.parametrize("case", [pytest.param(path, id=path.name) for path in sorted(CASES.iterdir())])
def test_case(case: Path, golden: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case)
    output = tmp_path / case.name
    result = generate(case, output)
    issues, files = result.stderr or None, tree(output)
    if golden:
        rewrite(case, issues, files)
    assert issues == issues_of(case)
    assert files == tree(case / "expected" / case.name)
    if result.exit_code:
        assert_output_stays(case, output)
    else:
        assert_formatted(files)


def generate(case: Path, output: Path) -> Result:
    """Run the command as a user would, in the folder of the case."""
    source = next((name for name in SOURCES if (case / name).exists()), "spec.yaml")
    result = CliRunner().invoke(main, ["generate", source, "-o", str(output)])
    assert result.exit_code in (0, 1), result.output
    return result


def assert_output_stays(case: Path, output: Path) -> None:
    """A run with errors neither makes a folder nor touches what is in one."""
    assert not output.exists()
    output.mkdir()
    (output / "kept.py").write_text("kept = True\n")
    assert generate(case, output).exit_code == 1
    assert tree(output) == {"kept.py": "kept = True\n"}


def assert_formatted(files: Mapping[str, str]) -> None:
    """Another run of black finds nothing to do; the generator itself runs it once."""
    mode = black.Mode(target_versions={black.mode.TargetVersion.PY311})
    for path, text in files.items():
        if path.endswith(".py"):
            assert black.format_str(text, mode=mode) == text, path


def issues_of(case: Path) -> str | None:
    path = case / "issues.txt"
    return path.read_text("utf-8") if path.exists() else None


def tree(folder: Path) -> Mapping[str, str]:
    """Read all files of a package except the runtime, which one test of its own covers."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and not is_left_out(path, folder)
    }


def is_left_out(path: Path, folder: Path) -> bool:
    """The manifest has the hashes of the runtime and the formatter's version, which are no part of a case."""
    relative = path.relative_to(folder)
    return relative.parts[0] == "_core" or relative.name == ".clientsmith.json"


def rewrite(case: Path, issues: str | None, files: Mapping[str, str]) -> None:
    """Make what came out the expectation."""
    shutil.rmtree(case / "expected", ignore_errors=True)
    (case / "issues.txt").unlink(missing_ok=True)
    if issues is not None:
        (case / "issues.txt").write_text(issues, "utf-8")
    for path, text in files.items():
        target = case / "expected" / case.name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
