"""The command line when it cannot print, or is interrupted: an exit code, at most one line, never a traceback."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example"}]
paths: {/pets: {get: {operationId: listPets, description: From → to., responses: {"204": {description: Nothing.}}}}}
"""
COMPLAINT = re.compile(r"Traceback \(|Exception ignored")
"""What Python itself says of an exception."""
CLIENTSMITH = f"{shlex.quote(sys.executable)} -m clientsmith"
FULL = "clientsmith: the output cannot be written: No space left on device\n"

needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pets.yaml").write_text(SPEC, "utf-8")
    (tmp_path / "pets.toml").write_text('spec = "pets.yaml"\nformatter = "none"\noutput = "out/pets"\n')
    return tmp_path


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        ["sh", "-c", f"{CLIENTSMITH} {command}"],
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        env={**os.environ, **environment},
        check=False,
    )
    assert not COMPLAINT.search(done.stderr)
    return done


COMMANDS = (
    "--help",
    "--version",
    "generate --help",
    "generate pets.toml",
    "generate --check pets.toml",
    "generate --report json pets.toml",
)


@needs_full
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_behind_standard_output_is_one_line(command: str) -> None:
    done = shell(f"{command} > /dev/full")
    # What is on standard error beside a report stays there.
    beside = done.stderr.removesuffix(FULL) if "--report" in command else ""
    assert (done.returncode, done.stderr) == (1, f"{beside}{FULL}")
    assert "error" not in beside


@needs_full
@pytest.mark.parametrize("command", [*COMMANDS, "generate nothing.yaml", "generate", "nonsense"])
def test_where_nothing_can_be_said_the_exit_code_is_all(command: str) -> None:
    assert shell(f"{command} > /dev/full 2>&1").returncode == 1


@needs_shell
@pytest.mark.parametrize("command", [*COMMANDS, "generate nothing.yaml", "generate", "nonsense"])
@pytest.mark.parametrize("stream", [1, 2])
def test_a_closed_pipe_is_the_end_of_it(command: str, stream: int) -> None:
    # The pipe has no reader before the command starts.
    reader, writer = os.pipe()
    os.close(reader)
    streams = {1: "stdout", 2: "stderr"}
    run = [sys.executable, "-m", "clientsmith", *command.split()]
    pipes = {name: writer if number == stream else subprocess.PIPE for number, name in streams.items()}
    done = subprocess.run(run, text=True, check=False, **pipes)  # type: ignore[call-overload]
    os.close(writer)
    assert done.returncode in (0, 1, 2)
    assert not COMPLAINT.search(f"{done.stdout}{done.stderr}")


@needs_shell
def test_closed_streams_change_no_exit_code() -> None:
    assert shell("generate nothing.yaml 2>&-").returncode == 1
    assert shell("generate pets.toml >&- 2>&-").returncode == 0
    assert shell("generate --check pets.toml >&- 2>&-").returncode == 0


@needs_shell
def test_a_narrow_encoding_takes_any_text() -> None:
    done = shell("generate --check pets.toml", PYTHONIOENCODING="latin-1")
    assert done.returncode == 1
    assert r"From \u2192 to." in done.stdout


@needs_shell
def test_an_interrupt_is_one_line() -> None:
    slow = "lambda *_, **__: print('ready', flush=True) or time.sleep(600)"
    # A shell may have started the tests in the background, with interrupts ignored.
    heard = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    replaced = f"import time\nfrom clientsmith import cli\ncli.clients.generate = {slow}\n"
    code = f"{heard}{replaced}cli.main(prog_name='clientsmith')\n"
    run = [sys.executable, "-c", code, "generate", "pets.toml"]
    process = subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        _, displayed = process.communicate(timeout=60)
    assert (process.returncode, displayed) == (130, "clientsmith: interrupted\n")
