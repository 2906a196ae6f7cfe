"""With the keyboard alone: everything is reached, in the page's order, seen, and left again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility.colours import dark
from tests.browser.accessibility.conftest import Open
from tests.browser.accessibility.pages import CASE, MODULES, STILL, speaking
from tests.browser.accessibility.shown import EVERY
from tests.browser.accessibility.walk import back, forth, reachable, rings
from tests.browser.module_page import open_module

# A state of each app for every change; all of them with --whole.
FIRST = ("case, rekke", "calculator, error", "pump, error", "tasks, wrong")


def walked(page: Page) -> list[str]:
    """Forth and back through the page; everything is come to once each way, in its order."""
    wanted = reachable(page)
    assert forth(page) == wanted
    assert back(page) == wanted[::-1]
    return wanted


def unseen(page: Page) -> list[str]:
    """Where one does not see what has the focus."""
    return [str(ring) for ring in rings(page) if not ring.seen]


@pytest.mark.parametrize("name", FIRST)
def test_all_of_a_widget_is_come_to_forth_and_back_and_the_focus_is_seen(
    show: Open, looked: Callable[[], None], name: str
) -> None:
    page, _widget = show(name)
    assert walked(page)
    assert unseen(page) == []
    looked()


def test_no_state_of_any_widget_is_a_trap_or_hides_the_focus_in_light_or_dark(
    show: Open, looked: Callable[[], None], *, whole: bool
) -> None:
    found: dict[str, list[str]] = {}
    for name in EVERY if whole else FIRST[:1]:
        page, _widget = show(name)
        assert walked(page), name
        dark(page)
        found[name] = unseen(page)
        looked()
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize("path", [STILL[3], STILL[10]])
def test_all_of_a_page_is_come_to_forth_and_back_and_the_focus_is_seen(
    page: Page, looked: Callable[[], None], path: str
) -> None:
    page.goto(path)
    assert walked(page)
    assert unseen(page) == []
    looked()


def test_no_page_is_a_trap_or_hides_the_focus_in_the_dark(
    page: Page, looked: Callable[[], None], *, whole: bool
) -> None:
    for path in STILL if whole else STILL[-1:]:
        page.goto(path)
        dark(page)
        assert walked(page), path
        assert unseen(page) == [], path
        looked()


def _tab_to(page: Page, selector: str) -> None:
    wanted = page.locator(selector).first
    for _press in range(150):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_a_module_is_read_and_its_tools_are_used_with_the_keyboard(
    page: Page, looked: Callable[[], None], *, whole: bool
) -> None:
    for module in MODULES if whole else ():
        open_module(page, f"/modul/{module}")
        assert walked(page), module
        looked()
    open_module(page, f"/modul/{MODULES[1]}")
    _tab_to(page, "[data-slot] .pk-tasks input[type=text]")
    page.keyboard.type("førti")
    page.keyboard.press("Enter")
    expect(page.locator("[data-slot] .pk-tasks [aria-invalid=true]")).to_be_focused()


def test_the_gallery_is_searched_and_filtered_with_the_keyboard(page: Page) -> None:
    page.goto("/kasus")
    _tab_to(page, "#q")
    page.keyboard.type("Torbjørn")
    expect(page.locator(".site-card")).to_have_count(1)
    _tab_to(page, ".site-card__title a")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{page.url.split('/kasus')[0]}/kasus/{CASE}")


def test_the_way_past_the_menu_is_the_first_stop_on_every_page(page: Page, *, whole: bool) -> None:
    for path in STILL if whole else STILL[:1]:
        page.goto(speaking(path, "nn"))
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Hopp til innhaldet")
        page.keyboard.press("Enter")
        assert page.evaluate("() => location.hash") == "#content"


def test_no_letter_alone_does_anything(show: Open, page: Page) -> None:
    """WCAG 2.1.4: nobody who speaks to the machine sets off a command by a word."""
    shown, widget = show("case, vei")
    shown.locator(".pk-step-title").focus()
    before = shown.locator(".pk-root").inner_html()
    for key in "abcdefghijklmnopqrstuvwxyz0123456789?/":
        shown.keyboard.press(key)
    assert shown.locator(".pk-root").inner_html() == before
    assert widget.view["step"]["id"] == "vei"
    page.goto("/")
    for key in "abcdefghijklmnopqrstuvwxyz0123456789?/":
        page.keyboard.press(key)
    assert page.evaluate("() => document.activeElement === document.body")
