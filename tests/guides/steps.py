"""The steps of a page: what its blocks of code write, run and print, in its order, as a reader would go through it.

A block with a `title` is a file. One of `sh` is run line by line, one of `python` as a program; a block of `text`
behind it is what that prints. Addresses of port 8000 are those of the server that a test runs.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MODULES = {"clientsmith": "clientsmith", "openapi-python-client": "openapi_python_client"}
"""The commands that are run."""
ADDRESS = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Step:
    """A block of code."""

    language: str
    file: str | None
    text: str


def steps(page: Path) -> Iterator[Step]:
    """Read the blocks of a page."""
    for language, file, text in BLOCK.findall(page.read_text("utf-8")):
        yield Step(language, file or None, text)


class Reader:
    """Goes through a page in a folder of its own."""

    def __init__(self, folder: Path, address: str = ADDRESS) -> None:
        self.folder, self.address = folder, address
        self.printed = ""
        self.done: list[str] = []
        """The files and commands so far."""

    def follow(self, page: Path) -> None:
        """Do every step of a page."""
        for step in steps(page):
            self.step(step)

    def step(self, step: Step) -> None:
        text = step.text.replace(ADDRESS, self.address)
        if step.file:
            path = self.folder / step.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            self.done.append(step.file)
        elif step.language == "sh":
            for line in text.splitlines():
                self.command(line.partition("  #")[0])
        elif step.language == "python":
            self.printed = self.run(sys.executable, "-W", "error", "-c", text)
        elif step.language == "text":
            assert self.printed.replace(self.address, ADDRESS).strip() == step.text.strip()

    def command(self, line: str) -> None:
        """Run a line of a shell; what installs or serves is there already."""
        self.done.append(line)
        program, *arguments = line.split()
        if program in MODULES:
            self.printed = self.run(sys.executable, "-m", MODULES[program], *arguments)
        else:
            assert line.startswith(("pip install ", "fastapi run "))

    def run(self, *command: str) -> str:
        home = Path(__file__).parents[2] / "generator"
        variables = {**os.environ, "PYTHONPATH": f"{self.folder}{os.pathsep}{home}", "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            command, cwd=self.folder, env=variables, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout
