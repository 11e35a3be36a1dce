"""Hostile text in every place of every document, settings file and file name of the cases.

A place is a value or a key. Each is replaced alone, so that what is around it stays valid and the text gets as far as
it can. `make test` takes a sample of the kinds of places, `make fuzz` all of them, with several texts each.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.behaviour.test_hostile_text import HIDDEN, HOSTILE, assert_reported, modules
from tests.case_packages import CASES, SOURCES, names
from tests.reference.test_hostile import assert_harmless_markdown, assert_harmless_page

from clientsmith.data.issues import Found, Rejected
from clientsmith.data.settings import Settings
from clientsmith.pipeline import Run, settings_of, understand
from clientsmith.targets.python.plan import plan
from clientsmith.targets.python.render import render
from clientsmith.targets.reference import package_pages, render_site

Step = str | int

IS_WHOLE = "FUZZ" in os.environ
SAMPLE = 1 if IS_WHOLE else 40
"""One kind of places in so many."""
TEXTS = (*HOSTILE, "\x00", "\ud800", "\u200b", "../../../boom", "con", "9" * 5000, "-", "İade", "e\u0301")
TEXTS_A_PLACE = int(os.environ.get("TEXTS", "3")) if IS_WHOLE else 1
KEEPS_NAMES = {
    "paths", "schemas", "properties", "responses", "parameters", "headers", "examples", "requestBodies", "links",
    "securitySchemes", "callbacks", "pathItems", "webhooks", "mapping", "variables", "content", "encoding", "scopes",
    "patternProperties", "$defs", "definitions", "dependentSchemas", "dependentRequired", "resources", "methods",
    "iterators", "security",
}  # fmt: skip
"""Keys whose values have names of their own as keys."""


@dataclass(frozen=True)
class Place:
    """A value, or (`is_key`) the key that leads to it, in a file of a case."""

    case: str
    file: str
    path: tuple[Step, ...]
    is_key: bool

    @property
    def kind(self) -> tuple[Step, ...]:
        """What the place is in any document: the last steps, without names and numbers."""
        steps = [
            "*" if isinstance(step, int) or (index and self.path[index - 1] in KEEPS_NAMES) else step
            for index, step in enumerate(self.path)
        ]
        return (Path(self.file).suffix == ".toml", self.is_key, *steps[-4:])

    def __str__(self) -> str:
        return f"{self.case}/{self.file}:{'key ' if self.is_key else ''}{'/'.join(map(str, self.path))}"


def places() -> Iterator[Place]:
    """List the strings of all files of all cases that make a package."""
    for case in names():
        for file, data in sorted(files_of(case).items()):
            yield from (Place(case, file, path, is_key) for path, is_key in strings(data))


@cache
def files_of(case: str) -> Mapping[str, Any]:
    """Read the documents and settings of a case, by their paths in its folder."""
    folder = CASES / case
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if not name.startswith("expected") and path.suffix in (".yaml", ".json", ".toml"):
            found[name] = parsed(path)
    return found


def parsed(path: Path) -> Any:
    text = path.read_text("utf-8")
    if path.suffix == ".toml":
        return tomllib.loads(text)
    return json.loads(text) if path.suffix == ".json" else yaml.load(text, JsonLoader)


class JsonLoader(yaml.SafeLoader):
    """Knows the types of JSON alone: a date is text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as in the base
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":merge"))]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def strings(data: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], bool]]:
    if isinstance(data, str):
        yield path, False
    elif isinstance(data, dict):
        for key, value in data.items():
            if isinstance(key, str):
                yield (*path, key), True
            yield from strings(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from strings(value, (*path, index))


def replaced(data: Any, path: tuple[Step, ...], is_key: bool, text: str) -> Any:
    """Copy data with another text in one place."""
    if not path:
        return text
    step, *rest = path
    if isinstance(data, list):
        return [replaced(v, tuple(rest), is_key, text) if i == step else v for i, v in enumerate(data)]
    changed: dict[Any, Any] = {}
    for key, value in data.items():
        if key != step:
            changed[key] = value
        elif is_key and not rest:
            changed[text] = value
        else:
            changed[key] = replaced(value, tuple(rest), is_key, text)
    return changed


def toml(data: Mapping[str, Any]) -> str:
    """Write settings: tables inline, strings with escapes."""
    return "".join(f"{toml_text(key)} = {toml_value(value)}\n" for key, value in data.items())


def toml_value(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{toml_text(key)} = {toml_value(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml_value, value))}]"
    return toml_text(value) if isinstance(value, str) else json.dumps(value)


def toml_text(text: str) -> str:
    return "".join(['"', *(f"\\U{ord(character):08X}" for character in text), '"'])


def write(folder: Path, place: Place, text: str) -> Path:
    """Copy a case with another text in one place; give the file that the command reads."""
    shutil.copytree(CASES / place.case, folder, ignore=shutil.ignore_patterns("expected"))
    data = replaced(files_of(place.case)[place.file], place.path, place.is_key, text)
    target = folder / place.file
    target.write_text(toml(data) if target.suffix == ".toml" else json.dumps(data), "utf-8", "surrogatepass")
    return next(folder / name for name in SOURCES if (folder / name).exists())


def rendered(source: Path) -> Mapping[str, str]:
    """Make all files of a client and of its reference.

    Raises:
        Rejected: the document or the settings are refused.
    """
    found = settings_of(source, None)
    run = Run(Found(with_skips(found.value), found.issues))
    surface = understand(run, lambda stage: None)
    site = {f"site/{path}": text for path, text in render_site(surface).items()}
    return {**render(plan(surface)), **package_pages(surface, with_pages=True), **site}


def with_skips(settings: Settings) -> Settings:
    """Accept gaps: the rest is generated then."""
    return replace(settings, allow_skips=True)


def chosen() -> list[Place]:
    """Choose the first place of each kind, of which a part is tried."""
    of_kind: dict[tuple[Step, ...], Place] = {}
    for place in places():
        of_kind.setdefault(place.kind, place)
    return list(of_kind.values())[::SAMPLE]


@cache
def baseline(case: str) -> frozenset[str]:
    """List what the modules of a case call and import from elsewhere, as the case is."""
    source = next(CASES / case / name for name in SOURCES if (CASES / case / name).exists())
    return frozenset(effects(rendered(source)))


def effects(files: Mapping[str, str]) -> Iterator[str]:
    """List what modules call by a path of names, and what absolute modules they import."""
    for _, code in modules(files):
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.Import):
                yield from (f"import {alias.name}" for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield f"from {node.module}"
            elif isinstance(node, (ast.Global, ast.Delete, ast.Raise, ast.With, ast.Lambda)):
                yield type(node).__name__


PLAIN = {
    "from __future__", "from builtins", "from collections.abc", "from datetime", "from decimal", "from functools",
    "from typing", "from uuid",
}  # fmt: skip
DANGEROUS = {"system", "eval", "exec", "compile", "__import__", "open", "popen", "boom"}


def assert_harmless(case: str, files: Mapping[str, str]) -> None:
    assert set(effects(files)) <= baseline(case) | PLAIN
    for path, text in files.items():
        if path.startswith("_core/"):
            continue
        assert not Path(path).is_absolute()
        assert ".." not in Path(path).parts
        if path.endswith(".py"):
            assert_harmless_code(text)
        elif path.endswith(".html"):
            assert_harmless_page(text)
        elif path.endswith(".md"):
            assert_harmless_markdown(text)


def assert_harmless_code(code: str) -> None:
    assert {unicodedata.category(character) for character in code if character != "\n"} & HIDDEN == set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            own = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value).startswith("self.")
            assert own or called not in DANGEROUS, called


@pytest.mark.parametrize("place", chosen(), ids=str)
def test_text_in_any_place_is_harmless(tmp_path: Path, place: Place) -> None:
    first = sum(map(ord, str(place)))  # another text for each place, the same in each run
    for number in range(TEXTS_A_PLACE):
        text = TEXTS[(first + 5 * number) % len(TEXTS)]
        try:
            files = rendered(write(tmp_path / str(number), place, text))
        except Rejected as rejected:
            assert_reported(rejected)
        else:
            assert_harmless(place.case, files)


def test_every_file_of_the_cases_has_places() -> None:
    assert len({place.kind for place in places()}) > 500
    assert {Path(place.file).suffix for place in places()} == {".yaml", ".json", ".toml"}


FILE_NAMES = [
    text for text in (*HOSTILE, "con", "-", "--check", "~", " ", "a" * 200, "e\u0301", "İade") if "/" not in text
]


@pytest.mark.parametrize("name", FILE_NAMES)
@pytest.mark.parametrize("suffix", [".yaml", ".toml"])
def test_any_name_of_a_file_is_text(tmp_path: Path, name: str, suffix: str) -> None:
    """It names the package, and stands in messages, the manifest and headers of files."""
    source = tmp_path / f"{name}{suffix}"
    case = CASES / "doc_descriptions"
    shutil.copy(case / "spec.yaml", tmp_path / "spec.yaml")
    try:
        source.write_text('spec = "spec.yaml"\n' if suffix == ".toml" else (case / "spec.yaml").read_text("utf-8"))
    except (OSError, ValueError):
        pytest.skip("no file can have this name")
    try:
        files = rendered(source)
    except Rejected as rejected:
        assert_reported(rejected)
    else:
        assert_harmless("doc_descriptions", files)


def test_places_are_replaced_one_at_a_time() -> None:
    data = {"a": [{"b": "c"}, "d"]}
    assert replaced(data, ("a", 0, "b"), False, "x") == {"a": [{"b": "x"}, "d"]}
    assert replaced(data, ("a", 0, "b"), True, "x") == {"a": [{"x": "c"}, "d"]}
    assert tomllib.loads(toml({"a": {"b": ['"\n'], "c": True}})) == {"a": {"b": ['"\n'], "c": True}}
    assert len(list(strings(data))) == 4
