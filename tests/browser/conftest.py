"""A real browser on a real server. What is missing is a failure that names it, never a skip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page
from tests.app.server_process import Server, serving
from tests.browser.watch import Watch


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serving(options=["--report-address", "feil@example.org"]) as running:
        yield running


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
