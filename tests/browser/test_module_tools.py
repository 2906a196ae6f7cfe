"""A module's tools come when they are near: whoever only reads has no session."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.app.server_process import Server, eventually, serving
from tests.browser.accessibility.axe import faults
from tests.browser.module_page import (
    ADDRESS,
    FOLDER,
    MODULE,
    SLOTS,
    come_near,
    open_module,
    ready,
)

TOOLS = f"{ADDRESS}/verktoy"
FULL = "Det er ikke plass til verktøyet akkurat nå."
# An observer that sees nothing: as for a reader the page cannot see coming.
BLIND = "window.IntersectionObserver = class { observe() {} disconnect() {} }"
NONE = "delete window.IntersectionObserver"
MOVED = """() => {
  window.moved = 0;
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) window.moved += each.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""


def _pids(server: Server) -> set[int]:
    return {kernel.pid for kernel in server.kernels()}


def _kernel(page: Page) -> str:
    config = page.locator("#jupyter-config-data").text_content()
    return str(json.loads(str(config))["kernelId"])


@pytest.fixture
def blind(contexts: Callable[..., BrowserContext], server: Server) -> Page:
    page = contexts(base_url=server.url).new_page()
    page.add_init_script(BLIND)
    return page


def test_who_only_reads_the_top_starts_no_kernel_and_fetches_nothing_for_the_tools(
    page: Page, server: Server
) -> None:
    before, asked = _pids(server), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(ADDRESS, wait_until="networkidle")
    assert len(asked) <= 10
    page.get_by_role("link", name="Nynorsk").click()
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    page.mouse.wheel(0, 1200)
    page.pdf()
    page.wait_for_load_state("networkidle")
    assert _pids(server) == before
    assert not [url for url in asked if re.search(rf"client\.js|/widgets/|{TOOLS}", url)]
    expect(page.locator(f"{SLOTS}[data-state]")).to_have_count(0)


def test_the_tools_come_before_the_reader_is_there_and_nothing_in_sight_moves(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    page = contexts(base_url=server.url, viewport={"width": 1280, "height": 800}).new_page()
    page.goto(ADDRESS)
    page.evaluate(MOVED)
    expect(page.locator("[data-attended]")).to_be_attached()
    top = page.locator(SLOTS).first.evaluate("each => each.getBoundingClientRect().top")
    page.mouse.wheel(0, top - 1500)  # not in sight, but less than a window away
    ready(page)
    expect(page.locator(SLOTS).first).not_to_be_in_viewport()
    page.mouse.wheel(0, 1400)
    expect(page.locator(SLOTS).first).to_be_in_viewport()
    assert page.evaluate("() => window.moved") < 0.002


@pytest.mark.parametrize("script", [BLIND, NONE])
def test_a_tool_is_opened_with_the_keyboard_and_keeps_the_focus_where_it_was(
    contexts: Callable[..., BrowserContext], server: Server, script: str
) -> None:
    page = contexts(base_url=server.url).new_page()
    page.add_init_script(script)
    page.goto(ADDRESS)
    slot = page.locator(SLOTS).first
    if script == BLIND:
        slot.get_by_role("button", name="Åpne pumpen").focus()
        expect(slot).to_be_focused()
    ready(page)
    if script == BLIND:
        expect(slot).to_be_focused()
        page.keyboard.press("Tab")
        assert slot.evaluate("each => each.contains(document.activeElement)")


def test_a_start_that_fails_is_told_in_the_tools_place_and_tried_again(blind: Page) -> None:
    blind.route(f"**{TOOLS}*", lambda route: route.abort())
    blind.goto(f"{ADDRESS}?lang=nn")
    slot = blind.locator(SLOTS).nth(1)
    slot.get_by_role("button", name="Opne oppgåvene").click()
    expect(slot.locator(".site-slot__failed")).to_contain_text("Verktøyet kom ikkje i gang.")
    expect(blind.locator("#tools-told")).to_contain_text("Verktøyet kom ikkje i gang.")
    blind.unroute(f"**{TOOLS}*")
    slot.get_by_role("button", name="Prøv igjen").click()
    expect(slot).to_be_focused()
    ready(blind)
    expect(blind.locator("#tools-told")).to_be_empty()


def test_a_kernel_that_does_not_start_is_told_at_once_and_each_time(
    contexts: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    (tmp_path / "modules").mkdir()
    made = json.loads((FOLDER / f"{MODULE}.nb.ipynb").read_text("utf-8"))
    made["metadata"]["kernelspec"]["name"] = "no-such-kernel"
    (tmp_path / "modules" / f"{MODULE}.nb.ipynb").write_text(json.dumps(made), encoding="utf-8")
    with serving(settings=[f"--PallkitServer.root_dir={tmp_path}"]) as broken:
        page = contexts(base_url=broken.url).new_page()
        page.goto(ADDRESS)
        come_near(page)
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        for _time in range(2):
            expect(page.locator(f"{SLOTS}[data-state=failed]")).to_have_count(3)
            page.locator(SLOTS).first.get_by_role("button", name="Prøv igjen").click()
        expect(page.locator(f"{SLOTS}[data-state=failed]")).to_have_count(3)
        assert len([url for url in asked if TOOLS in url]) >= 2
        assert not broken.kernels()


def test_a_reader_there_is_no_room_for_reads_on_and_gets_the_tools_when_there_is(
    contexts: Callable[..., BrowserContext], axe_script: str
) -> None:
    with serving(settings=["--Limits.max_sessions=1"]) as small:
        other = contexts(base_url=small.url).new_page()
        other.goto("/app/kalkulator")
        expect(other.locator("#notebook .pk-root")).to_be_visible()
        page = contexts(base_url=small.url, bypass_csp=True).new_page()
        page.goto(ADDRESS)
        come_near(page)
        slot = page.locator(SLOTS).first
        expect(slot.locator(".site-slot__full")).to_contain_text(FULL)
        expect(page.locator(".doc").first).to_be_visible()
        assert not faults(page, axe_script)
        slot.get_by_role("button", name="Prøv nå").click()
        expect(slot.locator(".site-slot__full")).to_be_visible()
        other.goto("/om")
        ready(page)  # without anyone doing anything


def test_what_was_answered_is_there_when_the_page_is_loaded_again_or_its_session_ended(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    page = contexts(base_url=server.url).new_page()
    open_module(page)
    tasks = page.locator("[data-slot=oppgaver-1]")
    tasks.get_by_label("Svaret ditt").fill("999")
    tasks.get_by_role("button", name="Sjekk svaret").click()
    expect(tasks).to_contain_text("1 av 4 prøvd")
    page.reload()
    tasks.scroll_into_view_if_needed()
    expect(tasks).to_contain_text("1 av 4 prøvd")
    ended = _kernel(page)
    assert server.ask(f"/api/kernels/{ended}", "DELETE").status == 204
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("alert")).to_be_in_viewport()  # where the reader is
    page.get_by_role("link", name="Fortsett der du var").click()
    expect(page.locator("#trouble-lost")).to_be_hidden()
    tasks.scroll_into_view_if_needed()
    expect(tasks).to_contain_text("1 av 4 prøvd")
    assert _kernel(page) != ended


def test_a_module_that_was_left_is_shown_again_with_its_tools(page: Page, server: Server) -> None:
    before = _pids(server)
    open_module(page)
    page.goto("/om")
    eventually(lambda: not _pids(server) - before, what="the session ended with the page")
    page.go_back()
    come_near(page)
    ready(page)
