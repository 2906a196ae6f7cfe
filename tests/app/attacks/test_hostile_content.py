"""Every text of the case bank and the modules is markup; a real Chromium makes none of it, asks
no other host for anything, and has nothing to say against the pages' policy."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page
from tests.app.attacks import hostile_bank
from tests.app.attacks.watched import Watched
from tests.app.server_process import Server
from tests.browser.test_play_the_bank import _play_through

from pallkit import content
from pallkit.i18n import LANGUAGES
from pallkit_app.server.headers import APP_POLICY, PAGE_POLICY

CASE = "smerte-kan-ikke-svelge"
TOLD = [
    *("/", "/kasus", "/kasus?q=script", "/kasus?topic=smerte", f"/kasus/{CASE}", "/moduler"),
    *(f"/kasus/{CASE}/qr", f"/app/kasus?case={CASE}", "/app/omregningstabeller"),
    *("/modul/omregning-av-opioider", "/modul/den-doende-pasienten", "/modul/smertepumpe"),
    "/app/kalkulator?q=morfin+po+30+mg+x+2|set=klb-2008|to=morfin+sc",
]
OURS = ["/app/smertepumpe", "/om", "/personvern", "/tilgjengelighet", "/meld-fra", "/nowhere"]
SOME = ["/kasus", f"/app/kasus?case={CASE}", TOLD[9], "/om"]
# Whatever would act: an attribute that is a script, an address that is one, a strange element.
ACTING = """() => [...document.querySelectorAll("body *, head *")].filter((one) =>
  [...one.attributes].some(({ name, value }) => /^on/i.test(name) ||
    (/^(href|src|action|formaction|xlink:href|srcdoc|data)$/i.test(name) &&
      /^\\s*(javascript|data:text|vbscript|\\/\\/elsewhere|x$)/i.test(value))) ||
  /^(IFRAME|OBJECT|EMBED|BASE)$/i.test(one.tagName) ||
  (one.tagName === "SCRIPT" && !one.src && !/json/.test(one.type))
).map((one) => one.outerHTML.slice(0, 200))"""
DRAWN = """() => [...document.querySelectorAll("[data-slot]")]
  .every((one) => one.querySelector(".pk-root"))"""
WATCH = """
window.hit = () => { window.hits = (window.hits ?? 0) + 1; };
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  console.error(`Content Security Policy: ${effectiveDirective} ${blockedURI}`);
});
"""


@pytest.fixture
def watched(contexts: Callable[..., BrowserContext], server: Server) -> Watched:
    """A page whose requests to any other host fail, and are faults."""
    context = contexts(base_url=server.url, reduced_motion="reduce")
    context.add_init_script(WATCH)
    context.route(lambda url: not url.startswith(server.url), lambda route: route.abort())
    return Watched(context.new_page(), server.url)


def _opened(watched: Watched, path: str, lang: str) -> None:
    reply = watched.page.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    assert reply is not None
    runs = path.startswith(("/app/", "/modul/"))
    assert reply.headers["content-security-policy"] == (APP_POLICY if runs else PAGE_POLICY)
    if runs:
        _come_to_a_tool(watched.page)


def _come_to_a_tool(page: Page) -> None:
    if page.locator("[data-slot]").count():
        page.locator("[data-slot]").first.scroll_into_view_if_needed()
    page.locator(".pk-root").first.wait_for()
    page.wait_for_function(DRAWN)  # one who leaves before that leaves a trace in the log


def _is_text(watched: Watched) -> str:
    page = watched.page
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => one.open = true)")
    assert page.evaluate("window.hits") is None, page.url
    assert page.evaluate(ACTING) == [], page.url
    assert not watched.faults, (page.url, watched.faults)
    return str(page.evaluate("document.body.textContent"))


def test_each_page_shows_every_text_as_it_is_written(watched: Watched, *, whole: bool) -> None:
    languages = cycle(LANGUAGES)
    for path in [*TOLD, *OURS] if whole else SOME:
        for lang in LANGUAGES if whole else [next(languages)]:
            _opened(watched, path, lang)
            assert hostile_bank.MARK in _is_text(watched) or path in OURS, path


def test_a_case_is_played_to_its_debrief_and_shows_only_text(
    watched: Watched, bank: Path, *, whole: bool
) -> None:
    if not whole:
        return
    watched.page.goto(f"/app/kasus?case={CASE}")
    with content.reading(bank):
        _play_through(watched.page, CASE, "nb")
    watched.page.locator(".pk-debrief-title").wait_for()
    assert hostile_bank.MARK in _is_text(watched)


TRAP = """() => {
  const box = document.querySelector("main");
  box.innerHTML = "<img src=/static/mark.svg onload='window.hit=1'>"
    + "<a id=trap href='javascript:window.hit=1'>x</a>";
  const script = document.createElement("script");
  script.textContent = "window.hit=1";
  box.append(script);
}"""


@pytest.mark.parametrize("set_aside", [False, True], ids=["the policy", "no policy"])
def test_what_an_escape_let_through_is_stopped_by_the_policy_and_by_it_alone(
    contexts: Callable[..., BrowserContext],
    server: Server,
    *,
    set_aside: bool,
) -> None:
    page: Any = Watched(contexts(bypass_csp=set_aside).new_page(), server.url)
    page.page.goto(f"{server.url}/om")
    page.page.evaluate(TRAP)
    page.page.locator("#trap").click()
    page.page.wait_for_timeout(300)
    assert page.page.evaluate("window.hit") == (1 if set_aside else None)
    assert bool(page.faults) == (not set_aside)
