"""What the tests of comparisons share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from clientsmith.cli import main

Diff = Callable[..., Result]


@pytest.fixture
def diff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diff:
    """Run the command in a folder with `old.yaml` and `new.yaml`, or with the arguments that are given."""
    monkeypatch.chdir(tmp_path)

    def run(old: Any, new: Any, *options: str, sources: tuple[str, ...] = ("old.yaml", "new.yaml")) -> Result:
        for name, document in (("old.yaml", old), ("new.yaml", new)):
            if document is not None:
                Path(name).write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), "utf-8")
        return CliRunner().invoke(main, ["diff", *sources, *options])

    return run
