"""The whole packages of all cases pass mypy --strict, pyright and ruff's default rules, in one run each.

So do the examples of their READMEs and of their reference. The runtime is checked where it is (`make types`, `make
lint`), so what is wrong in it is not reported again here.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from tests import case_packages
from tests.reference.surfaces import surface_of

from clientsmith.targets.python.render.locations import runtime_folder
from clientsmith.targets.reference.examples import Examples

ROOT = Path(__file__).parents[1]
RUNTIME = "shared_core"
LEFT_OUT = shutil.ignore_patterns("_core", "__pycache__")
VIEWS_OF_STREAMS = """
from typing import assert_type

from op_streams import AsyncOpStreams, OpStreams
from op_streams.types import Delta

from shared_core.responses import AsyncRawResponse, AsyncStreamedResponse, RawResponse, StreamedResponse
from shared_core.streaming import AsyncStream, Stream


def views(client: OpStreams) -> None:
    raw = client.streams.with_raw_response.chat_stream(prompt="p")
    assert_type(raw, RawResponse[Stream[Delta]])
    assert_type([delta for delta in raw.parse()], list[Delta])
    with client.streams.with_streaming_response.events() as streamed:
        assert_type(streamed, StreamedResponse[Stream[Delta]])
        assert_type([delta for delta in streamed.parse()], list[Delta])


async def async_views(client: AsyncOpStreams) -> None:
    raw = await client.streams.with_raw_response.chat_stream(prompt="p")
    assert_type(raw, AsyncRawResponse[AsyncStream[Delta]])
    assert_type([delta async for delta in await raw.parse()], list[Delta])
    async with client.streams.with_streaming_response.events() as streamed:
        assert_type(streamed, AsyncStreamedResponse[AsyncStream[Delta]])
        assert_type([delta async for delta in await streamed.parse()], list[Delta])
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clients of all cases side by side. Their runtime is one and the same, so checkers read it once."""
    folder = tmp_path_factory.mktemp("golden")
    shutil.copytree(runtime_folder(), folder / RUNTIME, ignore=LEFT_OUT)
    for case in case_packages.names():
        package = case_packages.package(case)
        shutil.copytree(package, folder / case, ignore=LEFT_OUT)
        write_runtime(folder / case / "_core")
        write_examples(package / "README.md", folder / f"readme_{case}.py", at_least=4)
        write_reference_examples(case, folder / f"reference_{case}.py")
    (folder / "views_of_streams.py").write_text(VIEWS_OF_STREAMS)
    return folder


def write_examples(page: Path, module: Path, at_least: int) -> None:
    """Make a module of the Python of a page, which users copy: its blocks one after another."""
    blocks = re.findall(r"^```python\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) >= at_least
    module.write_text("\n".join(blocks), "utf-8")


def write_reference_examples(case: str, module: Path) -> None:
    """Make a module of the examples of a case's reference: each is a program, so each becomes a function."""
    surface = surface_of(case_packages.CASES / case / case_packages.source(case), Path(case))
    examples = Examples(surface)
    blocks = [
        example.code
        for resource in surface.all_resources()
        for call in resource.calls
        for example in examples.requests(resource, call)
        if example.language == "python"
    ]
    functions = [f"def example_{n}() -> None:\n{textwrap.indent(code, '    ')}\n" for n, code in enumerate(blocks)]
    module.write_text("\n\n".join(functions), "utf-8")


def write_runtime(folder: Path) -> None:
    """Make the modules of the runtime that a client imports give what the shared ones have."""
    text = "".join(path.read_text("utf-8") for path in folder.parent.rglob("*.py"))
    folder.mkdir()
    (folder / "__init__.py").touch()
    for path in runtime_folder().glob("*.py"):
        if f"._core.{path.stem} import" in text:
            (folder / path.name).write_text(f"from {RUNTIME}.{path.stem} import *\n", "utf-8")


def test_there_are_clients(root: Path) -> None:
    assert len(list(root.glob("*/_client.py"))) == len(case_packages.names()) > 0


def test_mypy_strict(root: Path) -> None:
    (root / "mypy.ini").write_text(f"[mypy]\nstrict = true\n[mypy-{RUNTIME}.*]\nignore_errors = true\n")
    cache = ROOT / ".mypy_cache" / "golden"
    options = ["--strict", "--warn-unreachable", "--config-file", "mypy.ini", "--cache-dir", str(cache)]
    command = [sys.executable, "-m", "mypy", *options, "--python-version", "3.11", "."]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_pyright(root: Path) -> None:
    settings = {"pythonVersion": "3.11", "typeCheckingMode": "standard", "ignore": [RUNTIME]}
    (root / "pyrightconfig.json").write_text(json.dumps(settings))
    environment = {**os.environ, "PYRIGHT_PYTHON_GLOBAL_NODE": "off", "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "--project", "."]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff(root: Path) -> None:
    options = ["--isolated", "--no-cache", "--target-version", "py311", "--exclude", "_core"]
    command = [sys.executable, "-m", "ruff", "check", *options, *case_packages.names()]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
