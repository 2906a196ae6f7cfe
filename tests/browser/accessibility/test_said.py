"""What is read out without being asked for: results, refusals and trouble, once and politely."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility.asked import script
from tests.browser.accessibility.conftest import Open
from tests.browser.accessibility.shown import STEP
from tests.kit.rich_prose import rich_prose
from tests.kit.test_case_view import PLAYED

STEPS = rich_prose()["nb"]["steps"]


@dataclass
class Ear:
    """Someone who hears what the page says of itself."""

    page: Page

    def listen(self) -> None:
        self.page.evaluate(script("listen"))

    def heard(self) -> list[tuple[str, str]]:
        """What was said since last time."""
        self.page.wait_for_timeout(50)
        said = self.page.evaluate("() => window.pkSaid.splice(0)")
        return [(manner, text) for manner, text in said]


def test_each_decision_is_told_once_and_the_focus_is_where_one_reads_on(
    show: Open, looked: Callable[[], None], *, whole: bool
) -> None:
    for step in [step for step in STEP if step != "sporre"] if whole else ("regn", "slutt"):
        _decided(show, step)
        looked()


def _decided(show: Open, step: str) -> None:
    page, widget = show(f"case, {step}", folded=True)
    ear = Ear(page)
    ear.listen()
    _answer(page, step)
    heard = ear.heard()
    focused = page.locator(":focus")
    expect(focused).to_be_in_viewport()
    wanted = ".pk-feedback, .pk-step-title, .pk-debrief-title"
    assert focused.evaluate("(one, all) => one.matches(all)", wanted)
    following = widget.view["step"]
    title = following["title"] if following else widget.view["labels"]["debrief"]
    if focused.evaluate("one => one.matches('.pk-feedback')"):
        assert [manner for manner, _text in heard] == ["polite"], heard
        assert title in heard[0][1]
    else:  # what takes the focus is read for that, and not once more
        expect(focused).to_have_text(title)
        assert all(title not in text for _manner, text in heard)
        assert len(heard) == (1 if following else 0)


def _answer(page: Page, step: str) -> None:
    for box in page.locator(".pk-step fieldset.pk-options input").all()[:1]:
        box.check()
    for field in page.locator(".pk-step form input[type=text]").all():
        decision = PLAYED[STEP[step]]
        field.fill(decision.get("dose", decision.get("rate", "")))
    before = page.locator(".pk-step-title").inner_text()
    page.locator(".pk-step form button[type=submit]").last.click()
    moved = page.locator(".pk-step-title", has_not_text=before)
    expect(moved.or_(page.locator(".pk-debrief-title"))).to_have_count(1)
    assert STEPS[step]["title"] == before


@pytest.mark.parametrize("step", ["tegn", "regn"])
def test_a_refusal_says_what_is_missing_each_time_and_takes_one_to_the_field(
    show: Open, looked: Callable[[], None], step: str
) -> None:
    page, widget = show(f"case, {step}")
    ear = Ear(page)
    ear.listen()
    said = []
    for _time in range(2):
        page.locator(".pk-step form button[type=submit]").last.click()
        expect(page.locator("[aria-invalid=true]").first).to_be_focused()
        said += ear.heard()
    wanted = ("polite", widget.view["error"]["text"])
    assert said == [wanted, wanted]
    field = page.locator("[aria-invalid=true]").first
    described = field.evaluate(
        "one => [one, one.closest('fieldset')].filter(Boolean).flatMap((each) =>"
        " (each.getAttribute('aria-describedby') ?? '').split(' '))"
        ".map((id) => document.getElementById(id)?.innerText ?? '').join(' ')"
    )
    assert widget.view["error"]["text"] in described
    looked()


def test_the_calculators_answer_its_steps_and_its_refusal_are_told_once(
    show: Open, looked: Callable[[], None]
) -> None:
    page, _widget = show("calculator, answer")
    ear = Ear(page)
    ear.listen()
    page.get_by_role("button", name="Regn ut").click()
    expect(page.locator(".pk-answer-title")).to_be_focused()
    assert ear.heard() == [("polite", "45 (33,75–51,9) mg/24 t, etter 25 % reduksjon")]
    page.get_by_role("button", name="Neste steg").click()
    (told,) = ear.heard()
    assert told[1].startswith("Steg 2: ")
    page.get_by_label("Dose", exact=True).first.fill("førti")
    page.get_by_role("button", name="Regn ut").click()
    expect(page.locator("[aria-invalid=true]")).to_be_focused()
    (told,) = ear.heard()
    assert "førti" in told[1]
    looked()


def test_the_pumps_answer_and_a_moved_line_are_told_once(
    show: Open, looked: Callable[[], None]
) -> None:
    page, _widget = show("pump, answer")
    ear = Ear(page)
    ear.listen()
    page.get_by_role("button", name="Regn ut").click()
    expect(page.locator(".pk-answer :focus, .pk-answer:focus").first).to_be_visible()
    assert ear.heard() == [("polite", "6 mg/t, 0,6 mL/t")]
    page, _widget = show("case, rekke")
    ear = Ear(page)
    ear.listen()
    page.get_by_role("button", name="Flytt ned: Ring legevakta").click()
    assert ear.heard() == [("polite", "Ring legevakta: nå nummer 2 av 4")]
    looked()


def test_a_server_that_does_not_answer_is_told_at_once(show: Open) -> None:
    page, _widget = show("case, vei")
    page.clock.install()
    page.evaluate("() => { window.pkSend = () => new Promise(() => {}) }")
    ear = Ear(page)
    ear.listen()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Bekreft valget").click()
    page.clock.run_for(16_000)
    trouble = page.locator(".pk-trouble")
    expect(trouble).to_contain_text("Serveren svarer ikke.")
    page.evaluate("() => document.body.dispatchEvent(new Event('x'))")
    said = page.evaluate("() => window.pkSaid")
    assert [manner for manner, _text in said] == ["assertive"]


def test_the_gallery_tells_how_many_cases_are_left(page: Page, looked: Callable[[], None]) -> None:
    page.goto("/kasus")
    ear = Ear(page)
    ear.listen()
    page.get_by_role("combobox", name="Nivå").select_option("B")
    expect(page.get_by_role("status").first).to_contain_text(" av ")
    page.wait_for_timeout(300)
    heard = ear.heard()
    assert len(heard) == 1
    assert heard[0][0] == "polite"
    assert "kasus" in heard[0][1]
    looked()
