"""The pages in a browser: nothing from outside, nothing axe objects to, nothing too wide."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.app.server_process import Server, eventually, serving
from tests.browser.watch import Watch

CASE = "smerte-kan-ikke-svelge"
PAGES = [
    "/",
    "/kasus",
    "/kasus?topic=omregning&level=A",
    "/om",
    "/tilgjengelighet",
    "/meld-fra",
    "/finnes-ikke",
]
WIDGETS = [f"/app/kasus?case={CASE}", "/app/kalkulator"]


def _open(page: Page, path: str) -> None:
    page.goto(path)
    if path.startswith("/app/"):
        expect(page.locator("#notebook .pk-root")).to_be_visible()


@pytest.mark.parametrize("path", [*PAGES, *WIDGETS])
def test_a_page_opens_without_an_error_and_asks_no_other_host(page: Page, path: str) -> None:
    _open(page, path)
    expect(page.locator("h1")).to_have_count(1)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("path", [*PAGES, *WIDGETS])
def test_axe_finds_nothing_serious(
    contexts: Callable[..., BrowserContext], server: Server, axe_script: str, path: str, lang: str
) -> None:
    # Our own policy would keep axe out too.
    page = contexts(base_url=server.url, bypass_csp=True).new_page()
    _open(page, f"{path}{'&' if '?' in path else '?'}lang={lang}")
    page.evaluate(axe_script)
    found: dict[str, Any] = page.evaluate("() => axe.run()")
    grave = [
        f"{each['impact']}: {each['help']}: {[node['html'] for node in each['nodes']]}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]
    assert not grave, "\n".join(grave)


@pytest.mark.parametrize("path", [*PAGES, *WIDGETS])
def test_a_page_fits_a_phone_320_pixels_wide(
    contexts: Callable[..., BrowserContext], server: Server, path: str
) -> None:
    page = contexts(base_url=server.url, viewport={"width": 320, "height": 640}).new_page()
    _open(page, path)
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= 320


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    page.goto("/kasus")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Hopp til innholdet")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_attribute("id", "topic")


def test_the_case_list_is_filtered_with_the_keyboard(page: Page) -> None:
    page.goto("/kasus?lang=nn")
    page.get_by_label("Tema").select_option("omregning")
    page.get_by_role("button", name="Vis").press("Enter")
    expect(page).to_have_url(re.compile(r"topic=omregning"))
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    expect(page.locator(".site-card")).to_have_count(2)


def test_the_pages_work_without_javascript(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    page = contexts(base_url=server.url, java_script_enabled=False).new_page()
    page.goto("/")
    page.get_by_role("link", name="Velg et kasus").click()
    page.get_by_label("Nivå").select_option("B")
    page.get_by_role("button", name="Vis").click()
    page.locator(".site-card a").first.click()
    expect(page.get_by_text("Denne siden trenger JavaScript.")).to_be_visible()
    expect(page.locator(".site-patient")).to_be_visible()


def test_the_patient_gives_way_to_the_player_without_the_page_moving(page: Page) -> None:
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const each of list.getEntries())"
        " window.moved += each.value }).observe({type: 'layout-shift', buffered: true});"
    )
    _open(page, WIDGETS[0])
    expect(page.locator("#waiting")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("() => window.moved") < 0.1


def test_a_change_of_language_in_a_case_keeps_the_case(page: Page) -> None:
    _open(page, WIDGETS[0])
    page.get_by_role("link", name="Nynorsk").click()
    expect(page.locator("#notebook .pk-root")).to_have_attribute("lang", "nn")
    expect(page).to_have_url(re.compile(rf"case={CASE}&lang=nn"))


def test_a_mail_link_leaves_the_case_as_it_is(page: Page, server: Server) -> None:
    _open(page, WIDGETS[0])
    kernels = {kernel.pid for kernel in server.kernels()}
    page.get_by_role("link", name="Meld fra om feil").click()
    page.get_by_role("button", name="Gå videre").click()
    expect(page.locator(".pk-step")).to_contain_text("Steg 2")
    assert {kernel.pid for kernel in server.kernels()} >= kernels


def test_leaving_a_page_ends_its_kernel(page: Page, server: Server) -> None:
    before = {kernel.pid for kernel in server.kernels()}
    _open(page, WIDGETS[1])
    own = {kernel.pid for kernel in server.kernels()} - before
    page.goto("/om")
    eventually(
        lambda: not own & {kernel.pid for kernel in server.kernels()},
        what="the kernel of the page that was left has ended",
    )


def test_a_page_that_lost_its_kernel_says_so(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    page = contexts(base_url=server.url).new_page()
    _open(page, f"{WIDGETS[0]}&lang=nn")
    page.evaluate(
        "() => fetch('/api/kernels/' + JSON.parse(document.getElementById('jupyter-config-data')"
        ".textContent).kernelId, {method: 'DELETE'})"
    )
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("alert")).to_contain_text("Sambandet vart brote")
    page.get_by_role("link", name="Last på nytt").click()
    expect(page.locator("#notebook .pk-root")).to_be_visible()


def test_a_notebook_that_fails_is_told_where_the_reader_looks(
    contexts: Callable[..., BrowserContext], tmp_path: Any
) -> None:
    with serving(settings=[f"--PallkitServer.root_dir={tmp_path}"]) as broken:
        page = contexts(base_url=broken.url).new_page()
        watch = Watch(page, broken.url)
        page.goto("/app/kalkulator?lang=en")
        expect(page.get_by_role("alert")).to_contain_text("The page could not be started")
        expect(page.locator("#waiting")).to_be_hidden()
        watch.check()
