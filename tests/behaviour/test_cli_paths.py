"""Paths that a new user gives: an error that says what to do, whatever they lead to."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from click.testing import Result
from tests import command

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths: {/pets: {get: {operationId: listPets, responses: {"204": {description: Nothing.}}}}}
"""
TOO_LONG = "a" * 300

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
needs_a_user = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    (home / "pets.yaml").write_text(SPEC)
    (home / "file").touch()
    return home


def run(*arguments: str) -> Result:
    result = command.run("generate", *arguments)
    assert "internal error" not in result.stderr
    return result


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.stderr.endswith("nothing was written: 1 error\n")
    return result.stderr


@pytest.mark.parametrize(
    ("source", "message", "hint"),
    [
        ("file:///pets.toml", "on the network", "download the document"),
        (".", "a folder", "name the file in it"),
        ("nowhere/pets.yaml", "does not exist", "there is no folder 'nowhere'"),
        ("file/pets.yaml", "cannot be read: Not a directory", "there is no folder 'file'"),
        ("owls.json", "does not exist", "check the path"),
        (f"{TOO_LONG}.yaml", "cannot be read: File name too long", "check the path"),
        (f"{TOO_LONG}/pets.toml", "cannot be read: File name too long", "there is no folder"),
    ],
)
def test_a_source_that_is_no_file(source: str, message: str, hint: str) -> None:
    said = refused(source)
    first, second, _ = said.splitlines()
    # There is no line to point at.
    assert first.startswith(f"{Path(source)}: error: ")
    assert message in first
    assert hint in second


@needs_links
def test_links_that_go_round(folder: Path) -> None:
    (folder / "round.yaml").symlink_to("round.yaml")
    (folder / "round").symlink_to("round")
    assert "round.yaml: error: the file cannot be read: " in refused("round.yaml")
    for output in ("round", "round/pets"):
        assert f"error: '{output}' cannot be " in refused("pets.yaml", "-o", output)


@needs_a_user
def test_what_may_not_be_read(folder: Path) -> None:
    (folder / "closed").mkdir()
    (folder / "closed/pets.yaml").write_text(SPEC)
    (folder / "secret.yaml").write_text(SPEC)
    (folder / "closed").chmod(0)
    (folder / "secret.yaml").chmod(0)
    try:
        for source in ("closed/pets.yaml", "secret.yaml"):
            assert "change the permissions" in refused(source)
        for output in ("closed", "closed/pets"):
            assert "check the permissions" in refused("pets.yaml", "-o", output)
    finally:
        (folder / "closed").chmod(0o700)


def test_references_to_odd_files_are_all_reported(folder: Path) -> None:
    texts = [TOO_LONG, "a\\0b", "file/x.yaml", ".", "%00", "%ff.yaml", f"{TOO_LONG}/x.yaml"]
    paths = ", ".join(f'/{n}: {{$ref: "{text}"}}' for n, text in enumerate(texts))
    (folder / "refs.yaml").write_text(f"openapi: 3.1.0\ninfo: {{title: Pets, version: '1'}}\npaths: {{{paths}}}\n")
    result = run("refs.yaml")
    assert result.exit_code == 1
    assert result.stderr.count("refs.yaml:3:") == len(texts)


@pytest.mark.parametrize("option", ["-o", "--output"])
def test_an_empty_path_is_not_the_working_directory(option: str) -> None:
    for arguments in (["pets.yaml", option, ""], [""]):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "the path is empty" in result.stderr


@pytest.mark.parametrize(
    ("output", "message", "hint"),
    [
        ("file", "'file' is no folder", "choose another folder"),
        ("file/pets", "'file/pets' cannot be ", "look at 'file"),
        ("my-pets", "'my-pets' is no name for a package", "the last part of the folder"),
        ("/", "'' is no name for a package", "the last part of the folder"),
        (TOO_LONG, "cannot be read: File name too long", "check the permissions"),
    ],
)
def test_an_output_that_is_no_folder(output: str, message: str, hint: str) -> None:
    said = refused("pets.yaml", "-o", output)
    assert message in said
    assert hint in said


def test_a_folder_is_named_as_it_is_written(folder: Path) -> None:
    (folder / "below").mkdir()
    assert run("pets.yaml", "-o", "below/..").exit_code == 1
    (folder / "fresh").mkdir()
    os.chdir("fresh")
    assert run("../pets.yaml", "-o", ".").exit_code == 0
    assert '"""Client of Pets."""' in (folder / "fresh/_client.py").read_text()
    assert "class Fresh(" in (folder / "fresh/_client.py").read_text()


@needs_links
def test_a_link_has_its_own_name(folder: Path) -> None:
    (folder / "real-name").mkdir()
    (folder / "pets").symlink_to("real-name")
    assert run("pets.yaml", "-o", "pets").exit_code == 0
    assert (folder / "real-name/__init__.py").exists()


def test_the_output_in_the_settings_is_named_from_their_folder(folder: Path) -> None:
    (folder / "client").mkdir()
    (folder / "client/settings.toml").write_text('spec = "../pets.yaml"\noutput = "../out/../pets"\n')
    assert run("client/settings.toml").exit_code == 0
    (folder / "client/settings.toml").write_text('spec = "../pets.yaml"\noutput = "."\n')
    result = run("client/settings.toml")
    assert "[foreign-output]" in result.stderr


def test_a_spec_on_the_network_is_a_mistake_in_the_settings(folder: Path) -> None:
    (folder / "pets.toml").write_text('\nspec = "https://pets.example/pets.yaml"\n')
    said = refused("pets.toml")
    assert said.startswith("pets.toml:2:1: error: 'https://pets.example/pets.yaml' is on the network")


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('spec = "a\\u0000b"', "pets.toml:1:1: error: 'spec' must be a path"),
        ('output = "a\\u0000/pets"', "pets.toml:2:1: error: 'output' must be a path"),
        ('output = "a\\u0000b"', "pets.toml:2:1: error: 'output' must be a path"),
        ('templates = "a\\u0000b"', "pets.toml:2:1: error: 'templates' must be a path"),
        ('reference.output = "a\\u0000b"', "pets.toml:2:1: error: 'reference.output' must be a path"),
        ('overlays = ["a\\u0000b"]', "a\\x00b: error: the file cannot be read"),
        (f'overlays = ["{TOO_LONG}"]', f"{TOO_LONG}: error: the file cannot be read: File name too long"),
        (f'templates = "{TOO_LONG}"', "pets.toml:2:1: error: "),
        (f'output = "{TOO_LONG}/pets"', f"error: '{TOO_LONG}/pets' cannot be written: File name too long"),
    ],
)
def test_no_path_in_the_settings_has_a_name_that_no_file_can_have(folder: Path, line: str, place: str) -> None:
    before = 'spec = "pets.yaml"\n' if not line.startswith("spec") else ""
    (folder / "pets.toml").write_text(f"{before}{line}\n")
    assert refused("pets.toml").startswith(place)


@pytest.mark.parametrize(
    ("name", "text", "hint"),
    [
        ("pets.toml", SPEC, "this looks like a document"),
        ("pets.toml", '{"openapi": "3.1.0"}', "this looks like a document"),
        ("pets.toml", "openapi_version: 1", "text stands in quotes"),
        ("pets.json", SPEC, "if this is YAML"),
        ("pets.json", '{"openapi": }', "members are separated by commas"),
    ],
)
def test_a_name_that_tells_the_wrong_format(folder: Path, name: str, text: str, hint: str) -> None:
    (folder / name).write_text(text)
    assert hint in refused(name)


@needs_links
def test_a_working_directory_that_is_gone(folder: Path) -> None:
    (folder / "gone").mkdir()
    os.chdir("gone")
    (folder / "gone").rmdir()
    assert "'' is no name for a package" in refused(str(folder / "pets.yaml"), "-o", ".")
