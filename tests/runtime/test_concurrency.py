"""One client under many tasks and threads; cancellation; the async pool's end."""

from __future__ import annotations

import asyncio
import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from sample_client import AsyncSample, Sample
from server import answer, reset, silent
from waiting import until

from clientsmith.runtime import pool


def echo(request: Any) -> Any:
    number = int(request.path.rpartition("/")[2])
    if number % 17 == 0 and request.header("x-first") != "no" and number not in seen_faults:
        seen_faults.add(number)
        return reset()
    return answer(200, {"id": str(number), "name": request.header("x-mine")})


seen_faults: set[int] = set()


def idle(client: Any) -> bool:
    connections = client._pool._http._transport._pool.connections
    return all(c.is_idle() or c.is_closed() for c in connections)


def test_two_hundred_concurrent_calls_neither_leak_nor_mix_responses(kit: Any) -> None:
    if not kit.is_async:
        return
    seen_faults.clear()
    kit.server.route = echo
    client = kit.client()

    async def one(number: int) -> None:
        thing = await client.things.get(str(number), extra_headers={"X-Mine": f"m{number}"})
        assert (thing.id, thing.name) == (str(number), f"m{number}")

    async def main() -> None:
        await asyncio.gather(*(one(number) for number in range(200)))

    kit.run(main())
    assert idle(client)


def test_fifty_threads_on_one_client_neither_leak_nor_mix_responses(kit: Any) -> None:
    if kit.is_async:
        return
    seen_faults.clear()
    kit.server.route = echo
    client = kit.client()

    def one(number: int) -> None:
        copied = client.with_options(default_headers={"X-Copy": str(number)})
        for user in (client, copied):
            thing = user.things.get(str(number), extra_headers={"X-Mine": f"m{number}"})
            assert (thing.id, thing.name) == (str(number), f"m{number}")

    with ThreadPoolExecutor(50) as threads:
        list(threads.map(one, range(300)))
    assert idle(client)


def test_threads_make_one_http_client(kit: Any) -> None:
    if kit.is_async:
        return
    client = kit.client()
    start = threading.Barrier(20)
    made: set[int] = set()

    def one() -> None:
        start.wait()
        made.add(id(client._pool.get()))

    threads = [threading.Thread(target=one) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


@pytest.mark.parametrize("after", [0.0, 0.001, 0.01, 0.05])
def test_a_cancelled_call_leaves_the_pool_usable(kit: Any, after: float) -> None:
    if not kit.is_async:
        return
    client = kit.client()
    kit.server.script = [silent() for _ in range(10)]

    async def main() -> None:
        calls = [asyncio.ensure_future(client.things.get(str(n))) for n in range(10)]
        await asyncio.sleep(after)
        for call in calls:
            call.cancel()
        results = await asyncio.gather(*calls, return_exceptions=True)
        assert all(isinstance(result, asyncio.CancelledError) for result in results)
        kit.server.script.clear()
        assert (await client.things.get("1")).id == "1"

    kit.run(main())
    # httpx's own pool keeps a connection that was cancelled between connecting and sending
    assert idle(client) or kit.library.__name__ == "httpx"


def test_cancelled_inside_a_streamed_body(kit: Any) -> None:
    if not kit.is_async:
        return
    from server import chunked

    client = kit.client()
    kit.server.script = [chunked([b"data: x\n"] * 50, content_type="text/event-stream", pause=0.1)]

    async def read(begun: asyncio.Event) -> None:
        async with client.things.with_streaming_response.get("1") as response:
            begun.set()
            await response.read()

    async def main() -> None:
        begun = asyncio.Event()
        reading = asyncio.ensure_future(read(begun))
        await begun.wait()
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert (await client.things.get("1")).id == "1"

    kit.run(main())
    assert idle(client)


def test_an_async_client_outlives_its_loop(kit: Any) -> None:
    if not kit.is_async:
        return
    client = kit.client()
    for _ in range(2):
        loop = asyncio.new_event_loop()
        assert loop.run_until_complete(client.things.get("1")).id == "1"
        loop.run_until_complete(client._pool._http.aclose())
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
    client._pool._http = None


def test_a_dropped_async_client_schedules_its_close_if_a_loop_runs(kit: Any) -> None:
    if not kit.is_async:
        return

    async def main() -> Any:
        client = AsyncSample(api_token="t", base_url=kit.server.url)
        await client.things.get("1")
        http = client._pool._http
        del client
        gc.collect()
        await until(lambda: http.is_closed)
        return http

    assert kit.run(main()).is_closed


def test_a_dropped_sync_client_closes_its_sockets(kit: Any) -> None:
    if kit.is_async:
        return
    client = Sample(api_token="t", base_url=kit.server.url)
    client.things.get("1")
    http = client._pool._http
    del client
    gc.collect()
    assert http.is_closed


def test_a_dropped_client_closes_its_pool_at_once(kit: Any) -> None:
    """Nothing that a client gives out makes a reference cycle, which only the garbage collector would end."""

    async def main() -> Any:
        client = (AsyncSample if kit.is_async else Sample)(api_token="t", base_url=kit.server.url)
        for call in (client.things.get, client.things.with_raw_response.get, client.with_options().things.get):
            answered = call("1")
            if kit.is_async:
                await answered
        opened = client.things.with_streaming_response.get("1")
        if kit.is_async:
            async with opened:
                pass
        else:
            with opened:
                pass
        http = client._pool._http
        assert not http.is_closed
        del client, call, opened, answered
        if kit.is_async:
            await until(lambda: http.is_closed)
        return http

    gc.collect()
    gc.disable()
    try:
        http = kit.run(main()) if kit.is_async else asyncio.run(main())
        assert http.is_closed
    finally:
        gc.enable()


def test_a_resource_of_a_temporary_client_works(kit: Any) -> None:
    def things() -> Any:
        return (AsyncSample if kit.is_async else Sample)(api_token="t", base_url=kit.server.url).things

    async def main() -> None:
        assert (await things().get("1")).id == "1"
        assert (await (await things().with_raw_response.get("1")).parse()).id == "1"
        await asyncio.sleep(0.01)

    if kit.is_async:
        kit.run(main())
    else:
        assert things().get("1").id == "1"
        assert things().with_raw_response.get("1").parse().id == "1"


def test_an_async_client_in_use_in_another_loop_says_so(kit: Any) -> None:
    if not kit.is_async:
        return
    client = kit.client()

    async def elsewhere() -> None:
        with pytest.raises(RuntimeError, match="in use in another event loop"):
            await client.things.get("1")

    async def here() -> None:
        await client.things.get("1")
        await asyncio.to_thread(asyncio.run, elsewhere())

    kit.run(here())


def test_an_async_client_can_be_closed_when_its_loop_is_gone(server: Any) -> None:
    client = AsyncSample(api_token="t", base_url=server.url)

    async def one() -> None:
        await client.things.get("1")
        await client._pool._http._transport.aclose()  # so that no socket is left to the garbage collector

    asyncio.run(one())
    asyncio.run(client.close())
    assert client.is_closed()


def test_first_requests_of_several_tasks_do_not_block_the_loop(kit: Any, monkeypatch: Any) -> None:
    if not kit.is_async:
        return
    make = pool._new_client
    begun, loop_runs = threading.Event(), threading.Event()

    def making(kind: str, library: Any) -> Any:
        begun.set()
        assert loop_runs.wait(20)  # in vain, where this holds the loop up
        return make(kind, library)

    monkeypatch.setattr(pool, "_new_client", making)
    client = kit.client()

    async def calls() -> None:
        tasks = [asyncio.create_task(client.things.get("1")) for _ in range(5)]
        await until(begun.is_set)
        loop_runs.set()
        await asyncio.gather(*tasks)

    kit.run(calls())


def test_a_client_that_is_closed_while_it_makes_its_pool_stays_closed(kit: Any, monkeypatch: Any) -> None:
    made: list[Any] = []
    client = kit.client()

    def closing(kind: str, library: Any) -> Any:
        closer.start()
        closer.join(0.1)
        made.append(new_client(kind, library))
        return made[0]

    new_client = pool._new_client
    closer = threading.Thread(target=lambda: setattr(client._pool, "closing", client._pool.close()))
    monkeypatch.setattr(pool, "_new_client", closing)
    with suppress(RuntimeError):  # unless it is quicker than the other thread
        kit.run(client._pool.get())
    closer.join()
    kit.run(client._pool.closing)
    assert made[0].is_closed
