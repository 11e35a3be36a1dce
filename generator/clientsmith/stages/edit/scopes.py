"""A generated file goes in; its definitions (Python) or headings (Markdown) come out, by name, with their lines."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...data.edits import lines_of
from ...data.text import printable

HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
FENCE = re.compile(r"\s*(```|~~~)")
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Scope:
    """The lines `[start, end)` that belong to one definition or heading."""

    label: str
    start: int
    end: int
    is_ordered: bool = True
    """False where the order of what stands in it makes no difference: a class, a module."""

    @property
    def size(self) -> int:
        """How many lines it has."""
        return self.end - self.start


class Scopes:
    """The scopes of one file, those around before those inside."""

    def __init__(self, path: str, text: str) -> None:
        found = python_scopes(text) if path.endswith(".py") else markdown_scopes(text) if path.endswith(".md") else ()
        whole = Scope("", 0, len(lines_of(text)), is_ordered=not path.endswith(".py"))
        self._all = [whole, *with_distinct_labels(found)]
        self._by_label = {scope.label: scope for scope in self._all}

    def find(self, label: str) -> Scope | None:
        """Look a scope up."""
        return self._by_label.get(label)

    def around(self, start: int, end: int) -> Scope:
        """Find the innermost scope that holds a change of the lines `[start, end)`, or lines added before `start`."""
        if start == end:
            return [scope for scope in self._all if scope.start < start < scope.end or not scope.label][-1]
        return [scope for scope in self._all if (scope.start <= start and end <= scope.end) or not scope.label][-1]


def python_scopes(text: str) -> Iterator[Scope]:
    """List classes and functions, parents first."""
    yield from scopes_below(ast.parse(text).body, "")


def scopes_below(nodes: Iterable[ast.stmt], prefix: str) -> Iterator[Scope]:
    """List the definitions among statements, and those inside them."""
    for node in nodes:
        if isinstance(node, Definition):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            is_ordered = not isinstance(node, ast.ClassDef)
            yield Scope(f"{prefix}{node.name}", first - 1, node.end_lineno or node.lineno, is_ordered)
            yield from scopes_below(node.body, f"{prefix}{node.name}.")


def markdown_scopes(text: str) -> Iterator[Scope]:
    """List headings, with all that follows up to the next one of the same level or a higher one."""
    found = list(headings(text))
    end = len(lines_of(text))
    for index, (line, level, title) in enumerate(found):
        later = (other for other, its_level, _ in found[index + 1 :] if its_level <= level)
        yield Scope(title, line, next(later, end))


def headings(text: str) -> Iterator[tuple[int, int, str]]:
    """List headings outside blocks of code: line, level, title."""
    is_code = False
    for number, line in enumerate(lines_of(text)):
        if FENCE.match(line):
            is_code = not is_code
        elif not is_code and (heading := HEADING.fullmatch(line.rstrip("\n"))) is not None:
            yield number, len(heading[1]), " ".join(printable(heading[2]).split())


def with_distinct_labels(scopes: Iterable[Scope]) -> Iterator[Scope]:
    """Number the scopes that have the name of an earlier one."""
    counts: Counter[str] = Counter()
    for scope in scopes:
        counts[scope.label] += 1
        label = scope.label if counts[scope.label] == 1 else f"{scope.label} ({counts[scope.label]})"
        yield Scope(label, scope.start, scope.end, scope.is_ordered)
