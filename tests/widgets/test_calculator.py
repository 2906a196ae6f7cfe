"""A learner asks the calculator; the engine answers, and the widget only shows it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.widgets.browser import send, shown

from pallkit.doses import read_dose, read_preparation
from pallkit.opioids import Conversion, Omeq, convert, omeq, ratio_set, read_reduction
from pallkit_widgets import OpioidCalculator

OXYCODONE = {"drug": "oxycodone", "route": "oral", "dose": "20 mg x 2"}
PATCH = {"drug": "fentanyl", "route": "transdermal", "dose": "25 µg/t"}
NONE = {"kind": "none", "value": ""}


def ask(
    *rows: dict[str, str],
    to: str = "",
    table: str = "helsedirektoratet",
    reduce: dict[str, str] = NONE,
    lang: str = "nb",
) -> dict[str, Any]:
    message = {"type": "calculate", "rows": list(rows), "set": table, "to": to, "reduce": reduce}
    return send(OpioidCalculator(lang), message)


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


@pytest.mark.parametrize(
    ("reduce", "as_text"),
    [
        pytest.param({"kind": "number", "value": "50"}, "50 %", id="a percentage"),
        pytest.param({"kind": "number", "value": "50 %"}, "50 %", id="with its sign"),
        pytest.param({"kind": "rule", "value": "nhs-ggc-2018"}, "nhs-ggc-2018", id="a rule"),
    ],
)
def test_a_reduction_is_the_learner_s_own(reduce: dict[str, str], as_text: str) -> None:
    result = ask(OXYCODONE, to="morphine oral", reduce=reduce)["result"]
    expected = engine("oksykodon po 20 mg x 2", to="morfin po", reduce=as_text).to_json("nb")
    assert result["target"] == expected["target"]
    assert result["label"] != "før reduksjon, ikke en startdose"


def test_every_step_names_its_source_in_words() -> None:
    result = ask(OXYCODONE, to="morphine oral", reduce={"kind": "number", "value": "25"})["result"]
    *steps, last = result["steps"]
    assert all(step["source"].startswith("Helsedirektoratet: ") for step in steps)
    assert last["source"] == "valgt av deg"


def test_a_refusal_is_an_answer_with_its_reason_and_the_table_s_purpose() -> None:
    result = ask(OXYCODONE, to="morphine subcutaneous")["result"]
    assert result["refusal"]["code"] == "not_in_set"
    assert result["target"] is None
    assert "main" not in result
    assert result["ratio_set"]["not_for"]


def test_methadone_is_locked() -> None:
    methadone = {"drug": "methadone", "route": "oral", "dose": "10 mg x 3"}
    assert ask(methadone)["result"]["refusal"]["code"] == "locked"


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        pytest.param({**OXYCODONE, "dose": "1.000 mg x 2"}, "row-1", "to måter", id="two readings"),
        pytest.param(
            {**OXYCODONE, "dose": "20 mg"}, "row-1", "hvor ofte", id="how often is missing"
        ),
        pytest.param({**OXYCODONE, "dose": ""}, "row-1", "skriv en dose", id="no dose"),
        pytest.param({**OXYCODONE, "route": ""}, "row-1", "Velg legemiddel", id="no route"),
        pytest.param({**OXYCODONE, "route": "øret"}, "row-1", "fra listene", id="an unknown route"),
        pytest.param({**OXYCODONE, "drug": "<b>"}, "row-1", "fra listene", id="an unknown drug"),
        pytest.param({**OXYCODONE, "dose": "010190 12345"}, "form", "11 siffer", id="identity"),
    ],
)
def test_a_fault_is_shown_at_its_row(row: dict[str, str], field: str, says: str) -> None:
    view = ask(row)
    assert view["error"]["field"] == field
    assert says in view["error"]["text"]
    assert view["result"] is None


def test_a_fault_in_the_second_row_is_shown_there() -> None:
    assert ask(OXYCODONE, {**PATCH, "dose": "25 mg"})["error"]["field"] == "row-2"


def test_an_empty_row_is_passed_over() -> None:
    assert ask(OXYCODONE, {"drug": "", "route": "", "dose": ""})["result"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        pytest.param({"table": ""}, "table", id="no table"),
        pytest.param({"to": "morphine"}, "to", id="no route to change to"),
        pytest.param(
            {"to": "morphine oral", "reduce": {"kind": "number", "value": ""}},
            "reduction",
            id="no %",
        ),
        pytest.param(
            {"to": "morphine oral", "reduce": {"kind": "number", "value": "100"}},
            "reduction",
            id="all of it",
        ),
        pytest.param(
            {"to": "morphine oral", "reduce": {"kind": "rule", "value": "min-egen"}},
            "reduction",
            id="no such rule",
        ),
        pytest.param({"to": "morphine oral", "reduce": {}}, "reduction", id="nothing said"),
    ],
)
def test_a_fault_elsewhere_is_shown_at_its_field(asked: dict[str, Any], field: str) -> None:
    view = ask(OXYCODONE, **asked)
    assert view["error"]["field"] == field


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(["oxycodone"], id="texts"),
        pytest.param([{"drug": "oxycodone"}], id="keys missing"),
        pytest.param([{**OXYCODONE, "dose": 20}], id="a number"),
        pytest.param([OXYCODONE] * 9, id="too many"),
    ],
)
def test_a_form_that_is_not_ours_is_refused(rows: list[object]) -> None:
    message = {"type": "calculate", "rows": rows, "set": "x", "to": "", "reduce": NONE}
    assert send(OpioidCalculator(), message)["error"]["field"] == "form"


def test_every_preparation_listed_can_be_asked_about() -> None:
    view = shown(OpioidCalculator())
    for drug in view["drugs"]:
        for route in drug["routes"]:
            dose = "25 µg/t" if route["id"] == "transdermal" else "10 mg x 2"
            answer = ask({"drug": drug["id"], "route": route["id"], "dose": dose})
            assert answer["error"] is None, (drug, route, answer["error"])


def test_another_language_answers_the_same_again() -> None:
    widget = OpioidCalculator()
    message = {
        "type": "calculate",
        "rows": [OXYCODONE],
        "set": "helsedirektoratet",
        "to": "",
        "reduce": NONE,
    }
    before = send(widget, message)["result"]["oral_morphine"]
    view = send(widget, {"type": "language", "lang": "nn"})
    assert view["labels"]["calculate"] == "Rekn ut"
    assert view["result"]["oral_morphine"] == before
