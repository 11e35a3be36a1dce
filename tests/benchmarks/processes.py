"""Measures whole processes: the generator, imports, a first call. Byte code is compiled first, CPU time is counted."""

from __future__ import annotations

import compileall
import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from tests.benchmarks.recordings import recordings
from tests.runtime.server import Server, answer

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ROOT / "generated"
PACKAGE = "cloudflare_realtimekit"

IMPORT = f"import {PACKAGE}"
FIRST_CALL = """
from {package} import Cloudflare
client = Cloudflare(api_token="token", base_url={url!r})
page = client.realtime_kit.recordings.get_recordings("app", account_id="account")
assert page.data[0].status == "UPLOADED"
"""
BARE_CALL = """
import {library}
with {library}.Client() as client:
    page = client.get({url!r}).json()
assert page["data"][0]["status"] == "UPLOADED"
"""


def compile_byte_code() -> None:
    """Write byte code of what is timed, even where the environment asks Python not to."""
    folders = [GENERATED, ROOT / "generator"]
    for name in ("cloudflare", "httpx", "httpx2", "pydantic", "black", "jinja2", "yaml"):
        spec = importlib.util.find_spec(name)
        folders += [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    for folder in folders:
        compileall.compile_dir(folder, quiet=2)


def cpu_of(command: Sequence[str], folder: Path, changes: Mapping[str, str] = MappingProxyType({})) -> float:
    """Return the CPU seconds of a process, user and system; `changes` are of its environment.

    Raises:
        RuntimeError: it fails.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("CLOUDFLARE", "PYTHON"))}
    if "PYTHONPYCACHEPREFIX" in os.environ:
        environment["PYTHONPYCACHEPREFIX"] = os.environ["PYTHONPYCACHEPREFIX"]
    environment |= changes
    with (
        tempfile.TemporaryFile() as messages,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=messages, stderr=messages) as process,
    ):
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        messages.seek(0)
        output = messages.read().decode(errors="replace")
    if process.returncode:
        raise RuntimeError(f"{command} exited with {process.returncode}: {output[-1000:]}")
    return used.ru_utime + used.ru_stime


def quickest(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """Take turns, so that a busy machine is unfair to nobody; return the best of each."""
    taken = [[measure() for measure in measures] for _ in range(rounds)]
    return [min(column) for column in zip(*taken, strict=True)]


def generate(folder: Path, formatter: str, rounds: int) -> tuple[float, float]:
    """Return the seconds of generating all without a cache, and of generating when nothing has changed."""
    text = (ROOT / "spec/realtime_kit.toml").read_text("utf-8")
    text = text.replace("realtime_kit.yaml", f"{ROOT}/spec/realtime_kit.yaml")
    settings = folder / f"{formatter}.toml"
    settings.write_text(f'formatter = "{formatter}"\n{text}', "utf-8")
    command = [sys.executable, "-m", "clientsmith", "generate", settings.name, "-o"]
    outputs = (f"{formatter}/{number}/{PACKAGE}" for number in range(rounds))
    (full,) = quickest(rounds, lambda: cpu_of([*command, next(outputs)], folder, {"CLIENTSMITH_CACHE": "off"}))
    known = {"CLIENTSMITH_CACHE": str(folder / "cache")}
    cpu_of([*command, f"{formatter}/again/{PACKAGE}"], folder, known)
    (again,) = quickest(rounds, lambda: cpu_of([*command, f"{formatter}/again/{PACKAGE}"], folder, known))
    return full, again


def run_code(code: str, folder: Path) -> float:
    """Return the CPU seconds of Python code, as where only its own dependencies are installed.

    httpx imports its command line where click and rich happen to be installed, as they are for the generator.
    """
    path = f"import sys; sys.path.insert(0, {str(GENERATED)!r}); sys.modules['click'] = None\n"
    return cpu_of([sys.executable, "-c", path + code], folder)


def importing(folder: Path, rounds: int) -> tuple[float, float]:
    """Return the seconds of the bare interpreter, and of one that imports the client."""
    bare, ours = quickest(rounds, lambda: run_code("", folder), lambda: run_code(IMPORT, folder))
    return bare, ours


def first_calls(packages: Sequence[str], libraries: Sequence[str], folder: Path, rounds: int) -> list[float]:
    """Return the seconds of import, construction and a first call against a loopback server.

    Packages decode what comes; for comparison, HTTP libraries make the same call alone.
    """
    server = Server()
    server.default = answer(200, recordings(1))
    codes = [FIRST_CALL.format(package=package, url=server.origin) for package in packages]
    codes += [BARE_CALL.format(library=library, url=server.origin) for library in libraries]
    measures = [partial(run_code, code, folder) for code in codes]
    try:
        return quickest(rounds, *measures)
    finally:
        server.close()
