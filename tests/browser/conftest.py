"""A real browser on a real server. What is missing is a failure that names it, never a skip."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    expect,
    sync_playwright,
)
from tests.app.server_process import Server, serving
from tests.browser.watch import Watch

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# A kernel may take its time on a machine that runs other tests.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The machine's Chromium, else the one Playwright has fetched."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    # Root has no user namespace to put the sandbox in.
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    try:
        running = playwright.chromium.launch(executable_path=found, args=ARGUMENTS + sandbox)
    except Error as error:
        where = found or "the one Playwright fetches (python -m playwright install chromium)"
        pytest.fail(f"no browser: Chromium did not start: {where}\n{error}", pytrace=False)
    yield running
    running.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serving(options=["--report-address", "feil@example.org"]) as running:
        yield running


@pytest.fixture
def contexts(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser windows with settings of their own; all are closed when the test ends."""
    opened: list[BrowserContext] = []

    def make(**settings: object) -> BrowserContext:
        context = browser.new_context(**settings)  # type: ignore[arg-type]  # passed on as given
        context.set_default_timeout(30_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def page(contexts: Callable[..., BrowserContext], server: Server) -> Iterator[Page]:
    """A page that fails the test for any console error and any request off the server."""
    made = contexts(base_url=server.url, viewport={"width": 1280, "height": 800}).new_page()
    watch = Watch(made, server.url)
    yield made
    watch.check()


@pytest.fixture(scope="session")
def axe_script() -> str:
    """axe-core, as the package that brings it for Playwright carries it."""
    import axe_playwright_python  # noqa: PLC0415  # named in the failure of one test, not of all

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
