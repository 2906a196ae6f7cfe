"""What the accessibility tests share, and the file of results that the statement is made from.

``PALLKIT_ACCESSIBILITY_RESULTS=1 pytest -n0 --whole tests/browser/accessibility`` runs all of it
and writes what was found, when and with what; for one file, that check's part of it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.app.server_process import Server
from tests.browser.accessibility.shown import EVERY, unfold
from tests.kit.rich_bank import rich_bank

from pallkit.i18n import Language
from pallkit_app.server.statement.results import (
    RESULTS,
    Check,
    Results,
    read_results,
    write_results,
)
from pallkit_widgets.shared.base import PallkitWidget

_TESTS: Counter[str] = Counter()
_FAILED: Counter[str] = Counter()
_SEEN: Counter[str] = Counter()
_BROWSER: list[str] = []


@pytest.fixture(scope="module", autouse=True)
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The invented case with every kind of step, for the widgets in this process."""
    with rich_bank(tmp_path_factory.mktemp("rik") / "bank") as folder:
        yield folder


@pytest.fixture(scope="module")
def window(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """One browser window for a module: what a page has loaded, the next need not."""
    _BROWSER[:] = [browser.version]
    context = browser.new_context(
        base_url=server.url,
        bypass_csp=True,  # axe is put into the page
        viewport={"width": 1280, "height": 800},
        reduced_motion="reduce",
    )
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A page of the module's window."""
    made = window.new_page()
    yield made
    made.close()


Open = Callable[..., tuple[Page, PallkitWidget]]


@pytest.fixture
def show(window: BrowserContext) -> Iterator[Open]:
    """Show one of the states of :mod:`shown`, with everything unfolded unless asked not to."""
    pages: list[Page] = []

    def make(
        name: str, lang: Language = "nb", *, folded: bool = False
    ) -> tuple[Page, PallkitWidget]:
        while pages:
            pages.pop().close()
        pages.append(window.new_page())
        widget = EVERY[name].open(pages[0], lang)
        if not folded:
            unfold(pages[0])
        return pages[0], widget

    yield make
    for each in pages:
        each.close()


@pytest.fixture
def looked(request: pytest.FixtureRequest) -> Callable[[], None]:
    """Count one more page or state as looked at by this module's check."""
    return lambda: _SEEN.update([_check(request.node)])


def _check(item: pytest.Item) -> str:
    return item.path.stem.removeprefix("test_")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Count the tests of each check, and those that failed."""
    report: pytest.TestReport = yield  # type: ignore[assignment]  # pluggy sends the result in
    if report.when == "call" or report.failed:
        _TESTS[_check(item)] += report.when == "call"
        _FAILED[_check(item)] += report.failed
    return report  # type: ignore[return-value]  # pluggy's protocol


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Put what was run into the results, where that was asked for and one process ran it all."""
    if "PALLKIT_ACCESSIBILITY_RESULTS" not in os.environ or "PYTEST_XDIST_WORKER" in os.environ:
        return
    if not _BROWSER:  # nothing was looked at
        return
    today, whole = datetime.now(UTC).date(), bool(session.config.getoption("--whole"))
    checks = {
        name: Check(today, whole, _TESTS[name], _FAILED[name], _SEEN[name])
        for name in _TESTS
        if name != "statement"
    }
    before = read_results(RESULTS).checks if RESULTS.exists() else {}
    tools = {"axe-core": _axe(), "Chromium": _BROWSER[0], "Playwright": version("playwright")}
    write_results(Results(tools, {**before, **checks}), RESULTS)


def _axe() -> str:
    import axe_playwright_python  # noqa: PLC0415  # as in the fixture that reads it

    head = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")[:200]
    return head.split("axe v")[1].split()[0]
