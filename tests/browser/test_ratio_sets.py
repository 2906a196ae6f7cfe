"""The table browser in a real browser: with the keyboard, by axe, narrow, printed, by a link."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.app.server_process import Server

PAGE = "/app/omregningstabeller"


def go(page: Page, q: str = "", lang: str = "nb") -> Locator:
    """Open the page and give the widget, once it is there."""
    page.goto(f"{PAGE}?lang={lang}&q={q}" if q else f"{PAGE}?lang={lang}")
    root = page.locator(".pk-browser")
    expect(root).to_be_visible()
    return root


def state(page: Page) -> str:
    """What the page's address says of where the reader is."""
    return parse_qs(urlsplit(page.url).query).get("q", [""])[0]


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until ``target`` has the focus; every stop on the way must be visible."""
    for _press in range(80):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_be_visible()
    raise AssertionError(f"the keyboard does not reach {target}")


def test_with_the_keyboard_alone_from_a_search_to_the_drug_in_every_table(page: Page) -> None:
    root = go(page)
    tab_to(page, root.get_by_role("textbox"))
    page.keyboard.type("kodein")
    page.keyboard.press("Enter")
    expect(root.locator(".pk-found-text")).to_be_focused()
    assert state(page) == "find=kodein"
    card = root.get_by_role("button", name="Ekvipotens")
    tab_to(page, card)
    page.keyboard.press("Enter")
    expect(root.locator(".pk-set-title")).to_be_focused()
    expect(root.get_by_role("rowheader")).to_have_count(1)
    back = root.get_by_role("button", name="Alle tabellene", exact=True)
    tab_to_backwards(page, back)
    page.keyboard.press("Enter")
    expect(card).to_be_focused()
    tab_to_backwards(page, root.get_by_role("button", name="Se kodein po"))
    page.keyboard.press("Enter")
    expect(root.get_by_role("heading", name="kodein po")).to_be_focused()
    assert state(page) == "find=kodein|drug=kodein po"
    expect(root.get_by_role("listitem").filter(has_text="CDC")).to_contain_text("0,15")


def tab_to_backwards(page: Page, target: Locator) -> None:
    for _press in range(40):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab")
    raise AssertionError(f"the keyboard does not reach {target}")


def test_the_tabs_are_moved_between_with_the_arrows(page: Page) -> None:
    root = go(page)
    first, second = root.get_by_role("tab").all()
    tab_to(page, first)
    page.keyboard.press("ArrowRight")
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    expect(second).to_have_attribute("aria-selected", "true")
    expect(second).to_be_focused()
    expect(root.get_by_role("combobox")).to_be_visible()


def test_stepping_through_the_list_of_drugs_keeps_the_reader_in_it(page: Page) -> None:
    root = go(page, "drug=")
    root.get_by_role("combobox").focus()
    root.get_by_role("combobox").select_option("fentanyl patch")
    expect(root.get_by_role("heading", name="fentanyl plaster")).to_be_visible()
    expect(root.get_by_role("combobox")).to_be_focused()
    assert state(page) == "drug=fentanyl plaster"


def test_methadone_waits_for_its_switch(page: Page) -> None:
    root = go(page, "set=helsedirektoratet")
    methadone = root.get_by_role("row").filter(has_text="metadon")
    expect(root.get_by_role("row").filter(has_text="oksykodon")).to_be_visible()
    expect(methadone).to_have_count(0)
    switch = root.get_by_role("switch")
    tab_to(page, switch)
    page.keyboard.press("Space")
    expect(methadone).to_have_count(5)
    expect(switch).to_be_focused()
    assert state(page) == "set=helsedirektoratet|methadone=show"


def test_a_link_that_cannot_be_read_is_told_and_the_tables_are_there(page: Page) -> None:
    root = go(page, "set=finnes-ikke")
    expect(root.locator(".pk-notice")).to_contain_text("finnes-ikke")
    expect(root.locator(".pk-table-card")).to_have_count(11)


def test_another_language_keeps_the_reader_where_they_are(page: Page) -> None:
    root = go(page, "drug=fentanyl plaster")
    expect(root.get_by_role("heading", name="fentanyl plaster")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(root.get_by_role("heading", name="fentanyl patch")).to_be_visible()
    expect(root).to_have_attribute("lang", "en")


@pytest.mark.parametrize(
    "q", ["", "set=helsedirektoratet|methadone=show", "drug=fentanyl plaster", "find=metadon"]
)
@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_sticks_out(
    contexts: Callable[..., BrowserContext], server: Server, q: str, width: int
) -> None:
    size = {"width": width, "height": 800}
    page = contexts(base_url=server.url, viewport=size).new_page()
    go(page, q)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_narrow_table_names_every_figure_and_stays_a_table(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    narrow = {"width": 360, "height": 800}
    page = contexts(base_url=server.url, viewport=narrow).new_page()
    root = go(page, "set=helsedirektoratet")
    row = root.get_by_role("row").filter(has_text="hydromorfon")
    expect(row.locator(".pk-cell-low .pk-cell-name")).to_be_visible()
    expect(row.get_by_role("cell")).to_have_count(6)
    box = row.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 360


def test_printed_the_widest_table_fits_the_paper_and_is_a_table_still(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    paper = {"width": 700, "height": 990}  # A4 within its margins
    page = contexts(base_url=server.url, viewport=paper).new_page()
    root = go(page, "set=helsedirektoratet|methadone=show")
    page.emulate_media(media="print")
    expect(root.get_by_role("columnheader").first).to_be_visible()
    table = root.get_by_role("table").bounding_box()
    assert table is not None
    assert table["x"] + table["width"] <= 700


def test_printed_a_table_has_its_rows_its_source_and_its_watermark(page: Page) -> None:
    root = go(page, "set=klb-2008")
    page.emulate_media(media="print")
    expect(root.get_by_role("table")).to_be_visible()
    expect(root.get_by_text("http://docplayer.me").first).to_be_visible()
    expect(root.locator(".pk-watermark")).to_be_visible()
    expect(root.get_by_role("button").first).not_to_be_visible()
