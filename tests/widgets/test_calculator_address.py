"""The form in the page's address: written by hand, written by the calculator, read back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.widgets.browser import send, shown
from tests.widgets.calculator_form import EMPTY, NEEDED, OXYCODONE, ask, form, percent, row

from pallkit_widgets import OpioidCalculator
from pallkit_widgets.calculator.address import LONGEST, read_start, write_start
from pallkit_widgets.calculator.form import read_form

BY_HAND = (
    "morfin po 30 mg x 2;behov 3 morfin po 10 mg"
    "|set=helsedirektoratet|to=oksykodon po|reduce=25%|rescue=one-sixth|gfr=40|patient=frail,naive"
)


def opened(start: str, lang: str = "nb") -> dict[str, Any]:
    return shown(OpioidCalculator(lang, start=start))


def test_a_link_written_by_hand_fills_in_the_form_and_answers() -> None:
    view = opened(BY_HAND)
    assert view["form"]["rows"][1] == row("morphine", "oral", "10 mg", use="as_needed", given="3")
    assert view["form"]["flags"] == ["frail", "naive"]
    assert view["result"]["main"]["amount"] == "45 mg/24 t"
    assert view["result"]["rescue"]["amount"] == "7,5 mg"
    assert view["q"] == BY_HAND


@pytest.mark.parametrize(
    ("written", "dose"),
    [
        pytest.param("Morfin mikstur po 2 mg/mL 5 mL x 4", "2 mg/mL 5 mL x 4", id="a mixture"),
        pytest.param("dolcontin po 30 mg x 2", "30 mg x 2", id="a trade name"),
        pytest.param("N02AA03 po 4 mg x 2", "4 mg x 2", id="an ATC code"),
        pytest.param("morphine po 12,25 mg x 2", "12,25 mg x 2", id="a comma"),
        pytest.param("30 mg x 2 morfin po", "30 mg x 2", id="the drug last"),
        pytest.param("fentanyl plaster 25 µg/t skiftes hver 72. time", "25", id="a patch"),
        pytest.param("morfin po 10 mg ved behov, gitt 2 ganger", "10 mg", id="as needed, after"),
    ],
)
def test_a_drug_is_read_as_a_reader_types_it(written: str, dose: str) -> None:
    view = opened(f"{written}|set=helsedirektoratet")
    assert view["notice"] is None
    assert view["form"]["rows"][0]["dose"] == dose
    assert view["result"]


def test_a_link_can_open_as_a_task_or_as_a_comparison() -> None:
    task = opened(f"{BY_HAND}|mode=practice")
    assert task["practice"]
    assert task["result"] is None
    assert task["q"].endswith("|mode=practice")
    assert opened("oksykodon po 20 mg x 2|mode=compare")["comparison"]["answers"]


def test_a_link_without_a_table_only_fills_in_the_form() -> None:
    view = opened("oksykodon po 20 mg x 2")
    assert view["form"]["rows"][0]["drug"] == "oxycodone"
    assert view["result"] is view["error"] is view["notice"] is None


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param("tull", id="no dose"),
        pytest.param("|set=helsedirektoratet", id="no drug"),
        pytest.param("morfin po 10 mg x 2|farge=blå", id="an unknown setting"),
        pytest.param("morfin po 10 mg x 2|set", id="a setting with no value"),
        pytest.param("morfin po 10 mg x 2|mode=alt", id="an unknown mode"),
        pytest.param("morfin po 10 mg x 2|patient=rik", id="an unknown situation"),
        pytest.param("morfin po 10 mg x 2|to=sc", id="no drug to change to"),
        pytest.param("morfin po 10 mg x 2;" * 9, id="too many drugs"),
        pytest.param("morfin po 10 mg x 2" + " " * LONGEST, id="too long"),
        pytest.param("morfin po 10 mg x 2;01019012345", id="an identity number"),
    ],
)
def test_a_link_that_cannot_be_read_is_one_line_and_an_empty_form(bad: str) -> None:
    view = opened(bad)
    assert view["notice"].startswith("Lenken kunne ikke leses")
    assert "01019012345" not in str(view)
    assert view["form"]["rows"] == [EMPTY]
    assert view["result"] is view["error"] is None
    english = OpioidCalculator("nb", start=bad)
    assert send(english, {"type": "language", "lang": "en"})["notice"].startswith("The link")


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ("morfin po 10 mg x 2|set=finnes-ikke", "table"),
        ("morfin po 10 mg x 2|set=helsedirektoratet|gfr=lav", "gfr"),
        ("morfin po 10 mg x 2|set=helsedirektoratet|to=oksykodon po|reduce=100", "reduction"),
        ("morfin po 10 mg x 2|set=helsedirektoratet|rescue=min-egen", "rescue"),
    ],
)
def test_a_field_of_a_link_that_cannot_be_used_keeps_the_rest(bad: str, field: str) -> None:
    view = opened(bad)
    assert view["error"]["field"] == field
    assert view["form"]["rows"][0]["dose"] == "10 mg x 2"


FORMS = [
    form(OXYCODONE, NEEDED),
    form(row("brand:Durogesic", "transdermal", "25", change="72"), to="morphine oral"),
    form(row("morphine", "oral", "2 mg/mL 5 mL x 4"), to="oxycodone oral", reduce=percent("12,5")),
    form(
        OXYCODONE,
        to="fentanyl transdermal",
        reduce={"kind": "rule", "number": "", "rule": "nord-norge-2024"},
        rescue={"rule": "one-sixth", "of": "morphine oral"},
        gfr="45,5",
        flags=["frail", "dying"],
    ),
]


@pytest.mark.parametrize("raw", FORMS)
@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_what_is_written_is_read_back_as_the_same_question(raw: dict[str, Any], lang: Any) -> None:
    asked = send(OpioidCalculator(lang), {"type": "calculate", "form": raw})
    again = opened(asked["q"], lang)
    assert again["notice"] is again["error"] is None
    assert again["result"] == asked["result"]
    assert again["q"] == asked["q"]
    assert len(asked["q"]) <= LONGEST


def test_an_address_is_the_same_question_in_every_language() -> None:
    text = write_start(read_form(form(OXYCODONE, NEEDED)), "calculate", "en")
    assert text == "oxycodone po 20 mg x 2;as needed 3 morphine po 10 mg|set=helsedirektoratet"
    assert read_start(text).form.rows[0].drug == "oxycodone"


# --- Anything at all ------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["morfin", "po", "10", "mg", "x", "2", ";", "|", "=", "set=", "to=", "reduce=", "%", "behov",
     "µg/t", "plaster", "skiftes hver", "72", "t", "mL", "-", "1.000", "<b>", "0", "mode=practice",
     "helsedirektoratet", "rescue=one-sixth", "gfr=", "patient=", "\n", "\x00", "٣", ","]
)  # fmt: skip
TEXTS = st.text(max_size=60) | st.lists(PIECES, max_size=12).map(" ".join)


@given(start=TEXTS)
def test_any_link_gives_an_answer_a_form_or_one_line(start: str) -> None:
    view = opened(start)
    assert "bug" not in view
    assert view["form"]["rows"]


FIELDS = ["drug", "route", "dose", "given", "change", "use", "set", "to", "number", "rule", "kind",
          "rescue", "of", "gfr"]  # fmt: skip


@given(
    field=st.sampled_from(FIELDS),
    text=TEXTS,
    base=st.sampled_from(FORMS),
    kind=st.sampled_from(["calculate", "compare", "practice"]),
    answer=TEXTS,
)
def test_any_text_in_any_field_gives_an_answer_or_a_clear_refusal(
    field: str, text: str, base: dict[str, Any], kind: str, answer: str
) -> None:
    raw = {**base, "rows": [dict(one) for one in base["rows"]]}
    raw |= {"reduce": dict(base["reduce"]), "rescue": dict(base["rescue"])}
    if field in raw["rows"][-1]:
        raw["rows"][-1][field] = text
    elif field in raw["reduce"]:
        raw["reduce"][field] = text
    elif field in {"rescue", "of"}:
        raw["rescue"]["rule" if field == "rescue" else "of"] = text
    else:
        raw[field] = text
    widget = OpioidCalculator()
    view = send(widget, {"type": kind, "form": raw})
    assert view["error"] or view["result"] or view["practice"] or view["comparison"]
    assert "bug" not in view
    if view["practice"]:
        told = send(widget, {"type": "answer", "answer": answer})
        assert told["error"] or told["practice"]["verdict"]
    assert view["error"] is None or view["error"]["text"]


def test_the_calculator_s_own_answer_is_asked_for_in_each_kind() -> None:
    for kind in ("calculate", "compare", "practice"):
        assert ask(OXYCODONE, kind=kind)["q"]
