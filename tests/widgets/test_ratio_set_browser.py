"""A reader among the tables: opens, searches, compares; what is shown is the tables' own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.widgets.browser import send, shown

from pallkit.doses import Preparation, Quantity, drugs, preparation_text
from pallkit.doses.structuring import structure
from pallkit.errors import ContentError
from pallkit.i18n import LANGUAGES, Language, Words
from pallkit.opioids import Omeq, RatioSet, Refusal, Row, flaws, omeq, ratio_set, ratio_set_ids
from pallkit_widgets import RatioSetBrowser
from pallkit_widgets.ratio_set_browser import shelf as shelf_module
from pallkit_widgets.ratio_set_browser.across import across_view
from pallkit_widgets.ratio_set_browser.address import Place, read_place, write_place
from pallkit_widgets.ratio_set_browser.rows import rows_view
from pallkit_widgets.ratio_set_browser.shelf import fill_shelf, locked

HDIR = "helsedirektoratet"
ROW = {"drug": "oxycodone", "routes": ["oral"], "unit": "mg/24 h", "direction": "both", "ratio": 2}


def at(start: str = "", lang: Language = "nb") -> dict[str, Any]:
    return shown(RatioSetBrowser(lang, start=start))


def test_every_table_has_a_card_that_says_who_for_what_and_how_it_was_read() -> None:
    cards = {card["id"]: card for card in at()["cards"]}
    assert set(cards) == set(ratio_set_ids())
    klb = cards["klb-2008"]
    assert klb["made_for"]["text"] == "Laget for å bytte opioid"
    assert klb["seen"]["text"] == "Lest fra kopi"
    assert "KLB" in klb["publisher"]
    assert all(card["purpose"] and card["date"] for card in cards.values())


@pytest.mark.parametrize("set_id", ratio_set_ids())
def test_a_table_is_shown_row_by_row_as_it_stands(set_id: str) -> None:
    table = ratio_set(set_id)
    view = at(f"set={set_id}|methadone=show")["set"]
    assert [row["number"] for row in view["rows"]] == list(range(1, len(table.rows) + 1))
    for row, seen in zip(table.rows, view["rows"], strict=True):
        if row.ratio is not None:
            assert seen["point"] == str(row.ratio).replace(".", ",")
        if row.printed is not None:
            assert str(row.printed.dose).replace(".", ",") in seen["printed"]
        if row.band is not None:
            assert str(row.band.low) in seen["band"]
        assert bool(seen["drawn"]) == (row.low is not None and row.low != row.high)
        assert seen["direction"]


def test_a_quotient_of_a_printed_pair_is_never_made_up() -> None:
    oxycodone = at("set=bnfc-2018")["set"]["rows"][9]
    assert (oxycodone["printed"], oxycodone["point"]) == ("6,6 mg = 10 mg", "")


def test_a_table_says_what_it_is_not_for_whose_it_is_and_that_nobody_has_signed() -> None:
    view = at(f"set={HDIR}")["set"]
    facts = {fact["name"]: fact["text"] for fact in view["facts"]}
    assert "kreft" in facts["Ikke for"]
    assert "Helsedirektoratets" in facts["Rettigheter"]
    assert "50 %" in facts["Lavere start, ifølge samme kilde"]
    assert view["draft"].startswith("Utkast")
    assert [source["url"][:8] for source in view["sources"]] == ["https://"]


@pytest.mark.parametrize("set_id", ratio_set_ids())
def test_every_finding_is_told_with_what_it_means(set_id: str) -> None:
    view = at(f"set={set_id}|methadone=show")["set"]
    assert len(view["findings"]) == len(flaws(ratio_set(set_id)))
    assert view["findings_hidden"] == ""
    assert all(one["title"] and one["text"] and one["meaning"] for one in view["findings"])


def test_methadone_is_shown_only_when_asked_for() -> None:
    widget = RatioSetBrowser(start=f"set={HDIR}")
    before = shown(widget)["set"]
    assert before["hidden"] == 5
    assert "metadon" not in {row["drug"] for row in before["rows"]}
    assert not any("metadon" in one["text"] for one in before["findings"])
    assert before["findings_hidden"].endswith(": 8")
    after = send(widget, {"type": "methadone", "shown": True})["set"]
    assert next(row["band"] for row in after["rows"] if row["locked"]) == "30–89"
    assert any("17,8" in one["text"] and "15" in one["text"] for one in after["findings"])


def test_methadone_is_compared_only_when_asked_for() -> None:
    widget = RatioSetBrowser(start="drug=metadon po")
    hidden = shown(widget)["drug"]
    assert (hidden["hidden"], hidden["shown"]) == (True, None)
    assert not any("metadon" in option["label"] for option in hidden["options"])
    view = send(widget, {"type": "methadone", "shown": True})["drug"]
    assert {lane["id"] for lane in view["shown"]["lanes"]} == {"cdc-2022", HDIR}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("kodein", "kodein"),
        ("N02AB03", "fentanyl"),
        ("Durogesic", "fentanyl"),
        ("hydrom", "hydromorfon"),
        ("Codeine po", "kodein"),
    ],
)
def test_a_drug_is_found_by_any_name(name: str, expected: str) -> None:
    view = send(RatioSetBrowser(), {"type": "find", "text": name})
    assert view["found"]["text"].startswith(expected)
    assert 0 < len(view["cards"]) < len(ratio_set_ids())
    opened = at(f"find={name}|set={HDIR}")["set"]["rows"]
    assert {row["drug"] for row in opened} == {expected}


def test_a_drug_nobody_knows_is_told_with_near_names_and_nothing_is_lost() -> None:
    widget = RatioSetBrowser(start=f"set={HDIR}")
    view = send(widget, {"type": "find", "text": "oksykodn"})
    assert view["error"]["field"] == "find"
    assert "oksykodon" in view["error"]["text"]
    assert view["set"]["id"] == HDIR
    assert send(widget, {"type": "find", "text": ""})["error"] is None


def test_codeine_in_every_table_shows_that_they_disagree() -> None:
    shown_ = at("drug=kodein po")["drug"]["shown"]
    figures = {lane["id"]: lane["text"] for lane in shown_["lanes"]}
    assert figures == {
        "bnfc-2018": "0,1",
        HDIR: "0,1 (0,05–0,15)",
        "anzca-2021": "0,13",
        "cdc-2022": "0,15",
    }
    assert shown_["summary"][0].endswith("Det høyeste er 3 ganger det laveste.")
    assert shown_["summary"][1] == (
        "Da er 300 mg/24 t det samme som 15 mg oral morfin/24 t etter det laveste tallet, og "
        "45 mg etter det høyeste."
    )


def test_fentanyl_patches_are_compared_in_one_unit_and_the_survey_only_tells() -> None:
    lanes = {lane["id"]: lane for lane in at("drug=fentanyl plaster")["drug"]["shown"]["lanes"]}
    assert lanes[HDIR]["text"] == "2,4"  # 100 mg a mg, and 0.024 mg in 24 hours
    assert lanes["uppsala-2020"]["text"] == "1,8–2,4"
    assert len(lanes["uppsala-2020"]["parts"]) == 4
    assert lanes["reddy-2022-survey"]["survey"]
    assert lanes["health-canada-fentanyl"]["mark"]


def everything() -> Iterator[tuple[Preparation, RatioSet]]:
    shelf = fill_shelf()
    yield from itertools.product(shelf.preparations(methadone=True), shelf.tables.values())


def test_every_figure_across_is_what_the_engine_counts() -> None:
    compared = 0
    for preparation, table in everything():
        view = across_view(preparation, [table], "en") if table.rows_of(preparation) else None
        one = Quantity(Decimal(1), preparation.measure.unit, preparation.measure.per)
        counted = omeq([_dose(preparation, one)], table)
        if view is None or isinstance(counted, Refusal):
            continue
        assert isinstance(counted, Omeq)
        assert view["lanes"][0]["text"] == str(counted.oral_morphine.message)
        compared += 1
    assert compared > 40


def _dose(preparation: Preparation, one: Quantity) -> Any:
    from pallkit.doses import Dose  # noqa: PLC0415  # the patch of 1 µg/h is nobody's

    return Dose(preparation, one)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_drug_can_be_looked_up_and_lies_on_its_axis(lang: Language) -> None:
    widget = RatioSetBrowser(lang)
    view = send(widget, {"type": "methadone", "shown": True})
    view = send(widget, {"type": "tab", "tab": "drug"})
    assert len(view["drug"]["options"]) == len(fill_shelf().preparations(methadone=True))
    for option in view["drug"]["options"]:
        shown_ = send(widget, {"type": "drug", "drug": option["id"]})["drug"]["shown"]
        assert shown_["summary"]
        for lane in shown_["lanes"]:
            for part in lane["parts"]:
                places = [part["low"], part["point"] or part["low"], part["high"]]
                assert 0 < min(places) <= max(places) < 1
        assert len(shown_["ticks"]) >= 2


@pytest.mark.parametrize(
    "start",
    [
        "set=klb-2008",
        "find=kodein",
        "find=kodein|set=helsedirektoratet",
        "drug=fentanyl plaster",
        "drug=",
        "set=cdc-2022|drug=metadon po|methadone=show",
        "",
    ],
)
def test_an_address_leads_back_to_where_it_came_from(start: str) -> None:
    assert at(start)["q"] == start
    assert at(start)["notices"] == []


def test_an_address_by_hand_may_be_a_drug_alone_and_in_another_language() -> None:
    assert at("kodein")["q"] == "find=kodein"
    assert at("drug=fentanyl patch", "nn")["q"] == "drug=fentanyl plaster"


@pytest.mark.parametrize(
    ("start", "says"),
    [
        ("set=tull", "ingen tabell «tull»"),
        ("drug=sukker po", "sukker"),
        ("drug=morfin po", "Ingen tabell"),
        ("vis=alt", "vis=alt"),
        ("find=" + "x" * 61, "for langt"),
        ("x" * 801, "for lang"),
        ("find=01019012345", "11 siffer"),
        ("set=<script>", "<script>"),
    ],
)
def test_an_address_that_cannot_be_read_leaves_the_list_and_one_line(start: str, says: str) -> None:
    view = at(start)
    assert [says in notice for notice in view["notices"]] == [True]
    assert len(view["cards"]) == len(ratio_set_ids())
    assert view["q"] == ""


@given(
    st.text(max_size=40)
    | st.lists(
        st.sampled_from(
            [
                "set=",
                "drug=",
                "find=",
                "methadone=show",
                "|",
                "kodein",
                "klb-2008",
                "fentanyl td",
                "=",
            ]
        )
    ).map("".join)
)
def test_any_address_gives_a_page_and_its_own_address_back(start: str) -> None:
    view = at(start)
    assert "bug" not in view
    assert at(view["q"])["q"] == view["q"]


KINDS = ["tab", "open", "drug", "find", "methadone", "language"]
KEYS = ["set", "drug", "text", "shown", "tab", "lang"]
VALUES = st.text(max_size=20) | st.booleans() | st.sampled_from(["klb-2008", "kodein po", "drug"])
MESSAGE = st.tuples(st.sampled_from(KINDS), st.sampled_from(KEYS), VALUES).map(
    lambda parts: {"type": parts[0], parts[1]: parts[2]}
)


@given(messages=st.lists(MESSAGE, max_size=6))
def test_whatever_a_browser_sends_is_shown_calmly_or_ignored(messages: list[object]) -> None:
    widget = RatioSetBrowser()
    for message in messages:
        assert "bug" not in send(widget, message)


@pytest.mark.parametrize(
    "message",
    [
        {"type": "open", "set": "tull"},
        {"type": "drug", "drug": "morfin po"},
        {"type": "drug", "drug": "10 mg"},
    ],
)
def test_a_message_about_what_is_not_here_moves_nobody(message: dict[str, str]) -> None:
    widget = RatioSetBrowser(start="set=klb-2008")
    view = send(widget, message)
    assert view["error"]["field"] == "page"
    assert view["set"]["id"] == "klb-2008"


def test_another_language_says_the_same_place_again() -> None:
    widget = RatioSetBrowser(start="drug=kodein po")
    view = send(widget, {"type": "language", "lang": "en"})
    assert view["q"] == "drug=codeine po"
    assert "0.15" in view["drug"]["shown"]["summary"][0]


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> RatioSet:
    table = replace(ratio_set("bnfc-2018"), id="sykehuset", title="Vår egen", local=True)
    monkeypatch.setattr(shelf_module, "added_ratio_sets", lambda: (table,))
    return table


def test_a_table_that_was_added_here_says_that_it_is_for_practice(own: RatioSet) -> None:
    card = next(card for card in at()["cards"] if card["id"] == own.id)
    assert card["local"] == "øvingstabell"
    assert any("øvingstabell" in line for line in at(f"set={own.id}")["set"]["warnings"])
    lanes = at("drug=kodein po")["drug"]["shown"]["lanes"]
    assert {"øvingstabell"} == {lane["mark"] for lane in lanes if lane["local"]}


def test_an_added_table_that_cannot_be_read_takes_no_other_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> tuple[RatioSet, ...]:
        raise ContentError(at_fault)

    at_fault = flaws(ratio_set(HDIR))[0].message
    monkeypatch.setattr(shelf_module, "added_ratio_sets", broken)
    view = at()
    assert len(view["cards"]) == len(ratio_set_ids())
    assert "pallkit sets check" in view["notices"][0]


def test_a_link_is_never_anything_but_a_web_address(monkeypatch: pytest.MonkeyPatch) -> None:
    table = replace(
        ratio_set("bnfc-2018"), id="x", source="x", address="javascript:alert(1)", local=True
    )
    monkeypatch.setattr(shelf_module, "added_ratio_sets", lambda: (table,))
    assert at("set=x")["set"]["sources"][0]["url"] == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_place_can_be_written_and_read(lang: Language) -> None:
    shelf = fill_shelf()
    for preparation in shelf.preparations(methadone=True):
        place = Place(tab="drug", drug=preparation, methadone=locked(preparation.drug))
        assert read_place(write_place(place, lang), shelf) == place
    for known in drugs().values():
        assert write_place(Place(find=known.names[0]), lang) == f"find={known.names[0]}"
    assert preparation_text(preparation, lang)


@pytest.mark.parametrize(
    ("lang", "figure"), [("nb", "0,1 = 25"), ("nn", "0,1 = 25"), ("en", "0.1 = 25")]
)
def test_a_note_of_a_row_is_read_in_every_language(lang: Language, figure: str) -> None:
    rows = at("set=helsedirektoratet", lang)["set"]["rows"]
    told = [note for row in rows for note in row["notes"]]
    assert any(figure in note for note in told)
    assert sum("13,5" in note or "13.5" in note for note in told) == 1


def test_a_note_in_english_alone_is_not_shown_to_others() -> None:
    plain = structure({**ROW, "note": "Seen in a copy."}, Row, where="x")
    both = structure({**ROW, "note": {"nb": "a", "nn": "b", "en": "c"}}, Row, where="x")
    assert (plain.note, both.note) == ("Seen in a copy.", Words("a", "b", "c"))
    table = replace(ratio_set("klb-2008"), rows=(plain, both))
    shown_notes = {
        lang: [
            row["notes"]
            for row in rows_view(table, lang, methadone=False, only=frozenset())["rows"]
        ]
        for lang in LANGUAGES
    }
    assert shown_notes == {
        "nb": [[], ["a"]],
        "nn": [[], ["b"]],
        "en": [["Seen in a copy."], ["c"]],
    }
    with pytest.raises(ContentError, match="nn"):
        structure({**ROW, "note": {"nb": "a", "en": "c"}}, Row, where="x")
