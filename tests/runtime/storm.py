"""Calls in numbers over a server that resets, truncates, drips, lies about lengths, redirects and bombs.

`python tests/runtime/storm.py 10000` makes half of the calls in threads and half in tasks, and ends with 1 where
something leaks, a failure is no exception of the package, or a text has a secret.
"""

from __future__ import annotations

import asyncio
import gc
import gzip
import importlib
import random
import sys
import threading
import traceback
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import sample
from server import Received, Server, Step, answer, chunked, half_closed, raw_bytes, reset, silent

sample.make()
sample_client: Any = importlib.import_module(sample.PACKAGE)

SECRET = "s3cr3t-t0k3n"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
ZIPPED = {"Content-Encoding": "gzip"}
TIMEOUT = 0.4
THREADS, TASKS = 8, 40


def bomb() -> bytes:
    compress = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([compress.compress(b" " * 1_000_000) for _ in range(30)]) + compress.flush()


BOMB = bomb()
FAULTS: dict[str, Callable[[], Step]] = {
    "reset": reset,
    "reset in the body": lambda: reset(OK + b"Content-Length: 100\r\n\r\n{"),
    "half closed": half_closed,
    "cut": lambda: raw_bytes(OK + b"Content-Length: 100\r\n\r\n{}"),
    "longer than announced": lambda: raw_bytes(OK + b"Content-Length: 3\r\n\r\n{}XXXXX"),
    "two lengths": lambda: raw_bytes(OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
    "negative length": lambda: raw_bytes(OK + b"Content-Length: -5\r\n\r\n{}"),
    "huge length": lambda: raw_bytes(OK + b"Content-Length: 1000000000000000000\r\n\r\n{}"),
    "broken chunks": lambda: raw_bytes(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}"),
    "cut chunk": lambda: raw_bytes(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{}"),
    "no http": lambda: raw_bytes(b"SSH-2.0-OpenSSH\r\n\r\n"),
    "large head": lambda: raw_bytes(OK + b"X: " + b"a" * 200_000 + b"\r\n\r\n{}"),
    "many headers": lambda: raw_bytes(OK + b"".join(b"X-%d: v\r\n" % n for n in range(20_000)) + b"\r\n{}"),
    "dripping head": lambda: raw_bytes(OK + b"X: y\r\n" * 200 + b"\r\n{}", piece=6, pause=0.02),
    "dripping body": lambda: raw_bytes(OK + b"\r\n" + b" " * 100, piece=1, pause=0.02),
    "early hints": lambda: raw_bytes(b"HTTP/1.1 103 X\r\n\r\n" * 100 + OK + b"\r\n{}", piece=18, pause=0.02),
    "silent": lambda: silent(1),
    "bomb": lambda: answer(200, BOMB, ZIPPED),
    "bomb in an error": lambda: answer(500, BOMB, ZIPPED),
    "bomb in a bomb": lambda: answer(200, gzip.compress(BOMB), {"Content-Encoding": "gzip, gzip"}),
    "no gzip": lambda: answer(200, b"nonsense", ZIPPED),
    "events that are cut": lambda: raw_bytes(OK.replace(b"json", b"x") + b'\r\ndata: {"id":1}\n\ndata: {"i'),
    "html": lambda: answer(200, b"<html>" * 1000, content_type="text/html"),
    "events": lambda: chunked([b'data: {"id": "1"}\n\n'] * 20, content_type="text/event-stream"),
    "lines": lambda: chunked([b'{"id": "1"}\n'] * 20, content_type="application/x-ndjson"),
    "deep": lambda: answer(200, b"[" * 10_000),
    "deep error": lambda: answer(422, b'{"errors":[' * 400 + b"{}" + b"]}" * 400),
    "not found": lambda: answer(404, {"message": f"no {SECRET}"}),
    "busy": lambda: answer(503, {"message": "later"}, {"retry-after-ms": "1"}),
    "redirect": lambda: answer(302, headers={"Location": "/v1/things/2"}),
    "redirect to itself": lambda: answer(307, headers={"Location": "/v1/things"}),
    "redirect elsewhere": lambda: answer(307, headers={"Location": "http://127.0.0.1:9/v1?x=1"}),
    "redirect to a file": lambda: answer(302, headers={"Location": "file:///etc/passwd"}),
}


@dataclass
class Outcome:
    """What came of the calls."""

    seen: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def note(self, error: BaseException | None) -> None:
        self.seen[type(error).__name__ if error is not None else "response"] += 1
        if error is None or isinstance(error, asyncio.CancelledError):
            return
        if not isinstance(error, sample_client.SampleError):
            self.problems.append(f"foreign: {type(error).__module__}.{type(error).__name__} {error}")
        texts = (str(error), repr(error), "".join(traceback.format_exception(error)))
        if any(SECRET in text for text in texts):
            self.problems.append(f"a secret in: {error}")


def route(chooser: random.Random) -> Callable[[Received], Step | None]:
    """Choose a fault for two of three requests."""
    names = list(FAULTS)
    return lambda request: FAULTS[chooser.choice(names)]() if chooser.random() < 0.66 else None


def call(client: Any, chance: float) -> None:
    things = client.things
    if chance < 0.4:
        things.get("1")
    elif chance < 0.5:
        things.create(name="n")
    elif chance < 0.6:
        things.upload(file=("f", b"x" * 10_000))
    elif chance < 0.7:
        with things.events() as stream:
            next(iter(stream), None)
    elif chance < 0.8:
        next(iter(things.lines()), None)
    elif chance < 0.9:
        with things.with_streaming_response.get("1") as response:
            next(iter(response.iter_bytes()), None)
    else:
        things.with_raw_response.get("1").parse()


async def async_call(client: Any, chance: float) -> None:
    things = client.things
    if chance < 0.5:
        await things.get("1")
    elif chance < 0.6:
        await things.upload(file=("f", b"x" * 10_000))
    elif chance < 0.75:
        async with await things.events() as stream:
            async for _ in stream:
                break
    elif chance < 0.9:
        async with things.with_streaming_response.get("1") as response:
            async for _ in response.iter_bytes():
                break
    else:
        await (await things.with_raw_response.get("1")).parse()


def options(server: Server) -> dict[str, Any]:
    limits = {"timeout": TIMEOUT, "max_retries": 1, "max_response_size": 1_000_000}
    return {"base_url": server.url, "api_token": SECRET, **limits}


def in_threads(server: Server, calls: int, outcome: Outcome) -> None:
    client = sample_client.Sample(**options(server))
    client._sleep = lambda seconds: None

    def work(seed: int) -> None:
        chooser = random.Random(seed)
        for _ in range(calls // THREADS):
            try:
                call(client, chooser.random())
            except BaseException as error:
                outcome.note(error)
            else:
                outcome.note(None)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gc.collect()
    check_pool(client, outcome)
    client.close()


async def in_tasks(server: Server, calls: int, outcome: Outcome) -> None:
    client = sample_client.AsyncSample(**options(server))

    async def no_time(seconds: float) -> None:
        await asyncio.sleep(0)

    client._sleep = no_time
    chooser, free = random.Random(5), asyncio.Semaphore(TASKS)

    async def work() -> None:
        async with free:
            task = asyncio.ensure_future(async_call(client, chooser.random()))
            if chooser.random() < 0.2:
                asyncio.get_running_loop().call_later(chooser.random() * TIMEOUT, task.cancel)
            [result] = await asyncio.gather(task, return_exceptions=True)
            outcome.note(result)

    await asyncio.gather(*(work() for _ in range(calls)))
    gc.collect()
    await asyncio.sleep(0.1)
    check_pool(client, outcome)
    await client.close()
    if (left := len(asyncio.all_tasks()) - 1) > 0:
        outcome.problems.append(f"{left} tasks are left")


def check_pool(client: Any, outcome: Outcome) -> None:
    pool = client._pool._http._transport._pool
    busy = [c for c in pool.connections if not (c.is_idle() or c.is_closed())]
    if busy or pool._requests:
        outcome.problems.append(f"the pool keeps {len(busy)} connections and {len(pool._requests)} requests")


def descriptors() -> int:
    gc.collect()
    return len(list(Path("/proc/self/fd").iterdir()))


def megabytes() -> int:
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4 // 1024


def storm(calls: int) -> Outcome:
    """Make so many calls, in four rounds: the first two warm up."""
    outcome = Outcome()
    server = Server()
    server.route = route(random.Random(3))
    sizes, opened = [], []
    try:
        for _ in range(2):
            in_threads(server, calls // 4, outcome)
            asyncio.run(in_tasks(server, calls // 4, outcome))
            server.received.clear()
            server.settle()
            sizes.append(megabytes())
            opened.append(descriptors())
    finally:
        server.close()
    if opened[1] > opened[0] + 2:
        outcome.problems.append(f"descriptors: {opened}")
    if sizes[1] > sizes[0] + 30 + calls // 500:
        outcome.problems.append(f"memory in MB: {sizes}")
    print(f"{sum(outcome.seen.values())} calls: {dict(outcome.seen.most_common())}; MB {sizes}, descriptors {opened}")
    return outcome


if __name__ == "__main__":
    found = storm(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    print(*dict.fromkeys(found.problems), sep="\n")
    sys.exit(bool(found.problems))
