"""The look: light and dark, on paper, with large letters, with few colours and no motion."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader
from tests.app.server_process import Server
from tests.browser.watch import Watch

CASE = "/app/kasus?case=smerte-kan-ikke-svelge"
PLAIN = ("/", "/kasus", "/kasus/pusten", "/moduler", "/om", "/personvern", "/finnes-ikke")
BACKGROUND = "() => getComputedStyle(document.body).backgroundColor"
WIDE = """() => [...document.querySelectorAll("body *")].filter(each => {
  const box = each.getBoundingClientRect();
  return box.width > 0 && box.right > innerWidth + 1
    && !each.closest(".doc-table, .ds-sr-only, .ds-skip-link, [data-scrolls], .pk-scroll")
    && getComputedStyle(each).position !== "fixed";
}).map(each => each.outerHTML.slice(0, 90))"""


def _light(page: Page) -> bool:
    red, green, blue = map(int, re.findall(r"\d+", page.evaluate(BACKGROUND))[:3])
    return red + green + blue > 600


def _made(contexts: Callable[..., BrowserContext], server: Server, **settings: Any) -> Page:
    return contexts(base_url=server.url, **settings).new_page()


def test_the_colours_are_those_the_machine_is_set_to(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    for scheme in ("light", "dark"):
        page = _made(contexts, server, color_scheme=scheme, java_script_enabled=False)
        page.goto("/")
        assert _light(page) == (scheme == "light")
        expect(page.locator(".site-look")).to_be_hidden()  # it needs the page's script


def test_a_reader_chooses_and_the_choice_follows_from_page_to_page(page: Page) -> None:
    page.goto("/")
    look = page.get_by_role("group", name="Farger")
    expect(look.get_by_role("button", pressed=True)).to_have_text("Som på enheten")
    look.get_by_role("button", name="Mørke").press("Enter")
    expect(look.get_by_role("button", name="Mørke")).to_be_focused()
    expect(look.get_by_role("button", pressed=True)).to_have_text("Mørke")
    assert not _light(page)
    page.goto("/kasus?lang=nn")
    assert not _light(page)
    expect(page.get_by_role("button", pressed=True)).to_have_text("Mørke")
    page.get_by_role("button", name="Som på eininga").click()
    assert _light(page)
    assert page.evaluate("() => localStorage.length") == 0


def test_no_light_is_seen_before_the_dark(page: Page) -> None:
    """The choice stands on the root before the browser has any body to draw."""
    page.add_init_script(
        """localStorage.setItem("pallkit:scheme", "dark");
        window.seen = [];
        new MutationObserver(() => {
          if (document.body) window.seen.push(document.documentElement.dataset.colorScheme);
        }).observe(document, { childList: true, subtree: true });"""
    )
    page.goto("/kasus")
    assert set(page.evaluate("() => window.seen")) == {"dark"}


def test_a_tool_is_as_dark_as_its_page_and_stays_so_in_another_language(page: Page) -> None:
    page.add_init_script("localStorage.setItem('pallkit:scheme', 'dark')")
    page.goto(CASE)
    expect(page.locator("#notebook .pk-root")).to_be_visible()
    ink = page.locator(".pk-step-title").evaluate("each => getComputedStyle(each).color")
    assert sum(map(int, re.findall(r"\d+", ink)[:3])) > 600
    page.get_by_role("link", name="Nynorsk").click()
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "dark")
    expect(page.get_by_role("group", name="Fargar")).to_be_visible()
    expect(page.get_by_role("button", pressed=True)).to_have_text("Mørke")


@pytest.mark.parametrize("kept", ["<script>", "", "blue", "auto"])
def test_a_choice_nobody_has_made_is_none(page: Page, kept: str) -> None:
    page.add_init_script(f"localStorage.setItem('pallkit:scheme', '{kept}')")
    page.goto("/om")
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "auto")


def test_paper_is_white_whatever_the_screen_is(page: Page) -> None:
    page.add_init_script("localStorage.setItem('pallkit:scheme', 'dark')")
    page.goto("/personvern")
    page.evaluate(
        "() => { window.worn = []; for (const event of ['beforeprint', 'afterprint'])"
        " window.addEventListener(event, () =>"
        " window.worn.push(document.documentElement.dataset.colorScheme)); }"
    )
    page.pdf(format="A4", print_background=True)
    assert page.evaluate("() => window.worn") == ["light", "dark"]
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert _light(page)


@pytest.mark.parametrize("path", PLAIN)
def test_a_printed_page_says_what_it_is_for_and_offers_nothing_to_press(
    page: Page, path: str
) -> None:
    page.goto(path)
    text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(page.pdf())).pages)
    told = re.sub(r"\s+", " ", text)
    assert "Øving på oppdiktede pasienter; ikke klinisk beslutningsstøtte." in told
    assert "Bare til undervisning." in told
    assert "Som på enheten" not in told
    assert "Nynorsk" not in told.partition("Språk")[0]


# 1280 pixels at 200 and 400 %, and a browser set to letters of 24 pixels.
SIZES = ((640, "100%"), (320, "100%"), (360, "24px"))


@pytest.mark.parametrize(
    "path", ["/", "/moduler", CASE, "/app/kalkulator", "/modul/smertepumpe?frame=only"]
)
def test_nothing_is_cut_off_with_large_letters(
    contexts: Callable[..., BrowserContext], server: Server, path: str
) -> None:
    page = _made(contexts, server, bypass_csp=True)
    page.goto(path)
    if path.startswith("/app"):
        expect(page.locator("#notebook .pk-root")).to_be_visible()
    for width, font in SIZES:
        page.set_viewport_size({"width": width, "height": 640})
        page.evaluate("size => { document.documentElement.style.fontSize = size }", font)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        assert page.evaluate(WIDE) == []


def test_what_is_chosen_can_be_seen_where_the_machine_chooses_the_colours(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    page = _made(contexts, server, forced_colors="active")
    page.goto("/moduler")
    for chosen, other in (
        (".site-nav a[aria-current]", ".site-nav a:not([aria-current])"),
        (".site-languages a[aria-current]", ".site-languages a:not([aria-current])"),
        (".site-look [aria-pressed=true]", ".site-look [aria-pressed=false]"),
    ):
        looks = [
            page.locator(each).first.evaluate(
                "each => { const style = getComputedStyle(each); return"
                " [style.color, style.backgroundColor, style.borderBottomColor,"
                " style.outlineStyle, style.textDecorationLine].join() }"
            )
            for each in (chosen, other)
        ]
        assert looks[0] != looks[1], chosen


def test_nothing_moves_for_a_reader_who_wants_it_still(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    page = _made(contexts, server, reduced_motion="reduce")
    watch = Watch(page, server.url)
    for path in ("/", "/kasus", CASE):
        page.goto(path)
        running = page.evaluate(
            "() => document.getAnimations().filter(each =>"
            " each.effect.getComputedTiming().duration > 1).map(each => each.animationName)"
        )
        assert running == []
    watch.check()


def test_a_change_of_language_stays_at_the_part_of_the_page(page: Page) -> None:
    page.goto("/kasus/pusten?level=B#group")
    page.get_by_role("link", name="Nynorsk").press("Enter")
    expect(page).to_have_url(re.compile(r"/kasus/pusten\?level=B.*lang=nn#group$"))
    expect(page.locator("#group-title")).to_be_in_viewport()
