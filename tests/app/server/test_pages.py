"""What a learner gets from the pages, without JavaScript."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup
from tests.app.server_process import Server

from pallkit import __version__, content
from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.cases import load, prose
from pallkit.i18n import LANGUAGES, Language, render

CASE = "smerte-kan-ikke-svelge"
PLAIN = (
    "/",
    "/kasus",
    "/kasus?q=finnes-ikke&level=B",
    f"/kasus/{CASE}",
    f"/kasus/{CASE}/qr",
    "/moduler",
    "/om",
    "/personvern",
    "/tilgjengelighet",
    "/meld-fra",
    "/finnes-ikke",
)
WITH_KERNEL = (
    f"/app/kasus?case={CASE}",
    "/app/kalkulator",
    "/app/smertepumpe",
    "/app/omregningstabeller",
)
PREPARED = "morfin po 30 mg x 2;behov 3 morfin po 10 mg|set=klb-2008|to=morfin sc|reduce=25%"


def _in(path: str, lang: Language) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"


@pytest.fixture(scope="session")
def pages(server: Server) -> dict[tuple[str, Language], BeautifulSoup]:
    """Every page in every language; those with a kernel in two, since each costs a second."""
    asked = [(path, lang) for path in PLAIN for lang in LANGUAGES]
    asked += [(WITH_KERNEL[0], "nn"), (WITH_KERNEL[1], "nb")]
    return {(path, lang): server.get(_in(path, lang)).page for path, lang in asked}


@pytest.mark.parametrize("path", [*PLAIN[:-1], *WITH_KERNEL])
def test_every_page_answers(server: Server, path: str) -> None:
    assert server.ask(path, "HEAD").status == 200


def test_every_page_says_which_language_it_is_in(
    pages: dict[tuple[str, Language], BeautifulSoup],
) -> None:
    for (path, lang), page in pages.items():
        assert page.html is not None
        assert page.html["lang"] == lang, path


@pytest.mark.parametrize("asked", ["", "?lang=de", "?lang=%FF", "?lang=nb&lang="])
def test_bokmaal_is_what_you_get_when_nothing_else_is_asked(server: Server, asked: str) -> None:
    page = server.get(f"/{asked}").page
    assert page.html is not None
    assert page.html["lang"] == "nb"


def test_every_page_can_be_found_around_in_by_keyboard_and_screen_reader(
    pages: dict[tuple[str, Language], BeautifulSoup],
) -> None:
    for (path, lang), page in pages.items():
        skip = page.find("a")
        assert skip is not None
        assert skip["href"] == "#content", path
        assert len(page.select("main#content")) == 1, path
        assert len(page.select("body > header")) == len(page.select("body > footer")) == 1, path
        assert len(page.find_all("h1")) == 1, (path, lang)
        names = [nav.get("aria-label") for nav in page.find_all("nav")]
        assert all(names), path
        assert len(set(names)) == len(names), (path, names)
        assert page.title is not None
        assert page.title.text.endswith("– PallKit")


def test_every_page_ends_with_what_it_is_for_and_what_it_shows(
    pages: dict[tuple[str, Language], BeautifulSoup],
) -> None:
    for (path, lang), page in pages.items():
        foot = page.select("body > footer")[0].get_text(" ", strip=True)
        assert render(INTENDED_PURPOSE, lang) in foot, path
        assert render(WATERMARK, lang) in foot, path
        assert page.body is not None
        assert str(page.body["data-content"]) in foot, path
        assert str(page.body["data-version"]) in foot, path
        assert f"PallKit {__version__}" in foot, path


def test_a_report_of_an_error_is_written_already(server: Server) -> None:
    page = server.get(f"/app/kasus?case={CASE}&lang=nn").page
    link = urlsplit(str(page.select("a[data-report]")[0]["href"]))
    letter = {name: values[0] for name, values in parse_qs(link.query).items()}
    assert (link.scheme, link.path) == ("mailto", "feil@example.org")
    assert CASE in letter["subject"]
    assert f"Innhald: {CASE}, versjon {load(CASE).version}" in letter["body"]
    assert f"/app/kasus?case={CASE}&lang=nn" in letter["body"]
    assert "Ikkje skriv noko om verkelege pasientar." in letter["body"]


@pytest.mark.parametrize("path", ["/om", "/kasus?topic=smerte&level=A", f"/app/kasus?case={CASE}"])
def test_a_change_of_language_keeps_the_reader_where_they_are(server: Server, path: str) -> None:
    page = server.get(f"{path}{'&' if '?' in path else '?'}lang=nn&other=x").page
    links = {str(link["hreflang"]): str(link["href"]) for link in page.select("a[hreflang]")}
    assert links == {"nb": path, "nn": _in(path, "nn"), "en": _in(path, "en")}
    current = page.select("a[hreflang][aria-current]")
    assert [link["hreflang"] for link in current] == ["nn"]


def test_a_change_of_language_keeps_a_prepared_patient(server: Server) -> None:
    page = server.get(f"/app/kalkulator?{urlencode({'q': PREPARED})}&lang=nn&frame=only").page
    for link in page.select("a[hreflang]"):
        assert parse_qs(urlsplit(str(link["href"])).query)["q"] == [PREPARED]


@pytest.mark.parametrize(
    "state", ["x" * 801, "morfin 01019012345", "a\u202eb"], ids=["long", "a number", "a mark"]
)
def test_our_links_do_not_carry_a_state_that_no_tool_has_written(
    server: Server, state: str
) -> None:
    page = server.get(f"/app/kalkulator?{urlencode({'q': state})}&frame=only")
    assert page.status == 200
    assert state not in page.text
    assert not [a for a in page.page.select("a[href]") if "q=" in str(a["href"])]


def test_a_state_is_never_markup(server: Server) -> None:
    state = '"><script>alert(1)</script>'
    reply = server.get(f"/app/kalkulator?{urlencode({'q': state})}&frame=only")
    assert "<script>alert" not in reply.text


def test_the_menu_leads_to_everything_and_says_where_one_is(server: Server) -> None:
    page = server.get("/app/smertepumpe?frame=only").page
    menu = page.select("nav.site-nav a")
    assert [link.get_text() for link in menu] == [
        "Kasus", "Moduler", "Kalkulator", "Smertepumpe", "Tabeller", "Om",
    ]  # fmt: skip
    for link in menu:
        assert server.ask(str(link["href"]), "HEAD").status == 200
    assert [link.get_text() for link in menu if link.get("aria-current")] == ["Smertepumpe"]


def test_links_stay_in_the_language_of_the_page(
    pages: dict[tuple[str, Language], BeautifulSoup],
) -> None:
    for (path, lang), page in pages.items():
        for link in page.select("a[href^='/']:not([hreflang])"):
            assert parse_qs(urlsplit(str(link["href"])).query).get("lang", ["nb"]) == [lang], path


def test_the_start_page_offers_cases_in_the_readers_own_language(
    pages: dict[tuple[str, Language], BeautifulSoup],
) -> None:
    cards = pages["/", "en"].select(".site-case")
    assert len(cards) == 3
    assert not [card for card in cards if card.select("[lang=nb]")]


def test_the_case_list_shows_every_case_with_what_one_chooses_by(server: Server) -> None:
    page = server.get("/kasus").page
    shown = {
        urlsplit(str(card.h2.a["href"])).path.split("/")[-1]: card.get_text(" ", strip=True)
        for card in page.select(".site-card")
        if card.h2 and card.h2.a
    }
    assert set(shown) == set(content.case_ids())
    for case_id, text in shown.items():
        case, words = load(case_id), prose(case_id, "nb")
        assert words.title in text
        assert words.summary in text
        assert f"ca. {case.minutes} min" in text
        assert ("Utkast" in text) == case.draft


@pytest.mark.parametrize("case_id", content.case_ids())
def test_the_filters_work_by_the_address_alone(server: Server, case_id: str) -> None:
    case = load(case_id)
    page = server.get(f"/kasus?topic={case.topics[0]}&level={case.level}").page
    expected = {
        each
        for each in content.case_ids()
        if case.topics[0] in load(each).topics and case.level in load(each).open_levels
    }
    links = [urlsplit(str(link["href"])).path for link in page.select(".site-card h2 a")]
    assert {path.split("/")[-1] for path in links} == expected
    chosen = [str(option["value"]) for option in page.select("option[selected]")]
    assert chosen == [case.topics[0], case.level]


def test_a_filter_nobody_offers_is_no_filter(server: Server) -> None:
    page = server.get("/kasus?topic=<script>&level=Z").page
    assert len(page.select(".site-card")) == len(content.case_ids())
    assert not page.select("option[selected]")


def test_an_unsigned_case_is_a_draft_wherever_it_is_offered(server: Server) -> None:
    for path in ("/", "/kasus"):
        for card in server.get(path).page.select(".site-card:has(a[href*='case='])"):
            link = card.select("a[href*='case=']")[0]
            case = load(parse_qs(urlsplit(str(link["href"])).query)["case"][0])
            assert bool(card.select(".site-draft")) == case.draft


def test_nothing_on_a_page_comes_from_another_host(
    pages: dict[tuple[str, Language], BeautifulSoup],
) -> None:
    for (path, _lang), page in pages.items():
        for tag in page.find_all(["script", "link", "img", "iframe", "form"]):
            address = str(tag.get("src") or tag.get("href") or tag.get("action") or "")
            assert not re.match(r"(\w+:)?//", address), (path, address)


def test_no_page_runs_a_script_that_stands_in_it(
    pages: dict[tuple[str, Language], BeautifulSoup],
) -> None:
    for (path, _lang), page in pages.items():
        for script in page.find_all("script", src=False):
            assert str(script.get("type")).endswith("json"), (path, script)
        for tag in page.find_all():
            assert not [name for name in tag.attrs if name.startswith("on")], (path, tag)
            assert "style" not in tag.attrs, (path, tag)


@pytest.mark.parametrize("path", [*PLAIN, "/static/page.css"])
def test_the_headers_let_in_nothing_from_outside(server: Server, path: str) -> None:
    reply = server.get(path)
    policy = reply.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "same-origin"


def test_the_pages_with_a_widget_allow_its_modules_and_nothing_more(server: Server) -> None:
    policy = server.ask("/app/kalkulator", "HEAD").headers["content-security-policy"]
    assert "script-src 'self' blob:;" in policy
    assert "unsafe-eval" not in policy


@pytest.mark.parametrize("path", [*PLAIN, *WITH_KERNEL])
def test_no_page_sets_a_cookie_or_names_the_server(server: Server, path: str) -> None:
    headers = server.ask(path, "HEAD" if path in WITH_KERNEL else "GET").headers
    assert "set-cookie" not in headers
    assert "server" not in headers


def test_style_sheets_may_be_kept_for_a_year_under_an_address_that_follows_their_content(
    server: Server,
) -> None:
    for link in server.get("/").page.select("link[rel=stylesheet]"):
        reply = server.get(str(link["href"]))
        assert reply.status == 200
        assert reply.headers["content-type"] == "text/css; charset=utf-8"
        assert "max-age=31536" in reply.headers["cache-control"]
        assert re.search(r"\?v=[0-9a-f]{12}$", str(link["href"]))


def test_text_is_sent_compressed_to_those_who_take_it(server: Server) -> None:
    reply = server.ask("/static/designsystemet.css", headers={"Accept-Encoding": "gzip"})
    assert reply.headers["content-encoding"] == "gzip"
    assert len(reply.body) < 40_000


def test_the_report_page_shows_only_what_a_footer_can_have_sent(server: Server) -> None:
    page = server.get(
        "/meld-fra?content=12345678901&version=12345678901&page=https://x.example"
    ).page
    text = page.select("pre")[0].get_text()
    assert "Innhold: start, versjon" in text
    assert "12345678901" not in text
    assert "x.example" not in text


def test_a_filter_keeps_the_language(server: Server) -> None:
    kept = server.get("/kasus?lang=nn").page.select("form input[name=lang]")
    assert [field["value"] for field in kept] == ["nn"]
