"""In GitHub Actions issues are annotations, and nothing else that is printed is a command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.command import run

from clientsmith.data.log_text import inert, workflow_command

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example"}]
paths:
  /pets:
    get:
      operationId: listPets
      description: |
        Lists pets.

        ::set-output name=a::b

        A ##[warning]note.
      responses: {"204": {description: Nothing.}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "api").mkdir()
    monkeypatch.chdir(tmp_path / "api")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    (tmp_path / "api/pets.yaml").write_text(SPEC)
    return tmp_path / "api"


def commands(text: str) -> list[str]:
    """Find what the runner of GitHub Actions takes for commands: at the start of a line, or `##[` anywhere."""
    return [line.strip() for line in text.splitlines() if line.strip().startswith("::") or "##[" in line]


def test_an_issue_is_an_annotation_at_its_line(folder: Path) -> None:
    (folder / "pets.yaml").write_text(SPEC.replace("listPets", "list%Pets: x, y"))
    done = run("generate", "pets.yaml")
    assert done.exit_code == 1
    (command,) = commands(done.output)
    assert command.startswith("::error file=api/pets.yaml,line=7,col=")
    assert ",title=bad-yaml::this is not YAML: " in command


def test_a_warning_is_an_annotation(folder: Path) -> None:
    (folder / "pets.yaml").write_text(SPEC.replace("title: Pets, ", ""))
    done = run("generate", "pets.yaml")
    assert done.exit_code == 0
    place = "file=api/pets.yaml,line=2,col=1"
    assert commands(done.output) == [f"::warning {place},title=invalid-document::'title' is a required property"]


def test_settings_and_diff_have_annotations_too(folder: Path) -> None:
    (folder / "pets.toml").write_text('spec = "pets.yaml"\nformater = 1\n')
    (command,) = commands(run("diff", "pets.toml", "pets.toml").output)[:1]
    assert command.startswith("::error file=api/pets.toml,line=2,col=1,title=unknown-setting::")


def test_text_of_a_document_is_no_command(folder: Path) -> None:
    assert commands(run("generate", "pets.yaml").output) == []
    (folder / "pets.yaml").write_text(SPEC.replace("]note", "]hint"))
    checked = run("generate", "--check", "pets.yaml")
    assert checked.exit_code == 1
    assert " : :set-output name=a::b" in checked.stdout
    assert "# #[warning]hint" in checked.stdout
    assert commands(checked.output) == []
    (folder / "new.yaml").write_text(SPEC.replace("/pets:", '"/pets##[warning]x":'))
    for form in ("text", "markdown", "json"):
        done = run("diff", "pets.yaml", "new.yaml", "--format", form)
        assert done.exit_code == 0
        assert commands(done.output) == []
    assert commands(run("generate", "new.yaml", "--report", "json").output) == []


def test_elsewhere_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert commands(run("generate", "gone.yaml").output) == []
    run("generate", "pets.yaml", "-o", "pets")
    assert "##[warning]note" in run("generate", "--check", "pets.yaml", "-o", "other").stdout


HOSTILE = ["a\n::error::b", "a\r\n##[error]b", "%0A::error::b", "a,line=1", "a::b", "a\u2028::error::b", "x" * 5000]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_command_holds_any_text(text: str) -> None:
    command = workflow_command("error", {"file": text, "title": text}, text)
    assert len(command.splitlines()) == 1
    assert re.fullmatch(r"::error file=[^,:]*,title=[^,:]*::.*", command)
    assert "%0A" not in command.replace("%250A", "")


@pytest.mark.parametrize("text", ["::error::a", "  ::error::a", "\t::a", "a ##[error]b", "##[##[a]", "###[a]"])
def test_a_line_is_no_command(text: str) -> None:
    assert commands(inert(text)) == []
