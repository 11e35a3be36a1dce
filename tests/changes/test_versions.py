"""Which version comes next."""

from __future__ import annotations

import pytest

from clientsmith.targets.changes.change_kinds import Level
from clientsmith.targets.changes.version import advise


@pytest.mark.parametrize(
    ("old", "level", "expected"),
    [
        ("1.4.2", "major", "2.0.0"),
        ("1.4.2", "minor", "1.5.0"),
        ("1.4.2", "patch", "1.4.3"),
        ("1.4.2", "none", "1.4.2"),
        ("0.1.0", "major", "0.2.0"),
        ("0.1.0", "minor", "0.1.1"),
        ("0.1.0", "patch", "0.1.1"),
        ("1", "minor", "1.1.0"),
        ("2.3", "patch", "2.3.1"),
        ("v3.0.1", "major", "4.0.0"),
        ("2.0.0rc1", "major", "2.0.0"),
        ("2.0.0-rc.1", "minor", "2.0.0"),
        ("2.1.0b2", "minor", "2.1.0"),
        ("2.1.0b2", "major", "3.0.0"),
        ("2.1.3.dev4", "minor", "2.2.0"),
        ("2.1.3.dev4", "patch", "2.1.3"),
        ("1.2.3+local", "patch", "1.2.4"),
        ("1.2.3.post1", "patch", "1.2.4"),
        ("latest", "major", None),
        ("9" * 5000, "major", None),
    ],
)
def test_the_next_version(old: str, level: Level, expected: str | None) -> None:
    assert advise(level, old, old).next == expected


@pytest.mark.parametrize(
    ("new", "enough"),
    [("2.0.0", True), ("3.1.0", True), ("2.0.0rc1", False), ("1.9.0", False), ("latest", False), ("1.4.2", False)],
)
def test_whether_the_version_in_the_settings_is_enough(new: str, enough: bool) -> None:
    assert advise("major", "1.4.2", new).sufficient is enough
