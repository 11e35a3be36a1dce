"""`clientsmith generate --watch`: clients are made again whenever a file changes that was read for them."""

from __future__ import annotations

import importlib
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click

from ..disk.regular import Reads, is_as_noted, noted_reads
from .clients import Choices, clients_to_make, make

MILLISECONDS = 300
"""Between two looks at the bytes."""
MISSING = "--watch needs the package watchfiles: pip install 'clientsmith[watch]'"


def make_whenever_changed(
    sources: tuple[str, ...], output: Path | None, only: str | None, choices: Choices
) -> NoReturn:
    """Make clients, wait for a change, and begin again until Ctrl+C."""
    watch = watcher()
    while True:
        with noted_reads() as reads:
            clients = clients_to_make(sources, output, only, choices.debug)
            make(clients, replace(choices, are_named=len(clients) > 1), jobs=1)
        click.echo(f"watching {len(reads)} file{'' if len(reads) == 1 else 's'}; Ctrl+C ends", err=True)
        wait_for_change(watch, reads)


def watcher() -> Any:
    """Import what asks the system for changes."""
    try:
        return importlib.import_module("watchfiles").watch
    except ImportError:
        raise click.UsageError(MISSING) from None


def wait_for_change(watch: Any, reads: Reads) -> None:
    """Wait until one of the files changes, comes or goes. Editors replace files, so folders are watched.

    What was saved before the system watches, or where it cannot, shows in the bytes.
    """
    files = {real(path) for path in reads}
    folders = sorted(set(existing_folders(files)))
    for changes in watch(
        *folders,
        watch_filter=lambda _, path: real(path) in files,
        recursive=False,
        yield_on_timeout=True,
        rust_timeout=MILLISECONDS,
    ):
        if changes or not all(is_as_noted(Path(path), hashed) for path, hashed in reads.items()):
            return


def existing_folders(files: Collection[str]) -> Iterator[str]:
    """Give the folders of files, or the closest ones that are there."""
    for file in files:
        yield str(next(folder for folder in Path(file).parents if folder.is_dir()))


def real(path: str) -> str:
    """Write the path of a file, which need not be there, as that of its folder without links."""
    return str(Path(path).parent.resolve() / Path(path).name)
