"""A learner asks the calculator; the engine answers, and the widget only shows it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.widgets.browser import send, shown
from tests.widgets.calculator_form import EMPTY, NEEDED, OXYCODONE, PATCH, ask, form, percent, row

from pallkit.doses import read_dose, read_preparation
from pallkit.opioids import Conversion, Omeq, convert, omeq, ratio_set, read_reduction
from pallkit_widgets import OpioidCalculator


def engine(*doses: str, to: str, reduce: str | None = None) -> Conversion:
    reduction = None if reduce is None else read_reduction(reduce)
    done = convert(
        [read_dose(dose) for dose in doses],
        read_preparation(to),
        ratio_set("helsedirektoratet"),
        reduction,
    )
    assert isinstance(done, Conversion)
    return done


def test_it_shows_what_the_engine_counts() -> None:
    doses = [read_dose("oksykodon po 20 mg x 2"), read_dose("fentanyl plaster 25 µg/t")]
    counted = omeq(doses, ratio_set("helsedirektoratet"))
    assert isinstance(counted, Omeq)
    result = ask(OXYCODONE, PATCH)["result"]
    assert result["oral_morphine"] == counted.to_json("nb")["oral_morphine"]
    assert len(result["steps"]) == len(counted.receipt.steps)


def test_it_shows_what_the_engine_converts_and_that_it_is_no_start_dose() -> None:
    result = ask(OXYCODONE, to="morphine oral")["result"]
    expected = engine("oksykodon po 20 mg x 2", to="morfin po").to_json("nb")
    assert result["target"] == expected["target"]
    assert result["label"] == "før reduksjon, ikke en startdose"
    assert result["strengths"] is None


@pytest.mark.parametrize(
    ("reduce", "as_text"),
    [
        pytest.param(percent("50"), "50 %", id="a percentage"),
        pytest.param(percent("50 %"), "50 %", id="with its sign"),
        pytest.param(percent("12,5"), "12,5 %", id="a decimal comma"),
        pytest.param(
            {"kind": "rule", "number": "", "rule": "nhs-ggc-2018"}, "nhs-ggc-2018", id="a rule"
        ),
    ],
)
def test_a_reduction_is_the_learner_s_own(reduce: dict[str, str], as_text: str) -> None:
    result = ask(OXYCODONE, to="morphine oral", reduce=reduce)["result"]
    expected = engine("oksykodon po 20 mg x 2", to="morfin po", reduce=as_text).to_json("nb")
    assert result["target"] == expected["target"]
    assert result["label"] != "før reduksjon, ikke en startdose"


def test_every_step_names_its_source_in_words() -> None:
    result = ask(OXYCODONE, to="morphine oral", reduce=percent("25"))["result"]
    *steps, last = result["steps"]
    assert all(step["source"].startswith("Helsedirektoratet: ") for step in steps)
    assert last["source"] == "valgt av deg"


def test_a_refusal_is_an_answer_with_its_reason_and_the_table_s_purpose() -> None:
    result = ask(OXYCODONE, to="morphine subcutaneous")["result"]
    assert result["refusal"]["code"] == "not_in_set"
    assert result["target"] is None
    assert "main" not in result
    assert result["ratio_set"]["not_for"]


def test_methadone_is_locked_and_the_sources_say_why() -> None:
    result = ask(row("methadone", "oral", "10 mg x 3"))["result"]
    assert result["refusal"]["code"] == "locked"
    assert "Metadon" in [note["title"] for note in result["notes"]]


# --- The rows ------------------------------------------------------------------------------------


def test_doses_as_needed_count_as_often_as_they_were_given() -> None:
    result = ask(row("morphine", "oral", "30 mg x 2"), NEEDED)["result"]
    assert result["main"]["amount"] == "90 mg/24 t"
    assert result["given"][1] == "morfin po 10 mg ved behov, gitt 3 ganger siste døgn"


def test_a_dose_as_needed_that_nobody_took_counts_nothing() -> None:
    unused = {**NEEDED, "given": "0"}
    assert ask(OXYCODONE, unused)["result"]["main"] == ask(OXYCODONE)["result"]["main"]
    assert ask(unused)["error"]["field"] == "row-1-given"


def test_a_patch_is_its_rate_and_may_say_how_often_it_is_changed() -> None:
    result = ask(row("fentanyl", "transdermal", "12", change="72"))["result"]
    assert result["given"] == ["fentanyl plaster 12 µg/t skiftes hver 72. time"]
    assert any("12,5 µg/t" in step["text"] for step in result["steps"])


def test_a_mixture_is_written_with_its_strength() -> None:
    result = ask(row("morphine", "oral", "2 mg/mL 5 mL x 4"))["result"]
    assert result["main"]["amount"] == "40 mg/24 t"


def test_a_trade_name_is_the_drug_it_holds() -> None:
    brand = row("brand:Reltebon", "oral", "20 mg x 2")
    assert ask(brand)["result"]["main"] == ask(OXYCODONE)["result"]["main"]


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        pytest.param({"dose": "1.000 mg x 2"}, "row-1-dose", "to måter", id="two readings"),
        pytest.param({"dose": "20 mg"}, "row-1-dose", "hvor ofte", id="how often is missing"),
        pytest.param({"dose": ""}, "row-1-dose", "Skriv en dose", id="no dose"),
        pytest.param({"dose": "5 mL x 4"}, "row-1-dose", "styrke", id="no strength"),
        pytest.param({"route": ""}, "row-1-route", "Velg hvordan", id="no route"),
        pytest.param({"drug": ""}, "row-1-drug", "Velg legemiddel", id="no drug"),
        pytest.param({"route": "øret"}, "row-1-drug", "fra listene", id="an unknown route"),
        pytest.param({"drug": "<b>"}, "row-1-drug", "fra listene", id="an unknown drug"),
        pytest.param({"drug": "brand:X"}, "row-1-drug", "fra listene", id="an unknown brand"),
        pytest.param(
            {"use": "as_needed", "given": "3"}, "row-1-dose", "én dose", id="as needed, twice a day"
        ),
        pytest.param(
            {"dose": "5 mg", "use": "as_needed"}, "row-1-given", "hvor mange", id="given how often"
        ),
        pytest.param(
            {"dose": "5 mg", "use": "as_needed", "given": "2,5"},
            "row-1-given",
            "hvor mange",
            id="given two and a half times",
        ),
        pytest.param({"dose": "010190 12345"}, "form", "11 siffer", id="identity"),
    ],
)
def test_a_fault_is_shown_at_its_field(given: dict[str, str], field: str, says: str) -> None:
    view = ask({**OXYCODONE, **given})
    assert view["error"]["field"] == field
    assert says in view["error"]["text"]
    assert view["result"] is None


@pytest.mark.parametrize("change", ["ofte", "0", "72,5", "400"])
def test_an_odd_interval_of_a_patch_is_a_fault_in_its_own_field(change: str) -> None:
    assert ask({**PATCH, "change": change})["error"]["field"] == "row-1-change"


def test_a_fault_in_the_second_row_is_shown_there() -> None:
    assert ask(OXYCODONE, {**PATCH, "dose": "25 mg"})["error"]["field"] == "row-2-dose"


def test_an_empty_row_is_passed_over() -> None:
    assert ask(OXYCODONE, EMPTY)["result"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        pytest.param({"table": ""}, "table", id="no table"),
        pytest.param({"table": "../x"}, "table", id="no such table"),
        pytest.param({"to": "morphine"}, "to", id="no route to change to"),
        pytest.param({"to": "morphine oral", "reduce": percent("")}, "reduction", id="no %"),
        pytest.param({"to": "morphine oral", "reduce": percent("100")}, "reduction", id="all"),
        pytest.param(
            {"to": "morphine oral", "reduce": {"kind": "rule", "number": "", "rule": "min-egen"}},
            "reduction",
            id="no such rule",
        ),
        pytest.param(
            {"to": "morphine oral", "reduce": {"kind": "?", "number": "", "rule": ""}},
            "reduction",
            id="nothing said",
        ),
        pytest.param({"gfr": "lav"}, "gfr", id="renal function in words"),
        pytest.param({"gfr": "0"}, "gfr", id="no renal function"),
        pytest.param({"rescue": {"rule": "min-egen", "of": ""}}, "rescue", id="no such rescue"),
        pytest.param({"rescue": {"rule": "one-sixth", "of": "?"}}, "rescue", id="of no drug"),
    ],
)
def test_a_fault_elsewhere_is_shown_at_its_field(asked: dict[str, Any], field: str) -> None:
    assert ask(OXYCODONE, **asked)["error"]["field"] == field


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"rows": ["oxycodone"]}, id="texts for rows"),
        pytest.param({"rows": [{"drug": "oxycodone"}]}, id="keys missing"),
        pytest.param({"rows": [{**OXYCODONE, "dose": 20}]}, id="a number"),
        pytest.param({"rows": [OXYCODONE] * 9}, id="too many rows"),
        pytest.param({"flags": ["rik"]}, id="an unknown flag"),
        pytest.param({"flags": "frail"}, id="a text for flags"),
        pytest.param({"reduce": None}, id="no reduction"),
        pytest.param({"gfr": 40}, id="a number for a text"),
        pytest.param({"more": ""}, id="a key too many"),
    ],
)
def test_a_form_that_is_not_ours_is_refused(given: dict[str, Any]) -> None:
    message = {"type": "calculate", "form": form(OXYCODONE) | given}
    assert send(OpioidCalculator(), message)["error"]["field"] == "form"


def test_every_preparation_listed_can_be_asked_about() -> None:
    view = shown(OpioidCalculator())
    for drug in view["drugs"]:
        for route in drug["routes"]:
            answer = ask(row(drug["id"], route["id"], "25" if route["patch"] else "10 mg x 2"))
            assert answer["error"] is None, (drug, route, answer["error"])


def test_another_language_answers_the_same_again() -> None:
    widget = OpioidCalculator()
    before = send(widget, {"type": "calculate", "form": form(OXYCODONE)})["result"]
    view = send(widget, {"type": "language", "lang": "nn"})
    assert view["labels"]["calculate"] == "Rekn ut"
    assert view["result"]["oral_morphine"] == before["oral_morphine"]


# --- What stands beside an answer ----------------------------------------------------------------


def test_a_reduced_answer_is_rounded_down_to_strengths_that_exist() -> None:
    morphine = row("morphine", "oral", "30 mg x 3")
    result = ask(morphine, to="oxycodone oral", reduce=percent("25"))["result"]
    assert result["main"]["amount"] == "45 mg/24 t"
    (line,) = result["strengths"]["lines"]
    assert "20 mg, 2 ganger i døgnet" in line["text"]
    assert line["source"].startswith("Felleskatalogen: ")


def test_an_injection_is_drawn_from_ampoules_that_exist() -> None:
    rule = {"kind": "rule", "number": "", "rule": "nord-norge-2024"}
    morphine = row("morphine", "oral", "150 mg x 2")
    result = ask(morphine, table="klb-2008", to="morphine subcutaneous", reduce=rule)["result"]
    (line,) = result["strengths"]["lines"]
    assert line["text"] == "50 mg er 5 mL av 10 mg/mL: 5 ampuller à 1 mL"


def test_strengths_that_nobody_has_seen_are_not_made_up() -> None:
    result = ask(OXYCODONE, to="morphine oral", reduce=percent("25"))["result"]
    assert result["strengths"] == {"lines": [], "none": True}


@pytest.mark.parametrize(
    ("asked", "amount"),
    [
        pytest.param({}, "6,67 mg", id="of what is given now"),
        pytest.param({"to": "morphine oral"}, "10 mg", id="of what is changed to"),
        pytest.param(
            {"to": "morphine oral", "reduce": percent("50")}, "5 mg", id="after the reduction"
        ),
    ],
)
def test_a_rescue_dose_is_a_named_rule_s_part_of_the_regular_dose(
    asked: dict[str, Any], amount: str
) -> None:
    rescue = ask(OXYCODONE, **asked, rescue={"rule": "one-sixth", "of": ""})["result"]["rescue"]
    assert rescue["amount"].split(" (")[0].split(" mg")[0] + " mg" == amount
    assert rescue["steps"]


def test_a_rescue_dose_for_a_patch_goes_by_the_table_s_own_equivalent() -> None:
    sixth = {"rule": "one-sixth", "of": "morphine oral"}
    rescue = ask(PATCH, rescue=sixth)["result"]["rescue"]
    assert rescue["name"] == "morfin po"
    assert len(rescue["steps"]) > 1
    assert ask(PATCH, rescue={"rule": "one-sixth", "of": ""})["error"]["field"] == "rescue"


def titles(**more: Any) -> dict[str, list[str]]:
    result = ask(row("morphine", "oral", "30 mg x 2"), **more)["result"]
    return {note["title"]: [one["text"] for one in note["says"]] for note in result["notes"]}


def test_a_situation_that_is_ticked_brings_its_notes() -> None:
    assert "Bilkjøring" not in titles()
    assert "Bilkjøring" in titles(flags=["driving"])


def test_sources_that_differ_on_the_kidneys_stand_side_by_side() -> None:
    says = titles(gfr="40")["Nyrer"]
    assert any("under 60" in text for text in says)
    assert any("under 50" in text for text in says)
    assert any("under 30" in text for text in says)
    assert "Nyrer" not in titles(gfr="90")


def test_every_note_has_a_title_and_names_who_says_it() -> None:
    flags = ["renal", "liver", "frail", "naive", "driving", "increase", "dying"]
    patch = row("fentanyl", "transdermal", "100")
    notes = ask(patch, NEEDED, to="morphine oral", flags=flags)["result"]["notes"]
    assert all(one["sources"][0]["name"] for note in notes for one in note["says"])
    assert len({note["title"] for note in notes}) == len(notes) >= 10
