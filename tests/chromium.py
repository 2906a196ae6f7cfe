"""One real browser for all the tests of a run: Playwright cannot be started twice in a process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Playwright,
    expect,
    sync_playwright,
)

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
