"""`generate --watch`: the client follows its files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from clientsmith.cli import main

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example"}]
paths:
  /pets:
    get:
      operationId: listPets
      responses: {"200": {description: Pets., content: {application/json: {schema: {$ref: "pet.yaml"}}}}}
"""


def test_a_change_of_any_file_that_was_read_generates_again(tmp_path: Path) -> None:
    (tmp_path / "pets.yaml").write_text(SPEC)
    (tmp_path / "pet.yaml").write_text("type: string\n")
    (tmp_path / "pets.toml").write_text('spec = "pets.yaml"\nformatter = "none"\n')
    command = [sys.executable, "-m", "clientsmith", "generate", "--watch", "pets.toml"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        # A shell may have started the tests in the background, with interrupts ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    try:
        lines = iter(process.stdout.readline, "")
        assert next(lines).endswith(" added, 0 unchanged in pets\n")
        assert next(lines).startswith("try it")
        assert next(lines) == "watching 3 files; Ctrl+C ends\n"
        # As editors save: a new file in the place of the old one.
        (tmp_path / "new").write_text("type: integer\n")
        (tmp_path / "new").replace(tmp_path / "pet.yaml")
        assert "changed" in next(lines)
        assert "-> int" in (tmp_path / "pets/resources/pets.py").read_text()
        assert next(lines).startswith("try it")
        assert next(lines).startswith("watching")
        (tmp_path / "pet.yaml").unlink()
        assert "error" in next(lines)
        while not next(lines).startswith("watching"):
            pass
        (tmp_path / "pet.yaml").write_text("type: string\n")
        assert "changed" in next(lines)
        process.send_signal(signal.SIGINT)
        assert "clientsmith: interrupted\n" in lines
        assert process.wait() == 130
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_without_watchfiles_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    (tmp_path / "pets.yaml").write_text(SPEC)
    done = CliRunner().invoke(main, ["generate", "--watch", str(tmp_path / "pets.yaml")])
    assert done.exit_code == 2
    assert "pip install 'clientsmith[watch]'" in done.stderr
