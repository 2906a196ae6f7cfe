"""Narrow, large, spaced out, held upright or not, without movement: nothing is lost or cut off."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page
from tests.browser.accessibility.asked import script
from tests.browser.accessibility.conftest import Open
from tests.browser.accessibility.pages import STILL
from tests.browser.accessibility.shown import EVERY, unfold

FIRST = ("case, rekke", "pump, mixture", "tables, one")


# What WCAG 1.4.12 lets a reader set.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important } p { margin-block-end: 2em !important }"""


def narrow(page: Page) -> list[str]:
    """What is cut off or sticks out at 320 px, with large letters, and spaced out."""
    found = []
    page.set_viewport_size({"width": 320, "height": 640})
    found += [f"at 320 px: {each}" for each in page.evaluate(script("cut"))]
    style = page.add_style_tag(content=SPACED)
    found += [f"at 320 px, spaced out: {each}" for each in page.evaluate(script("cut"))]
    style.evaluate("one => one.remove()")
    page.set_viewport_size({"width": 640, "height": 512})  # 1280 px at 200 %
    found += [f"at 200 %: {each}" for each in page.evaluate(script("cut"))]
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    found += [f"letters twice as large: {each}" for each in page.evaluate(script("cut"))]
    page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    page.set_viewport_size({"width": 640, "height": 320})  # a phone held sideways
    found += [f"sideways: {each}" for each in page.evaluate(script("cut"))]
    page.set_viewport_size({"width": 1280, "height": 800})
    return found


def test_nothing_of_a_widget_is_lost_when_it_is_narrow_large_or_spaced_out(
    show: Open, looked: Callable[[], None], *, whole: bool
) -> None:
    found = {}
    for name in EVERY if whole else FIRST:
        page, _widget = show(name, "nn")
        found[name] = narrow(page)
        looked()
    assert {name: told for name, told in found.items() if told} == {}


def test_nothing_of_a_page_is_lost_when_it_is_narrow_large_or_spaced_out(
    page: Page, looked: Callable[[], None], *, whole: bool
) -> None:
    for path in STILL if whole else (STILL[1], STILL[4], STILL[8]):
        page.goto(path)
        unfold(page)
        assert narrow(page) == [], path
        assert page.locator("audio, video, marquee, blink").count() == 0, path
        looked()


def test_what_is_pressed_is_large_enough_to_hit(show: Open, page: Page, *, whole: bool) -> None:
    """At least 24 px, as WCAG 2.2 asks (2.1 does not); links in running text are excepted."""
    for name in EVERY if whole else FIRST:
        shown, _widget = show(name)
        shown.set_viewport_size({"width": 360, "height": 740})
        assert shown.evaluate(script("small")) == [], name
    for path in STILL if whole else STILL[:2]:
        page.goto(path)
        assert page.evaluate(script("small")) == [], path


def test_nothing_moves_by_itself_or_where_movement_is_not_wanted(show: Open, page: Page) -> None:
    for path in (*STILL[:2], "/app/kalkulator?frame=only"):
        page.goto(path)
        page.emulate_media(reduced_motion="reduce")
        assert page.evaluate("() => document.getAnimations().length") == 0
        page.emulate_media(reduced_motion="no-preference")
        page.reload()
        assert page.evaluate(script("restless")) == []
    shown, _widget = show("case, vei")
    shown.emulate_media(reduced_motion="no-preference")
    assert shown.evaluate(script("restless")) == []
