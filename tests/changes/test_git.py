"""The old side from a git repository."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.changes.conftest import Diff
from tests.changes.documents import create, document

OLD = document()
NEW = document({"/meetings": {"post": create(("title",))}})


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def write(path: str, value: Any) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(value if isinstance(value, str) else yaml.safe_dump(value, sort_keys=False), "utf-8")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose first commit has the old document, in several files."""
    monkeypatch.chdir(tmp_path)
    git("init", "-q", "-b", "main")
    old = create()
    old["requestBody"]["content"]["application/json"]["schema"] = {"$ref": "parts/meeting.yaml#/Meeting"}
    write("api/openapi.yaml", document({"/meetings": {"post": old}}))
    write("api/parts/meeting.yaml", {"Meeting": {"type": "object", "properties": {"title": {"$ref": "title.yaml"}}}})
    write("api/parts/title.yaml", {"type": "string"})
    write("api/client.toml", 'spec = "openapi.yaml"\noutput = "acme"\n[package]\nversion = "1.0.0"\n')
    git("add", ".")
    git("commit", "-q", "-m", "Old")
    return tmp_path


@pytest.mark.parametrize("source", ["api/openapi.yaml", "api/client.toml"])
def test_files_come_from_the_commit(diff: Diff, repository: Path, source: str) -> None:
    write("api/parts/title.yaml", {"type": "integer"})
    result = diff(None, None, "--base", "HEAD", sources=(source,))
    assert result.stdout.splitlines()[:2] == [
        "api/parts/title.yaml:1: major: meetings.create(title): was text, is an integer [type-changed]",
        "   = old: HEAD:api/parts/title.yaml:1; request; wire: major; typing: major",
    ]


def test_a_file_that_is_gone_since(diff: Diff, repository: Path) -> None:
    write("api/openapi.yaml", NEW)
    Path("api/parts/title.yaml").unlink()
    Path("api/parts/meeting.yaml").unlink()
    assert "[argument-required]" in diff(None, None, "--base", "main", sources=("api/openapi.yaml",)).stdout


def test_old_and_new_may_have_other_paths(diff: Diff, repository: Path) -> None:
    git("mv", "api/openapi.yaml", "api/new.yaml")
    result = diff(None, None, "--base", "main", sources=("api/openapi.yaml", "api/new.yaml"))
    assert result.stdout.startswith("no changes\n")


def test_from_a_folder_of_the_repository(diff: Diff, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "api" / "parts")
    assert diff(None, None, "--base", "main", sources=("../openapi.yaml",)).stdout.startswith("no changes\n")


def test_the_working_tree_is_left_alone(diff: Diff, repository: Path) -> None:
    write("api/openapi.yaml", NEW)
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}
    diff(None, None, "--base", "HEAD", sources=("api/openapi.yaml",))
    assert {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()} == before


def test_mistakes_in_the_commit_are_located_in_it(diff: Diff, repository: Path) -> None:
    write("api/broken.yaml", "openapi: 3.0.3\ninfo: [\n")
    git("add", ".")
    git("commit", "-q", "-m", "Broken")
    write("api/broken.yaml", OLD)
    result = diff(None, None, "--base", "HEAD", sources=("api/broken.yaml",))
    assert result.exit_code == 1
    assert "HEAD:api/broken.yaml:" in result.stderr
    assert "clientsmith-" not in result.stderr


@pytest.mark.parametrize(
    "revision",
    [
        "nowhere",
        "",
        "--help",
        "--output=stolen",
        "-n1",
        "HEAD:api/openapi.yaml",
        "HEAD; touch stolen",
        "$(touch stolen)",
        "main\nstolen",
        "\x1b[31m",
        "a\0b",
        "HEAD^{tree}",
        "é" * 300,
    ],
)
def test_a_revision_that_is_none_is_an_error(diff: Diff, repository: Path, revision: str) -> None:
    result = diff(None, None, "--base", revision, sources=("api/openapi.yaml",))
    assert result.exit_code == 1
    assert "[bad-revision]" in result.stderr
    assert "\x1b" not in result.output
    assert "Traceback" not in result.output
    assert not (repository / "stolen").exists()


def test_a_commit_without_the_file(diff: Diff, repository: Path) -> None:
    write("api/later.yaml", NEW)
    result = diff(None, None, "--base", "HEAD", sources=("api/later.yaml",))
    assert result.exit_code == 1
    assert "HEAD:api/later.yaml: error: the file does not exist" in result.stderr


def test_a_file_outside_the_repository(diff: Diff, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "api.yaml"
    outside.write_text(yaml.safe_dump(OLD), "utf-8")
    result = diff(None, None, "--base", "HEAD", sources=(str(outside),))
    assert result.exit_code == 1
    assert "[bad-revision]" in result.stderr


def test_links_of_the_commit_are_not_followed(diff: Diff, repository: Path) -> None:
    Path("api/link.yaml").symlink_to("/etc/hostname")
    git("add", ".")
    git("commit", "-q", "-m", "Link")
    Path("api/link.yaml").unlink()
    write("api/link.yaml", OLD)
    result = diff(None, None, "--base", "HEAD", sources=("api/link.yaml",))
    assert result.exit_code == 1
    assert "HEAD:api/link.yaml: error: the file does not exist" in result.stderr


def test_no_git(diff: Diff, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    result = diff(None, None, "--base", "HEAD", sources=("api/openapi.yaml",))
    assert result.exit_code == 1
    assert "error: git is not installed, and --base reads from it [bad-revision]" in result.stderr


def test_variables_of_git_name_no_other_repository(
    diff: Diff, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_WORK_TREE", "/nowhere")
    assert diff(None, None, "--base", "HEAD", sources=("api/openapi.yaml",)).stdout.startswith("no changes\n")


def test_overlays_come_from_the_commit(diff: Diff, repository: Path) -> None:
    overlay = {
        "overlay": "1.0.0",
        "info": {"title": "Names", "version": "1"},
        "actions": [{"target": "$.paths['/meetings'].post", "update": {"summary": "Create."}}],
    }
    write("api/overlay.yaml", overlay)
    write("api/client.toml", 'spec = "openapi.yaml"\noutput = "acme"\noverlays = ["overlay.yaml"]\n')
    git("add", ".")
    git("commit", "-q", "-m", "Overlay")
    overlay["actions"][0]["update"]["deprecated"] = True
    write("api/overlay.yaml", overlay)
    result = diff(None, None, "--base", "HEAD", sources=("api/client.toml",))
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0].endswith("minor: meetings.create(): is deprecated [method-deprecated]")
    assert " old: HEAD:api/" in result.stdout
