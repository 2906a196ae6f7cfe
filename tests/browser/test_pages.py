"""The pages in a browser: nothing from outside, nothing too wide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from tests.app.server_process import Server, eventually, serving
from tests.browser.watch import Watch

CASE = "smerte-kan-ikke-svelge"
PAGES = [
    "/",
    "/kasus",
    "/kasus?topic=omregning&level=A",
    f"/kasus/{CASE}",
    f"/kasus/{CASE}/qr",
    "/moduler",
    "/om",
    "/personvern",
    "/tilgjengelighet",
    "/meld-fra",
    "/finnes-ikke",
]
WIDGETS = [f"/app/kasus?case={CASE}", "/app/kalkulator"]
STATE = "morfin po 30 mg x 2;behov 3 morfin po 10 mg|set=klb-2008"

KERNEL = "() => JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"


def _open(page: Page, path: str) -> None:
    page.goto(path)
    if path.startswith("/app/"):
        expect(page.locator("#notebook .pk-root")).to_be_visible()


@pytest.mark.parametrize("path", [*PAGES, *WIDGETS])
def test_a_page_opens_without_an_error_and_asks_no_other_host(page: Page, path: str) -> None:
    _open(page, path)
    expect(page.locator("h1")).to_have_count(1)
    page.wait_for_load_state("networkidle")


@pytest.fixture(scope="module", params=[*PAGES, *WIDGETS])
def small_page(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    """A page 320 pixels wide."""
    context = browser.new_context(base_url=server.url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    _open(page, request.param)
    yield page
    context.close()


def test_a_page_fits_a_phone_320_pixels_wide(small_page: Page) -> None:
    assert small_page.evaluate("() => document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize(
    "css",
    [
        pytest.param("font-family: 'DejaVu Sans', Verdana !important", id="a wide font"),
        pytest.param("letter-spacing: 0.12em !important", id="room between the letters"),
    ],
)
def test_no_word_of_the_menu_is_broken(
    contexts: Callable[..., BrowserContext], server: Server, width: int, css: str
) -> None:
    size = {"width": width, "height": 640}
    page = contexts(base_url=server.url, viewport=size, bypass_csp=True).new_page()
    page.goto("/")
    page.add_style_tag(content=f".site * {{ {css} }}")
    links = page.locator(".site-nav a")
    assert links.count() > 4
    heights = links.evaluate_all("links => links.map(link => link.offsetHeight)")
    assert len(set(heights)) == 1
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    page.goto("/kasus")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Hopp til innholdet")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_attribute("id", "q")


def test_the_pages_work_without_javascript(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    page = contexts(base_url=server.url, java_script_enabled=False).new_page()
    page.goto("/")
    page.get_by_role("link", name="Velg et kasus").click()
    page.get_by_role("combobox", name="Nivå").select_option("B")
    page.get_by_role("button", name="Vis").click()
    page.locator(".site-card").first.get_by_role("link", name="Start").first.click()
    assert "Denne siden trenger JavaScript." in page.content()
    expect(page.locator(".site-patient")).to_be_visible()


@pytest.mark.parametrize("path", WIDGETS)
@pytest.mark.parametrize("late", [False, True])
def test_the_patient_gives_way_to_the_player_without_the_page_moving(
    page: Page,
    path: str,
    late: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    if late:  # the script that says what the page is waiting for, not the one that draws
        page.route("**/around.js*", hold)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const each of list.getEntries())"
        " window.moved += each.value }).observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(path, wait_until="commit")
    expect(page.locator("#notebook .pk-root")).to_be_visible()
    expect(page.locator("#waiting")).to_be_hidden()
    assert len(held) == late
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("() => window.moved") < 0.1


def test_a_change_of_language_in_a_case_keeps_what_was_decided(page: Page, server: Server) -> None:
    _open(page, WIDGETS[0])
    kernels = {kernel.pid for kernel in server.kernels()}
    page.get_by_role("button", name="Gå videre").click()
    expect(page.locator(".pk-step")).to_contain_text("Steg 2")
    page.get_by_role("link", name="English").press("Enter")
    expect(page.locator("#notebook .pk-root")).to_have_attribute("lang", "en")
    expect(page.locator(".pk-step")).to_contain_text("Step 2")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("body > footer")).to_contain_text("Training on invented patients")
    expect(page.get_by_role("link", name="English")).to_be_focused()
    expect(page).to_have_url(re.compile(rf"case={CASE}&lang=en$"))
    assert not {kernel.pid for kernel in server.kernels()} - kernels


def _set_to(page: Page, state: str) -> None:
    page.locator("#notebook .pk-root").evaluate(
        "(root, q) => root.dispatchEvent("
        "new CustomEvent('pallkit:state', {bubbles: true, detail: {q}}))",
        state,
    )


def test_what_a_tool_is_set_to_stands_in_the_address_and_follows_the_language(page: Page) -> None:
    _open(page, WIDGETS[1])
    _set_to(page, STATE)
    assert _query(page.url) == {"q": [STATE]}
    page.get_by_role("link", name="Nynorsk").click()
    expect(page.locator("#notebook .pk-root")).to_have_attribute("lang", "nn")
    assert _query(page.url) == {"q": [STATE], "lang": ["nn"]}
    _set_to(page, "morfin po 10 mg x 6")
    assert _query(page.url) == {"q": ["morfin po 10 mg x 6"], "lang": ["nn"]}
    other = page.get_by_role("link", name="English").get_attribute("href")
    assert _query(str(other)) == {"q": ["morfin po 10 mg x 6"], "lang": ["en"]}


@pytest.mark.parametrize("state", ["x" * 801, None, 7])
def test_a_state_that_is_none_leaves_the_address_as_it_is(page: Page, state: Any) -> None:
    page.goto("/app/kalkulator?frame=only")
    page.evaluate(
        "(q) => document.body.dispatchEvent("
        "new CustomEvent('pallkit:state', {bubbles: true, detail: {q}}))",
        state,
    )
    assert _query(page.url) == {"frame": ["only"]}


def _query(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def test_a_mail_link_leaves_the_case_as_it_is(page: Page, server: Server) -> None:
    _open(page, WIDGETS[0])
    page.get_by_role("link", name="Meld fra om feil").click()
    page.get_by_role("button", name="Gå videre").click()
    expect(page.locator(".pk-step")).to_contain_text("Steg 2")
    assert server.get(f"/api/kernels/{page.evaluate(KERNEL)}").status == 200


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
    assert server.ask(f"/api/kernels/{page.evaluate(KERNEL)}", "DELETE").status == 204
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("alert")).to_contain_text("Sambandet vart brote")
    page.get_by_role("link", name="Hald fram der du var").click()
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
