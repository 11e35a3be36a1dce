"""What is installed generates what the checkout generates: a wheel in a fresh environment, and an editable install."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

import clientsmith

ROOT = Path(__file__).parents[2]
WHEELHOUSE = ROOT / ".wheelhouse"
SOURCES = ("generator", "templates", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")
CACHES = {"__pycache__", ".ruff_cache", ".mypy_cache", ".pytest_cache", ".hypothesis"}
OFFLINE = ("--no-index", "--find-links", str(WHEELHOUSE))


def run(*command: str | Path, folder: Path) -> str:
    environment = {"PATH": os.environ["PATH"], "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_CONFIG_FILE": os.devnull}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def checkout(folder: Path) -> Path:
    """Copy what a package is built from."""
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(*CACHES))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def fresh_environment(folder: Path) -> Path:
    """Make an environment without pip; give its interpreter."""
    venv.create(folder, with_pip=False, symlinks=True)
    return folder / "bin" / "python"


def install(python: Path, *what: str | Path) -> None:
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    run(*pip, *OFFLINE, *what, folder=python.parent)


def generated(python: Path, output: Path) -> Mapping[str, bytes]:
    """Generate the RealtimeKit client with an installed generator, outside of the checkout."""
    output.parent.mkdir(exist_ok=True)
    spec = output.parent / "spec"
    shutil.copytree(ROOT / "spec", spec, dirs_exist_ok=True)
    arguments = ["generate", str(spec / "realtime_kit.toml"), "-o", str(output)]
    run(python, "-W", "error", "-m", "clientsmith", *arguments, folder=output.parent)
    return tree(output)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not CACHES & set(path.parts)
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("build")
    copy = checkout(base / "checkout")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", base, folder=copy)
    (built,) = base.glob("*.whl")
    return built


def test_the_wheel_holds_templates_and_runtime(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder, inside in (("templates", "clientsmith/templates"), ("generator/clientsmith", "clientsmith")):
        for path in tree(ROOT / folder):
            assert f"{inside}/{path}" in names
    assert "clientsmith/settings.schema.json" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"clientsmith"}


def test_the_sdist_holds_what_the_wheel_is_built_from(tmp_path: Path) -> None:
    copy = checkout(tmp_path / "checkout")
    run(sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", tmp_path, folder=copy)
    (built,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(built) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert built.name == f"clientsmith-{clientsmith.__version__}.tar.gz"
    for folder in ("templates", "generator/clientsmith"):
        assert {f"{folder}/{path}" for path in tree(ROOT / folder)} <= names
    assert {"LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", "PKG-INFO"} <= names
    assert not {name for name in names if name.startswith(("tests", "generated", "docs", "."))} - {".gitignore"}


def test_the_wheel_alone_generates_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    python = fresh_environment(tmp_path / "environment")
    install(python, wheel)
    assert run(python, "-c", "import clientsmith; print(clientsmith.__file__)", folder=tmp_path).startswith(
        str(tmp_path)
    )
    expected = generated(Path(sys.executable), tmp_path / "by_checkout" / "cloudflare_realtimekit")
    assert generated(python, tmp_path / "by_wheel" / "cloudflare_realtimekit") == expected
    assert (tmp_path / "environment" / "bin" / "clientsmith").exists()


def test_an_editable_install_sees_an_edited_template(tmp_path: Path) -> None:
    copy = checkout(tmp_path / "checkout")
    python = fresh_environment(tmp_path / "environment")
    borrow_libraries(python)
    install(python, "--no-deps", "--no-build-isolation", "--editable", copy)
    before = generated(python, tmp_path / "before" / "cloudflare_realtimekit")
    template = copy / "templates" / "README.md.jinja"
    template.write_text(template.read_text("utf-8").replace("## Errors", "## Mistakes"), "utf-8")
    after = generated(python, tmp_path / "after" / "cloudflare_realtimekit")
    assert after["README.md"] == before["README.md"].replace(b"## Errors", b"## Mistakes")
    assert {path for path in before if before[path] != after[path]} == {"README.md", ".clientsmith.json"}


def borrow_libraries(python: Path) -> None:
    """Let an environment see what is installed here, except what is installed editable."""
    (site_packages,) = python.parents[1].glob("lib/python*/site-packages")
    (here,) = {path for path in sys.path if path.endswith("site-packages")}
    (site_packages / "borrowed.pth").write_text(f"{here}\n", "utf-8")
