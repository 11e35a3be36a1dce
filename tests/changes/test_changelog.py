"""Entries in a changelog."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.changes.conftest import Diff
from tests.changes.documents import create, document

OLD = document()
NEW = document(
    {
        "/meetings": {"post": {**create(("title",), place={"type": "string"}), "summary": "Create one."}},
        "/rooms": {
            "get": {"operationId": "list_rooms", "tags": ["rooms"], "responses": {"204": {"description": "R."}}}
        },
    }
)
ENTRY = """\
## [0.2.0] - 2001-09-09

### Added

- `meetings.create(place)`: is new.
- `rooms.list()`: GET /rooms is new.

### Changed

- **Breaking:** `meetings.create(title)`: is required now.
- Texts in 1 place.
"""


@pytest.fixture(autouse=True)
def a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")


def test_a_new_file_has_a_head(diff: Diff) -> None:
    assert diff(OLD, NEW, "--changelog", "CHANGES.md").exit_code == 0
    text = Path("CHANGES.md").read_text("utf-8")
    assert text.startswith("# Changelog\n\nThe format is that of [Keep a Changelog](")
    assert text.endswith(f"\n\n{ENTRY}")


def test_an_entry_comes_after_what_is_not_released(diff: Diff) -> None:
    released = "## [0.1.0] - 2000-01-01\n\n- First.\n"
    Path("CHANGES.md").write_text(f"# Log\n\n## [Unreleased]\n\n- Later.\n\n{released}", "utf-8")
    diff(OLD, NEW, "--changelog", "CHANGES.md")
    expected = f"# Log\n\n## [Unreleased]\n\n- Later.\n\n{ENTRY}\n{released}"
    assert Path("CHANGES.md").read_text("utf-8") == expected


def test_a_second_run_adds_nothing(diff: Diff) -> None:
    diff(OLD, NEW, "--changelog", "CHANGES.md")
    once = Path("CHANGES.md").read_bytes()
    diff(OLD, NEW, "--changelog", "CHANGES.md")
    assert Path("CHANGES.md").read_bytes() == once


def test_lines_of_a_person_stay_in_an_entry_that_is_there(diff: Diff) -> None:
    Path("CHANGES.md").write_text("# Log\n\n## 0.2.0 - soon\n\n### Changed\n\n- By hand.\n\n## 0.1.0\n", "utf-8")
    diff(OLD, NEW, "--changelog", "CHANGES.md")
    text = Path("CHANGES.md").read_text("utf-8")
    assert text == (
        "# Log\n\n## 0.2.0 - soon\n\n### Changed\n\n- By hand.\n"
        "- **Breaking:** `meetings.create(title)`: is required now.\n- Texts in 1 place.\n\n"
        "### Added\n\n- `meetings.create(place)`: is new.\n- `rooms.list()`: GET /rooms is new.\n\n## 0.1.0\n"
    )


def test_line_endings_stay(diff: Diff) -> None:
    Path("CHANGES.md").write_bytes(b"# Log\r\n\r\n## [0.1.0]\r\n")
    diff(OLD, NEW, "--changelog", "CHANGES.md")
    content = Path("CHANGES.md").read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 5


def test_nothing_changed_writes_nothing(diff: Diff) -> None:
    diff(OLD, OLD, "--changelog", "CHANGES.md")
    assert not Path("CHANGES.md").exists()


def test_a_file_that_cannot_be_written_is_an_error(diff: Diff) -> None:
    Path("CHANGES.md").mkdir()
    result = diff(OLD, NEW, "--changelog", "CHANGES.md")
    assert result.exit_code == 1
    assert "CHANGES.md: error: the changelog cannot be written: " in result.stderr
    Path("binary.md").write_bytes(b"\xff\xfe\xff")
    assert diff(OLD, NEW, "--changelog", "binary.md").exit_code == 1
    assert Path("binary.md").read_bytes() == b"\xff\xfe\xff"
