"""Practice tasks on a page of ours, in real Voila: by keyboard, on a phone, on paper."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.app.server_process import serving
from tests.browser.accessibility.axe import faults
from tests.browser.watch import Watch
from tests.browser.widgets_in_lab import notebook

from pallkit.i18n import number
from pallkit.pump.tasks_series import practice_tasks

KINDS = ("counting", "rescue", "pump-bolus")
TASKS = practice_tasks("kurs", 3, "B", KINDS)
CELL = f"""import os
from urllib.parse import parse_qs
from pallkit_widgets import PracticeTasks
lang = parse_qs(os.environ.get("QUERY_STRING", "")).get("lang", ["nb"])[0]
PracticeTasks(kinds={KINDS!r}, level="B", count=3, seed="kurs", lang=lang)"""
PRINTED = "window.print = () => { window.top.printed = document.body.innerText; }"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose page of the calculator holds practice tasks instead."""
    folder = tmp_path_factory.mktemp("notebooks")
    (folder / "apps").mkdir()
    (folder / "apps" / "calculator.ipynb").write_text(json.dumps(notebook(CELL)), encoding="utf-8")
    with serving(settings=[f"--PallkitServer.root_dir={folder}"]) as server:
        yield server.url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=address, bypass_csp=True, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.add_init_script(PRINTED)
    watch = Watch(page, address)
    page.goto("/app/kalkulator?lang=nb")
    expect(page.locator(".pk-tasks")).to_be_visible()
    yield page
    watch.check()
    context.close()


def right(at: int) -> str:
    found = TASKS[at].right
    return number(found.low if found.point is None else found.point, "nb")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, place: Locator) -> None:
    """Press Tab until ``place`` has the focus, as somebody without a mouse does."""
    for _press in range(40):
        if place.evaluate("place => place === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab never came there")


def go_on(page: Page, to: str) -> None:
    tab_to(page, page.get_by_role("button", name="Neste oppgave"))
    press(page, "Enter")
    expect(page.locator(".pk-task-title")).to_be_focused()
    expect(page.locator(".pk-task-title")).to_have_text(to)


def spoken(page: Page) -> Locator:
    return page.locator(".pk-tasks > [role=status]")


def test_a_set_is_worked_through_by_keyboard_alone(page: Page, axe_script: str) -> None:
    tasks = page.locator(".pk-tasks")
    field, verdict = page.get_by_label("Svaret ditt"), page.locator(".pk-verdict-title")
    tab_to(page, field)
    page.keyboard.type("førti")
    press(page, "Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(field).to_have_value("førti")
    described = field.get_attribute("aria-describedby") or ""
    error = page.locator(f"#{described.split()[-1]}")
    expect(error).to_contain_text("førti")
    expect(spoken(page)).to_contain_text("førti")
    assert not faults(page, axe_script)

    slip = TASKS[0].distractors[0]
    press(page, "Control+a")
    page.keyboard.type(number(slip.amount, "nb"))
    press(page, "Enter")
    expect(verdict).to_be_focused()
    expect(verdict).to_have_text("✕Ikke riktig")
    expect(spoken(page)).to_contain_text("Ikke riktig. Sannsynlig feil")
    expect(spoken(page)).not_to_contain_text("..")
    expect(tasks.locator("[data-state=wrong]")).to_have_count(1)
    tab_to(page, page.get_by_text("Vis utregningen"))
    press(page, "Enter")
    expect(tasks.locator(".pk-receipt")).to_be_visible()
    assert not faults(page, axe_script)

    go_on(page, "Oppgave 2 av 3")
    tab_to(page, field)
    page.keyboard.type(right(1))
    press(page, "Enter")
    expect(verdict).to_have_text("✓Riktig")

    go_on(page, "Oppgave 3 av 3")
    tab_to(page, page.get_by_role("button", name="Vis fire svar"))
    press(page, "Enter")
    options = page.get_by_role("radio")
    expect(options).to_have_count(4)
    expect(options.first).to_be_focused()
    press(page, "Enter")
    expect(page.locator(".pk-task-form .ds-validation-message")).to_be_visible()
    press(page, "Space", *["ArrowDown"] * TASKS[2].choices.index(TASKS[2].right.low), "Enter")
    expect(verdict).to_have_text("✓Riktig")
    expect(page.locator(".pk-summary")).to_contain_text("2 riktig")
    assert not faults(page, axe_script)

    tab_to(page, page.get_by_role("button", name="Gå tilbake"))
    press(page, "Enter")
    expect(field).to_have_value(number(slip.amount, "nb"))
    tab_to(page, field)
    page.keyboard.type(right(0))
    press(page, "Enter")
    expect(tasks.locator("[data-state=mended]")).to_have_count(1)


def test_a_group_fetches_the_same_tasks_by_one_word(page: Page) -> None:
    given = page.locator(".pk-task .pk-given")
    page.get_by_text("Nivå og oppgavesett").click()
    page.get_by_label("Oppgavesett", exact=True).fill("  ")
    press(page, "Enter")
    field = page.get_by_label("Oppgavesett", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("Bord 1")
    page.get_by_label("Nivå", exact=True).select_option("C")
    page.get_by_role("button", name="Hent oppgavene").click()
    expect(page.locator(".pk-tasks-head")).to_contain_text("Nivå C · oppgavesett «bord 1»")
    first = practice_tasks("bord 1", 3, "C", KINDS)[0]
    expect(given.locator("li")).to_have_count(len(first.given))
    page.get_by_role("button", name="Nye oppgaver").click()
    expect(page.locator(".pk-tasks-head")).not_to_contain_text("bord 1")
    expect(page.locator(".pk-task-title")).to_be_focused()


def test_another_language_keeps_what_is_typed_and_done(page: Page) -> None:
    page.get_by_label("Svaret ditt").fill("1")
    press(page, "Enter")
    expect(page.locator(".pk-verdict")).to_be_visible()
    page.get_by_label("Svaret ditt").fill("12,5")  # not checked
    page.locator("a[hreflang=nn]").first.click()
    expect(page.locator(".pk-task-title")).to_have_text("Oppgåve 1 av 3")
    expect(page.get_by_label("Svaret ditt")).to_have_value("12,5")
    expect(page.locator(".pk-verdict-title")).to_have_text("✕Ikkje rett")


def test_nothing_is_too_wide_for_a_phone(page: Page) -> None:
    page.get_by_role("button", name="Vis fire svar").click()
    page.get_by_role("radio").last.check()
    page.get_by_role("button", name="Sjekk svaret").click()
    expect(page.locator(".pk-verdict")).to_be_visible()
    for opener in page.locator(".pk-tasks summary").all():
        opener.click()
    expect(page.get_by_label("Oppgavesett", exact=True)).to_be_visible()
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_the_sheet_on_paper_is_the_tasks_alone_without_answers(page: Page) -> None:
    page.emulate_media(media="print")
    page.get_by_role("button", name="Skriv ut oppgavene", include_hidden=True).dispatch_event(
        "click"
    )
    page.wait_for_function("() => window.printed")
    printed = page.evaluate("() => window.printed")
    assert printed.count("Svaret ditt:") == 3
    assert "oppgavesett «kurs»" in printed
    assert "Bare til undervisning." in printed
    assert "Kalkulator" not in printed
    assert "Sjekk svaret" not in printed
