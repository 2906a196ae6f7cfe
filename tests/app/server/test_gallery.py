"""Which cases a search and the filters leave, and what is offered when they leave none."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit import content
from pallkit.cases import load, prose
from pallkit.cases.values import PLACES
from pallkit.i18n import LANGUAGES, Language, render
from pallkit_app.server import choosing, gallery
from pallkit_app.server.choosing import FILTERS, LONGEST_QUERY, Wanted
from pallkit_app.server.folding import fold, words
from pallkit_app.server.gallery import Card

CASES = gallery.cards("nb")


def _found(q: str, lang: Language = "nb") -> set[str]:
    return {card.id for card in choosing.matching(gallery.cards(lang), Wanted(q=q))}


def _like(number: int, **changes: object) -> Card:
    """An invented card: a real one with some things changed."""
    return replace(CASES[0], id=f"kasus-{number}", **changes)  # type: ignore[arg-type]  # by name


# --- Words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pårørende", "paarorende"),
        ("PÅRØRENDE", "parørende"),
        ("pa\u030arørende", "pårørende"),  # å as an a and a ring
        ("døende", "doeende"),
        ("døende", "doende"),
        ("lære", "laere"),
        ("Årsak", "aarsak"),
        ("Ødegård", "oedegaard"),
        ("idé", "ide"),
        ("Ánde", "ande"),
        ("Čáhci", "cahci"),
        ("ĐŊŦ", "dnt"),
        ("ＫＯＬＳ", "kols"),
        ("läkare", "lækare"),
    ],
)
def test_two_ways_to_write_a_word_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_what_is_neither_letter_nor_digit_parts_words() -> None:
    assert words("  Smerte,  80-årig_kvinne; «smerte» ") == ("smerte", "80", "arig", "kvinne")
    assert words("… – !") == ()


def test_a_search_does_not_mind_capitals_order_or_how_a_letter_is_written() -> None:
    assert _found("smertepumpe") == _found("SMERTEPUMPE") != set()
    assert _found("tungpust") != _found("tung pust") == _found("pust, tung!") != set()
    assert _found("doeende") == _found("Døende") == _found("doende") != set()
    assert _found("paarorende") == _found("pårørende")


def test_every_word_must_be_in_the_case() -> None:
    assert _found("smerte sykehjem") == _found("smerte") & _found("sykehjem")
    assert _found("smerte finnesikke") == set()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case_id", content.case_ids())
def test_a_case_is_found_by_all_its_card_says_in_either_norwegian(
    case_id: str, lang: Language
) -> None:
    card = next(card for card in gallery.cards(lang) if card.id == case_id)
    table = content.table("topics")
    for each in {lang, "nb", "nn"}:
        written = prose(case_id, each)  # type: ignore[arg-type]  # languages
        names = [table[topic][each] for topic in load(case_id).topics]
        for text in (written.title, written.summary, *written.goals, *names):
            assert choosing.matching([card], Wanted(q=text)) == [card], text


def test_a_nynorsk_reader_finds_a_case_by_a_bokmaal_word_and_the_other_way() -> None:
    assert (
        _found("sykehjem", "nn") == _found("sjukeheim", "nn") == _found("sjukeheim", "nb") != set()
    )
    assert _found("nursing home", "en") != set()
    assert _found("nursing home", "nb") == set()


# --- What is asked for -------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILTERS)
def test_each_choice_leaves_as_many_cases_as_it_says(name: str) -> None:
    for lang in LANGUAGES:
        cards = gallery.cards(lang)
        for choice in choosing.choices(cards, name, Wanted()):
            wanted = choosing.read({name: choice.id}, cards)
            assert wanted.query == {name: choice.id}
            left = choosing.matching(cards, wanted)
            assert len(left) == choice.count > 0


def test_a_case_stands_under_every_level_it_can_be_opened_at() -> None:
    for letter in "ABC":
        left = {card.id for card in choosing.matching(CASES, Wanted(level=letter))}
        assert left == {each for each in content.case_ids() if letter in load(each).open_levels}


def test_a_case_stands_under_every_place_it_can_come_to() -> None:
    pusten = next(card for card in CASES if card.id == "pusten")
    assert [place for place, _name in pusten.settings] == ["home", "hospital", "municipal_ward"]
    assert [name for _place, name in pusten.settings] == [
        "Hjemme", "Sykehus", "Kommunal døgnplass",
    ]  # fmt: skip
    for card in CASES:
        assert card.settings
        assert load(card.id).start.place in dict(card.settings)
        order = [PLACES.index(place) for place, _name in card.settings]  # type: ignore[arg-type]  # places
        assert order == sorted(order)


def test_a_case_stands_under_the_languages_it_is_written_in_and_no_other() -> None:
    english = {card.id for card in choosing.matching(CASES, Wanted(language="en"))}
    assert english == {each for each in content.case_ids() if content.prose(each, "en")}
    assert 3 <= len(english) < len(CASES)


def test_the_times_offered_are_those_that_make_a_difference() -> None:
    cards = [_like(number, minutes=minutes) for number, minutes in enumerate((12, 28, 30, 58, 400))]
    offered = choosing.choices(cards, "time", Wanted())
    assert [(choice.id, choice.count) for choice in offered] == [("15", 1), ("30", 3), ("60", 4)]


def test_an_old_link_with_a_time_nobody_offers_now_says_what_it_said() -> None:
    cards = [_like(1, minutes=20), _like(2, minutes=58)]
    wanted = choosing.read({"time": "45"}, cards)
    assert [card.id for card in choosing.matching(cards, wanted)] == ["kasus-1"]
    chosen = [choice.id for choice in choosing.choices(cards, "time", wanted) if choice.chosen]
    assert chosen == ["45"]


@pytest.mark.parametrize("time", ["0", "-5", "1e3", "9999", "٤٥", "45.0", " 45"])
def test_a_time_that_is_no_number_of_minutes_is_no_filter(time: str) -> None:
    assert choosing.read({"time": time}, CASES).time == ""


def test_the_counts_beside_a_filter_follow_the_others() -> None:
    wanted = Wanted(q="smerte", setting="nursing_home")
    for choice in choosing.choices(CASES, "level", wanted):
        left = choosing.matching(CASES, replace(wanted, level=choice.id))
        assert choice.count == len(left)


@pytest.mark.parametrize("name", [*FILTERS, "q"])
@pytest.mark.parametrize(
    "number", ["01019012345", "010190 12345", "010190\x0012345", "01\u00ad019012345"]
)
def test_an_identity_number_is_left_out_wherever_it_is_written(name: str, number: str) -> None:
    wanted = choosing.read({name: number}, CASES)
    assert wanted == Wanted()


@given(text=st.text(max_size=400))
def test_any_search_is_read_as_something_short_printable_and_steady(text: str) -> None:
    tidy = choosing.tidy(text)
    assert len(tidy) <= LONGEST_QUERY
    assert tidy.isprintable()
    assert choosing.tidy(tidy) == tidy
    found = {card.id for card in choosing.matching(CASES, Wanted(q=tidy))}
    if not words(tidy):
        assert found == set(content.case_ids())


@given(
    asked=st.fixed_dictionaries(
        {}, optional={name: st.text(max_size=20) for name in ("q", *FILTERS)}
    )
)
def test_whatever_stands_in_an_address_every_offer_keeps_its_word(asked: dict[str, str]) -> None:
    wanted = choosing.read(asked, CASES)
    assert choosing.read(wanted.query, CASES) == wanted
    for offer in choosing.offers(CASES, wanted):
        assert len(choosing.matching(CASES, offer.wanted)) == offer.count
        assert offer.wanted != wanted


def test_one_thing_at_a_time_can_be_left_out_the_most_helpful_first() -> None:
    wanted = Wanted(q="smerte finnesikke", level="B", setting="home")
    assert choosing.matching(CASES, wanted) == []
    offers = choosing.offers(CASES, wanted)
    said = [(render(offer.what, "nb"), offer.count) for offer in offers]
    assert said[0] == ("ordet «finnesikke»", len(choosing.matching(CASES, offers[0].wanted)))
    assert said[0][1] > 0
    assert offers[0].wanted == replace(wanted, q="smerte")
    assert {what for what, _count in said} == {
        "ordet «smerte»", "ordet «finnesikke»", "nivået «B – Utvidet»", "stedet «Hjemme»",
    }  # fmt: skip


# --- Cards -------------------------------------------------------------------------------------


def test_the_easiest_and_shortest_case_comes_first() -> None:
    order = [(card.level, card.minutes, card.title) for card in CASES]
    assert order == sorted(order)


def test_a_card_tells_the_goals_and_the_levels_in_the_readers_language() -> None:
    for lang in LANGUAGES:
        for card in gallery.cards(lang):
            assert 2 <= len(card.goals) <= 4
            assert card.goals == prose(card.id, lang).goals
            assert [letter for letter, _name in card.levels] == list(load(card.id).open_levels)
            assert card.level in dict(card.levels)
            assert not re.search(r"[A-ZÆØÅ]", card.text)
