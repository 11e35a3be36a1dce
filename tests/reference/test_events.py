"""What an API sends by itself, and what comes in its streams: listed with the methods, on every kind of page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.reference.page_text import text_lines
from tests.reference.rich import files
from tests.reference.test_site import assert_sound, dead_markdown_links, search_index

METHOD_PAGES = ["orders.create.html", "orders.create.md", "package/reference/orders.md"]
EVENT_PAGES = ["webhooks.html", "webhooks.md", "package/reference/webhooks.md"]


def lines(path: str) -> list[str]:
    """Read a page as text, without marks of Markdown."""
    text = files()[path]
    if path.endswith(".html"):
        return text_lines(text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return [" ".join(re.sub(r"[`*]|<a id=[^>]*></a>", "", line).split()) for line in text.split("\n") if line.strip()]


def index() -> dict[str, Any]:
    return search_index(files())


def test_the_pages_are_sound() -> None:
    site = {path: text for path, text in files().items() if not path.startswith("package/")}
    assert_sound(site)
    package = {path.removeprefix("package/"): text for path, text in files().items() if path.startswith("package/")}
    inner = {path.removeprefix("reference/"): text for path, text in package.items() if path != "api.md"}
    assert list(dead_markdown_links(inner)) == []
    assert [link for link in dead_markdown_links(package) if link.startswith("api.md")] == []


@pytest.mark.parametrize("path", METHOD_PAGES)
def test_a_callback_stands_with_its_operation(path: str) -> None:
    text = "\n".join(lines(path)).partition("Callbacks")[2]
    for part in ("onShipped", "OnShippedEvent", "POST {$request.body#/url}", "The order was sent."):
        assert part in text, part
    assert "deprecated" in text.lower().partition("credentials")[0]
    assert "webhooks" in files()[path]


@pytest.mark.parametrize("path", [path.replace("create", "list") for path in METHOD_PAGES[:2]])
def test_an_operation_without_callbacks_has_no_such_section(path: str) -> None:
    assert "Callbacks" not in files()[path]


@pytest.mark.parametrize("path", EVENT_PAGES)
def test_every_event_is_listed(path: str) -> None:
    text = "\n".join(lines(path)).partition("Events")[2].partition("Models")[0]
    for part in ("order.paid", "OrderPaidEvent", "An order was paid.", "onShipped", "OnShippedEvent", "orders.create"):
        assert part in text, part
    place = 'id="events.OrderPaidEvent"'
    assert place in files()[path]


@pytest.mark.parametrize("path", ["llms.txt", "index.md", "package/api.md"])
def test_lists_have_the_methods_and_the_events(path: str) -> None:
    text = "\n".join(lines(path))
    assert re.search(r"^- unwrap\b.*Verify the signature", text, re.MULTILINE)
    assert re.search(r"^- order\.paid \(webhook\) OrderPaidEvent — An order was paid\.", text, re.MULTILINE)
    assert re.search(r"^- onShipped \(callback\) OnShippedEvent — .* Deprecated\.$", text, re.MULTILINE)


@pytest.mark.parametrize("path", [path.replace("create", "follow") for path in METHOD_PAGES])
def test_the_names_of_what_comes_in_a_stream_stand_with_its_operation(path: str) -> None:
    text = " ".join(lines(path)).partition("Events:")[2]
    found = re.findall(r"\b(started|moved|stopped)\W+(Started|Moved)\b", text)
    assert found[:3] == [("started", "Started"), ("moved", "Moved"), ("stopped", "Moved")]


def test_the_search_finds_events() -> None:
    found = {name: (index()["pages"][page], place) for kind, name, _, page, place, _ in index()["entries"] if kind == 5}
    assert found == {
        "order.paid": ("webhooks", "events.OrderPaidEvent"),
        "onShipped": ("webhooks", "events.OnShippedEvent"),
        "started": ("orders.follow", "returns"),
        "moved": ("orders.follow", "returns"),
        "stopped": ("orders.follow", "returns"),
    }


# --- deprecated things -----------------------------------------------------------------------------------------------

OLD = ["orders.delete", "sums.get", "sums.find"]


@pytest.mark.parametrize("path", ["llms.txt", "index.md", "package/api.md", "package/reference/orders.md"])
def test_each_line_of_a_deprecated_method_says_so(path: str) -> None:
    listed = [line for line in lines(path) if re.match(r"- (list|create|delete|get|find|follow)\b", line)]
    marked = {line.split()[1].rstrip(":") for line in listed if line.endswith("Deprecated.")}
    assert marked == {"delete"} | ({"get", "find"} if "orders" not in path else set())
    assert len(listed) > len(marked)


def test_the_tree_and_the_first_page_say_what_is_deprecated() -> None:
    for path, count in (("index.html", 3), ("orders.html", 1), ("sums.html", 2), ("orders.list.html", 1)):
        items = re.findall(
            r'<a href="([\w.]+)\.html"[^>]*><span>[^<]*(<span class="old">deprecated</span>)?', files()[path]
        )
        marked = [page for page, mark in items if mark]
        assert len(marked) == count, path
        assert set(marked) <= set(OLD)


@pytest.mark.parametrize("path", ["sums.get.html", "sums.get.md", "package/reference/sums.md"])
def test_a_page_says_what_the_settings_say_of_a_deprecated_resource(path: str) -> None:
    assert re.search(r"Deprecated\. Use orders, not (\*\*)?this", " ".join(lines(path)))


def test_the_search_knows_what_is_deprecated() -> None:
    entries = index()["entries"]
    assert {entries[number][1] for number in index()["deprecated"]} == {*OLD, "onShipped"}
    (fields,) = (fields for kind, name, _, _, _, fields in entries if (kind, name) == (1, "orders.list"))
    assert "old!" in fields.split()
    assert "filter" in fields.split()


# --- credentials -----------------------------------------------------------------------------------------------------

LOGIN = "login, or client_id and client_secret (bearer token)"
WAYS = {
    "orders.create": [
        f"{LOGIN}, with the scopes orders:write, <script>boom()</script>",
        f"key (header X-Shop-Key) together with {LOGIN}, with the scope admin",
    ],
    "orders.list": ["key (header X-Shop-Key)"],
    "orders.delete": ["no credentials"],
}


@pytest.mark.parametrize("ending", ["html", "md"])
@pytest.mark.parametrize("method", WAYS)
def test_a_page_names_credentials_and_scopes(method: str, ending: str) -> None:
    text = lines(f"{method}.{ending}")
    start = next(number for number, line in enumerate(text) if line.removeprefix("## ") == "Credentials")
    found = [line.removeprefix("- ") for line in text[start + 1 : start + 1 + len(WAYS[method])]]
    assert [line.startswith(way) for line, way in zip(found, WAYS[method], strict=True)] == [True] * len(found), found
    assert text[start + 1 + len(found)].removeprefix("## ") == "Examples"


def test_the_package_names_credentials_where_a_method_has_its_own() -> None:
    text = "\n".join(lines("package/reference/orders.md"))
    sections = {section.split("\n")[0].strip(): section for section in text.split("\n## ")}
    assert WAYS["orders.create"][0] in sections["create"]
    assert "no credentials" in sections["delete"]
    assert "Credentials" not in sections["list"]


def test_the_first_page_lists_all_credentials_as_text_too() -> None:
    for path in ("index.html", "index.md"):
        text = "\n".join(lines(path))
        for name in ("login", "client_id", "client_secret", "key", "webhook_secret", "PACKAGE_CLIENT_SECRET"):
            assert name in text, (path, name)
        assert "client = Package()" in text


# --- uses of types ---------------------------------------------------------------------------------------------------

USES = {
    "State": [
        "orders.list (parameter, response)",
        "orders.create (body, response)",
        "orders.follow (stream)",
        "order.paid (event)",
    ],
    "AreaParam": ["orders.list (parameter)"],
    "Cause": ["orders.list (error)"],
    "Parcel": ["onShipped (event)"],
    "Number": ["sums.get (response)", "sums.find (response)"],
}


def page_with(name: str, kind: str) -> list[str]:
    """Read the page that describes a type, from the description on."""
    is_package = kind == "package"
    paths = [path for path in files() if path.startswith("package/") == is_package]
    for path in sorted(paths, key=lambda path: f"types.{name}." not in path):
        text = lines(path) if is_package or path.endswith(f".{kind}") else []
        for number, line in enumerate(text):
            if re.match(rf"(### )?(class {name}\b|{name} =)", line):
                return text[number:]
    raise AssertionError(name)


@pytest.mark.parametrize("name", USES)
@pytest.mark.parametrize("kind", ["html", "md", "package"])
def test_a_type_lists_all_that_uses_it(name: str, kind: str) -> None:
    text = page_with(name, kind)
    start = 1 + next(number for number, line in enumerate(text) if re.match(r"(## )?Used (by|in)", line))
    found = [re.sub(r"^- |[()]", "", line) for line in text[start : start + len(USES[name])]]
    assert found == [re.sub(r"[()]", "", use) for use in USES[name]]
