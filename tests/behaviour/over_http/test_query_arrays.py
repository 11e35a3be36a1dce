"""`query_arrays`: lists in the query as the document says of each, or all of them in the way of the settings."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.command import run
from tests.importing import imported
from tests.runtime.server import Server, answer

LISTS = {"type": "array", "items": {"type": "string"}}
PARAMETERS = [
    {"name": "plain", "in": "query", "schema": LISTS},
    {"name": "piped", "in": "query", "schema": LISTS, "style": "pipeDelimited", "explode": False},
    {"name": "within", "in": "query", "schema": {"type": "object", "properties": {"ids": LISTS}}},
]
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Lists", "version": "1"},
    "paths": {"/things": {"get": {"parameters": PARAMETERS, "responses": {"204": {"description": "None."}}}}},
}
WRITTEN = {
    "document": "plain=a&plain=b%26c&piped=d%7Ce",
    "repeat": "plain=a&plain=b%26c&piped=d&piped=e",
    "comma": "plain=a%2Cb%26c&piped=d%2Ce",
    "brackets": "plain[]=a&plain[]=b%26c&piped[]=d&piped[]=e",
    "indices": "plain[0]=a&plain[1]=b%26c&piped[0]=d&piped[1]=e",
}
INSIDE = {
    "document": "within[ids]=1&within[ids]=2",
    "repeat": "within[ids]=1&within[ids]=2",
    "comma": "within[ids]=1%2C2",
    "brackets": "within[ids][]=1&within[ids][]=2",
    "indices": "within[ids][0]=1&within[ids][1]=2",
}


@pytest.fixture(params=WRITTEN)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def package(way: str, tmp_path: Path) -> Iterator[Any]:
    name = f"lists_by_{way}"
    (tmp_path / "spec.json").write_text(json.dumps(DOCUMENT))
    client = f'[client]\nname = "Lists"\nquery_objects = "brackets"\nquery_arrays = "{way}"\n'
    (tmp_path / "lists.toml").write_text(f'spec = "spec.json"\noutput = "{name}"\nformatter = "none"\n{client}')
    done = run("generate", str(tmp_path / "lists.toml"))
    assert done.exit_code == 0, done.output
    with imported(tmp_path / name) as made:
        yield made


def test_lists_are_written_as_the_settings_say(package: Any, way: str, loopback: Server) -> None:
    loopback.received.clear()
    loopback.script[:] = [answer(204), answer(204), answer(204)]
    given: Any = {"plain": ["a", "b&c"], "piped": ("d", "e")}
    with package.Lists(base_url=loopback.url) as client:
        client.things.list(**given)
        client.things.list(within={"ids": [1, 2]})

    async def once() -> None:
        async with package.AsyncLists(base_url=loopback.url) as client:
            await client.things.list(**given)

    asyncio.run(once())
    written = [request.query.replace("%5B", "[").replace("%5D", "]") for request in loopback.received]
    assert written[0] == written[2] == WRITTEN[way]
    assert written[1] == INSIDE[way]
