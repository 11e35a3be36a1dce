"""The modules in `custom/` of a package: they are read and parsed, never run."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass
from pathlib import Path

from ...data.document import Position
from ...data.issues import Issue, Rejected, rejected
from ...disk.regular import NotRegular, TooLarge, read_noted

MOST = 5_000_000
"""Bytes of a module that is read."""


@dataclass(frozen=True, slots=True)
class OwnModule:
    """A module of the user's."""

    file: Path
    tree: ast.Module
    is_package: bool


class OwnModules:
    """Reads modules, each once. What is wrong with one is an issue, and reads as absent."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._known: dict[str, OwnModule | None] = {}
        self._broken: set[str] = set()
        self.issues: list[Issue] = []

    def file_of(self, module: str) -> Path:
        """Give the file that a module would have."""
        return self._output.joinpath(*module.split(".")).with_suffix(".py")

    def is_broken(self, module: str) -> bool:
        """Report whether a module is there and cannot be used: that is an issue already."""
        return module in self._broken

    def find(self, module: str) -> OwnModule | None:
        """Look a module up by its dotted path in the package; None if no such file can be read."""
        if module not in self._known:
            try:
                self._known[module] = self._read(module)
            except Rejected as stopped:
                self.issues += stopped.issues
                self._broken.add(module)
                self._known[module] = None
        return self._known[module]

    def _read(self, module: str) -> OwnModule | None:
        """Read a module.

        Raises:
            Rejected: it cannot be read, or is no Python.
        """
        # Python prefers the package.
        for file in (self._output.joinpath(*module.split("."), "__init__.py"), self.file_of(module)):
            try:
                content = read_noted(file, MOST)
            except (FileNotFoundError, NotADirectoryError):
                continue
            except (NotRegular, TooLarge, OSError, ValueError) as error:
                raise rejected("bad-base", f"the module cannot be read: {error}", file=str(file)) from None
            return OwnModule(file, parsed(content, file), file.name == "__init__.py")
        return None


def parsed(content: bytes, file: Path) -> ast.Module:
    """Parse a module.

    Raises:
        Rejected: it is no Python.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(content)
    except SyntaxError as error:
        position = Position(error.lineno or 1, error.offset or 1)
        raise rejected("bad-base", f"this is no Python: {error.msg}", file=str(file), position=position) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise rejected("bad-base", f"this is no Python: {error}", file=str(file)) from None
