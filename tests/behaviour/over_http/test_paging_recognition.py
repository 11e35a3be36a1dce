"""`clientsmith paging`: what it prints of a document is pasted into settings, and the client of these pages."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from click.testing import CliRunner
from tests.behaviour.over_http.conftest import Talk
from tests.command import run
from tests.importing import imported
from tests.runtime.server import answer

from clientsmith.cli import main

STRING, NUMBER = {"type": "string"}, {"type": "integer"}
FLAG = {"type": "boolean"}
LISTED = {"type": "array", "items": {"type": "object", "properties": {"id": NUMBER, "name": STRING}}}
ITEMS = [{"id": 1}, {"id": 2}], [{"id": 3}]


@dataclass(frozen=True)
class Way:
    """A way to page: what the document declares, what is recognised, and two pages with what asks for the second."""

    parameters: dict[str, dict[str, Any]]
    response: dict[str, Any]
    keys: dict[str, object]
    pages: tuple[Any, Any]
    second: dict[str, str]
    """The query, the headers or the body of the second request, in part."""
    headers: tuple[dict[str, str], dict[str, str]] = ({}, {})
    declared: tuple[str, ...] = ()
    """The headers that the response declares."""
    verb: str = "get"
    place: str = "query"
    target: str = ""
    """The path of the second request, where that is another one."""
    body: dict[str, Any] = field(default_factory=dict)
    """The members of the body that goes out."""


def listed(**members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": members}


def link(path: str) -> dict[str, str]:
    return {"Link": f'<{path}>; rel="next"'}


WAYS: dict[str, Way] = {
    "cursor": Way(
        {"cursor": STRING, "limit": NUMBER},
        listed(data=LISTED, next_cursor=STRING),
        {"items": "data", "cursor": "cursor", "next_cursor": "next_cursor"},
        ({"data": ITEMS[0], "next_cursor": "n"}, {"data": ITEMS[1]}),
        {"cursor": "n"},
    ),
    "cursor_below": Way(
        {"pageToken": STRING},
        listed(files=LISTED, tags={"type": "array", "items": STRING}, meta=listed(nextPageToken=STRING)),
        {"items": "files", "cursor": "pageToken", "next_cursor": "meta.nextPageToken"},
        ({"files": ITEMS[0], "meta": {"nextPageToken": "n"}}, {"files": ITEMS[1], "meta": {}}),
        {"pageToken": "n"},
    ),
    "cursor_in_body": Way(
        {},
        listed(results=LISTED, next_cursor=STRING),
        {"items": "results", "cursor": "start_cursor", "next_cursor": "next_cursor"},
        ({"results": ITEMS[0], "next_cursor": "n"}, {"results": ITEMS[1], "next_cursor": None}),
        {"start_cursor": "n", "words": "w"},
        verb="post",
        place="body",
        body={"start_cursor": STRING, "words": STRING},
    ),
    "cursor_in_header": Way(
        {"X-Cursor": {"in": "header", **STRING}},
        LISTED,
        {"items": "", "cursor": "header:X-Cursor", "next_cursor": "header:X-Next-Cursor"},
        ITEMS,
        {"X-Cursor": "n"},
        ({"X-Next-Cursor": "n"}, {}),
        ("X-Next-Cursor",),
        place="header",
    ),
    "cursor_with_a_flag": Way(
        {"after": STRING, "first": NUMBER},
        listed(nodes=LISTED, pageInfo=listed(endCursor=STRING, hasNextPage=FLAG)),
        {"items": "nodes", "cursor": "after", "next_cursor": "pageInfo.endCursor", "has_more": "pageInfo.hasNextPage"},
        (
            {"nodes": ITEMS[0], "pageInfo": {"endCursor": "2", "hasNextPage": True}},
            {"nodes": ITEMS[1], "pageInfo": {"endCursor": "3", "hasNextPage": False}},
        ),
        {"after": "2"},
    ),
    "last_item": Way(
        {"starting_after": STRING},
        listed(data=LISTED, has_more=FLAG),
        {"items": "data", "cursor": "starting_after", "last_item": "id", "has_more": "has_more"},
        ({"data": ITEMS[0], "has_more": True}, {"data": ITEMS[1], "has_more": False}),
        {"starting_after": "2"},
    ),
    "next_link": Way(
        {"page": NUMBER},
        listed(results=LISTED, count=NUMBER, next={"type": "string", "format": "uri"}, previous=STRING),
        {"items": "results", "next_link": "next"},
        ({"results": ITEMS[0], "count": 3, "next": "?page=2"}, {"results": ITEMS[1], "next": None}),
        {"page": "2"},
    ),
    "odata": Way(
        {"$top": NUMBER},
        listed(value=LISTED, **{"@odata.nextLink": STRING}),
        {"items": "value", "next_link": "@odata.nextLink"},
        ({"value": ITEMS[0], "@odata.nextLink": "{url}/elsewhere?token=t"}, {"value": ITEMS[1]}),
        {"token": "t"},
        target="/v1/elsewhere",
    ),
    "hal": Way(
        {},
        listed(_embedded=listed(pets=LISTED), _links=listed(self=listed(href=STRING), next=listed(href=STRING))),
        {"items": "_embedded.pets", "next_link": "_links.next.href"},
        (
            {"_embedded": {"pets": ITEMS[0]}, "_links": {"next": {"href": "{url}/hal?page=2"}}},
            {"_embedded": {"pets": ITEMS[1]}, "_links": {}},
        ),
        {"page": "2"},
    ),
    "link_header": Way(
        {"per_page": NUMBER},
        LISTED,
        {"items": "", "next_link": "header:Link", "requires": ["per_page"]},
        ITEMS,
        {"page": "2"},
        (link("?page=2"), {}),
        ("Link",),
    ),
    "page_and_total": Way(
        {"page": NUMBER},
        listed(items=LISTED, total_count=NUMBER),
        {"items": "items", "page": "page", "total": "total_count"},
        ({"items": ITEMS[0], "total_count": 3}, {"items": ITEMS[1], "total_count": 3}),
        {"page": "2"},
    ),
    "number_of_pages": Way(
        {"page": {"type": "integer", "default": 0}, "size": NUMBER},
        listed(content=LISTED, totalPages=NUMBER),
        {"items": "content", "page": "page", "first_page": 0, "pages": "totalPages"},
        ({"content": ITEMS[0], "totalPages": 2}, {"content": ITEMS[1], "totalPages": 2}),
        {"page": "1"},
    ),
    "page_and_flag": Way(
        {"pageNumber": NUMBER},
        listed(records=LISTED, hasMore=FLAG),
        {"items": "records", "page": "pageNumber", "has_more": "hasMore"},
        ({"records": ITEMS[0], "hasMore": True}, {"records": ITEMS[1], "hasMore": False}),
        {"pageNumber": "2"},
    ),
    "page_in_object": Way(
        {"page": {"style": "deepObject", "type": "object", "properties": {"number": NUMBER, "size": NUMBER}}},
        listed(data=LISTED, meta=listed(total=NUMBER)),
        {"items": "data", "page": "page[number]", "total": "meta.total"},
        ({"data": ITEMS[0], "meta": {"total": 3}}, {"data": ITEMS[1], "meta": {"total": 3}}),
        {"page[number]": "2"},
    ),
    "offset": Way(
        {"offset": NUMBER, "limit": NUMBER},
        listed(data=listed(rows=LISTED), total=NUMBER),
        {"items": "data.rows", "offset": "offset", "total": "total"},
        ({"data": {"rows": ITEMS[0]}, "total": 3}, {"data": {"rows": ITEMS[1]}, "total": 3}),
        {"offset": "2"},
    ),
    "offset_of_scim": Way(
        {"startIndex": NUMBER, "count": NUMBER},
        listed(Resources=LISTED, totalResults=NUMBER, startIndex=NUMBER, itemsPerPage=NUMBER),
        {"items": "Resources", "offset": "startIndex", "first_offset": 1, "total": "totalResults"},
        ({"Resources": ITEMS[0], "totalResults": 3}, {"Resources": ITEMS[1], "totalResults": 3}),
        {"startIndex": "3"},
    ),
    "offset_from_one": Way(
        {"start": {"type": "integer", "minimum": 1}},
        listed(results=LISTED, more=FLAG),
        {"items": "results", "offset": "start", "first_offset": 1, "has_more": "more"},
        ({"results": ITEMS[0], "more": True}, {"results": ITEMS[1], "more": False}),
        {"start": "3"},
    ),
    "page_from_zero": Way(
        {"page": {"type": "integer", "description": "Zero-based page index (0..N)"}},
        listed(list=LISTED, pageCount=NUMBER),
        {"items": "list", "page": "page", "first_page": 0, "pages": "pageCount"},
        ({"list": ITEMS[0], "pageCount": 2}, {"list": ITEMS[1], "pageCount": 2}),
        {"page": "1"},
    ),
    "page_of_spring": Way(
        {"pageNo": NUMBER, "size": NUMBER},
        listed(content=LISTED, number=NUMBER, totalPages=NUMBER, totalElements=NUMBER, last=FLAG),
        {"items": "content", "page": "pageNo", "first_page": 0, "total": "totalElements"},
        ({"content": ITEMS[0], "totalElements": 3}, {"content": ITEMS[1], "totalElements": 3}),
        {"pageNo": "1"},
    ),
    "offset_of_a_list": Way(
        {"$skip": NUMBER},
        LISTED,
        {"items": "", "offset": "$skip", "total": "header:X-Total-Count"},
        ITEMS,
        {"$skip": "2"},
        ({"X-Total-Count": "3"}, {"X-Total-Count": "3"}),
        ("X-Total-Count",),
    ),
}
SEVERAL = {
    name: Way({"cursor": STRING}, listed(**{name: LISTED, "meta": listed(next_token=STRING)}), {}, ([], []), {})
    for name in ("cats", "dogs")
}
OVERLAPPING = {
    "pages_without_base": Way({"page": NUMBER}, listed(content=LISTED, totalPages=NUMBER), {}, ([], []), {}),
}
"""Operations that fit the scheme of others, which has more names than their own would."""
NONE = {
    "no_list": Way({"page": NUMBER}, listed(id=NUMBER), {}, ([], []), {}),
    "no_way": Way({"words": STRING}, listed(data=LISTED, next=STRING), {}, ([], []), {}),
    "several_lists": Way({"page": NUMBER}, listed(cats=LISTED, dogs=LISTED), {}, ([], []), {}),
    "links_of_another_list": Way(
        {}, listed(images=LISTED, tracks=listed(next=STRING, previous=STRING)), {}, ([], []), {}
    ),
}


def document() -> dict[str, Any]:
    ways = {**WAYS, **SEVERAL, **OVERLAPPING, **NONE}
    paths = {f"/{name}": {way.verb: operation(name, way)} for name, way in ways.items()}
    info = {"title": "Pages", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "servers": [{"url": "https://pages.example/v1"}], "paths": paths}


def operation(name: str, way: Way) -> dict[str, Any]:
    headers = {header: {"schema": STRING} for header in way.declared}
    made: dict[str, Any] = {
        "operationId": f"list_{name}",
        "x-clientsmith-resource": "ways",
        "x-clientsmith-method": name,
        "parameters": [parameter(*pair) for pair in way.parameters.items()],
        "responses": {
            "200": {"description": "", "headers": headers, "content": {"application/json": {"schema": way.response}}}
        },
    }
    if way.body:
        made["requestBody"] = {"content": {"application/json": {"schema": listed(**way.body)}}}
    return made


def parameter(name: str, about: dict[str, Any]) -> dict[str, Any]:
    schema = {key: value for key, value in about.items() if key not in ("in", "style")}
    style = {"style": about["style"]} if "style" in about else {}
    return {"name": name, "in": about.get("in", "query"), "schema": schema, **style}


@dataclass(frozen=True)
class Made:
    schemes: dict[str, dict[str, object]]
    package: Any


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Print the settings of a document with all ways, paste them, and generate."""
    folder = tmp_path_factory.mktemp("recognition")
    spec = folder / "spec.json"
    spec.write_text(json.dumps(document()))
    printed = run("paging", str(spec))
    assert printed.exit_code == 0, printed.output
    settings = folder / "settings.toml"
    settings.write_text(f'spec = "spec.json"\noutput = "recognised_pages"\nformatter = "none"\n\n{printed.stdout}')
    generated = run("generate", str(settings))
    assert generated.exit_code == 0, generated.output
    with imported(folder / "recognised_pages") as package:
        yield Made(tomllib.loads(printed.stdout)["paging"], package)


def client(made: Made, talk: Talk) -> Any:
    kind = made.package.AsyncRecognisedPages if talk.loop else made.package.RecognisedPages
    opened = kind(base_url=talk.server.url, max_retries=0)
    talk.opened.append(opened)
    return opened


@pytest.mark.parametrize("name", WAYS)
def test_a_way_is_recognised(name: str, made: Made) -> None:
    assert WAYS[name].keys in made.schemes.values()


@pytest.mark.parametrize("name", WAYS)
def test_the_client_of_the_printed_settings_goes_through_the_pages(name: str, made: Made, talk: Talk) -> None:
    way = WAYS[name]
    url = talk.server.url
    pages = [json.loads(json.dumps(page).replace("{url}", url)) for page in way.pages]
    talk.answer(*[answer(200, page, headers=headers) for page, headers in zip(pages, way.headers, strict=True)])
    arguments = {"words": "w"} if way.body else {}
    items = talk.collect(getattr(client(made, talk).ways, name)(**arguments))
    assert [item.id for item in items] == [1, 2, 3]
    assert len(talk.server.received) == 2, "the last page says that it is the last"
    sent = {"query": dict(parse_qsl(talk.request.query)), "header": dict(talk.request.headers)}
    found = talk.request.json() if way.place == "body" else sent[way.place]
    assert way.second.items() <= found.items()
    assert talk.request.path == (way.target or f"/v1/{name}")


def test_lists_of_several_names_are_one_scheme(made: Made, talk: Talk) -> None:
    wanted = {"items": "*", "cursor": "cursor", "next_cursor": "meta.next_token"}
    assert wanted in made.schemes.values()
    for name in SEVERAL:
        talk.answer(
            answer(200, {name: ITEMS[0], "meta": {"next_token": "n"}}), answer(200, {name: ITEMS[1], "meta": {}})
        )
        items = talk.collect(getattr(client(made, talk).ways, name)())
        assert [item.id for item in items] == [1, 2, 3]


@pytest.mark.parametrize("name", NONE)
def test_nothing_is_guessed(name: str, made: Made, talk: Talk) -> None:
    talk.answer(answer(200, {}))
    response = talk.run(getattr(client(made, talk).ways, name)())
    assert not hasattr(response, "get_next_page")


def test_a_document_without_pages_and_one_with_errors(tmp_path: Path) -> None:
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}}))
    ran = CliRunner().invoke(main, ["paging", str(spec)])
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert "no operation pages" in ran.stderr
    spec.write_text('{"openapi": "9"}')
    ran = CliRunner().invoke(main, ["paging", str(spec)])
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert "nothing was recognised" in ran.stderr
