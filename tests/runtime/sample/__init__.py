"""The client that the runtime is tested with, generated from `spec.yaml` anew in each session.

Its `_core` is not a copy but the runtime itself, so that tests may import either.
"""

from __future__ import annotations

import atexit
import importlib
import shutil
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner

from clientsmith.cli import main
from clientsmith.targets.python.render.locations import runtime_folder

PACKAGE = "sample_client"
FOLDER = Path(__file__).parent


def make() -> Path:
    """Generate the client and have it imported from there; return the folder that it is in."""
    folder = Path(tempfile.mkdtemp(prefix="sample-client-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in ("spec.yaml", "settings.toml"):
        shutil.copy(FOLDER / name, folder)
    result = CliRunner().invoke(main, ["generate", str(folder / "settings.toml")])
    assert result.exit_code == 0, result.output
    sys.path.append(str(folder))
    for path in sorted(runtime_folder().glob("*.py")):
        name = path.stem.replace("__init__", "")
        sys.modules[f"{PACKAGE}._core.{name}".rstrip(".")] = importlib.import_module(
            f"clientsmith.runtime.{name}".rstrip(".")
        )
    return folder
