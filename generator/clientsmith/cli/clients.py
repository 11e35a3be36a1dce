"""The clients of one command: found by their settings, made one after another or side by side, each with its result."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from ..data.issues import Found, Issue, Rejected
from ..data.outcome import Outcome
from ..data.settings import Settings
from ..runs import generate
from ..stages.load import clients_of
from .endings import internal_errors
from .options import with_options
from .output import report_json, show
from .terminal import progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The options that hold for every client."""

    check: bool
    force: bool
    strict: bool
    allow_skips: bool
    as_json: bool
    debug: bool
    are_named: bool = False
    """What came of a client is printed with its folder, as there may be several."""

    def arguments(self) -> list[str]:
        """Write them as they are typed."""
        flags = {"--check": self.check, "--force": self.force, "--strict": self.strict, "--debug": self.debug}
        named = [flag for flag, is_set in {**flags, "--allow-skips": self.allow_skips}.items() if is_set]
        return [*named, *(["--report", "json"] if self.as_json else [])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client that is to be made, or the issues that keep it from being made."""

    source: str
    settings: Found[Settings] | None = None
    issues: tuple[Issue, ...] = ()

    @property
    def name(self) -> str:
        """What a person calls it: its folder, where that is known."""
        return str(self.settings.value.output) if self.settings is not None else self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one client."""

    code: int
    report: str
    """JSON, where that was asked for."""


def clients_to_make(sources: tuple[str, ...], output: Path | None, only: str | None, debug: bool) -> list[Client]:
    """Read the settings of all sources."""
    with internal_errors(debug):
        clients = [client for source in sources for client in read(source, output)]
    if only is not None:
        clients = [client for client in clients if client.settings is None or is_called(only, client.settings.value)]
    if not clients:
        raise click.UsageError(f"no client is called '{only}'")
    return list(without_shared_folders(clients))


def read(source: str, output: Path | None) -> Iterator[Client]:
    """Read the settings of one source."""
    try:
        found = clients_of(source, output, sys.stdin.buffer if sys.stdin is not None else io.BytesIO())
    except Rejected as rejected:
        yield Client(source=source, issues=rejected.issues)
        return
    yield from (Client(source=source, settings=settings) for settings in found)


def is_called(name: str, settings: Settings) -> bool:
    """Report whether a client has this package, or this folder."""
    return name in (settings.output.name, str(settings.output))


def without_shared_folders(clients: list[Client]) -> Iterator[Client]:
    """Refuse clients that would overwrite each other."""
    folders = Counter(folder(client) for client in clients if client.settings is not None)
    for client in clients:
        if client.settings is None or folders[folder(client)] == 1:
            yield client
            continue
        message = f"'{client.name}' is the folder of several clients"
        hint = "give each a folder of its own: 'output' in its settings"
        issue = Issue(code="bad-output", severity="error", message=message, file=client.source, hint=hint)
        yield Client(source=client.source, issues=(issue,))


def folder(client: Client) -> Path:
    """Give the folder of a client, links followed."""
    assert client.settings is not None
    try:
        return client.settings.value.output.resolve()
    except (OSError, RuntimeError):
        return client.settings.value.output


# --- making ----------------------------------------------------------------------------------------------------------


def make(clients: list[Client], choices: Choices, jobs: int) -> list[Result]:
    """Make all clients, so many at a time; what came of each is printed in their order."""
    if jobs > 1 and len(clients) > 1:
        return list(make_side_by_side(clients, choices, jobs))
    count = len(clients)
    return [make_one(client, choices, number, count) for number, client in enumerate(clients, 1)]


def make_one(client: Client, choices: Choices, number: int = 1, count: int = 1) -> Result:
    """Make one client, and print what came of it."""
    outcome = Outcome(issues=client.issues)
    if client.settings is not None:
        what = "clientsmith" if count == 1 else f"clientsmith: {client.name} ({number} of {count})"
        settings = with_options(client.settings, choices.strict, choices.allow_skips)
        with internal_errors(choices.debug), progress(what) as show_stage:
            outcome = generate(settings, check=choices.check, force=choices.force, progress=show_stage)
    thing = f"client {client.name}" if choices.are_named else "client"
    output = client.settings.value.output if client.settings is not None else None
    code = show(outcome, check=choices.check, quiet=choices.as_json, thing=thing, output=output)
    return Result(code=code, report=report_json(outcome) if choices.as_json else "")


def make_side_by_side(clients: list[Client], choices: Choices, jobs: int) -> Iterator[Result]:
    """Make each client in a process of its own, except what the processes could not read again."""
    with pool_of(jobs) as pool:
        running = [None if is_ours(client) else pool.submit(make_elsewhere, client, choices) for client in clients]
        for number, (client, future) in enumerate(zip(clients, running, strict=True), 1):
            if future is None:
                yield make_one(client, choices, number, len(clients))
                continue
            what = f"clientsmith: {client.name} ({number} of {len(clients)})"
            with internal_errors(choices.debug), progress(what):
                done = future.result()
            click.echo(done.stderr, err=True, nl=False)
            if not choices.as_json:
                click.echo(done.stdout, nl=False)
            yield Result(code=done.returncode, report=done.stdout.removesuffix("\n"))


@contextmanager
def pool_of(jobs: int) -> Iterator[ThreadPoolExecutor]:
    """Make threads that wait for processes. After an interruption no further process is started."""
    pool = ThreadPoolExecutor(jobs)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def is_ours(client: Client) -> bool:
    """Report whether a client is made in this process: its document has been read, or it cannot be made."""
    return client.settings is None or client.settings.value.given is not None


def make_elsewhere(client: Client, choices: Choices) -> subprocess.CompletedProcess[str]:
    """Run the command for one client."""
    command = [sys.executable, "-m", "clientsmith", "generate", *choices.arguments()]
    return subprocess.run(
        [*command, "--only", client.name, "--", client.source],
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
    )
