"""What people do with the pages in a browser: expand, follow links, search, copy; by mouse and keyboard, on a phone."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.reference.conftest import Watched
from tests.reference.pdf_text import pdf_text
from tests.reference.rich import files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MEETINGS = "realtime_kit.meetings.html"
CREATE = "realtime_kit.meetings.create.html"
DEEP = "MeetingCreateResponse.data.ai_config.transcription.language"
PAGES = ("index.html", "realtime_kit.html", MEETINGS, CREATE, "realtime_kit.recordings.html")


# --- expanding and links ---------------------------------------------------------------------------------------------


def test_all_fields_can_be_expanded_and_collapsed(page: Page) -> None:
    page.goto(MEETINGS)
    count = page.locator("main details").count()
    assert count == 98
    assert page.locator("main details[open]").count() == 0
    page.get_by_role("button", name="Expand").click()
    assert page.locator("main details[open]").count() == count
    page.get_by_role("button", name="Collapse").click()
    assert page.locator("main details[open]").count() == 0


def test_a_field_can_be_expanded_alone(page: Page) -> None:
    page.goto(MEETINGS)
    field = page.locator("[id='MeetingCreateResponse.data']")
    inner = page.locator("[id='MeetingCreateResponse.data.ai_config']")
    assert not inner.is_visible()
    field.locator("summary").first.click()
    assert inner.is_visible()
    assert page.locator("main details[open]").count() == 1


def test_a_long_list_of_values_is_short_until_it_is_expanded(page: Page) -> None:
    page.goto(f"{MEETINGS}#{DEEP}")
    field = page.locator(f"[id='{DEEP}']")
    assert 'Optional[Literal["en-US", "en-IN", "de", 7 more]]' in field.inner_text()
    assert "One of the following:" in field.inner_text()
    assert '"nl"' in field.inner_text()
    field.locator("summary").click()
    assert '"nl"' not in field.inner_text()


def test_an_anchor_opens_what_is_around_it(page: Page) -> None:
    page.goto(MEETINGS)
    page.goto(f"{MEETINGS}#{DEEP}")
    field = page.locator(f"[id='{DEEP}']")
    assert field.is_visible()
    assert 0 <= (field.bounding_box() or {"y": -1})["y"] < 900


def test_the_button_of_a_field_copies_a_link_to_it(page: Page) -> None:
    page.goto(f"{MEETINGS}#{DEEP}")
    page.locator(f"[id='{DEEP}'] > .h button").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/{MEETINGS}#{DEEP}")
    assert page.locator(".toast").inner_text() == "Link copied"
    page.goto(copied)
    assert page.locator(f"[id='{DEEP}']").is_visible()


def test_every_method_model_and_field_has_a_button(page: Page) -> None:
    page.goto(MEETINGS)
    without = page.evaluate(
        "[...document.querySelectorAll('main [id]:is(.f, .model, .method)')]"
        ".filter(e => !e.querySelector(':scope > :is(.h, h3) > button[aria-label]')).map(e => e.id)"
    )
    assert without == []


@pytest.mark.parametrize("name", PAGES)
def test_the_button_at_the_top_copies_a_link_to_the_page(page: Page, name: str) -> None:
    page.goto(name)
    button = page.get_by_role("button", name="Copy link to this page")
    button.click()
    assert page.evaluate("navigator.clipboard.readText()") == page.url.partition("#")[0]
    assert page.url.endswith(f"/{name}")
    assert page.get_by_role("heading", level=1).count() == 1
    assert "Copy" not in page.get_by_role("heading", level=1).inner_text()


def test_types_are_links_to_where_they_are_described(page: Page) -> None:
    page.goto(CREATE)
    page.locator(".sig a", has_text="MeetingCreateResponse").first.click()
    page.wait_for_url(f"**/{MEETINGS}#MeetingCreateResponse")
    assert page.locator("#MeetingCreateResponse").is_visible()


def test_the_button_of_an_example_copies_its_code(page: Page) -> None:
    page.goto(CREATE)
    block = page.locator(".rail .code:visible").first
    block.hover()
    block.get_by_role("button", name="Copy").click()
    assert page.evaluate("navigator.clipboard.readText()") == block.locator("code").inner_text()


def test_examples_are_tabs(page: Page) -> None:
    page.goto(CREATE)
    tabs = page.get_by_role("tab")
    assert tabs.all_inner_texts() == ["Python", "Async", "Errors", "curl"]
    tabs.first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("[role=tabpanel]:visible").inner_text().startswith("import asyncio")
    page.keyboard.press("End")
    assert page.locator("[role=tabpanel]:visible").inner_text().startswith("curl -X POST")


def test_pages_are_read_one_after_the_other(page: Page) -> None:
    page.goto("index.html")
    seen = [page.url.rpartition("/")[2]]
    while page.locator("a.next").count():
        page.locator("a.next").click()
        seen.append(page.url.rpartition("/")[2])
    assert len(seen) == len(set(seen)) == 21
    page.locator("a.prev").click()
    assert page.url.endswith(seen[-2])


# --- the search ------------------------------------------------------------------------------------------------------


def test_the_index_is_loaded_when_it_is_needed(browser: Browser, site: Path) -> None:
    watched = Watched(browser)
    watched.page.goto(f"{site.as_uri()}/{CREATE}")
    assert not [url for url in watched.requested if "search-index" in url]
    watched.page.keyboard.press("/")
    watched.page.get_by_role("combobox").fill("watermark")
    watched.page.locator("[role=option]").first.wait_for()
    assert len([url for url in watched.requested if "search-index" in url]) == 1
    watched.close(site.as_uri())


@pytest.mark.parametrize(
    ("words", "kind", "place"),
    [
        ("refresh token", "method", "realtime_kit.meetings.refresh_participant_token.html"),
        ("MeetingGetResponse", "model", f"{MEETINGS}#MeetingGetResponse"),
        ("session_keep_alive", "parameter", f"{CREATE}#parameters.session_keep_alive_time_in_secs"),
        ("invoked_time", "field", "realtime_kit.recordings.html#RecordingGetRecordingsResponse.data.invoked_time"),
        ("realtime_kit.recordings", "resource", "realtime_kit.recordings.html"),
    ],
)
def test_the_search_is_used_by_keyboard(page: Page, words: str, kind: str, place: str) -> None:
    page.goto("index.html")
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.locator("[role=option]").first.wait_for()
    chosen = page.locator("[role=option][aria-selected=true]")
    for _ in range(50):
        if chosen.get_attribute("data-url") == place:
            break
        page.keyboard.press("ArrowDown")
    assert chosen.locator(".kind").inner_text() == kind
    assert page.get_by_role("combobox").get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{place}")
    if "#" in place:
        assert page.locator(f"[id='{place.partition('#')[2]}']").is_visible()


def test_a_search_that_finds_nothing_says_so(page: Page) -> None:
    page.goto("index.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("no such thing")
    page.get_by_text("Nothing found.").wait_for()
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()


def test_the_filter_of_the_tree_finds_methods_of_every_resource(page: Page) -> None:
    page.goto("realtime_kit.recordings.html")
    page.get_by_role("searchbox").first.fill("refresh")
    link = page.locator(".found a")
    link.first.wait_for()
    assert link.all_inner_texts() == ["realtime_kit.meetings.refresh_participant_token"]
    assert not page.locator(".tree").is_visible()
    page.get_by_role("searchbox").first.fill("")
    assert page.locator(".tree").is_visible()


# --- every reader ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES[:-1])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_axe_finds_no_violation(browser: Browser, site: Path, axe: str, name: str, width: int, scheme: Any) -> None:
    watched = Watched(browser, viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    watched.page.goto(f"{site.as_uri()}/{name}")
    for button in watched.page.get_by_role("button", name="Expand").all():
        button.click()
    # The policy of the page lets no foreign script in, so it comes by way of the debugger.
    session = watched.context.new_cdp_session(watched.page)
    session.send("Runtime.evaluate", {"expression": axe})
    run = "axe.run({preload: false}).then(found => JSON.stringify(found.violations.map(v => [v.id, v.nodes[0].html])))"
    found = session.send("Runtime.evaluate", {"expression": run, "awaitPromise": True, "returnByValue": True})
    assert json.loads(found["result"]["value"]) == []
    watched.close(site.as_uri())


RICH = ("index.html", "orders.html", "orders.create.html", "orders.follow.html", "orders.delete.html", "webhooks.html")


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference of a document with all that pages may have."""
    folder = tmp_path_factory.mktemp("rich")
    for path, text in files().items():
        if not path.startswith("package/"):
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("name", RICH)
def test_pages_with_all_that_there_is_are_fit_for_every_reader(
    browser: Browser, rich: Path, axe: str, name: str
) -> None:
    for width, scheme in ((1280, "dark"), (360, "light")):
        test_axe_finds_no_violation(browser, rich, axe, name, width, scheme)
    test_nothing_is_wider_than_a_phone(browser, rich, name)


@pytest.mark.parametrize(
    ("words", "kind", "is_old", "place"),
    [
        ("orders.delete", "method", True, "orders.delete.html"),
        ("orders.create", "method", False, "orders.create.html"),
        ("orders list old", "parameter", True, "orders.list.html#parameters.old"),
        ("onShipped", "event", True, "webhooks.html#events.OnShippedEvent"),
        ("stopped", "event", False, "orders.follow.html#returns"),
        ("order.paid", "event", False, "webhooks.html#events.OrderPaidEvent"),
    ],
)
def test_results_say_what_is_deprecated_and_events_are_found(
    browser: Browser, rich: Path, words: str, kind: str, is_old: bool, place: str
) -> None:
    watched = Watched(browser)
    watched.page.goto(f"{rich.as_uri()}/index.html")
    watched.page.keyboard.press("/")
    watched.page.keyboard.type(words)
    found = watched.page.locator(f"[role=option][data-url='{place}']")
    found.wait_for()
    assert found.locator(".kind").inner_text() == kind
    assert ("deprecated" in found.inner_text()) == is_old
    found.click()
    watched.page.wait_for_url(f"**/{place}")
    watched.close(rich.as_uri())


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_phone(browser: Browser, site: Path, name: str) -> None:
    watched = Watched(browser, viewport={"width": 360, "height": 740}, has_touch=True)
    watched.page.goto(f"{site.as_uri()}/{name}")
    for button in watched.page.get_by_role("button", name="Expand").all():
        button.click()
    assert watched.page.evaluate("document.documentElement.scrollWidth") == 360
    watched.close(site.as_uri())


def test_the_tree_is_a_menu_on_a_phone(browser: Browser, site: Path) -> None:
    watched = Watched(browser, viewport={"width": 360, "height": 740})
    watched.page.goto(f"{site.as_uri()}/{MEETINGS}")
    tree = watched.page.get_by_role("navigation", name="Reference")
    assert not tree.is_visible()
    watched.page.get_by_role("button", name="Menu").click()
    assert tree.is_visible()
    watched.page.keyboard.press("Escape")
    assert not tree.is_visible()
    watched.close(site.as_uri())


def test_the_keyboard_reaches_the_content_first_and_fields_can_be_opened(page: Page) -> None:
    page.goto(f"{MEETINGS}#MeetingCreateResponse.data")
    page.goto(MEETINGS)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.locator("[id='MeetingGetResponse.data'] summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("[id='MeetingGetResponse.data.title']").is_visible()


def test_the_second_link_leads_to_the_tree(page: Page) -> None:
    page.goto(MEETINGS)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the resources")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the resources"
    assert (link.bounding_box() or {"x": -1})["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "Filter resources and methods"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.tree') !== null")


@pytest.mark.parametrize("has_script", [True, False])
def test_the_second_link_shows_the_tree_on_a_phone(browser: Browser, site: Path, has_script: bool) -> None:
    watched = Watched(browser, viewport={"width": 360, "height": 740}, java_script_enabled=has_script)
    watched.page.goto(f"{site.as_uri()}/{MEETINGS}")
    tree = watched.page.get_by_role("navigation", name="Reference")
    watched.page.get_by_role("link", name="Skip to the resources").focus()
    watched.page.keyboard.press("Enter")
    watched.page.keyboard.press("Tab")
    assert tree.is_visible()
    assert 0 <= (tree.bounding_box() or {"y": -1})["y"] < 740
    assert tree.locator(":focus").count() == 1
    watched.close(site.as_uri())


def test_pages_can_be_read_without_a_script(browser: Browser, site: Path) -> None:
    watched = Watched(browser, java_script_enabled=False)
    watched.page.goto(f"{site.as_uri()}/{MEETINGS}")
    assert watched.page.locator("button:visible").count() == 0
    watched.page.locator("[id='MeetingGetResponse.data'] summary").first.click()
    assert watched.page.locator("[id='MeetingGetResponse.data.title']").is_visible()
    watched.page.goto(f"{site.as_uri()}/{CREATE}")
    assert watched.page.locator(".code:visible").count() == 5
    watched.close(site.as_uri())


@pytest.mark.parametrize("name", [MEETINGS, CREATE])
def test_everything_is_printed(page: Page, name: str) -> None:
    """The style shows each collapsed field, without any script; menus and buttons are left out."""
    page.goto(name)
    page.emulate_media(media="print")
    fields = page.locator("main .f")
    assert fields.count() > 50
    assert (
        page.evaluate("[...document.querySelectorAll('main .f')].filter(f => !f.checkVisibility()).map(f => f.id)")
        == []
    )
    assert not page.locator("nav").first.is_visible()
    assert page.locator("button:visible").count() == 0


@pytest.mark.parametrize("has_script", [True, False])
def test_a_pdf_has_the_text_of_collapsed_fields(browser: Browser, site: Path, has_script: bool) -> None:
    watched = Watched(browser, java_script_enabled=has_script)
    watched.page.goto(f"{site.as_uri()}/{MEETINGS}")
    assert watched.page.locator("main details[open]").count() == 0
    printed = pdf_text(watched.page.pdf())
    watched.page.emulate_media(media="print")
    watched.page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    heads = ["".join(text.split()) for text in watched.page.locator("main .f > .h").all_inner_texts()]
    watched.close(site.as_uri())
    assert len(heads) > 250
    assert all(heads)
    assert [head for head in heads if head not in printed] == []


def test_after_printing_a_page_is_as_it_was(page: Page) -> None:
    page.goto(CREATE)
    page.locator("main details > summary").first.click()
    page.get_by_role("tab", name="curl").click()
    state = "[...document.querySelectorAll('details')].map(d => d.open).concat("
    state += "[...document.querySelectorAll('[role=tabpanel]')].map(p => p.hidden))"
    before = page.evaluate(state)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.querySelectorAll('details:not([open]), [role=tabpanel][hidden]').length") == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(state) == before
    page.pdf()
    assert page.evaluate(state) == before
    assert True in before
    assert False in before


# --- places ----------------------------------------------------------------------------------------------------------


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    """The site below a path of a server."""
    handler = functools.partial(Quiet, directory=str(site.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{site.name}"
        server.shutdown()
        thread.join()


def test_pages_work_below_any_path_of_a_server(browser: Browser, served: str) -> None:
    watched = Watched(browser)
    watched.page.goto(f"{served}/{CREATE}")
    watched.page.keyboard.press("/")
    watched.page.keyboard.type("MeetingGetResponse")
    watched.page.locator("[role=option]").first.wait_for()
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url(f"{served}/{MEETINGS}#MeetingGetResponse")
    watched.page.locator(".tree a", has_text="recordings").click()
    watched.page.wait_for_url(f"{served}/realtime_kit.recordings.html")
    watched.close(served)
