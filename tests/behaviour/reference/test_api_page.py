"""`api.md` is for people: it has no name that only one module knows, and no mark for the runtime."""

from __future__ import annotations

import re

import pytest
from tests import case_packages


@pytest.mark.parametrize("case", case_packages.names())
def test_types_are_spelled_without_aliases_and_marks(case: str) -> None:
    package = case_packages.package(case)
    modules = [path.read_text("utf-8") for path in package.rglob("*.py") if "_core" not in path.parts]
    aliases = {alias for text in modules for alias in re.findall(r"\bas (\w+)$", text, re.MULTILINE)}
    page = (package / "api.md").read_text("utf-8")
    types = re.findall(r"^- `[^`]*`: `([^`]*)`|^`\w+ = ([^`]*)`|^`client\.[^`]*-> ([^`]*)`", page, re.MULTILINE)
    shown = {word for found in types for text in found for word in re.findall(r"\w+", re.sub(r'"[^"]*"', "", text))}
    assert not shown & (aliases | {"Annotated", "Discriminator", "WireName"})


@pytest.mark.parametrize("case", case_packages.names())
def test_what_is_headed_a_class_is_one(case: str) -> None:
    package = case_packages.package(case)
    modules = "\n".join(path.read_text("utf-8") for path in package.rglob("types/**/*.py"))
    page = (package / "api.md").read_text("utf-8")
    headed = {kind: set(re.findall(rf"^#####? {kind} `(\w+)`$", page, re.MULTILINE)) for kind in ("class", "type")}
    assert headed["class"] == set(re.findall(r"^class (\w+)\(", modules, re.MULTILINE))
    assert headed["type"] == set(re.findall(r"^(\w+): TypeAlias", modules, re.MULTILINE))
