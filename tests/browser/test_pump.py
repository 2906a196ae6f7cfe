"""The page about pain pumps: by keyboard, on a narrow page, on paper, from a link somebody sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.app.server_process import Server

from pallkit.i18n import render
from pallkit_widgets.pump_calculator.labels import LABELS

PAGE = "/app/smertepumpe"
PUMP = "pumpe=morfin 144 mg/d|styrke=10 mg/mL|reservoar=100 mL|bolus=2 mg|sperretid=20 min"
MIXTURE = (
    "blanding=morfin 60 mg (10 mg/mL);midazolam 10 mg (5 mg/mL);haloperidol 3 mg (5 mg/mL)"
    "|reservoar=20 mL|varer=24 t|bolus=0,4 mL|sperretid=20 min|fortynning=sodium-chloride-9"
)
START = (
    "munn=morfin po 60 mg x 2;morfin po 20 mg ved behov, gitt 2|til=morfin"
    "|tabeller=klb-2008,nhs-ggc-2018"
)
LINKS = [
    pytest.param(PUMP, id="the pump"),
    pytest.param(MIXTURE, id="the mixture"),
    pytest.param(START, id="from mouth to pump"),
]


def say(key: str) -> str:
    return render(LABELS[key], "nb")


def opened(page: Page, link: str = "") -> Locator:
    """The page with the link's state in its address, once the tool is there."""
    page.goto(f"{PAGE}?q={quote(link)}" if link else PAGE)
    panel = page.locator('.pk-pump [role="tabpanel"]:visible')
    expect(panel).to_be_visible(timeout=60_000)
    return panel


def answered(panel: Locator) -> Locator:
    """The answer's card, with an answer in it."""
    expect(panel).to_have_class("pk-panel pk-stack pk-answered")
    return panel.locator(".pk-answer")


def state(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query).get("q", [""])[-1]


def tab_to(page: Page, target: Locator) -> None:
    for _press in range(60):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_be_visible()
    raise AssertionError(f"the keyboard does not reach {target}")


def test_a_pump_is_set_by_keyboard_drawn_and_put_into_the_address(page: Page) -> None:
    panel = opened(page)
    tab_to(page, panel.get_by_label(say("drug")))
    page.keyboard.type("mor")
    for label, text in (
        ("dose", "144"),
        ("concentration", "10"),
        ("reservoir", "100"),
        ("bolus", "2"),
        ("lockout", "20"),
    ):
        tab_to(page, panel.get_by_label(say(label), exact=True))
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    card = answered(panel)
    expect(card.get_by_role("heading", name=say("answer"))).to_be_focused()
    expect(card.get_by_text("0,6 mL/t", exact=True)).to_be_visible()
    expect(page.locator(".pk-pump > [role=status]")).to_have_text("6 mg/t, 0,6 mL/t")
    for name in ("Et reservoar på 100 mL", "På 72 t", "Boluser som sperretiden tillater"):
        expect(panel.get_by_role("img", name=name)).to_be_visible()
    assert state(page) == (
        "pumpe=morfin 144 mg/d|konsentrasjon=10 mg/mL|reservoar=100 mL|bolus=2 mg|sperretid=20 min"
    )
    tab_to(page, panel.get_by_role("radio", name="72"))
    page.keyboard.press("ArrowLeft")
    expect(panel.get_by_role("img", name="På 48 t")).to_be_visible()
    expect(panel.get_by_role("radio", name="48")).to_be_focused()
    page.reload()
    panel = page.locator('.pk-pump [role="tabpanel"]:visible')
    expect(panel.get_by_text("0,6 mL/t", exact=True)).to_be_visible(timeout=60_000)
    expect(panel.get_by_label(say("dose"), exact=True)).to_have_value("144")


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(page: Page) -> None:
    panel = opened(page, PUMP)
    answered(panel)
    field = panel.get_by_label(say("concentration"), exact=True)
    field.fill("1.000")
    expect(panel.get_by_text(say("stale"))).to_be_visible()
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(field).to_have_value("1.000")
    told = re.compile(r"^mg/mL «1\.000» kan leses på to måter")
    expect(field).to_have_accessible_description(told)


def test_the_tabs_move_with_the_arrows_and_keep_what_was_typed_in_another_language(
    page: Page,
) -> None:
    panel = opened(page)
    panel.get_by_label(say("dose"), exact=True).fill("60")
    page.get_by_role("tab", name=say("tab_pump")).focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name=say("tab_start"))).to_be_focused()
    expect(panel.get_by_label(say("doses"))).to_be_visible()
    page.keyboard.press("Home")
    expect(panel.get_by_label(say("dose"), exact=True)).to_have_value("60")
    page.get_by_role("link", name="English").click()
    expect(panel.get_by_label(render(LABELS["dose"], "en"), exact=True)).to_have_value("60")


def test_an_answer_by_a_table_goes_into_the_pump(page: Page) -> None:
    panel = opened(page, START)
    expect(answered(panel).get_by_text("53,3 mg/24 t", exact=True)).to_be_visible()
    panel.get_by_role("button", name=say("take")).first.click()
    expect(panel.get_by_label(say("dose"), exact=True)).to_have_value("53,3")
    expect(panel.get_by_label(say("concentration"), exact=True)).to_be_focused()


def test_a_link_that_cannot_be_read_says_so_in_one_line(page: Page) -> None:
    panel = opened(page, "pumpe=<script>alert(1)</script>")
    told = page.locator(".pk-problem")
    expect(told).to_contain_text("kunne ikke leses")
    expect(panel.get_by_label(say("dose"), exact=True)).to_have_value("")


def test_the_link_is_copied_and_said_to_be(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    context = contexts(base_url=server.url)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    opened(page, MIXTURE)
    page.get_by_role("button", name=say("copy")).click()
    expect(page.locator(".pk-tools").get_by_text(say("copied"))).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    held = parse_qs(urlsplit(copied).query)["q"][-1]
    assert held.startswith("blanding=morfin 60 mg (10 mg/mL);midazolam 10 mg (5 mg/mL);")


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_is_wider_than_a_narrow_page(
    contexts: Callable[..., BrowserContext], server: Server, width: int
) -> None:
    page = contexts(base_url=server.url, viewport={"width": width, "height": 700}).new_page()
    for link in (PUMP, MIXTURE, START):
        answered(opened(page, link))
        wider = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider == 0, link


def test_on_paper_the_answer_stands_with_what_was_asked_and_the_watermark(page: Page) -> None:
    panel = opened(page, PUMP)
    card = answered(panel)
    page.emulate_media(media="print")
    expect(panel.locator(".pk-pump-form")).to_be_hidden()
    expect(card.locator(".pk-print-only").get_by_text("10 mg/mL")).to_be_visible()
    expect(panel.locator(".pk-reservoir-svg")).to_be_visible()
    expect(page.locator(".pk-pump .pk-watermark")).to_be_visible()
    expect(page.get_by_role("tab").first).to_be_hidden()
