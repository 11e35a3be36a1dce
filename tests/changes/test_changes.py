"""Pairs of documents with one change each: its level, kind and place, through the real command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from tests.changes.documents import HERE, base_document, edited

from clientsmith.cli import main
from clientsmith.targets.changes.kinds import KINDS

ROWS = yaml.safe_load((HERE / "changes.yaml").read_text("utf-8"))


def pairs() -> Iterator[Any]:
    """Give every row in both directions."""
    for row in ROWS:
        name = next(iter(row["edit"]))
        yield pytest.param(row, False, id=f"{name} {row['edit'][name]}")
        yield pytest.param(row, True, id=f"back: {name} {row['edit'][name]}")


def compared(old: Any, new: Any, folder: Path) -> Any:
    """Run the command on two documents."""
    for name, document in (("old", old), ("new", new)):
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), "utf-8")
    result = CliRunner().invoke(main, ["diff", str(folder / "old.yaml"), str(folder / "new.yaml"), "--format", "json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def written(change: dict[str, Any]) -> str:
    return f"{change['level']} {change['kind']} {change['place']}"


@pytest.mark.parametrize(("row", "back"), [*pairs()])
def test_one_change(row: Any, back: bool, tmp_path: Path) -> None:
    base = base_document()
    documents = base, edited(base, row["edit"])
    found = compared(*(reversed(documents) if back else documents), tmp_path)
    expected = row["back" if back else "does"]
    directions = [line for line in expected if line.rpartition(" ")[2] in ("both", "request", "response")]
    assert [written(change) for change in found["changes"]] == [
        line.rpartition(" ")[0] if line in directions else line for line in expected
    ]
    for change, line in zip(found["changes"], expected, strict=True):
        if line in directions:
            assert change["direction"] == line.rpartition(" ")[2]
