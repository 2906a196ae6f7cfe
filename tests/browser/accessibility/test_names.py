"""What a screen reader is told of each control: its role, its name, how it stands.

``names.toml`` says what the controls of each app must be called in bokmål and nynorsk, in the
order one comes to them. Everywhere else, too, each control has a name that holds what stands on it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.accessibility.asked import script
from tests.browser.accessibility.conftest import Open
from tests.browser.accessibility.pages import STILL, speaking
from tests.browser.accessibility.shown import EVERY, unfold
from tests.browser.accessibility.tree import WORKED, controls, tree

from pallkit.i18n import Language

NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text("utf-8"))
WIDGETS = {name: told for name, told in NAMES.items() if not name.startswith("/")}
APPS = sorted({name.partition(",")[0] for name in WIDGETS})
PAGES = {name: told for name, told in NAMES.items() if name.startswith("/")}
BOTH: tuple[Language, ...] = ("nb", "nn")


@pytest.mark.parametrize("app", APPS)
def test_the_controls_of_a_widget_are_called_what_the_table_says(
    show: Open, looked: Callable[[], None], app: str, *, whole: bool
) -> None:
    mine = [name for name in WIDGETS if name.partition(",")[0] == app]
    for name in mine if whole else mine[-1:]:
        for lang in BOTH:
            page, _widget = show(name, lang)
            assert [str(node) for node in controls(page)] == WIDGETS[name][lang], name
            looked()


@pytest.mark.parametrize("path", PAGES)
def test_the_controls_of_a_page_are_called_what_the_table_says(
    page: Page, looked: Callable[[], None], path: str
) -> None:
    for lang in BOTH:
        page.goto(speaking(path, lang))
        told = [str(node) for node in controls(page)]
        wanted = PAGES[path][lang]
        assert [each for each in told if each in wanted] == wanted
        looked()


def nameless(page: Page) -> list[str]:
    """Controls without a name, with another name than stands on them, or called the same twice."""
    told = tree(page)
    worked = [node for node in told if node.role in WORKED]
    found = [f"no name: {node}" for node in worked if not node.name]
    found += [
        f"said twice: {node}"
        for node in worked
        if node.description and node.description == node.name
    ]
    pictures = [node for node in told if node.role in ("image", "img", "graphics-document")]
    found += [f"a picture without words: {node}" for node in pictures if not node.name]
    return found + [
        f"not what stands on it: {each}" for each in page.evaluate(script("not_as_it_looks"))
    ]


def test_every_control_of_every_widget_has_a_name_with_what_stands_on_it(
    show: Open, looked: Callable[[], None], *, whole: bool
) -> None:
    found = {}
    for name in EVERY if whole else ("calculator, compared", "tasks, wrong"):
        page, _widget = show(name, "nn", folded=True)
        found[name, "folded"] = nameless(page)
        unfold(page)
        found[name, "unfolded"] = nameless(page)
        looked()
    assert {key: told for key, told in found.items() if told} == {}


def test_every_control_of_every_page_has_a_name_with_what_stands_on_it(
    page: Page, looked: Callable[[], None], *, whole: bool
) -> None:
    for path in STILL if whole else STILL[:1]:
        page.goto(path)
        unfold(page)
        assert nameless(page) == [], path
        roles = [node.role for node in tree(page)]
        for landmark in ("banner", "main", "contentinfo", "navigation"):
            assert landmark in roles, path
        looked()


def test_a_state_that_changes_is_told(show: Open, looked: Callable[[], None]) -> None:
    page, _widget = show("case, regn", folded=True)
    page.get_by_text("Vis et hint").press("Enter")
    assert "DisclosureTriangle “Vis et hint” expanded=True" in map(str, controls(page))
    page.get_by_label("80 %").press("Space")
    assert "radio “80 %” checked=true" in map(str, controls(page))
    page.set_viewport_size({"width": 360, "height": 800})
    toggle = page.locator(".pk-status-toggle")
    states = {}
    for press in ("", "Enter"):
        if press:
            toggle.press(press)
        shown = next(node for node in controls(page) if node.name.startswith("Slik er det"))
        states[press] = shown.states["expanded"]
    assert states == {"": False, "Enter": True}
    looked()
