"""The kinds of answer box in a real browser: by the keyboard, for axe, and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.accessibility.axe import faults
from tests.browser.watch import Watch
from tests.browser.widget_page import show_widget
from tests.widgets.browser import send

from pallkit_widgets import AnswerBox

OPTIONS = {
    "ring": "Ringer legevakta og forteller hva du ser",
    "vent": "Venter til i morgen",
    "gi": "Gir behovsdosen hun har ordinert, og ser etter henne om en halv time",
}
Open = Callable[..., Page]


@pytest.fixture
def open_box(contexts: Callable[..., BrowserContext]) -> Iterator[Open]:
    """Show a box without a log, alone on a page of this width."""
    watches: list[Watch] = []

    def make(box: AnswerBox, width: int = 1280) -> Page:
        settings = {"viewport": {"width": width, "height": 800}, "reduced_motion": "reduce"}
        page = contexts(**settings).new_page()
        watches.append(Watch(page, "about:"))
        show_widget(page, box)
        return page

    yield make
    for watch in watches:
        watch.check()


def box(kind: Any, **settings: Any) -> AnswerBox:
    return AnswerBox("oppgave", kind, label="Hva gjør du?", log=None, **settings)


def last(shown: AnswerBox) -> str:
    return str(shown.view["answers"][-1]["text"])


def test_an_order_is_made_with_the_keyboard_and_every_move_is_told(open_box: Open) -> None:
    shown = box("ranking", options=OPTIONS)
    page = open_box(shown)
    told = page.get_by_role("status")
    up = page.get_by_role("button", name=f"Flytt opp: {OPTIONS['gi']}")
    up.focus()
    page.keyboard.press("Enter")
    expect(told).to_have_text(f"{OPTIONS['gi']}: nå nummer 2 av 3")
    expect(up).to_be_focused()
    page.keyboard.press("Space")
    expect(told).to_have_text(f"{OPTIONS['gi']}: nå nummer 1 av 3")
    expect(up).to_be_focused()
    expect(up).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")  # at the top nothing happens, and the focus stays
    expect(up).to_be_focused()
    expect(page.get_by_role("listitem").first).to_contain_text(OPTIONS["gi"])
    page.get_by_role("button", name="Lagre svaret").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pk-answer-status")).to_contain_text("Dette svaret teller.")
    assert last(shown).splitlines()[0] == f"1. {OPTIONS['gi']}"
    page.get_by_role("button", name=f"Flytt ned: {OPTIONS['gi']}").press("Enter")
    expect(page.locator(".pk-answer-status")).to_have_text("Endret siden det ble lagret.")


def test_one_is_chosen_with_the_arrows_and_how_sure_beside_it(open_box: Open) -> None:
    shown = box("choice", options=OPTIONS, certainty=True)
    page = open_box(shown)
    page.get_by_role("button", name="Lagre svaret").click()
    expect(page.locator(".ds-validation-message")).to_have_text("Velg et svar før du lagrer.")
    first = page.get_by_role("radio", name=OPTIONS["ring"])
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name=OPTIONS["vent"])).to_be_checked()
    page.get_by_role("radio", name="0", exact=True).focus()
    page.keyboard.press("Space")
    for _press in range(7):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".pk-answer-status")).to_contain_text("Dette svaret teller.")
    page.get_by_text("Alle svarene dine (1)").click()
    expect(page.locator(".pk-given-answer")).to_contain_text("hvor sikker: 7 av 10")
    assert last(shown) == OPTIONS["vent"]


def test_several_are_ticked_and_an_answer_is_taken_back(open_box: Open) -> None:
    shown = box("choice", options=OPTIONS, several=True)
    page = open_box(shown)
    page.get_by_role("checkbox", name=OPTIONS["gi"]).press("Space")
    page.get_by_role("checkbox", name=OPTIONS["ring"]).press("Space")
    page.get_by_role("button", name="Lagre svaret").click()
    assert last(shown).splitlines() == [OPTIONS["ring"], OPTIONS["gi"]]
    page.get_by_text("Alle svarene dine (1)").click()
    page.get_by_role("button", name="Trekk tilbake svaret som teller").click()
    expect(page.locator(".pk-answer-status")).to_contain_text("Du har trukket svaret tilbake.")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)


def test_the_clock_is_norwegian_also_in_a_browser_that_knows_no_nynorsk(open_box: Open) -> None:
    shown = box("text", lang="nn")
    send(shown, {"type": "save", "text": "Eg ville spurt henne."})
    status = open_box(shown).locator(".pk-answer-status")
    expect(status).to_have_text(re.compile(r"^Lagra \d\d[.:]\d\d\. "))


ALL: dict[str, dict[str, Any]] = {
    "choice": {"kind": "choice", "options": OPTIONS, "certainty": True},
    "several": {"kind": "choice", "options": OPTIONS, "several": True},
    "ranking": {"kind": "ranking", "options": OPTIONS},
    "number": {"kind": "number", "unit": "dager", "certainty": True},
    "own dose": {"kind": "dose", "variant": {"level": "A"}},
}
GIVEN = {"choice": "gi", "several": "ring, gi", "ranking": "gi > ring > vent", "number": "12,5"}


@pytest.mark.parametrize("name", ALL)
def test_axe_finds_no_fault_and_nothing_scrolls_sideways_on_a_phone(
    open_box: Open, axe_script: str, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("PALLKIT_TRAINEE", "kari")
    shown = box(**ALL[name])
    send(shown, {"type": "save", "text": GIVEN.get(name, "30 mg")})
    page = open_box(shown, width=360)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    assert not faults(page, axe_script)
