"""A learner sets a pump, fills it and comes to it from tablets; the widget only shows it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.widgets.browser import send, shown

from pallkit.doses import read_dose, read_preparation
from pallkit.i18n import LANGUAGES, Language
from pallkit.opioids import Refusal, ratio_set
from pallkit.pump import Bolus, Program, Settings, program, start
from pallkit_widgets import PumpCalculator
from pallkit_widgets.pump_calculator.forms import MIXTURE, PART, PUMP, SECTIONS, START, empty

PUMP_FORM = empty("pump") | {
    "drug": "morphine",
    "dose": "144",
    "concentration": "10",
    "reservoir": "100",
    "bolus": "2",
    "lockout": "20",
}
THREE = [
    {"drug": "morphine", "amount": "60", "strength": "10"},
    {"drug": "midazolam", "amount": "10", "strength": "5"},
    {"drug": "haloperidol", "amount": "3", "strength": "5"},
]
MIXTURE_FORM = empty("mixture") | {"parts": THREE, "reservoir": "20", "hours": "24"}
START_FORM = empty("start") | {
    "doses": "morfin po 60 mg x 2\nmorfin po 20 mg ved behov, gitt 2",
    "to": "morphine",
    "sets": ["klb-2008", "nhs-ggc-2018"],
}


def ask(section: str, form: dict[str, Any], lang: str = "nb", **typed: Any) -> dict[str, Any]:
    return send(PumpCalculator(lang), {"type": section, "form": form | typed})


def pump(**typed: Any) -> Any:
    return ask("pump", PUMP_FORM, **typed)["answers"]["pump"]


def mixture(**typed: Any) -> Any:
    return ask("mixture", MIXTURE_FORM, **typed)["answers"]["mixture"]


def engine() -> Program:
    done = program(
        Settings(
            dose=read_dose("morfin sc 144 mg/d"),
            concentration=Decimal(10),
            reservoir=Decimal(100),
            bolus=Bolus(amount=Decimal(2), lockout=Decimal(20)),
        )
    )
    assert isinstance(done, Program)
    return done


def test_it_shows_what_the_engine_works_out() -> None:
    answer = pump()
    assert (answer["per_hour"], answer["rate"], answer["day"]) == ("6 mg/t", "0,6 mL/t", "14,4 mL")
    assert answer["button"]["most"] == "12 mg"
    assert answer["shortest"] == "83,3 t (3,5 døgn)"
    assert len(answer["steps"]) == len(engine().receipt.steps)
    assert answer["keeps"]["text"] == "ikke kjent"


def test_the_picture_of_the_pump_holds_the_whole_reservoir() -> None:
    picture = pump()["picture"]
    assert sum(layer["ml"] for layer in picture["layers"]) == pytest.approx(100)
    assert [layer["label"] for layer in picture["layers"]][-1] == "Døgn 1"
    assert "Igjen etter tre døgn 56,8 mL (568 mg)" in picture["text"]


@pytest.mark.parametrize(("reservoir", "layers"), [("10", 1), ("14,4", 1), ("20", 2), ("43,2", 3)])
def test_a_reservoir_that_is_soon_empty_has_no_days_left(reservoir: str, layers: int) -> None:
    assert len(pump(reservoir=reservoir)["picture"]["layers"]) == layers


def test_the_timelines_are_of_one_two_and_three_days() -> None:
    lines = pump()["timelines"]
    assert [line["span_h"] for line in lines] == [24, 48, 72]
    assert lines[0]["text"].startswith("På 24 t gir pumpen 144 mg uten boluser")


def test_a_pump_without_a_button_has_none_to_show() -> None:
    answer = pump(bolus="", lockout="")
    assert (answer["button"], answer["shortest"]) == (None, None)
    assert answer["timelines"][0]["presses"] == []


def test_a_named_product_keeps_as_long_as_its_source_says() -> None:
    form = {"drug": "hydromorphone", "concentration": "50", "product": "hydofon"}
    keeps = pump(**form, dose="24", bolus="0,1")["keeps"]
    assert (keeps["known"], keeps["hours"]) == (True, 48)
    assert keeps["source"].startswith("Felleskatalogen")


def test_a_refusal_is_an_answer_with_its_reason() -> None:
    answer = pump(bolus="24")
    assert answer["refusal"]["code"] == "rescue_as_bolus"
    assert pump(drug="methadone")["refusal"]["code"] == "locked"


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        pytest.param({"drug": ""}, "drug", "Velg et legemiddel", id="no drug"),
        pytest.param({"drug": "<b>"}, "drug", "Velg et legemiddel", id="a drug that is not ours"),
        pytest.param({"dose": ""}, "dose", "Skriv dosen", id="no dose"),
        pytest.param({"dose": "1.000"}, "dose", "to måter", id="two readings"),
        pytest.param({"dose": "0"}, "dose", "over 0", id="no mg"),
        pytest.param({"dose": "10 mg"}, "dose", "hvor ofte", id="one dose for 24 hours"),
        pytest.param({"concentration": ""}, "concentration", "konsentrasjon", id="no strength"),
        pytest.param({"concentration": "10 mg"}, "concentration", "konsentrasjon", id="mg alone"),
        pytest.param({"concentration": "0"}, "concentration", "over 0", id="water"),
        pytest.param({"reservoir": "100 mg"}, "reservoir", "volum", id="mg for mL"),
        pytest.param({"reservoir": "999999999"}, "reservoir", "skrivefeil", id="a lake"),
        pytest.param({"bolus": ""}, "bolus", "ett trykk", id="a lock-out without a bolus"),
        pytest.param({"bolus": "2 mL"}, "bolus", "mg", id="mL for mg"),
        pytest.param({"lockout": ""}, "lockout", "sperretid", id="a bolus without a lock-out"),
        pytest.param({"lockout": "tjue"}, "lockout", "tid", id="in words"),
        pytest.param({"limit": "12 mg/24 t"}, "limit", "60 minutter", id="a day for an hour"),
        pytest.param({"hours": "et døgn"}, "hours", "tid", id="a plan in words"),
        pytest.param({"lowest": "0,5 mL"}, "lowest", "hastighet", id="a volume for a rate"),
        pytest.param({"lowest": "2", "highest": "1"}, "lowest", "omvendt", id="swapped"),
        pytest.param({"product": "min-egen"}, "product", "preparat", id="no such product"),
        pytest.param({"dose": "010190 12345"}, "form", "11 siffer", id="an identity number"),
    ],
)
def test_a_fault_is_shown_at_its_field(typed: dict[str, str], field: str, says: str) -> None:
    view = ask("pump", PUMP_FORM, **typed)
    assert view["errors"]["pump"]["field"] == field
    assert says in view["errors"]["pump"]["text"]
    assert view["answers"]["pump"] is None
    assert view["q"] == ""


def test_a_mixture_is_added_up_and_drawn_to_scale() -> None:
    answer = mixture()
    assert (answer["drugs"], answer["fill_up"]) == ("8,6 mL", "11,4 mL")
    assert [layer["ml"] for layer in answer["picture"]["layers"]] == [6, 2, 0.6, 11.4]
    assert [verdict["verdict"] for verdict in answer["mixing"]] == ["compatible"]


def test_what_no_source_was_seen_for_is_not_known_and_never_allowed() -> None:
    answer = mixture(diluent="sodium-chloride-9")
    assert {one["verdict"] for one in answer["diluting"]} == {"not_known"}
    assert {one["text"] for one in answer["diluting"]} == {"ikke kjent"}
    assert any("betyr ikke at det kan blandes" in note["text"] for note in answer["notes"])


def test_what_a_source_forbids_is_refused() -> None:
    two = [
        {"drug": "cyclizine", "amount": "150", "strength": "50"},
        {"drug": "oxycodone", "amount": "60", "strength": "10"},
    ]
    assert mixture(parts=two)["refusal"]["code"] == "incompatible"
    assert mixture(reservoir="8")["refusal"]["code"] == "over_reservoir"


@pytest.mark.parametrize("bolus", ["0,4", "0,4 mL", "morfin 1,2 mg"])
def test_a_press_of_a_mixture_is_told_drug_by_drug(bolus: str) -> None:
    pressed = mixture(bolus=bolus, lockout="20")["pressed"]
    assert [one["text"] for one in pressed["shares"]] == ["1,2 mg", "0,2 mg", "0,06 mg"]


def test_a_press_that_is_refused_leaves_the_mixture_to_be_read() -> None:
    answer = mixture(bolus="4", lockout="20")
    assert answer["press_refusal"]["code"] == "rescue_as_bolus"
    assert answer["pressed"] is None
    assert answer["fill_up"] == "11,4 mL"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        pytest.param({"parts": [dict.fromkeys(PART, "")]}, "part-1-drug", id="nothing at all"),
        pytest.param({"parts": [*THREE, THREE[0]]}, "part-4-drug", id="a drug twice"),
        pytest.param({"parts": [THREE[0] | {"amount": "x"}]}, "part-1-amount", id="no number"),
        pytest.param(
            {"parts": [THREE[0], THREE[1] | {"strength": ""}]}, "part-2-strength", id="no strength"
        ),
        pytest.param({"parts": [THREE[0] | {"drug": "aspirin"}]}, "part-1-drug", id="no such drug"),
        pytest.param({"reservoir": ""}, "reservoir", id="no reservoir"),
        pytest.param({"diluent": "melk"}, "diluent", id="milk"),
        pytest.param({"bolus": "1", "lockout": ""}, "lockout", id="no lock-out"),
        pytest.param({"bolus": "2 mg", "lockout": "20"}, "bolus", id="mg of what?"),
        pytest.param({"bolus": "1", "lockout": "20", "hours": ""}, "hours", id="no rate"),
    ],
)
def test_a_fault_in_a_mixture_is_shown_at_its_field(typed: dict[str, Any], field: str) -> None:
    assert ask("mixture", MIXTURE_FORM, **typed)["errors"]["mixture"]["field"] == field


def test_an_empty_row_is_passed_over_and_keeps_the_others_numbers() -> None:
    rows = [dict.fromkeys(PART, ""), THREE[0] | {"amount": "x"}]
    view = ask("mixture", MIXTURE_FORM, parts=rows)
    assert view["errors"]["mixture"]["field"] == "part-2-amount"


def test_from_mouth_to_pump_is_shown_by_each_table() -> None:
    answer = ask("start", START_FORM)["answers"]["start"]
    done = start(
        [read_dose("morfin po 120 mg/d"), read_dose("morfin po 40 mg/d")],
        read_preparation("morfin sc"),
        ratio_set("klb-2008"),
    )
    assert not isinstance(done, Refusal)
    rows = {row["set"]["id"]: row for row in answer["rows"]}
    assert rows["klb-2008"]["spread"] == done.to_json("nb")["start"]["mg_per_24h"]
    assert (rows["klb-2008"]["day"], rows["nhs-ggc-2018"]["day"]) == ("53,3 mg/24 t", "80 mg/24 t")
    assert rows["klb-2008"]["label"] == "før reduksjon, ikke en startdose"
    assert answer["differ"] == "Det høyeste svaret er 1,5 ganger det laveste."


def test_a_table_that_is_not_for_switching_refuses_beside_those_that_answer() -> None:
    rows = ask("start", START_FORM, sets=["anzca-2021", "klb-2008"])["answers"]["start"]["rows"]
    assert [bool(row["refusal"]) for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        pytest.param({"doses": ""}, "doses", id="nothing written"),
        pytest.param({"doses": "morfin po 30 mg"}, "doses", id="how often is missing"),
        pytest.param({"doses": "morfin po 10 mg ved behov"}, "doses", id="nothing taken"),
        pytest.param({"to": ""}, "to", id="no drug"),
        pytest.param({"sets": []}, "sets", id="no table"),
        pytest.param({"sets": ["min-egen"]}, "sets", id="no such table"),
        pytest.param({"reduce": "litt"}, "reduce", id="a little"),
    ],
)
def test_a_fault_on_the_way_from_the_mouth_is_shown_at_its_field(
    typed: dict[str, Any], field: str
) -> None:
    assert ask("start", START_FORM, **typed)["errors"]["start"]["field"] == field


def test_another_language_answers_everything_again() -> None:
    widget = PumpCalculator()
    send(widget, {"type": "pump", "form": PUMP_FORM})
    send(widget, {"type": "mixture", "form": MIXTURE_FORM | {"reservoir": ""}})
    view = send(widget, {"type": "language", "lang": "en"})
    assert view["answers"]["pump"]["rate"] == "0.6 mL/h"
    assert view["errors"]["mixture"]["text"] == "Write what the reservoir holds."
    assert view["section"] == "mixture"


FORMS = {"pump": PUMP_FORM, "mixture": MIXTURE_FORM, "start": START_FORM}


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_line_in_the_address_brings_the_same_answer_back(section: Any, lang: Language) -> None:
    view = ask(section, FORMS[section], lang=lang)
    again = shown(PumpCalculator(lang, start=view["q"]))
    assert again["answers"][section] == view["answers"][section]
    assert again["section"] == section
    assert again["problem"] is None
    assert again["q"] == view["q"]


def test_a_link_is_written_in_the_readers_own_words_and_says_its_units() -> None:
    english = "pump=morphine 144 mg/d|strength=10 mg/mL|reservoir=100 mL|bolus=2 mg|lockout=20 min"
    assert ask("pump", PUMP_FORM, lang="en")["q"] == english
    norwegian = shown(PumpCalculator("nn", start=english))["q"]
    assert norwegian == (
        "pumpe=morfin 144 mg/d|konsentrasjon=10 mg/mL|reservoar=100 mL|bolus=2 mg|sperretid=20 min"
    )


@pytest.mark.parametrize(
    ("line", "section", "key", "value"),
    [
        ("pumpe=morfin 60 mg/d|styrke=10 mg/mL|reservoar=100 mL", "pump", "concentration", "10"),
        ("pump=morfin sc 60|strength=10|reservoir=100", "pump", "dose", "60"),
        ("pump=morfin 2,5 mg/t|strength=10|reservoir=100", "pump", "dose", "2,5 mg/t"),
        ("blanding=morfin 60 mg (10 mg/mL)|reservoar=20 mL", "mixture", "reservoir", "20"),
        ("munn=morfin po 30 mg x 2|til=morfin|tabell=klb-2008", "start", "to", "morphine"),
        ("oral=morfin po 30 mg x 2|to=morfin|sets=klb-2008|reduce=25 %", "start", "reduce", "25"),
        ("pump=morfin 60|strength=10|reservoir=100|lavest=0,1 mL/t", "pump", "lowest", "0,1"),
    ],
)
def test_a_line_can_be_written_by_hand(line: str, section: str, key: str, value: str) -> None:
    view = shown(PumpCalculator(start=line))
    assert view["forms"][section][key] == value
    assert view["answers"][section], view["errors"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param("tull", "begynne med", id="nothing of ours"),
        pytest.param("pump=morfin", "kunne ikke leses", id="no dose"),
        pytest.param("pump=morfin iv 60 mg/d", "vene", id="into a vein"),
        pytest.param("pump=aspirin 60 mg/d", "aspirin", id="a drug PallKit does not know"),
        pytest.param("pump=morfin 60 mg/d|farge=blå", "farge=blå", id="an unknown key"),
        pytest.param("pump=morfin 60 mg/d|dose=1", "dose=1", id="the dose twice"),
        pytest.param("mix=morfin 60 mg", "kunne ikke leses", id="no strength"),
        pytest.param("mix=", "legemidler", id="a mixture of nothing"),
        pytest.param("oral=morfin po 30 mg x 2|to=paracetamol", "paracet", id="no such target"),
        pytest.param("pump=morfin 60|strength=" + "1" * 900, "lengre enn", id="too long"),
        pytest.param("pump=morfin 01019012345", "11 siffer", id="an identity number"),
        pytest.param("oral=" + "a" * 700, "kunne ikke leses", id="a text too long for its field"),
    ],
)
def test_a_line_that_cannot_be_read_leaves_empty_forms_and_one_clear_line(
    line: str, says: str
) -> None:
    view = shown(PumpCalculator(start=line))
    assert says in view["problem"]
    assert view["forms"] == {section: empty(section) for section in SECTIONS}
    assert view["q"] == ""
    after = send(PumpCalculator(start=line), {"type": "pump", "form": PUMP_FORM})
    assert after["problem"] is None


def test_a_line_with_a_fault_in_a_field_keeps_what_it_says_and_shows_the_fault() -> None:
    view = shown(PumpCalculator(start="pump=morfin 60 mg/d|strength=svak|reservoir=100 mL"))
    assert view["errors"]["pump"]["field"] == "concentration"
    assert view["forms"]["pump"]["concentration"] == "svak"


@pytest.mark.parametrize(
    ("section", "form"),
    [
        pytest.param("pump", {}, id="no fields"),
        pytest.param("pump", PUMP_FORM | {"more": ""}, id="a field too many"),
        pytest.param("pump", PUMP_FORM | {"dose": 144}, id="a number"),
        pytest.param("pump", PUMP_FORM | {"dose": "1" * 61}, id="too long"),
        pytest.param("mixture", MIXTURE_FORM | {"parts": []}, id="no rows"),
        pytest.param("mixture", MIXTURE_FORM | {"parts": [THREE[0]] * 7}, id="too many rows"),
        pytest.param("mixture", MIXTURE_FORM | {"parts": [{"drug": "x"}]}, id="half a row"),
        pytest.param("mixture", MIXTURE_FORM | {"parts": [THREE[0] | {"drug": 1}]}, id="not text"),
        pytest.param("start", START_FORM | {"sets": [1]}, id="a number for a table"),
        pytest.param("start", START_FORM | {"sets": "klb-2008"}, id="a text for a list"),
    ],
)
def test_a_form_that_is_not_ours_is_refused(section: str, form: dict[str, Any]) -> None:
    view = send(PumpCalculator(), {"type": section, "form": form})
    assert view["errors"][section]["field"] == "form"
    assert "bug" not in view


FIGURES = st.from_regex(
    r"[0-9]{1,9}([.,][0-9]{1,8})? ?(mg|mL|min|t|µg|mg/mL|mg/24 t|%)?", fullmatch=True
)
WORDS = st.sampled_from(
    ["morphine", "fentanyl", "hydofon", "klb-2008", "glucose-50", "morfin 2 mg", "1e9", "NaN", "½"]
)
TYPED = st.text(max_size=20) | FIGURES | WORDS
PUMPS = st.fixed_dictionaries({}, optional=dict.fromkeys(PUMP, TYPED))
PARTS = st.lists(st.fixed_dictionaries(dict.fromkeys(PART, TYPED)), min_size=1, max_size=3)
MIXTURES = st.fixed_dictionaries({}, optional=dict.fromkeys(MIXTURE, TYPED) | {"parts": PARTS})
STARTS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(START, TYPED) | {"sets": st.lists(TYPED, max_size=3)}
)


@given(
    asked=st.tuples(st.just("pump"), PUMPS)
    | st.tuples(st.just("mixture"), MIXTURES)
    | st.tuples(st.just("start"), STARTS)
)
@example(asked=("pump", {"reservoir": "999999", "dose": "0,0001", "concentration": "999999"}))
@example(asked=("pump", {"reservoir": "0,000001", "dose": "999999", "concentration": "0,000001"}))
@example(asked=("pump", {"bolus": "0,000001", "lockout": "999999", "limit": "999999"}))
@example(asked=("mixture", {"bolus": "0,000001", "lockout": "999999 t"}))
def test_any_text_in_any_field_gives_an_answer_or_a_clear_refusal(asked: Any) -> None:
    section, typed = asked
    view = send(PumpCalculator(), {"type": section, "form": FORMS[section] | typed})
    answer, error = view["answers"][section], view["errors"][section]
    assert "bug" not in view
    assert bool(answer) != bool(error)
    if error:
        assert error["text"]
    elif answer["refusal"]:
        assert answer["refusal"]["message"]
        assert answer["refusal"]["remedy"]
    assert len(view["q"]) <= 800


@given(line=st.text(max_size=60) | st.from_regex(r"(pump|mix|oral)=[a-zæøå 0-9,;()|=/.]{0,60}"))
def test_any_text_in_the_address_gives_a_form_or_one_clear_line(line: str) -> None:
    view = shown(PumpCalculator(start=line))
    told = [view["problem"], *view["errors"].values(), *view["answers"].values()]
    assert not line or any(told)
