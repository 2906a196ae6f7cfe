"""axe finds no fault against WCAG 2.1 A and AA, of any weight, on any page, in light or dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.app.server_process import Server
from tests.browser.accessibility.axe import ADVICE, TAGS, run_axe
from tests.browser.accessibility.colours import dark
from tests.browser.accessibility.conftest import Open
from tests.browser.accessibility.pages import MODULES, STILL, WITH_TOOLS, speaking
from tests.browser.accessibility.shown import EVERY, unfold
from tests.browser.module_page import open_module
from tests.browser.widget_page import show_widget
from tests.kit.rich_bank import RICH, rich_bank

from pallkit.i18n import LANGUAGES, Language
from pallkit_widgets import CasePlayer

# What a test of every change looks at; all of them are looked at with --whole.
FIRST = (
    *("case, rekke", "case, debrief", "calculator, error", "calculator, compared"),
    *("pump, mixture", "tables, one", "tasks, wrong", "box, number"),
)


def objections(page: Page, axe_script: str) -> list[str]:
    """Everything axe objects to, in light and in dark; its advice counts, too."""
    light = run_axe(page, axe_script, [*TAGS, *ADVICE])
    dark(page)
    return light + [f"in the dark: {each}" for each in run_axe(page, axe_script, ["wcag2aa"])]


@pytest.mark.parametrize("path", STILL)
def test_a_page_has_no_fault(
    page: Page, axe_script: str, looked: Callable[[], None], path: str, *, whole: bool
) -> None:
    for lang in LANGUAGES if whole else ("nb",):
        page.emulate_media(color_scheme="light")
        page.goto(speaking(path, lang))
        unfold(page)
        assert objections(page, axe_script) == [], lang
        looked()


@pytest.mark.parametrize("app", sorted({name.partition(",")[0] for name in EVERY}))
def test_a_widget_has_no_fault_in_any_state(
    show: Open, axe_script: str, looked: Callable[[], None], app: str, *, whole: bool
) -> None:
    asked: list[tuple[str, Language]] = [(name, "nb") for name in (EVERY if whole else FIRST)]
    if whole:
        asked += [(name, lang) for name in FIRST for lang in ("nn", "en")]
    found = {}
    for name, lang in asked:
        if name.partition(",")[0] == app:
            page, _widget = show(name, lang)
            found[name, lang] = objections(page, axe_script)
            looked()
    assert {key: told for key, told in found.items() if told} == {}


def _with_tools(page: Page, path: str) -> None:
    if path.startswith("/modul/"):
        open_module(page, path)
        return
    page.goto(path, timeout=90_000)
    expect(page.locator("#notebook .pk-root").first).to_be_visible(timeout=90_000)


def test_a_page_around_a_widget_has_no_fault(
    page: Page, axe_script: str, looked: Callable[[], None], *, whole: bool
) -> None:
    modules = [f"/modul/{each}" for each in MODULES]
    for path in [*WITH_TOOLS, *modules] if whole else WITH_TOOLS[:1]:
        for lang in LANGUAGES if whole else ("nb",):
            page.emulate_media(color_scheme="light")
            _with_tools(page, speaking(path, lang))
            unfold(page)
            assert objections(page, axe_script) == [], (path, lang)
            looked()


def test_a_case_that_is_withdrawn_says_so_without_a_fault(
    page: Page, axe_script: str, looked: Callable[[], None], tmp_path: Path
) -> None:
    with rich_bank(tmp_path / "bank", withdrawn={"on": "2026-11-22"}):
        show_widget(page, CasePlayer(RICH, "nn"))
        expect(page.locator(".pk-notice")).to_contain_text("trekt tilbake")
        assert objections(page, axe_script) == []
        looked()


def test_what_is_said_when_a_page_fails_has_no_fault(
    page: Page, server: Server, axe_script: str, looked: Callable[[], None]
) -> None:
    """The connection that was lost, and the page that did not start, on one page."""
    page.goto(WITH_TOOLS[1] + "?frame=only")
    page.evaluate(
        "() => document.querySelectorAll('[role=alert]').forEach(told => { told.hidden = false })"
    )
    expect(page.get_by_role("alert").first).to_be_visible()
    assert objections(page, axe_script) == []
    looked()
    reply = server.get("/finnes-ikke?lang=nn")
    assert reply.status == 404
