"""A module in a browser: read at once, tools in their places, nothing lost, good on paper."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pypdf import PdfReader
from tests.app.server_process import Server, serving
from tests.browser.accessibility.axe import faults
from tests.browser.module_page import (
    ADDRESS,
    FOLDER,
    MODULE,
    MODULES,
    SLOTS,
    come_near,
    open_module,
    ready,
)
from tests.browser.watch import Watch

from pallkit.about import WATERMARK
from pallkit.i18n import render


@pytest.fixture(scope="module", params=MODULES)
def small_page(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    """A module 320 pixels wide that lets axe in, which our own policy would not."""
    context = browser.new_context(
        base_url=server.url, bypass_csp=True, viewport={"width": 320, "height": 640}
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    open_module(page, f"/modul/{request.param}")
    yield page
    context.close()


def test_a_module_opens_without_an_error_and_each_tool_is_in_its_place(page: Page) -> None:
    open_module(page)
    cells = json.loads((FOLDER / f"{MODULE}.nb.ipynb").read_text("utf-8"))["cells"]
    tools = [cell["id"] for cell in cells if cell["cell_type"] == "code"]
    assert tools
    assert page.locator(SLOTS).count() == len(tools)
    for tool in tools:
        expect(page.locator(f"[data-slot='{tool}'] .pk-root")).to_have_count(1)
    expect(page.locator("#notebook .pk-root")).to_have_count(0)
    expect(page.locator(".site-slot__waiting")).to_have_count(0)


def test_axe_finds_no_fault(small_page: Page, axe_script: str) -> None:
    assert not faults(small_page, axe_script)


@pytest.mark.parametrize("width", [320, 360])
def test_a_module_fits_a_phone(small_page: Page, width: int) -> None:
    small_page.set_viewport_size({"width": width, "height": 640})
    assert small_page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_a_module_and_the_menu_fit_with_letters_twice_as_large(small_page: Page) -> None:
    small_page.set_viewport_size({"width": 360, "height": 640})
    small_page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    try:
        wide = small_page.evaluate(
            "() => [...document.querySelectorAll('.site-header *, .site-title *')]"
            ".filter(each => each.getBoundingClientRect().right > innerWidth + 1)"
            ".map(each => each.outerHTML.slice(0, 80))"
        )
    finally:
        small_page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    assert wide == []


class Held:
    """What draws the tools, kept back: the page as it is before any of them."""

    def __init__(self, page: Page) -> None:
        self.routes: list[Route] = []
        self.open = False
        page.route("**/static/client.js?v=*", self._hold)

    def _hold(self, route: Route) -> None:
        if self.open:
            route.continue_()
        else:
            self.routes.append(route)

    def release(self) -> None:
        self.open = True
        for route in self.routes:
            route.continue_()


def test_the_text_can_be_read_and_moved_in_before_any_tool_is_there(page: Page) -> None:
    held = Held(page)
    page.goto(ADDRESS, wait_until="commit")
    expect(page.locator(".doc").last).to_contain_text("Kilder")
    come_near(page)
    expect(page.locator(".site-slot__wait").first).to_be_visible()
    expect(page.locator(".site-slot__wait").first).to_have_text("Gjør verktøyet klart …")
    expect(page.locator("#tools-told")).to_have_text("Gjør verktøyet klart …")
    expect(page.locator(".pk-root")).to_have_count(0)
    page.evaluate("() => { document.documentElement.style.overflowAnchor = 'none' }")  # as Safari
    page.locator(".site-contents").get_by_role("link", name="Kilder").click()
    expect(page.get_by_role("heading", name="Kilder", exact=True)).to_be_in_viewport()
    held.release()
    ready(page)
    expect(page.get_by_role("heading", name="Kilder", exact=True)).to_be_in_viewport()
    expect(page.locator("#tools-told")).to_be_empty()


def test_a_language_chosen_before_the_tools_are_there_is_the_tools_too(page: Page) -> None:
    held = Held(page)
    page.goto(ADDRESS, wait_until="commit")
    come_near(page)
    page.get_by_role("link", name="English").click()
    expect(page.locator(".site-slot__wait").first).to_have_text("Getting the tool ready …")
    held.release()
    ready(page)
    for root in page.locator(f"{SLOTS} .pk-root").all():
        expect(root).to_have_attribute("lang", "en")


def test_a_change_of_language_keeps_an_answer_and_an_opened_question(
    page: Page, server: Server
) -> None:
    open_module(page)
    kernels = {kernel.pid for kernel in server.kernels()}
    tasks = page.locator("[data-slot^='oppgaver']").first
    tasks.get_by_label("Svaret ditt").fill("12,5")
    tasks.get_by_role("button", name="Sjekk svaret").click()
    expect(tasks.locator(".pk-verdict-title")).to_be_focused()  # no key is to meet that move
    question = page.locator(".doc details").nth(1)
    question.locator("summary").press("Enter")
    expect(question).to_have_attribute("open", "")
    page.get_by_role("link", name="Nynorsk").press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    expect(page.locator(".doc").first).to_have_attribute("data-exchange", "text:tekst-mal")
    expect(page.locator(".doc").last).to_contain_text("Kjelder")
    expect(tasks.locator(".pk-root")).to_have_attribute("lang", "nn")
    expect(tasks.locator("input[type=text], input:not([type])").first).to_have_value("12,5")
    expect(page.locator(".doc details").nth(1)).to_have_attribute("open", "")
    expect(page.get_by_role("link", name="Nynorsk")).to_be_focused()
    expect(page).to_have_url(re.compile(rf"{ADDRESS}\?lang=nn"))
    assert not {kernel.pid for kernel in server.kernels()} - kernels


def test_a_module_is_read_with_the_keyboard(page: Page) -> None:
    page.goto(f"{ADDRESS}?frame=only")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Moduler")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Innhold")
    for _link in page.locator(".site-contents ol a").all():
        page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Kilder")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kilder", exact=True)).to_be_in_viewport()
    table = page.get_by_role("region", name=re.compile("^Tabell")).first
    table.focus()
    expect(table).to_be_focused()


def test_where_the_reader_is_stands_in_the_contents(page: Page) -> None:
    page.goto(f"{ADDRESS}?frame=only")
    links = page.locator(".site-contents ol a")
    page.locator(".doc h2").nth(2).evaluate("each => each.scrollIntoView()")
    expect(links.nth(2)).to_have_attribute("aria-current", "true")
    expect(page.locator(".site-contents [aria-current]")).to_have_count(1)


def test_a_module_can_be_read_without_javascript(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    page = contexts(base_url=server.url, java_script_enabled=False).new_page()
    page.goto(f"{ADDRESS}?frame=only")
    expect(page.locator(".doc").last).to_be_visible()
    assert "Verktøyet som hører til her, trenger JavaScript." in page.content()
    expect(page.locator(".site-slot__wait").first).to_be_hidden()
    page.locator(".site-contents summary").click()
    page.locator(".site-contents").get_by_role("link", name="Kilder").click()
    expect(page.get_by_role("heading", name="Kilder", exact=True)).to_be_in_viewport()
    page.locator(".doc summary").first.click()
    expect(page.locator(".doc details").first).to_have_attribute("open", "")


def test_a_printed_module_has_every_answer_and_the_watermark_on_each_sheet(page: Page) -> None:
    open_module(page)
    page.emulate_media(media="print")
    expect(page.locator(".site-contents")).to_be_hidden()
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    texts = [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in sheets]
    mark = render(WATERMARK, "nb")
    assert [mark in text for text in texts] == [True] * len(texts)
    hidden = page.locator(".doc details").first.evaluate("each => each.lastElementChild.innerText")
    assert re.sub(r"\s+", " ", hidden)[:40] in " ".join(texts)


def test_a_tool_that_fails_says_so_in_its_own_place(
    contexts: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    (tmp_path / "modules").mkdir()
    made = json.loads((FOLDER / f"{MODULE}.nb.ipynb").read_text("utf-8"))
    code = [cell for cell in made["cells"] if cell["cell_type"] == "code"]
    code[1]["source"] = ["raise_an_error()"]
    (tmp_path / "modules" / f"{MODULE}.nb.ipynb").write_text(json.dumps(made), encoding="utf-8")
    with serving(settings=[f"--PallkitServer.root_dir={tmp_path}"]) as broken:
        page = contexts(base_url=broken.url).new_page()
        watch = Watch(page, broken.url)
        page.goto(ADDRESS, wait_until="commit")
        come_near(page)
        slots = page.locator(SLOTS)
        expect(slots.nth(1)).to_contain_text("Verktøyet kom ikke i gang.", timeout=90_000)
        expect(slots.nth(0)).to_have_attribute("data-state", "ready")
        expect(slots.nth(2)).to_have_attribute("data-state", "failed")
        expect(slots.nth(1).get_by_role("button", name="Prøv igjen")).to_be_visible()
        slots.nth(1).get_by_role("button", name="Prøv igjen").click()
        expect(slots.nth(1)).not_to_have_attribute("data-state", "failed")  # the page anew
        expect(page.locator(".doc").last).to_contain_text("Kilder")
        watch.check()
