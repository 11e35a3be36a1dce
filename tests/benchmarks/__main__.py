"""Print all figures in one table: `make bench` (ARGS=--quick for fewer rounds).

A second package, the published `cloudflare`, is compared with where it is installed. Times are CPU times, the best of
several rounds; targets are those of the design. Nothing fails where one is missed: machines differ.
"""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import json
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks import calls, processes
from tests.benchmarks.decode import milliseconds
from tests.benchmarks.loopback import serving
from tests.benchmarks.recordings import recordings, recordings_json

sys.path.insert(0, str(processes.GENERATED))

PUBLISHED = "cloudflare"
HAS_PUBLISHED = importlib.util.find_spec(PUBLISHED) is not None
QUICK = "--quick" in sys.argv
Row = tuple[str, str, str, bool | None]
"""What is measured, the figure, the target, and whether it is met."""


def row(name: str, value: float, unit: str, most: float | None = None, *, least: float | None = None) -> Row:
    """Make a line of the table."""
    figure = f"{value:,.2f} {unit}"
    if most is not None:
        return name, figure, f"<= {most:g} {unit}", value <= most
    if least is not None:
        return name, figure, f">= {least:g} {unit}", value >= least
    return name, figure, "", None


def generator_rows(folder: Path) -> Iterator[Row]:
    for formatter, most in (("none", 0.9), ("black", None)):
        full, again = processes.generate(folder, formatter, 2 if QUICK else 4)
        yield row(f"clientsmith generate, formatter {formatter}", full, "s", most)
        yield row("  nothing changed", again, "s", 0.3)


def start_rows(folder: Path) -> Iterator[Row]:
    bare, ours = processes.importing(folder, 10 if QUICK else 30)
    yield row("bare interpreter", bare * 1000, "ms")
    yield row(f"import {processes.PACKAGE}, over it", (ours - bare) * 1000, "ms", 3)
    packages = [processes.PACKAGE, *([PUBLISHED] if HAS_PUBLISHED else [])]
    libraries = ["httpx2", "httpx"]
    seconds = processes.first_calls(packages, libraries, folder, 3 if QUICK else 8)
    for name, taken in zip([*packages, *(f"{library} alone" for library in libraries)], seconds, strict=True):
        yield row(f"import, client, first call: {name}", taken * 1000, "ms")
    if HAS_PUBLISHED:
        yield row("  ours over the published package", seconds[0] / seconds[1], "times", 0.25)


def call_rows() -> Iterator[Row]:
    rounds = 3 if QUICK else 8
    yield row("call over bare httpx2, mock, sync", calls.sync_overhead(processes.PACKAGE, "httpx2", rounds), "us", 25)
    yield row("  async", asyncio.run(calls.async_overhead(processes.PACKAGE, "httpx2", rounds)), "us", 40)
    yield row("call over bare httpx, mock, sync", calls.sync_overhead(processes.PACKAGE, "httpx", rounds), "us")
    if HAS_PUBLISHED:
        yield row(f"  {PUBLISHED}, sync", calls.sync_overhead(PUBLISHED, "httpx", 2), "us")
    with serving(calls.ACTIVE) as url:
        for library in ("httpx2", "httpx"):
            yield row(f"call by bare {library}, loopback, sync", calls.bare(library, url, rounds), "us")
            yield row("  ours over it", calls.sync_overhead(processes.PACKAGE, library, rounds, url), "us")
            taken = asyncio.run(calls.async_overhead(processes.PACKAGE, library, rounds, url))
            yield row("  ours over it, async", taken, "us")
        if HAS_PUBLISHED:
            yield row(f"  {PUBLISHED} over it, sync", calls.sync_overhead(PUBLISHED, "httpx", 2, url), "us")


# --- payloads --------------------------------------------------------------------------------------------------------


def payload_rows() -> Iterator[Row]:
    from cloudflare_realtimekit.types.realtime_kit import RecordingGetRecordingsResponse

    text, rounds = recordings_json(), 8 if QUICK else 30
    model = RecordingGetRecordingsResponse.from_dict(json.loads(text))
    assert model.to_dict()["paging"] == recordings()["paging"]
    loaders = {"json": json.loads, **({"orjson": importlib.import_module("orjson").loads} if has("orjson") else {})}
    taken = {
        name: milliseconds(lambda loads=loads: RecordingGetRecordingsResponse.from_dict(loads(text)), rounds)
        for name, loads in loaders.items()
    }
    yield row("json.loads of 500 recordings", milliseconds(lambda: json.loads(text), rounds), "ms")
    for name, value in taken.items():
        yield row(f"  decoded, {name}", value, "ms")
    if HAS_PUBLISHED:
        published = milliseconds(lambda: decode_as_published(json.loads(text)), max(rounds // 3, 3))
        yield row(f"  decoded by {PUBLISHED}, json", published, "ms")
        for name, least in (("json", 8), ("orjson", 12)):
            if name in taken:
                yield row(f"  times as fast, {name}", published / taken[name], "times", least=least)
    yield row("encode to a dict", milliseconds(model.to_dict, rounds), "ms")
    seconds = milliseconds(model.to_json, rounds) / 1000
    yield row("encode to JSON text", len(model.to_json()) / seconds / 1e6, "MB/s")


def decode_as_published(data: object) -> object:
    """Decode as the published package does with a response."""
    models: Any = importlib.import_module("cloudflare._models")
    types: Any = importlib.import_module("cloudflare.types.realtime_kit")
    decoded: object = models.construct_type(type_=types.RecordingGetRecordingsResponse, value=data)
    return decoded


def has(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def main() -> None:
    processes.compile_byte_code()
    print(f"Python {platform.python_version()}, CPU time, best of several rounds")
    with TemporaryDirectory() as folder:
        # Payloads before calls: what these leave behind in memory makes any allocation slower, json.loads by half.
        for rows in (generator_rows(Path(folder)), start_rows(Path(folder)), payload_rows(), call_rows()):
            for name, figure, target, met in rows:
                verdict = "" if met is None else "met" if met else "MISSED"
                print(f"  {name:56}{figure:>16}   {target:14}{verdict}", flush=True)
    if not HAS_PUBLISHED:
        print(f"The published package `{PUBLISHED}` is not installed here: nothing to compare with.")


if __name__ == "__main__":
    main()
