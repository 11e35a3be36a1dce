"""The generated package works wherever it is copied to, and needs the HTTP library only."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.client.specification import OPERATIONS, ROOT, sample
from tests.runtime.server import Server, answer

PACKAGE = ROOT / "generated" / "cloudflare_realtimekit"
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
HTTP_LIBRARIES = {"httpx", "httpx2"}
LOOKED_FOR = {"orjson"}
"""Used where it is installed, never asked for."""

SCRIPT = """
import sys
from acme.vendor.cloudflare_realtimekit import Cloudflare, NotFoundError
from acme.vendor.cloudflare_realtimekit.types.realtime_kit import MeetingCreateResponse

with Cloudflare(api_token="token", base_url=sys.argv[1]) as client:
    answer = client.realtime_kit.meetings.create("app", account_id="account", title="Title")
    assert type(answer) is MeetingCreateResponse, type(answer)
    try:
        client.realtime_kit.meetings.create("app", account_id="account")
    except NotFoundError as error:
        assert type(error).__module__ == "acme.vendor.cloudflare_realtimekit", error
assert not [name for name in sys.modules if name.startswith(("cloudflare_realtimekit", "clientsmith"))]
print(answer.data.title)
"""


def test_it_works_below_another_package(server: Server, tmp_path: Path) -> None:
    vendor = tmp_path / "acme" / "vendor"
    shutil.copytree(PACKAGE, vendor / "cloudflare_realtimekit", ignore=shutil.ignore_patterns("__pycache__"))
    for package in (vendor, vendor.parent):
        (package / "__init__.py").touch()
    (operation,) = (operation for operation in OPERATIONS if operation.name == "create")
    assert operation.answer is not None
    payload = sample(operation.answer)
    server.script += [answer(201, payload), answer(404, {})]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT, server.origin],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (payload["data"]["title"] + "\n", "")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """List level and name of each import, wherever it stands, also those by name."""
    for node in ast.walk(ast.parse((PACKAGE / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_its_own_imports_are_relative(path: Path) -> None:
    outside = {name.partition(".")[0] for level, name in imports(path) if level == 0}
    assert "cloudflare_realtimekit" not in outside
    if path.parts[0] != "_core":
        assert outside <= sys.stdlib_module_names
    assert outside <= {*sys.stdlib_module_names, *HTTP_LIBRARIES, *LOOKED_FOR}


def test_its_imports_stay_inside() -> None:
    for path in MODULES:
        for level, _ in imports(path):
            assert level <= len(path.parts), f"{path} reaches out of the package"


def test_it_imports_without_any_third_party_library(tmp_path: Path) -> None:
    """All modules are importable where nothing is installed: the HTTP library is looked for at the first call."""
    names = [".".join(("cloudflare_realtimekit", *path.with_suffix("").parts)) for path in MODULES]
    names = [name.removesuffix(".__init__") for name in names]
    code = f"import importlib, sys\nsys.path.insert(0, sys.argv[1])\nfor n in {names!r}: importlib.import_module(n)"
    command = [sys.executable, "-I", "-S", "-W", "error", "-c", code, str(PACKAGE.parent)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_it_says_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").read_bytes() == b""


def test_errors_have_the_names_that_the_package_gives_them() -> None:
    code = (
        "import pickle, cloudflare_realtimekit as package\n"
        "client = package.Cloudflare(api_token='t', base_url='http://127.0.0.1:9', max_retries=0)\n"
        "try:\n"
        "    client.realtime_kit.meetings.get('', account_id='a')\n"
        "except package.CloudflareError as error:\n"
        "    assert isinstance(error, ValueError)\n"
        "root = package.CloudflareError\n"
        "assert (root.__module__, root.__qualname__) == ('cloudflare_realtimekit', 'CloudflareError')\n"
        "revived = pickle.loads(pickle.dumps(package.APIConnectionError('m', request=None)))\n"
        "assert repr(type(revived)) == \"<class 'cloudflare_realtimekit.APIConnectionError'>\"\n"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
