"""The reference of RealtimeKit on disk, and a browser that looks at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from tests.corpus.documents import fetched

from clientsmith.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def generate(source: Path, output: Path) -> None:
    """Write a reference."""
    result = CliRunner().invoke(main, ["reference", str(source), "-o", str(output), "--allow-skips"])
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference of RealtimeKit. Tests only read it."""
    folder = tmp_path_factory.mktemp("reference") / "site"
    generate(ROOT / "spec" / "realtime_kit.toml", folder)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium of the system; `.ci/run` installs one where it may.

    While it is there, the driver keeps an event loop, so that tests of other modules could run none of their own.
    """
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here (on Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


class Watched:
    """A page of the browser, and all that it must not do."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.requested: list[str] = []
        self.page.on("console", lambda message: self.faults.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))
        self.page.on("request", lambda request: self.requested.append(request.url))

    def _failed(self, request: Request) -> None:
        """Note a file that is not there; one is also cut off where its page is left or closed, which is no fault."""
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url}")

    def close(self, base: str) -> None:
        """Hold the page to what pages may do: nothing but load files of the site."""
        faults = list(self.faults)
        self.context.close()
        assert faults == []
        assert [url for url in self.requested if not url.startswith(base)] == []


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """A page for the reference of RealtimeKit, from the disk."""
    watched = Watched(browser, viewport={"width": 1280, "height": 900}, base_url=f"{site.as_uri()}/")
    watched.context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield watched.page
    watched.close(site.as_uri())


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    (file,) = (each for each in fetched() if each.package.package == "axe-core")
    if not file.path.is_file():
        pytest.skip("axe-core is not there: fetch it with make setup (needs the npm registry, once)")
    return file.path.read_text("utf-8")
