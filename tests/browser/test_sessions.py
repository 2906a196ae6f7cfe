"""A session that ends while somebody is at it: what was answered is kept, and taken up again."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect
from playwright.sync_api import TimeoutError as StillWaitingError
from tests.app.server_process import Server, eventually, serving
from tests.browser.accessibility.axe import faults
from tests.browser.accessibility.colours import dark

from pallkit.cases import prose

CASE = "/app/kasus?case=smerte-kan-ikke-svelge"
TEXTS = prose("smerte-kan-ikke-svelge", "nb")
PATIENCE = 90_000  # ms; two things that wait for each other on a busy machine
KERNEL = "() => JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"
RETURN = "() => document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture(scope="module")
def small() -> Iterator[Server]:
    """A server with room for two, that tells who was turned away to try again soon."""
    with serving(settings=["--Limits.max_sessions=2"]) as running:
        yield running


@pytest.fixture
def at(contexts: Callable[..., BrowserContext], server: Server) -> Callable[[str], Page]:
    def go(path: str) -> Page:
        page = contexts(base_url=server.url).new_page()
        page.goto(path)
        expect(page.locator("#notebook .pk-root")).to_be_visible()
        return page

    return go


def _end(page: Page, server: Server) -> None:
    assert server.ask(f"/api/kernels/{page.evaluate(KERNEL)}", "DELETE").status == 204


def _to_the_dose(page: Page) -> None:
    page.get_by_role("button", name="Gå videre").click()
    page.get_by_role(
        "radio", name=TEXTS.steps["svelger-ikke"].options["tell-og-ring"].label
    ).check()
    page.get_by_role("button", name="Bekreft valget").click()
    expect(page.locator(".pk-step-title")).to_have_text(TEXTS.steps["regn-om"].title)


def test_a_case_whose_session_was_ended_goes_on_at_the_same_step(
    at: Callable[[str], Page], server: Server
) -> None:
    page = at(CASE)
    _to_the_dose(page)
    title = page.locator(".pk-step-title").inner_text()
    page.get_by_role("textbox").first.fill("27")
    ended = page.evaluate(KERNEL)
    _end(page, server)
    page.evaluate(RETURN)
    expect(page.get_by_role("alert")).to_contain_text("Forbindelsen ble brutt")
    expect(page.get_by_role("textbox").first).to_have_value("27")
    with page.expect_navigation():  # else the page that is left would do for what follows
        page.get_by_role("link", name="Fortsett der du var").click()
    expect(page.locator(".pk-step")).to_contain_text("Steg 3")
    expect(page.locator(".pk-step-title")).to_have_text(title)
    expect(page.get_by_role("textbox").first).to_have_value("27")
    assert page.evaluate(KERNEL) != ended
    expect(page.locator("#trouble-lost")).to_be_hidden()


def test_an_answer_given_to_a_kernel_that_was_killed_is_not_lost(
    at: Callable[[str], Page], server: Server
) -> None:
    before = {kernel.pid for kernel in server.kernels()}
    page = at(CASE)
    page.get_by_role("button", name="Gå videre").click()
    expect(page.locator(".pk-step")).to_contain_text("Steg 2")
    ended = page.evaluate(KERNEL)
    own = {kernel.pid for kernel in server.kernels()} - before
    for pid in own:
        os.kill(pid, signal.SIGKILL)
    eventually(
        lambda: server.get(f"/api/kernels/{ended}").status == 404,
        what="the server has let go of the dead kernel",
    )
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Bekreft valget").click()
    expect(page.locator(".pk-step")).to_contain_text("Steg 3")
    assert page.evaluate(KERNEL) != ended
    assert server.get(f"/api/kernels/{page.evaluate(KERNEL)}").status == 200


def test_a_reader_who_loads_a_case_again_is_where_they_were(at: Callable[[str], Page]) -> None:
    page = at(CASE)
    _to_the_dose(page)
    page.reload()
    expect(page.locator(".pk-step")).to_contain_text("Steg 3")
    page.get_by_role("button", name="Angre").click()
    expect(page.locator(".pk-step")).to_contain_text("Steg 2")
    page.reload()
    expect(page.locator(".pk-step")).to_contain_text("Steg 2")


def test_nothing_can_be_pressed_before_what_was_done_is_back(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    page = contexts(base_url=server.url).new_page()
    held: list[Callable[[], None]] = []

    def hold_back(page_end: WebSocketRoute) -> None:
        server_end = page_end.connect_to_server()

        def forward(message: str | bytes) -> None:
            words = message if isinstance(message, bytes) else message.encode()
            act = partial(server_end.send, message)
            held.append(act) if b'"replay"' in words else act()

        page_end.on_message(forward)

    page.route_web_socket(re.compile("/channels"), hold_back)
    page.goto(CASE)
    _to_the_dose(page)
    page.reload()
    begin = page.get_by_role("button", name="Gå videre", include_hidden=True)
    expect(begin).to_be_visible()
    expect(page.locator(".pk-root[aria-busy]")).to_be_visible()
    with pytest.raises(StillWaitingError):
        begin.click(timeout=1000)
    held.pop()()
    expect(page.locator(".pk-step")).to_contain_text("Steg 3")
    page.get_by_role("button", name="Angre").click()
    expect(page.locator(".pk-step")).to_contain_text("Steg 2")


def test_a_case_that_is_opened_again_begins_at_the_beginning(at: Callable[[str], Page]) -> None:
    page = at(CASE)
    page.get_by_role("button", name="Gå videre").click()
    expect(page.locator(".pk-step")).to_contain_text("Steg 2")
    page.goto("/om")
    page.goto(CASE)
    expect(page.locator(".pk-step")).to_contain_text("Steg 1")
    assert page.evaluate("() => sessionStorage.length") == 0, "nothing is kept of what is not begun"


def test_a_number_that_may_be_somebodys_is_not_kept(at: Callable[[str], Page]) -> None:
    page = at(CASE)
    _to_the_dose(page)
    page.get_by_role("textbox").first.fill("01010112345")
    page.get_by_role("button", name=re.compile("Svar|Lagre|Bekreft")).first.click()
    expect(page.locator("[aria-invalid]").first).to_be_visible()
    kept = page.evaluate("() => JSON.stringify({...sessionStorage})")
    assert "decide" in kept
    assert "01010112345" not in kept


def test_the_one_too_many_waits_on_a_page_of_ours_and_is_let_in(
    contexts: Callable[..., BrowserContext], small: Server, axe_script: str
) -> None:
    taken = [contexts(base_url=small.url).new_page() for _place in range(2)]
    for page in taken:
        page.goto("/app/kalkulator")
        expect(page.locator("#notebook .pk-root")).to_be_visible()
    late = contexts(base_url=small.url, bypass_csp=True).new_page()
    answer = late.goto(f"{CASE}&lang=nn")
    assert answer is not None
    assert answer.status == 503
    assert 5 <= int(answer.headers["retry-after"]) <= 10
    assert answer.headers["cache-control"] == "no-store"
    expect(late.get_by_role("heading", level=1)).to_have_text("Alle plassane er i bruk akkurat no")
    assert not faults(late, axe_script)
    dark(late)
    assert not faults(late, axe_script)
    late.set_viewport_size({"width": 320, "height": 640})
    assert late.evaluate("() => document.documentElement.scrollWidth") <= 320
    taken[0].goto("/om")
    expect(late.locator("#notebook .pk-root")).to_be_visible(timeout=PATIENCE)
    assert late.url.endswith(f"{CASE}&lang=nn")
