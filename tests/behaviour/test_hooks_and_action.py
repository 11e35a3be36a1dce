"""The hooks of pre-commit and the action of GitHub, run as those tools run them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SOURCES = ("generator", "templates", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")
TOOLS = (".pre-commit-hooks.yaml", "action.yml")
ACTION: Mapping[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
OFFLINE = {
    "PIP_NO_INDEX": "1",
    "PIP_FIND_LINKS": str(ROOT / ".wheelhouse"),
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_COMPILE": "1",  # Python compiles what is run.
}
SETTINGS = '[tool.clientsmith]\nspec = "pets.yaml"\nformatter = "none"\noutput = "pets"\n'
SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example"}]
paths:
  /pets:
    get:
      operationId: listPets
      responses: {"204": {description: Nothing.}}
"""


def run(*command: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("GIT")}
    return subprocess.run(
        command, cwd=folder, env={**known, **OFFLINE, **environment}, capture_output=True, text=True, check=False
    )


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    done = run("git", *who, *arguments, folder=folder)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository of the files that are installed, as they are now."""
    folder = tmp_path_factory.mktemp("clone")
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", *SOURCES, *TOOLS, folder=ROOT)
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "All")
    return folder


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make the repository of a user, whose client is not generated yet."""
    folder = tmp_path / "user"
    folder.mkdir()
    (folder / "pets.yaml").write_text(SPEC)
    (folder / "pyproject.toml").write_text(
        '[tool.clientsmith]\nspec = "pets.yaml"\nformatter = "none"\noutput = "pets"\n'
    )
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "First")
    return folder


def test_pre_commit_runs_the_hooks(clone: Path, repository: Path, tmp_path: Path) -> None:
    revision = run("git", "rev-parse", "HEAD", folder=clone).stdout.strip()
    hooks = [{"id": "clientsmith-check"}, {"id": "clientsmith-generate"}]
    config = {"repos": [{"repo": str(clone), "rev": revision, "hooks": hooks}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    git(repository, "add", "-A")

    def hook(name: str) -> subprocess.CompletedProcess[str]:
        """Run one hook; the first one installs the command for all."""
        command = (sys.executable, "-m", "pre_commit", "run", name, "--all-files", "--verbose")
        return run(*command, folder=repository, PRE_COMMIT_HOME=str(tmp_path / "cache"))

    failed = hook("clientsmith-check")
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "the client is out of date: " in failed.stdout
    assert not (repository / "pets").exists()
    git(repository, "add", "-A")
    hook("clientsmith-generate")
    assert (repository / "pets/_client.py").exists()
    git(repository, "add", "-A")
    passed = hook("clientsmith-check")
    assert passed.returncode == 0, passed.stdout
    assert "the client is up to date" in passed.stdout


def test_hooks_name_a_command_that_there_is() -> None:
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")):
        assert hook["entry"].startswith("clientsmith generate")
        assert {"id", "name", "description", "language", "pass_filenames", "always_run"} <= hook.keys()


class Runner:
    """A runner of GitHub Actions, as far as the action needs one."""

    def __init__(self, clone: Path, repository: Path, folder: Path, **inputs: str) -> None:
        self.repository, self.folder = repository, folder
        self.inputs = {name: str(each["default"]) for name, each in ACTION["inputs"].items()} | inputs
        for name in ("summary", "output"):
            (folder / name).write_text("")
        self.environment = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(clone),
            "GITHUB_WORKSPACE": str(repository),
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
            "GITHUB_OUTPUT": str(folder / "output"),
            "RUNNER_TEMP": str(folder),
        }

    def value(self, expression: str) -> str:
        return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: self.inputs[found[1]], expression)

    def wants(self, condition: str) -> bool:
        """Decide on `inputs.a != '' && inputs.b == 'c'`."""
        inner = condition.removeprefix("${{ ").removesuffix(" }}")
        tests = [re.fullmatch(r"inputs\.([\w-]+) (==|!=) '(\w*)'", part) for part in inner.split(" && ")]
        return all(found and (self.inputs[found[1]] == found[3]) == (found[2] == "==") for found in tests)

    def steps(self, *, is_installed: bool = False) -> list[subprocess.CompletedProcess[str]]:
        """Run the steps until one fails. What an earlier run has installed here need not be installed again."""
        done: list[subprocess.CompletedProcess[str]] = []
        for step in ACTION["runs"]["steps"][1 if is_installed else 0 :]:
            if not self.wants(step.get("if", "${{ inputs.python != '' }}")):
                continue
            script = self.folder / "step.sh"
            script.write_text(step["run"])
            variables = {name: self.value(text) for name, text in step.get("env", {}).items()}
            shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", script)
            done.append(run(*shell, folder=self.repository, **self.environment, **variables))
            if done[-1].returncode:
                break
        return done


def test_the_action_describes_a_change_and_checks(clone: Path, repository: Path, tmp_path: Path) -> None:
    (repository / "pets.yaml").write_text(SPEC.replace("  /pets:", '  "/cats##[error]":'))
    runner = Runner(clone, repository, tmp_path, base="HEAD", python=sys.executable)
    installed, described, checked = runner.steps()
    assert installed.returncode == 0, installed.stderr
    assert described.returncode == 0, described.stderr
    assert checked.returncode == 1
    assert "the client is out of date: " in checked.stderr
    summary = (tmp_path / "summary").read_text()
    assert summary.startswith("## API changes: major\n")
    output = (tmp_path / "output").read_text()
    name, end = output.split("\n", 1)[0].split("<<")
    assert (name, output.count(end)) == ("comment", 2)
    assert output == f"comment<<{end}\n{summary}{end}\n"
    assert "##[" not in checked.stdout + checked.stderr + described.stdout

    hostile = '$(touch broken)"; touch broken #'
    runner = Runner(clone, repository, tmp_path, settings=hostile, python=sys.executable, check="true")
    refused = runner.steps(is_installed=True)
    assert refused[-1].returncode == 1
    assert not (repository / "broken").exists()

    (repository / "two.toml").write_text('spec = "pets.yaml"\nformatter = "none"\noutput = "two"\n')
    assert run(tmp_path / "clientsmith/bin/clientsmith", "generate", "two.toml", folder=repository).returncode == 0
    gate = Runner(clone, repository, tmp_path, settings="two.toml\n", python=sys.executable)
    gate.inputs |= {"base": "HEAD", "fail-on": "major"}
    (repository / "two.toml").write_text('spec = "pets.yaml"\nformatter = "none"\noutput = "two"\n')
    git(repository, "add", "two.toml")
    git(repository, "commit", "-qm", "Two")
    last = gate.steps(is_installed=True)[-1]
    assert last.returncode == 1
    assert "::error file=" in last.stdout


def test_no_input_reaches_a_script_but_by_its_environment() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"
    assert ACTION["outputs"]["comment"]["value"] == "${{ steps.diff.outputs.comment }}"
