"""How far a reader has come in the modules: kept when they ask, in their browser, and shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.app.server_process import Server

MODULE = "/modul/smertepumpe?frame=only"
KEY = "pallkit:progress"


def _read_to(page: Page, heading: int) -> None:
    for each in page.locator(".doc h2").all()[: heading + 1]:
        each.evaluate("each => each.scrollIntoView()")
        page.wait_for_timeout(60)  # two frames: the page looks where one is once in each


def _kept(page: Page) -> Any:
    return json.loads(page.evaluate("key => localStorage.getItem(key)", KEY) or "null")


def _remember(page: Page) -> None:
    page.get_by_role("checkbox", name="Husk i denne nettleseren").check()


def test_nothing_is_kept_of_the_reading_unless_it_is_asked_for(page: Page) -> None:
    page.goto(MODULE)
    _read_to(page, 3)
    expect(page.locator(".site-contents [aria-current]")).not_to_have_text("Mål")
    assert page.evaluate("() => localStorage.length") == 0
    _remember(page)
    assert len(_kept(page)["smertepumpe"]["read"]) == 3
    place = page.locator(".site-contents [aria-current]").inner_text()
    page.goto("/om")
    page.goto(MODULE)
    expect(page.get_by_role("link", name=f"Fortsett fra: {place}")).to_be_visible()
    expect(page.locator("#score")).to_contain_text("3 av 15 deler lest")
    page.get_by_role("checkbox", name="Husk i denne nettleseren").uncheck()
    assert page.evaluate("() => localStorage.length") == 0


def test_the_lists_and_the_start_page_show_how_far_one_has_come(page: Page) -> None:
    page.goto("/moduler")
    expect(page.locator(".site-progress:visible, #forget:visible")).to_have_count(0)
    page.goto(MODULE)
    _remember(page)
    _read_to(page, 4)
    page.goto("/moduler?lang=nn")
    card = page.locator("[data-module-card=smertepumpe]")
    expect(card).to_contain_text("4 av 15 delar lesne")
    expect(page.locator(".site-progress:visible")).to_have_count(1)
    on = card.get_by_role("link", name="Les vidare")
    assert "/modul/smertepumpe?lang=nn#" in str(on.get_attribute("href"))
    page.goto("/?lang=en")
    resume = page.locator("#resume")
    expect(resume).to_contain_text("Go on with:")
    expect(resume.get_by_role("link")).to_have_attribute("lang", "nb")  # not written in English
    resume.get_by_role("link").click()
    expect(page.locator(".doc h2").nth(4)).to_be_in_viewport()


def test_solved_tasks_are_counted_and_a_new_try_takes_nothing_away(page: Page) -> None:
    page.goto("/modul/smertepumpe")
    tasks = page.locator("[data-slot=oppgaver-1]")
    tasks.scroll_into_view_if_needed()
    expect(tasks.locator(".pk-root")).to_be_visible(timeout=90_000)
    _remember(page)
    tasks.get_by_label("Svaret ditt").fill("0,5")  # 120 mg/24 h of 10 mg/mL
    tasks.get_by_role("button", name="Sjekk svaret").click()
    expect(tasks).to_contain_text("1 av 4 prøvd")
    expect(page.locator("#score")).to_contain_text("1 av 10 oppgaver løst")
    assert _kept(page)["smertepumpe"]["tasks"]["oppgaver-1"] == {"count": 4, "right": 1}
    page.reload()
    tasks.scroll_into_view_if_needed()
    expect(tasks.locator(".pk-root")).to_be_visible(timeout=90_000)
    tasks.get_by_label("Svaret ditt").fill("999")
    tasks.get_by_role("button", name="Sjekk svaret").click()
    expect(tasks).to_contain_text("1 av 4 prøvd, 0 riktig")
    assert _kept(page)["smertepumpe"]["tasks"]["oppgaver-1"] == {"count": 4, "right": 1}


def test_it_is_forgotten_from_the_list_and_the_focus_is_on_the_word_of_it(page: Page) -> None:
    page.goto(MODULE)
    _remember(page)
    _read_to(page, 2)
    page.goto("/moduler")
    page.get_by_role("button", name="Glem hvor langt jeg er kommet").press("Enter")
    expect(page.locator("#forgotten")).to_be_focused()
    expect(page.locator("#forgotten")).to_contain_text("Glemt.")
    expect(page.locator(".site-progress:visible, #forget:visible")).to_have_count(0)
    assert page.evaluate("() => localStorage.length") == 0


def test_the_privacy_page_tells_what_lies_in_the_browser_and_removes_it(page: Page) -> None:
    page.goto("/personvern")
    now = page.locator("#kept")
    expect(now.locator("li:visible")).to_have_text(["Ingenting fra disse sidene."])
    page.get_by_role("button", name="Mørke").click()
    page.evaluate("() => sessionStorage.setItem('pallkit:case', '[]')")
    page.evaluate("() => localStorage.setItem('other', 'not ours')")
    page.goto(MODULE)
    _remember(page)
    page.goto("/personvern")
    expect(now.locator("li:visible")).to_have_count(3)
    now.get_by_role("button", name="Fjern det").click()
    expect(page.locator("#emptied")).to_be_focused()
    expect(now.locator("li:visible")).to_have_text(["Ingenting fra disse sidene."])
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "auto")
    assert page.evaluate("() => [Object.keys(localStorage), sessionStorage.length]") == [
        ["other"],
        0,
    ]


STRANGE = {
    "version": "1",
    "read": ["<img src=x onerror=alert(1)>"],
    "tasks": {"a": 7},
    "place": "javascript:alert(1)",
    "parts": "<b>",
}
OLD = {"version": "another edition", "read": ["x"], "tasks": {}}


@pytest.mark.parametrize(
    "kept",
    ["not json", "7", "[]", *(json.dumps({"smertepumpe": each}) for each in (7, STRANGE, OLD))],
)
def test_what_cannot_be_read_in_the_browser_is_as_nothing(page: Page, kept: str) -> None:
    page.add_init_script(f"localStorage.setItem('{KEY}', {json.dumps(kept)})")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    for path in ("/", "/moduler", "/personvern", MODULE):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#remember")).to_be_checked()
    _read_to(page, 2)
    expect(page.locator("#score")).to_contain_text("av 15 deler lest")


def test_a_browser_that_keeps_nothing_is_not_asked_to(page: Page) -> None:
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, {get() { throw new DOMException('no') }})"
    )
    page.goto(MODULE)
    expect(page.locator("#print")).to_be_visible()
    expect(page.locator("#remember")).to_be_hidden()
    _read_to(page, 3)
    expect(page.locator(".site-contents [aria-current]")).not_to_have_text("Mål")
    for path in ("/", "/moduler", "/personvern"):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()


def test_nothing_of_it_is_sent_to_the_server(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    page = contexts(base_url=server.url).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data or ''}"))
    page.goto(MODULE)
    _remember(page)
    _read_to(page, 3)
    page.goto("/moduler")
    page.goto("/")
    expect(page.locator("#resume")).to_be_visible()
    ids = _kept(page)["smertepumpe"]["read"]
    assert ids
    assert not [
        each for each in asked if "pallkit:" in each or any(f"{one}" in each for one in ids)
    ]
    assert page.context.cookies() == []
