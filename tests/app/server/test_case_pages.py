"""The gallery, the page about a case and its QR sheet, as the server writes them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from tests.app.server_process import Server

from pallkit import content
from pallkit.cases import load, prose
from pallkit.i18n import LANGUAGES, Language
from pallkit_app.server import choosing, gallery, sharing
from pallkit_app.server.choosing import FILTERS, Wanted
from pallkit_app.server.delivery.first_step import first_step
from pallkit_app.server.gallery import Card
from pallkit_app.server.site import Place, Site

CASE = "pusten"  # levels A and B; nb, nn and en
WITHDRAWN = {
    "draft": True,
    "notice": "Utkast",
    "withdrawn": {
        "text": "Trukket tilbake 1. mars.",
        "why": "Rådene er <b>endret</b>.",
        "instead": {"id": "opioidbytte", "title": "Sigrun", "text": "Bruk «Sigrun» i stedet."},
    },
    "overdue": None,
}


def _query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def _shown(page: BeautifulSoup) -> set[str]:
    return {
        urlsplit(str(link["href"])).path.split("/")[-1] for link in page.select(".site-card h2 a")
    }


# --- The gallery ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "Paarorende", "lang": "nn"},
        {"topic": "smerte", "setting": "home"},
        {"level": "B", "time": "55"},
        {"language": "en", "lang": "en"},
        {
            "q": "plaster",
            "topic": "omregning",
            "level": "B",
            "setting": "nursing_home",
            "time": "60",
        },
    ],
)
def test_the_address_alone_says_which_cases_are_shown(
    server: Server, asked: dict[str, str]
) -> None:
    page = server.get(f"/kasus?{urlencode(asked)}").page
    cards = gallery.cards(asked.get("lang", "nb"))  # type: ignore[arg-type]  # languages
    wanted = choosing.read(asked, cards)
    assert _shown(page) == {card.id for card in choosing.matching(cards, wanted)} != set()
    for name in FILTERS:
        chosen = [str(each["value"]) for each in page.select(f"#{name} option[selected]")]
        assert chosen == ([asked[name]] if name in asked else [])
    assert page.select("#q")[0]["value"] == asked.get("q", "")
    for link in page.select("a[hreflang]"):
        rest = {name: value for name, value in _query(str(link["href"])).items() if name != "lang"}
        assert rest == wanted.query


def test_a_search_that_finds_nothing_says_what_was_asked_and_offers_less(server: Server) -> None:
    page = server.get("/kasus?q=smerte+finnesikke&level=B&lang=nn").page
    assert "Du bad om: ordet «smerte», ordet «finnesikke», nivået «B – Utvida»." in " ".join(
        page.get_text(" ").split()
    )
    offer = page.select(".site-offers a")[0]
    said = re.fullmatch(r"Ta bort ordet «finnesikke» \((\d+)\)", offer.get_text())
    assert said
    assert _query(str(offer["href"])) == {"q": "smerte", "level": "B", "lang": "nn"}
    assert len(server.get(str(offer["href"])).page.select(".site-card")) == int(said[1]) > 0


def test_a_card_tells_its_goals_and_starts_at_each_of_its_levels(server: Server) -> None:
    page = server.get("/kasus?level=B").page
    for card in page.select(".site-card"):
        case_id = next(
            iter(
                _shown(BeautifulSoup(f"<div>{card}</div>".replace("site-cards", ""), "html.parser"))
            )
        )
        case = load(case_id)
        goals = [goal.get_text() for goal in card.select("details li")]
        assert tuple(goals) == prose(case_id, "nb").goals
        starts = [_query(str(link["href"])) for link in card.select("a[href*='/app/kasus']")]
        levels = [{"level": level} for level in case.open_levels] if case.levels else [{}]
        assert starts == [{"case": case_id, **level} for level in levels]
        first = card.select(".ds-button:not([data-variant])")
        assert len(first) == 1
        if case.levels:
            assert _query(str(first[0]["href"]))["level"] == "B"


def test_a_case_asked_for_in_a_language_starts_in_it(server: Server) -> None:
    for link in server.get("/kasus?language=en").page.select(".site-card a[href*='/app/kasus']"):
        assert _query(str(link["href"]))["lang"] == "en"


def test_links_on_a_page_have_names_that_tell_them_apart(server: Server) -> None:
    for path in ("/kasus", "/", f"/kasus/{CASE}"):
        named: dict[str, str] = {}
        for link in server.get(path).page.select("main a[href]"):
            name = " ".join(link.get_text(" ").split())
            assert named.setdefault(name, str(link["href"])) == link["href"], name


@pytest.mark.parametrize(
    "q", ['"><script>alert(1)</script>', "'; --", "&lt;b&gt;", "{{7*7}}", "%s{0}"]
)
def test_a_search_is_text_and_never_markup(server: Server, q: str) -> None:
    reply = server.get(f"/kasus?{urlencode({'q': q})}")
    assert reply.status == 200
    assert "<script>alert" not in reply.text
    assert "49" not in reply.page.select("#q")[0]["value"]
    assert reply.page.select("#q")[0]["value"] == choosing.tidy(q)
    assert reply.page.select("main script, main b") == []


def test_a_long_search_is_cut_and_one_with_a_persons_number_left_out(server: Server) -> None:
    page = server.get(f"/kasus?q={'x' * 3000}").page
    assert page.select("#q")[0]["value"] == "x" * choosing.LONGEST_QUERY
    reply = server.get("/kasus?q=smerte+010190+12345")
    assert "12345" not in reply.text
    assert "Søket er utelatt" in reply.text


@given(q=st.text(max_size=60))
def test_any_search_gives_a_page_that_holds_it_as_text(page_of: Callable[..., str], q: str) -> None:
    cards = gallery.cards("nb")[:1]
    wanted = choosing.read({"q": q}, cards)
    text = page_of("cases.html.j2", **_listing(wanted, cards))
    field = re.search(r'<input class="ds-input" type="search"[^<>]* value="([^"<>]*)"', text)
    assert field
    assert html.unescape(field[1]) == wanted.q
    assert all(' src="/static/' in script for script in re.findall("<script[^>]*", text))


def _listing(wanted: Wanted, cards: tuple[Card, ...] = gallery.cards("nb")) -> dict[str, object]:
    found = choosing.matching(cards, wanted)
    return {
        "cards": found,
        "total": len(cards),
        "wanted": wanted,
        "refused": False,
        "longest": choosing.LONGEST_QUERY,
        "choices": {name: choosing.choices(cards, name, wanted) for name in FILTERS},
        "asked_for": choosing.asked_for(cards, wanted),
        "offers": choosing.offers(cards, wanted),
        "withdrawn": [card for card in cards if card.withdrawn],
    }


@pytest.fixture(scope="module")
def page_of() -> Callable[..., str]:
    site = Site(
        base_url="/", report_address="", modules=Path(), asset=lambda name: f"/static/{name}"
    )

    def make(template: str, *, lang: Language = "nb", **context: object) -> str:
        return site.page(template, Place("/", "/kasus", lang, "kasus"), **context)

    return make


# --- Notices -------------------------------------------------------------------------------------


def _withdrawn() -> Card:
    return replace(gallery.card(CASE, "nb"), notices=WITHDRAWN)


def test_a_withdrawn_case_is_told_apart_from_the_list(page_of: Callable[..., str]) -> None:
    cards = (gallery.card("opioidbytte", "nb"), _withdrawn())
    listing = _listing(Wanted(), cards) | {"cards": cards[:1], "total": 1}
    page = BeautifulSoup(page_of("cases.html.j2", **listing), "html.parser")
    assert _shown(page) == {"opioidbytte"}
    assert page.select(".site-withdrawn a")[0]["href"] == f"/kasus/{CASE}"
    assert "Trukket tilbake 1. mars." in page.select(".site-withdrawn")[0].get_text()


def test_the_page_of_a_withdrawn_case_says_why_and_leads_to_another_and_nowhere_else(
    page_of: Callable[..., str],
) -> None:
    text = page_of("case.html.j2", card=_withdrawn(), group=_group(), sources=[], signed=None)
    page = BeautifulSoup(text, "html.parser")
    notice = page.select(".ds-alert")[0]
    assert "Rådene er <b>endret</b>." in notice.get_text()
    assert notice.select("a")[0]["href"] == "/kasus/opioidbytte"
    assert not page.select("a[href*='/app/kasus'], svg.site-qr, #address")


def test_the_player_page_of_a_withdrawn_case_says_so_before_the_player_is_there(
    page_of: Callable[..., str],
) -> None:
    shown = {"card": _withdrawn(), "title": "Pusten", "here": "cases", "cut": ""}
    text = page_of("app.html.j2", **shown, widgets=(), first=first_step(CASE, "nb", ""))
    notice = BeautifulSoup(text, "html.parser").select("#waiting .ds-alert")[0]
    assert "Trukket tilbake 1. mars." in notice.get_text()
    assert notice.select("a")[0]["href"] == "/kasus/opioidbytte"


def test_a_case_nobody_has_looked_over_in_time_says_so_wherever_it_is_offered(
    page_of: Callable[..., str],
) -> None:
    late = {"draft": False, "notice": None, "withdrawn": None, "overdue": "For gammelt."}
    card = replace(gallery.card(CASE, "nb"), notices=late, due="2026-03-01", draft=False)
    listing = _listing(Wanted(), (card,))
    assert "Skulle vært gått gjennom innen 2026-03-01" in page_of("cases.html.j2", **listing)
    signed = load(CASE).reviewed
    about = page_of("case.html.j2", card=card, group=_group(), sources=[], signed=signed)
    for text in (about, page_of("qr.html.j2", card=card, group=_group())):
        assert "For gammelt." in text


def _group() -> dict[str, object]:
    address = "https://eksempel.example/app/kasus?case=pusten"
    return {
        "level": "A",
        "level_name": "Grunnleggende",
        "language": "nb",
        "address": address,
        "code": sharing.code(address),
        "only_here": False,
        "query": {"level": "A", "language": "nb"},
    }


# --- The page about a case -----------------------------------------------------------------------


@pytest.mark.parametrize("case_id", content.case_ids())
def test_every_case_has_a_page_with_all_one_shares_it_by(server: Server, case_id: str) -> None:
    for lang in LANGUAGES:
        page = server.get(f"/kasus/{case_id}?lang={lang}").page
        words, text = prose(case_id, lang), " ".join(page.get_text(" ").split())
        for told in (words.title, words.summary, *words.goals):
            assert " ".join(told.split()) in text
        case = load(case_id)
        listed = [link["href"] for link in page.select(".site-sources a")]
        known = {each["id"]: each["url"] for each in content.table("sources")}
        assert {known[source] for source in case.sources if known[source]} <= set(listed)
        assert page.select("svg.site-qr[role=img][aria-label]")
        foreign = page.select(f"h1[lang='{words.lang}']")
        assert bool(foreign) == (words.lang != lang)


@pytest.mark.parametrize("path", ["/kasus/finnes-ikke", "/kasus/finnes-ikke/qr", "/kasus/pusten/x"])
def test_a_case_there_is_not_is_404(server: Server, path: str) -> None:
    assert server.get(path).status == 404


def test_the_group_opens_the_case_at_the_level_and_in_the_language_that_were_chosen(
    server: Server,
) -> None:
    page = server.get(f"/kasus/{CASE}?level=B&language=nn&lang=en").page
    address = str(page.select("#address")[0]["value"])
    assert address == f"{server.url}/app/kasus?case={CASE}&level=B&lang=nn"
    assert _drawn(page) == sharing.code(address).path
    sheet = str(page.select("figcaption a")[0]["href"])
    assert _query(sheet) == {"level": "B", "language": "nn", "lang": "en"}
    assert server.get(sheet).page.select("[data-part=address]")[0].get_text() == address
    for link in page.select("a[hreflang]"):
        kept = _query(str(link["href"]))
        assert (kept["level"], kept["language"]) == ("B", "nn")


def test_a_group_is_never_sent_to_a_level_or_a_language_the_case_has_not(server: Server) -> None:
    page = server.get("/kasus/barna-i-huset?level=C&language=en&lang=en").page
    address = str(page.select("#address")[0]["value"])
    assert address == f"{server.url}/app/kasus?case=barna-i-huset"


def _drawn(page: BeautifulSoup) -> str:
    return str(page.select("path.site-qr__ink")[0]["d"])
