"""Resolving: each reference has its target, and each target its value."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientsmith.data.document import Pointer
from clientsmith.data.spec import Spec
from clientsmith.stages.link import link
from clientsmith.stages.load import load
from clientsmith.stages.resolve import resolve


def spec_of(folder: Path, text: str) -> Spec:
    (folder / "spec.yaml").write_text(text)
    return resolve(link(load(folder / "spec.yaml").value)).value


@pytest.mark.parametrize(
    ("said", "version"),
    [("3.0.3", "3.0"), ("3.1.0", "3.1"), ("'3.2.0'", "3.2"), ("3.1", "3.1"), ("v3.0.1", "3.0"), ("3.1.0+3.0", "3.1")],
)
def test_the_version_is_that_of_the_root(tmp_path: Path, said: str, version: str) -> None:
    assert spec_of(tmp_path, f"openapi: {said}").version == version


def test_a_chain_is_followed_step_by_step(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, "openapi: 3.1.0\na: {$ref: '#/b'}\nb: {$ref: '#/c'}\nc: {x: 1}\nd: {$ref: '#/b'}\n")
    assert spec.references == {Pointer("/a"): Pointer("/b"), Pointer("/b"): Pointer("/c"), Pointer("/d"): Pointer("/b")}
    assert list(spec.nodes) == [Pointer("/b"), Pointer("/c")]
    assert spec.nodes[Pointer("/c")].value == {"x": 1}


def test_references_into_other_files_keep_the_file(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "pet.yaml").write_text("Pet: {owner: {$ref: '../spec.yaml#/Owner'}}\n")
    spec = spec_of(tmp_path, "openapi: 3.1.0\na: {$ref: 'models/pet.yaml#/Pet'}\nOwner: {}\n")
    assert spec.references == {
        Pointer("/a"): Pointer("/Pet", "models/pet.yaml"),
        Pointer("/Pet/owner", "models/pet.yaml"): Pointer("/Owner"),
    }
    assert set(spec.documents) == {"", "models/pet.yaml"}


def test_dynamic_references_have_targets(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, "openapi: 3.1.0\nTree: {$dynamicAnchor: node, items: {$dynamicRef: '#node'}}\n")
    assert spec.references == {Pointer("/Tree/items"): Pointer("/Tree")}


def test_a_step_into_a_list_is_a_number(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, "openapi: 3.1.0\na: {$ref: '#/b/1'}\nb: [x, y]\nc: {$ref: '#/b/-1'}\n")
    assert spec.references == {Pointer("/a"): Pointer("/b/1")}
    assert spec.nodes[Pointer("/b/1")].value == "y"
