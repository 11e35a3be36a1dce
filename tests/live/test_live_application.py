"""A live application: a client of its own `openapi.json` calls every operation, sync and async.

`application.py` is written as FastAPI's guide says. Its document is made here, not stored: what FastAPI writes changes
with its version.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import uvicorn
from click.testing import CliRunner
from tests.behaviour.over_http.conftest import Talk
from tests.live.application import AT, FIRST, SECRET, make_application, recommended_id

from clientsmith.cli import main

TREE = {
    "DELETE /items/{item_id}": "items.delete",
    "GET /items/": "items.list",
    "GET /items/{item_id}": "items.get",
    "PATCH /items/{item_id}": "items.update",
    "POST /items/": "items.create",
    "PUT /items/{item_id}": "items.replace",
}
"""The names that both kinds of operation ids give."""


@dataclass(frozen=True)
class Shop:
    """A generated package, and where each operation is in it."""

    package: Any
    methods: dict[str, str]


class Live(Talk):
    """Calls the live application."""

    def __init__(self, url: str, shop: Shop, loop: asyncio.AbstractEventLoop | None) -> None:
        super().__init__(None, loop)  # nothing is scripted
        self.shop = shop
        self._url = url

    def open(self, **options: Any) -> Any:
        """Make a client."""
        kind = self.shop.package.AsyncShop if self.loop else self.shop.package.Shop
        made = kind(base_url=self._url, max_retries=0, **options)
        self.opened.append(made)
        return made

    def method(self, operation: str, client: Any = None) -> Any:
        """Find the method of an operation."""
        found = client or self.open()
        for name in self.shop.methods[operation].split("."):
            found = getattr(found, name)
        return found

    def call(self, operation: str, *args: Any, **arguments: Any) -> Any:
        """Call the method of an operation, and finish what it gives."""
        return self.run(self.method(operation)(*args, **arguments))


Check = Callable[[Live], None]
CHECKS: list[tuple[str, Check]] = []


def calls(operation: str) -> Callable[[Check], Check]:
    """Take a function for a check of an operation."""

    def keep(check: Check) -> Check:
        CHECKS.append((operation, check))
        return check

    return keep


# --- the server and the client ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Serve the application on loopback."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_application(), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


def generate(folder: Path, name: str, document: dict[str, Any], settings: str = "") -> dict[str, str]:
    """Generate a client; give the resource and the method of each operation."""
    (folder / "openapi.json").write_text(json.dumps(document))
    path = folder / f"{name}.toml"
    path.write_text(f'spec = "openapi.json"\noutput = "{name}"\nformatter = "none"\n{settings}')
    ran = CliRunner().invoke(main, ["generate", str(path), "--report", "json"])
    assert ran.exit_code == 0, ran.output
    found = json.loads(ran.stdout)["operations"]
    return {f"{o['verb']} {o['path']}": f"{o['resource']}.{o['method']}" for o in found}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """Generate the client, with the paging that is recognised in the document."""
    folder = tmp_path_factory.mktemp("live")
    document = make_application().openapi()
    (folder / "openapi.json").write_text(json.dumps(document))
    paging = CliRunner().invoke(main, ["paging", str(folder / "openapi.json")]).stdout
    assert "next_cursor" in paging
    methods = generate(folder, "live_shop", document, f'[client]\nname = "Shop"\n{paging}')
    sys.path.insert(0, str(folder))
    yield Shop(importlib.import_module("live_shop"), methods)
    sys.path.remove(str(folder))


@pytest.fixture(params=["sync", "async"])
def live(request: pytest.FixtureRequest, url: str, shop: Shop) -> Iterator[Live]:
    made = Live(url, shop, asyncio.new_event_loop() if request.param == "async" else None)
    yield made
    made.close()


# --- items -----------------------------------------------------------------------------------------------------------


@calls("GET /items/")
def check_query_model(live: Live) -> None:
    filters = {"sizes": ["small", "large"], "since": date(2026, 1, 2), "most": Decimal("9.90"), "words": "a&b ü"}
    raw = live.run(live.open().items.with_raw_response.list(**filters, limit=3))
    received = json.loads(raw.headers["x-received"])
    assert received == {
        "sizes": ["small", "large"],
        "since": "2026-01-02",
        "most": "9.90",
        "words": "a&b ü",
        "limit": 3,
    }


@calls("GET /items/")
def check_pages(live: Live) -> None:
    first = live.call("GET /items/", words="lamp")
    assert (len(first.items), first.next_cursor, first.has_next_page()) == (2, "two", True)
    assert [item.id for item in live.collect(first)] == [str(UUID(int=n) if n > 1 else FIRST) for n in (1, 2, 3)]


@calls("POST /items/")
def check_create(live: Live) -> None:
    made = live.call(
        "POST /items/",
        name="desk",
        price=Decimal("100.10"),
        size="large",
        maker={"name": "Ann", "founded": date(1999, 12, 31)},
        tags=["a", "b"],
        stock={"Rome": 2},
        keeps=timedelta(days=2, minutes=5),
    )
    assert (made.id, made.name, Decimal(made.price), made.made_at) == (str(FIRST), "desk", Decimal("100.10"), AT)
    assert (made.size, made.maker.name, made.maker.founded) == ("large", "Ann", date(1999, 12, 31))
    assert (made.tags, made.stock, made.keeps) == (["a", "b"], {"Rome": 2}, "P2DT5M")


@calls("POST /items/")
def check_validation_error(live: Live) -> None:
    with pytest.raises(live.shop.package.UnprocessableEntityError) as caught:
        live.call("POST /items/", name="", price="cheap")
    assert caught.value.error.detail[0].loc == ["body", "name"]
    assert "body.name" in str(caught.value)


@calls("GET /items/{item_id}")
def check_uuid_path(live: Live) -> None:
    assert live.call("GET /items/{item_id}", FIRST).id == str(FIRST)
    assert live.call("GET /items/{item_id}", str(FIRST)).keeps is None


@calls("GET /items/{item_id}")
def check_problem(live: Live) -> None:
    with pytest.raises(live.shop.package.NotFoundError) as caught:
        live.call("GET /items/{item_id}", UUID(int=404))
    assert caught.value.response.headers["content-type"] == "application/problem+json"
    assert (caught.value.error.title, caught.value.error.status) == ("No such item", 404)
    assert f"{UUID(int=404)} is gone" in str(caught.value)


@calls("PATCH /items/{item_id}")
def check_null_and_absent(live: Live) -> None:
    changed = live.call("PATCH /items/{item_id}", FIRST, name=None, price="1.50")
    assert changed == {"name": None, "price": "1.50"}


@calls("PUT /items/{item_id}")
def check_header_and_body(live: Live) -> None:
    item = {"name": "desk", "price": 3, "tags": ["a"]}
    assert live.call("PUT /items/{item_id}", FIRST, **item, note="b").tags == ["a", "b"]
    assert live.call("PUT /items/{item_id}", FIRST, **item).tags == ["a"]


@calls("DELETE /items/{item_id}")
def check_no_content(live: Live) -> None:
    assert live.call("DELETE /items/{item_id}", FIRST) is None


@calls("DELETE /items/{item_id}")
def check_undeclared_error(live: Live) -> None:
    with pytest.raises(live.shop.package.ConflictError, match="the item is in use"):
        live.call("DELETE /items/{item_id}", UUID(int=409))


@calls("GET /items/{item_id}/label")
def check_text(live: Live) -> None:
    assert live.call("GET /items/{item_id}/label", FIRST, size="large") == f"large: grüße {FIRST}"


@calls("GET /items/{item_id}/photo")
def check_binary(live: Live) -> None:
    assert live.call("GET /items/{item_id}/photo", FIRST) == b"\x89PNG\r\n" + bytes(range(256))


# --- unions ----------------------------------------------------------------------------------------------------------


@calls("POST /pets")
def check_discriminated_union(live: Live) -> None:
    types = live.shop.package.types
    cat = live.call("POST /pets", body={"kind": "cat", "name": "Tom"})
    assert (type(cat), cat.lives) == (types.Cat, 9)
    dog = live.call(
        "POST /pets", body={"kind": "dog", "name": "Rex", "friend": {"kind": "cat", "name": "Tom", "lives": 3}}
    )
    assert (type(dog), type(dog.friend), dog.friend.lives) == (types.DogOutput, types.Cat, 3)
    assert live.call("POST /pets", body=dog) == dog, "what came can be sent"


@calls("POST /pets/measure")
def check_union_bodies(live: Live) -> None:
    for sent, kind in (({"kind": "cat", "name": "T"}, "Cat"), ({"value": 1}, "Node"), (7, "int"), (["a", "b"], "list")):
        assert live.call("POST /pets/measure", body=sent)["kind"] == kind


@calls("POST /tree")
def check_recursion(live: Live) -> None:
    tree = live.call("POST /tree", value=1, children=[{"value": 2, "children": [{"value": 3}]}])
    assert (tree.value, tree.children[0].children[0].children[0].value) == (2, 3)


# --- forms and uploads -----------------------------------------------------------------------------------------------


@calls("POST /profile")
def check_form_model(live: Live) -> None:
    saved = live.call("POST /profile", user="a&b=ü", age=7, newsletter=True, topics=["x", "y"])
    assert (saved.user, saved.age, saved.newsletter, saved.topics) == ("a&b=ü", 7, True, ["x", "y"])
    assert live.call("POST /profile", user="b").topics == []


@calls("POST /token")
def check_form_fields(live: Live) -> None:
    found = live.call("POST /token", username="u", password="p w+", scopes=["read", "write"])
    assert found == {"username": "u", "password": "p w+", "scopes": ["read", "write"]}


@calls("POST /uploads/one")
def check_upload(live: Live) -> None:
    found = live.call("POST /uploads/one", file=("ü 1.png", b"\x00\x01\x02\x03\x04", "image/png"), note="n")
    assert found == {"name": "ü 1.png", "type": "image/png", "size": 5, "head": "00010203", "note": "n"}


@calls("POST /uploads/many")
def check_uploads(live: Live) -> None:
    found = live.call("POST /uploads/many", files=[("a.txt", b"a"), ("b.txt", b"bb")], owner=FIRST)
    assert found == {"names": ["a.txt", "b.txt"], "sizes": [1, 2], "owner": str(FIRST)}


@calls("POST /uploads/bytes")
def check_upload_of_bytes(live: Live) -> None:
    assert live.call("POST /uploads/bytes", file=b"abc") == 3


@calls("PUT /uploads/blob")
def check_raw_body(live: Live) -> None:
    found = live.call("PUT /uploads/blob", body=b"\x00" * 9)
    assert found == {"type": "application/octet-stream", "size": 9}


# --- headers, cookies, credentials -----------------------------------------------------------------------------------


@calls("GET /session")
def check_cookies_and_headers(live: Live) -> None:
    at = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    found = live.call("GET /session", session_id="s1", theme="dark", x_trace=["t"], if_modified=at)
    assert found == {"session": "s1", "theme": "dark", "trace": ["t"], "modified": "2026-03-01T12:00:00Z"}
    assert live.call("GET /session")["theme"] == "light"


@calls("GET /me")
def check_bearer(live: Live) -> None:
    client = live.open(http_bearer=SECRET)
    assert live.run(live.method("GET /me", client)()) == "Bearer"
    with pytest.raises(live.shop.package.AuthenticationError, match="not the token"):
        live.run(live.method("GET /me", live.open(http_bearer="wrong"))())


@calls("GET /admin")
def check_key(live: Live) -> None:
    assert live.run(live.method("GET /admin", live.open(api_key_header=SECRET))()) is True


# --- queries ---------------------------------------------------------------------------------------------------------


@calls("GET /search")
def check_queries(live: Live) -> None:
    at = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    found = live.call(
        "GET /search",
        q="1+1=2 & more",
        sizes=["small", "large"],
        on=date(2026, 1, 2),
        at=at,
        least=Decimal("0.1"),
        ids=[FIRST, str(FIRST)],
        exact=True,
        within=timedelta(hours=36),
    )
    assert found == {
        "q": "1+1=2 & more",
        "sizes": ["small", "large"],
        "on": "2026-01-02",
        "at": "2026-03-01T12:00:00Z",
        "least": "0.1",
        "ids": [str(FIRST)] * 2,
        "exact": True,
        "within": "P1DT12H",
    }


@calls("GET /nothing")
def check_null_response(live: Live) -> None:
    assert live.call("GET /nothing") is None
    assert live.call("GET /nothing", empty=False).name == "lamp"


@calls("GET /totals")
def check_map(live: Live) -> None:
    assert live.call("GET /totals") == {"a": 1.5, "b": 2.0}


@calls("GET /pair")
def check_tuple(live: Live) -> None:
    assert list(live.call("GET /pair")) == ["one", 2]


# --- streams ---------------------------------------------------------------------------------------------------------


@calls("GET /streams/events")
def check_typed_events(live: Live) -> None:
    types = live.shop.package.types
    events = live.collect(live.method("GET /streams/events")(count=1))
    progress, finished = (event.data for event in events)
    assert (type(progress), progress.done, progress.at) == (types.Progress, 0, AT)
    assert (type(finished), finished.total) == (types.Finished, 1)


@calls("GET /streams/named")
def check_named_events(live: Live) -> None:
    events = live.collect(live.method("GET /streams/named")())
    assert [event.event for event in events] == ["progress", "end"]
    assert (json.loads(events[0].data), events[0].id, events[1].data) == ({"done": 1}, "1", "plain")


@calls("POST /streams/lines")
def check_json_lines(live: Live) -> None:
    nodes = live.collect(live.method("POST /streams/lines")(value=5, count=3))
    assert [node.value for node in nodes] == [5, 6, 7]


# --- all of them -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("check", [pytest.param(c, id=f"{c.__name__.removeprefix('check_')}") for _, c in CHECKS])
def test_an_operation_does_what_the_application_says(check: Check, live: Live) -> None:
    check(live)


def test_every_operation_is_called(shop: Shop) -> None:
    assert {operation for operation, _ in CHECKS} == set(shop.methods)
    assert len(shop.methods) >= 20


def test_both_kinds_of_operation_ids_give_the_same_names(shop: Shop, tmp_path: Path) -> None:
    recommended = generate(tmp_path, "recommended", make_application(recommended_id).openapi())
    assert TREE.items() <= shop.methods.items()
    assert recommended == shop.methods
