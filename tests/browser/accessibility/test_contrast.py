"""Contrast that axe leaves to others: fields' edges, charts, marks, and text in pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser.accessibility.colours import contrasts, dark, too_faint
from tests.browser.accessibility.conftest import Open
from tests.browser.accessibility.pages import STILL
from tests.browser.accessibility.shown import EVERY, unfold

FIRST = ("case, debrief", "calculator, compared", "pump, answer")


def test_a_field_and_a_chart_differ_from_what_they_lie_on_in_light_and_dark(
    show: Open, looked: Callable[[], None], *, whole: bool
) -> None:
    found = {}
    for name in EVERY if whole else FIRST:
        page, _widget = show(name)
        light = too_faint(page)
        dark(page)
        found[name] = light + too_faint(page)
        looked()
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize("path", [STILL[4]])
def test_a_field_on_a_page_differs_from_what_it_lies_on(
    page: Page, looked: Callable[[], None], path: str
) -> None:
    page.goto(path)
    unfold(page)
    assert too_faint(page) == []
    dark(page)
    assert too_faint(page) == []
    looked()


def test_the_measure_tells_faint_from_clear(page: Page) -> None:
    page.set_content(
        "<body style='background: white'>"
        "<input style='border: 1px solid #ccc; background: white'>"
        "<svg><line x1=0 x2=9 stroke='rgb(0 0 0 / 20%)'/><text fill='#777'>a</text>"
        "<circle r=5 fill='oklch(0.4 0.1 200)'/></svg>"
    )
    found = {(each.what, each.name): each.enough for each in contrasts(page)}
    assert found == {
        ("edge", "input.text"): False,
        ("text", "input.text"): True,
        ("shape", "line."): False,
        ("shape", "circle."): True,
        ("text", "text."): False,
    }


def test_dark_is_dark(page: Page) -> None:
    page.goto("/")
    page.emulate_media(color_scheme="light")
    light = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    dark(page)
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") != light
