"""Moves published SDKs over and runs their own endpoint tests: `make sdks`, not part of `make test`.

Reads pairs of a config and a document beside this repository, with the tools that run an SDK's tests against a package
(their README tells how). Where these are missing, it says so and ends.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
FOLDER = ROOT.parent / "shared/sdks"
TRIALS = Path(os.environ.get("TRIAL_HOME", Path.home() / ".cache/trial"))
CLIENTSMITH = Path(sys.executable).with_name("clientsmith")


@dataclass(frozen=True)
class Trial:
    """An SDK whose tests are run: its client, and the arguments of the constructor."""

    client: str
    kwargs: dict[str, str]
    least: int
    """The tests that the SDK itself passes."""


TRIED = {
    "isaacus": Trial("Isaacus", {"api_key": "k"}, 80),
    "lumaai": Trial("LumaAI", {"auth_token": "k"}, 220),
    "stagehand": Trial(
        "Stagehand", {"browserbase_api_key": "k", "browserbase_project_id": "p", "model_api_key": "m"}, 236
    ),
}


def main() -> int:
    """Take every pair through `migrate` and `generate`; give the exit code."""
    if not FOLDER.is_dir():
        print(f"skipped: there are no published SDKs in {FOLDER}")
        return 0
    results = [taken(pair) for pair in sorted(FOLDER.iterdir()) if (pair / "stainless.yml").exists()]
    return 0 if all(results) else 1


def taken(pair: Path) -> bool:
    """Generate the client of a pair, look for its names, and run the tests of its SDK."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = next(path for path in pair.iterdir() if path.stem == "openapi")
        run([CLIENTSMITH, "migrate", pair / "stainless.yml", "--spec", document, "-o", folder])
        settings = next(folder.glob("*.toml"))
        report = json.loads(run([CLIENTSMITH, "generate", settings, "--report", "json"]))
        missing = list(without_method(pair / "stainless.yml", report))
        count = len(report["operations"])
        print(f"{pair.name}: {count} methods, {len(missing)} endpoints without the name of the config {missing[:3]}")
        passed = run_tests(pair, document, settings) if pair.name in TRIED else None
        return not missing and (passed is None or passed >= TRIED[pair.name].least)


def run(command: list[Any]) -> str:
    """Run a command; give what it prints.

    Raises:
        SystemExit: it fails.
    """
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{command}: {done.stderr[-2000:]}")
    return done.stdout


def without_method(config: Path, report: dict[str, Any]) -> Iterator[str]:
    """List the endpoints of a config that no method of the same name calls."""
    found = {
        (*filter(None, o["resource"].split(".")), o["method"], o["verb"], loose(o["path"]))
        for o in report["operations"]
    }
    for path, name, endpoint in endpoints(yaml.safe_load(config.read_text())["resources"], ()):
        verb, _, where = " ".join(endpoint.split()).partition(" ")
        if (*path, name, verb.upper(), loose(where)) not in found:
            yield f"{'.'.join((*path, name))}: {endpoint}"


def endpoints(tree: dict[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Give resource, name and endpoint of each method of a config."""
    for name, resource in tree.items():
        if name == "$shared" or not isinstance(resource, dict):
            continue
        here = (*path, name) if name != "$client" else ()
        for method, given in (resource.get("methods") or {}).items():
            endpoint = given.get("endpoint") if isinstance(given, dict) else given
            if endpoint:
                yield here, f"{method}_" if method == "return" else method, endpoint
        yield from endpoints(resource.get("subresources") or {}, here)


def loose(path: str) -> str:
    """Write a path without the names of its parameters."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def run_tests(pair: Path, document: Path, settings: Path) -> int | None:
    """Run the endpoint tests of an SDK; give how many pass, None where the SDK is not there."""
    sdk = next(iter(sorted((TRIALS / "sd").glob(f"{pair.name}-*/pyproject.toml"))), None)
    if sdk is None:
        print(f"{pair.name}: tests skipped, as the SDK is not in {TRIALS}")
        return None
    trial = TRIED[pair.name]
    printed = run(
        [
            TRIALS / "venv/bin/python", FOLDER / "tools/suite.py", "--peer-package", pair.name, "--verbatim",
            "--tests", sdk.parent / "tests/api_resources", "--spec", document, "--client", trial.client,
            "--package", settings.stem, "--path", settings.parent, "--kwargs", json.dumps(trial.kwargs),
        ]
    )  # fmt: skip
    last = printed.strip().splitlines()[-1]
    print(f"{pair.name}: {last}")
    counted = re.search(r"passed (\d+) of", last)
    return int(counted[1]) if counted else 0


if __name__ == "__main__":
    sys.exit(main())
