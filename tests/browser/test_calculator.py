"""The calculator on its page, as a learner with a keyboard and a leader with a link meet it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.app.server_process import Server
from tests.browser.watch import Watch

PATIENT = (
    "morfin po 30 mg x 2;behov 3 morfin po 10 mg"
    "|set=helsedirektoratet|to=oksykodon po|reduce=25%|rescue=one-sixth|gfr=40|patient=frail"
)


def opened(page: Page, q: str = "", lang: str = "nb") -> Locator:
    page.goto(f"/app/kalkulator?lang={lang}" + (f"&q={quote(q)}" if q else ""))
    expect(page.locator("#notebook .pk-calculator")).to_be_visible()
    return page.locator(".pk-calculator")


def in_address(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query).get("q", [""])[0]


def choose(page: Page, *keys: str) -> None:
    """Type into the field in focus, then go to the next."""
    for key in keys:
        page.keyboard.type(key)
    page.keyboard.press("Tab")


def test_a_question_is_asked_and_answered_with_the_keyboard_alone(page: Page) -> None:
    calculator = opened(page)
    page.get_by_role("combobox", name="Legemiddel", exact=True).focus()
    choose(page, "oksy")
    choose(page, "i munn")
    choose(page, "20 mg")
    page.keyboard.press("Tab")  # as needed
    page.keyboard.press("Tab")  # one more drug
    choose(page, "Helse")
    page.keyboard.press("Enter")  # in a list this does nothing; the button does
    page.get_by_role("button", name="Regn ut").press("Enter")
    dose = page.get_by_label("Dose", exact=True)
    expect(dose).to_be_focused()
    expect(dose).to_have_attribute("aria-invalid", "true")
    expect(dose).to_have_accessible_description(re.compile("hvor ofte"))
    expect(dose).to_have_value("20 mg")
    page.keyboard.press("End")
    page.keyboard.type(" x 2")
    page.keyboard.press("Enter")
    title = calculator.locator(".pk-answer-title")
    expect(title).to_be_focused()
    expect(calculator.locator(".pk-main-amount")).to_contain_text("60 mg/24 t")
    assert in_address(page) == "oksykodon po 20 mg x 2|set=helsedirektoratet"


def test_the_calculation_opens_one_step_at_a_time_or_all_at_once(page: Page) -> None:
    calculator = opened(page, PATIENT)
    steps = calculator.locator(".pk-answer .pk-receipt").first.locator("li:visible")
    expect(steps).to_have_count(1)
    page.get_by_role("button", name="Neste steg (2 av").press("Enter")
    expect(steps).to_have_count(2)
    expect(page.get_by_role("button", name="Neste steg (3 av")).to_be_focused()
    expect(calculator.get_by_role("status")).to_contain_text("Steg 2")
    page.get_by_role("button", name="Vis alle stegene").press("Enter")
    assert steps.count() > 4
    expect(page.get_by_role("button", name="Neste steg")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".pk-given")).to_contain_text("gitt 3 ganger siste døgn")
    expect(page.locator(".pk-calculator-form")).to_be_hidden()


def test_what_is_removed_or_cleared_comes_back(page: Page) -> None:
    calculator = opened(page, PATIENT)
    page.get_by_role("button", name="Fjern legemiddel 1").press("Enter")
    undo = page.get_by_role("button", name="Angre")
    expect(undo).to_be_focused()
    expect(calculator.locator(".pk-drug-row")).to_have_count(1)
    expect(calculator.locator(".pk-stale")).to_be_visible()
    page.keyboard.press("Enter")
    doses = page.get_by_label("Dose", exact=True)
    expect(doses).to_have_count(2)
    expect(doses.first).to_have_value("30 mg x 2")
    page.get_by_role("button", name="Tøm skjemaet").press("Enter")
    expect(doses).to_have_value("")
    page.keyboard.press("Enter")
    expect(doses.last).to_have_value("10 mg")
    expect(page.get_by_label("Bytt til")).to_have_value("oxycodone oral")


def test_a_link_opens_as_a_task_that_is_answered_first(page: Page) -> None:
    calculator = opened(page, f"{PATIENT}|mode=practice")
    expect(calculator.locator(".pk-task")).to_contain_text("morfin po 30 mg x 2")
    expect(calculator.locator(".pk-main-amount")).to_have_count(0)
    field = page.get_by_label("Svaret ditt")
    field.fill("førti")
    page.keyboard.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(r"mg/24 t.*førti"))
    expect(field).to_have_value("førti")
    expect(calculator.locator(".pk-main-amount")).to_have_count(0)
    field.fill("60")
    page.keyboard.press("Enter")
    expect(calculator.locator(".pk-verdict")).to_contain_text("Reduksjonen er glemt")
    expect(calculator.get_by_role("status")).to_contain_text("Reduksjonen er glemt")
    expect(calculator.locator(".pk-main-amount")).to_contain_text("45 mg/24 t")
    assert in_address(page).endswith("|mode=practice")
    page.get_by_role("button", name="Prøv igjen").press("Enter")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    field.fill("45")
    page.keyboard.press("Enter")
    expect(calculator.locator(".pk-verdict")).to_contain_text("riktig")


def test_every_table_is_drawn_on_one_axis_and_says_the_same_in_words(page: Page) -> None:
    calculator = opened(page, PATIENT)
    page.get_by_role("button", name="Sammenlign alle tabellene").press("Enter")
    expect(calculator.locator(".pk-compare-title")).to_be_focused()
    rows = calculator.locator(".pk-chart-row")
    expect(rows.filter(has_text="tabellen du valgte")).to_contain_text("45 (33,75–51,9) mg/24 t")
    expect(rows.filter(has_text="lest fra kopi").first).to_be_visible()
    expect(calculator.locator(".pk-refused")).to_contain_text(["CDC"])
    expect(calculator.get_by_role("status")).to_contain_text("ganger det laveste")
    marks = calculator.locator(".pk-chart-mark").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().left)"
    )
    assert marks == sorted(marks)
    assert len(set(marks)) > 1
    assert in_address(page).endswith("|mode=compare")


@pytest.fixture
def leader(contexts: Callable[..., BrowserContext], server: Server) -> Iterator[Page]:
    """A page that may read what was copied."""
    made = contexts(base_url=server.url, permissions=["clipboard-read", "clipboard-write"])
    page = made.new_page()
    watch = Watch(page, server.url)
    yield page
    watch.check()


def test_a_leader_copies_a_link_to_a_task(leader: Page) -> None:
    page = leader
    calculator = opened(page, PATIENT, "nn")
    page.get_by_role("button", name="Kopier lenkja som oppgåve").press("Enter")
    expect(calculator.get_by_role("status")).to_contain_text("er kopiert")
    page.goto(page.evaluate("() => navigator.clipboard.readText()"))
    expect(page.locator(".pk-task")).to_contain_text("Trekk frå 25 %.")
    expect(page.locator(".pk-main-amount")).to_have_count(0)


def test_a_link_that_cannot_be_read_is_one_line_and_an_empty_form(page: Page) -> None:
    calculator = opened(page, "<img src=x onerror=alert(1)>|set=x")
    expect(calculator.locator(".pk-notice")).to_contain_text("Lenken kunne ikke leses")
    expect(page.get_by_label("Dose", exact=True)).to_have_value("")
    expect(calculator.locator(".pk-notice img")).to_have_count(0)


@pytest.fixture(scope="module")
def small_page(browser: Browser, server: Server) -> Iterator[Page]:
    """A page 320 pixels wide."""
    context = browser.new_context(base_url=server.url, viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("mode", ["", "|mode=compare", "|mode=practice"])
def test_it_fits_a_small_phone(small_page: Page, mode: str) -> None:
    opened(small_page, PATIENT + mode)
    for folded in small_page.locator(".pk-calculator details").all():
        folded.evaluate("one => { one.open = true; }")
    assert small_page.evaluate("() => document.documentElement.scrollWidth") <= 320
    if mode == "|mode=practice":
        small_page.get_by_label("Svaret ditt").fill("60")
        small_page.get_by_role("button", name="Sjekk svaret mitt").click()
        expect(small_page.locator(".pk-verdict")).to_be_visible()
        assert small_page.evaluate("() => document.documentElement.scrollWidth") <= 320
