"""The gallery and what a group is given: live, without scripts, by keyboard and on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pypdf import PdfReader
from tests.app.server_process import Server

from pallkit import content
from pallkit.about import WATERMARK
from pallkit.cases import load, prose
from pallkit.i18n import render

CASE = "pusten"  # levels A and B; nb, nn and en
NOTHING = "/kasus?q=smerte+finnesikke&level=B"


def _asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


# --- Live ----------------------------------------------------------------------------------------


def test_the_list_follows_what_one_writes_and_the_field_keeps_the_focus(page: Page) -> None:
    page.goto("/kasus?lang=nn")
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    field = page.get_by_role("searchbox", name="Søk")
    field.press_sequentially("Sykehjem", delay=20)
    found = {each for each in content.case_ids() if "sykehjem" in load(each).topics}
    expect(page.locator(".site-card")).to_have_count(len(found))
    expect(field).to_be_focused()
    expect(field).to_have_value("Sykehjem")
    assert _asked(page) == {"q": ["Sykehjem"], "lang": ["nn"]}
    expect(page.get_by_role("status")).to_have_text(
        f"{len(found)} av {len(content.case_ids())} kasus"
    )
    assert all("#" in url or "q=" in url for url in loads)  # no navigation but the address's change
    page.reload()
    expect(page.locator(".site-card")).to_have_count(len(found))
    other = page.get_by_role("link", name="English").get_attribute("href")
    assert parse_qs(urlsplit(str(other)).query) == {"q": ["Sykehjem"], "lang": ["en"]}


def test_a_filter_is_chosen_with_the_keyboard_and_the_others_count_anew(page: Page) -> None:
    page.goto("/kasus")
    level = page.get_by_role("combobox", name="Nivå")
    level.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"level=B"))
    expect(level).to_be_focused()
    at_b = [each for each in content.case_ids() if "B" in load(each).open_levels]
    expect(page.locator(".site-card")).to_have_count(len(at_b))
    pain = [each for each in at_b if "smerte" in load(each).topics]
    expect(page.locator("#topic option[value=smerte]")).to_have_text(f"Smerte ({len(pain)})")
    page.get_by_role("combobox", name="Tema").select_option("smerte")
    expect(page.locator(".site-card")).to_have_count(len(pain))
    page.get_by_role("link", name="Vis alle kasus").click()
    expect(page.locator(".site-card")).to_have_count(len(content.case_ids()))
    expect(level).to_have_value("")
    expect(page.locator("#count")).to_be_focused()
    assert _asked(page) == {}


def test_only_the_last_of_many_questions_is_shown(page: Page) -> None:
    page.goto("/kasus")
    held: list[Route] = []
    page.route(re.compile(r"q=smerte$"), lambda route: held.append(route))  # noqa: PLW0108  # marked by playwright
    field = page.get_by_role("searchbox")
    field.fill("smerte")
    page.wait_for_timeout(400)
    field.fill("tungpust finnesikke")
    expect(page.get_by_role("status")).to_have_text("Ingen kasus har alt dette")
    for route in held:
        route.abort()
    page.wait_for_timeout(200)
    expect(page.get_by_role("status")).to_have_text("Ingen kasus har alt dette")
    assert _asked(page) == {"q": ["tungpust finnesikke"]}


def test_what_finds_nothing_can_be_had_by_leaving_out_one_thing(page: Page) -> None:
    page.goto("/kasus")
    page.get_by_role("combobox", name="Nivå").select_option("B")
    page.get_by_role("searchbox").fill("smerte finnesikke")
    offer = page.get_by_role("link", name=re.compile("Ta bort ordet «finnesikke»"))
    many = int(re.sub(r"\D", "", offer.inner_text()))
    offer.press("Enter")
    expect(page.locator(".site-card")).to_have_count(many)
    expect(page.get_by_role("searchbox")).to_have_value("smerte")
    expect(page.get_by_role("combobox", name="Nivå")).to_have_value("B")
    expect(page.locator("#count")).to_be_focused()


def test_a_server_that_does_not_answer_is_told_and_the_list_stays(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    page = contexts(base_url=server.url).new_page()
    page.goto("/kasus")
    page.route(re.compile("level=B"), lambda route: route.abort())
    page.get_by_role("combobox", name="Nivå").select_option("B")
    expect(page.get_by_role("status")).to_contain_text("Serveren svarte ikke")
    expect(page.locator(".site-card")).to_have_count(len(content.case_ids()))


def test_the_goals_open_with_the_keyboard_and_the_card_leads_to_the_case(page: Page) -> None:
    page.goto("/kasus?q=" + CASE[:3] + "t&topic=kols")
    card = page.locator(".site-card", has_text=prose(CASE, "nb").title)
    goal = card.get_by_text(prose(CASE, "nb").goals[0])
    expect(goal).to_be_hidden()
    card.locator("summary").press("Enter")
    expect(goal).to_be_visible()
    card.get_by_role("link", name=prose(CASE, "nb").title, exact=True).click()
    expect(page).to_have_url(re.compile(rf"/kasus/{CASE}"))


def test_a_case_starts_at_the_level_chosen_on_its_card(page: Page) -> None:
    page.goto("/kasus?topic=kols")
    start = page.get_by_role("link", name=re.compile("Start på nivå B"))
    expect(start).to_have_attribute("href", f"/app/kasus?case={CASE}&level=B")


def test_the_start_page_leads_into_the_gallery_by_words_and_by_topic(page: Page) -> None:
    page.goto("/?lang=en")
    page.get_by_role("searchbox", name="Search the cases").fill("nursing home")
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile(r"/kasus\?q=nursing\+home&lang=en"))
    page.goto("/")
    page.get_by_role("link", name=re.compile("Smertepumpe \\(")).click()
    expect(page.get_by_role("combobox", name="Tema")).to_have_value("smertepumpe")


# --- Without scripts -----------------------------------------------------------------------------


def test_all_of_it_works_without_javascript(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    page = contexts(base_url=server.url, java_script_enabled=False).new_page()
    page.goto("/kasus")
    page.get_by_role("searchbox").fill("paarorende")
    page.get_by_role("combobox", name="Sted").select_option("nursing_home")
    page.get_by_role("combobox", name="Nivå").select_option("B")
    page.get_by_role("button", name="Vis").click()
    assert _asked(page)["setting"] == ["nursing_home"]
    page.get_by_role("link", name=prose("urolig-natt", "nb").title, exact=True).click()
    page.locator("#level").select_option("B")
    page.locator("#language").select_option("nn")
    page.get_by_role("button", name="Vis").click()
    address = f"{server.url}/app/kasus?case=urolig-natt&level=B&lang=nn"
    expect(page.locator("#address")).to_have_value(address)
    assert _read(page) == _modules(address)
    page.get_by_role("link", name="QR-ark").click()
    expect(page.locator("[data-part=address]")).to_have_text(address)
    expect(page.get_by_role("button", name="Skriv ut arket")).to_be_hidden()


# --- For a group ---------------------------------------------------------------------------------


def _read(page: Page) -> list[list[bool]]:
    """The modules of the code as they stand on the screen, each by the pixel in its middle."""
    box = page.locator("svg.site-qr")
    size = int(str(box.get_attribute("viewBox")).split()[-1])
    picture = Image.open(io.BytesIO(box.screenshot())).convert("L")
    step_x, step_y = picture.width / size, picture.height / size
    rows = [
        [
            picture.getpixel((int((x + 0.5) * step_x), int((y + 0.5) * step_y))) < 128
            for x in range(size)
        ]  # type: ignore[operator]  # one channel
        for y in range(size)
    ]
    quiet = [row[:4] + row[-4:] for row in rows] + rows[:4] + rows[-4:]
    assert not any(any(row) for row in quiet), "the quiet zone is not quiet"
    return [row[4:-4] for row in rows[4:-4]]


def _modules(address: str) -> list[list[bool]]:
    return [[bool(module) for module in row] for row in segno.make_qr(address, error="m").matrix]


def test_the_code_on_the_screen_is_the_address_of_the_level_and_language_chosen(
    page: Page, server: Server
) -> None:
    page.goto(f"/kasus/{CASE}")
    assert _read(page) == _modules(f"{server.url}/app/kasus?case={CASE}&level=A")
    page.locator("#level").select_option("B")
    page.locator("#language").focus()
    page.locator("#language").select_option("nn")
    address = f"{server.url}/app/kasus?case={CASE}&level=B&lang=nn"
    expect(page.locator("#address")).to_have_value(address)
    assert _read(page) == _modules(address)
    expect(page.locator("#language")).to_be_focused()
    assert _asked(page) == {"level": ["B"], "language": ["nn"]}
    page.get_by_role("link", name="QR-ark").click()
    assert _read(page) == _modules(address)
    page.goto(address)
    expect(page.locator("#notebook .pk-root")).to_have_attribute("lang", "nn")


def test_the_link_is_copied_or_marked_to_be_copied(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    context = contexts(base_url=server.url, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"/kasus/{CASE}")
    page.get_by_role("button", name="Kopier lenken").press("Enter")
    expect(page.locator("#told")).to_have_text("Lenken er kopiert.")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == f"{server.url}/app/kasus?case={CASE}&level=A"
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    page.get_by_role("button", name="Kopier lenken").click()
    expect(page.locator("#told")).to_have_text("Kopier den merkede lenken.")
    assert page.evaluate("() => getSelection().toString()") == copied


def test_a_server_that_was_told_another_address_than_the_browsers_makes_no_code(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    page = contexts(base_url=server.url).new_page()

    def by_another_name(route: Route) -> None:
        reply = server.ask(urlsplit(route.request.url).path, headers={"Host": "localhost:8866"})
        route.fulfill(status=reply.status, headers=reply.headers, body=reply.body)

    page.route(re.compile(r"/kasus/pusten$"), by_another_name)
    page.goto(f"/kasus/{CASE}")
    expect(page.locator("#elsewhere")).to_be_visible()
    expect(page.locator("svg.site-qr")).to_be_hidden()
    expect(page.locator("#address")).to_have_value(f"{server.url}/app/kasus?case={CASE}&level=A")


def test_the_sheet_is_one_page_of_paper_with_the_address_in_plain_text(
    page: Page, server: Server
) -> None:
    for lang in ("nb", "nn", "en"):
        page.goto(f"/kasus/smertepumpen-hjemme/qr?language={lang}&lang={lang}")
        printed = PdfReader(io.BytesIO(page.pdf(format="A4")))
        assert len(printed.pages) == 1
        text = printed.pages[0].extract_text()
        joined = re.sub(r"\s+", "", text)
        own = "" if lang == "nb" else f"&lang={lang}"
        assert f"{server.url}/app/kasus?case=smertepumpen-hjemme{own}" in joined
        for told in (prose("smertepumpen-hjemme", lang).title, render(WATERMARK, lang)):  # type: ignore[arg-type]  # languages
            assert re.sub(r"\s+", "", told) in joined


# --- For everyone --------------------------------------------------------------------------------

PAGES = [
    "/kasus?topic=kvalme&setting=home&lang=en",
    f"{NOTHING}&lang=nn",
    "/kasus?q=01019012345&topic=kols",
    f"/kasus/{CASE}?level=B",
    f"/kasus/{CASE}/qr?lang=nn",
    "/kasus/langt-nord?lang=en",
]


@pytest.fixture(scope="module", params=PAGES)
def small_page(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    """A page 320 pixels wide, with all that can be opened open."""
    context = browser.new_context(base_url=server.url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(request.param)
    page.evaluate(
        "() => document.querySelectorAll('details').forEach(each => { each.open = true; })"
    )
    yield page
    context.close()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_is_wider_than_the_page(small_page: Page, width: int) -> None:
    small_page.set_viewport_size({"width": width, "height": 640})
    assert small_page.evaluate("() => document.documentElement.scrollWidth") <= width
