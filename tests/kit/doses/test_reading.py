"""Doses as clinicians write them, in Norwegian and English."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from pallkit.doses import (
    MEASURES,
    Dose,
    Preparation,
    Quantity,
    Route,
    drugs,
    read_dose,
    read_measure,
    read_preparation,
    read_quantity,
)
from pallkit.doses.routes import ROUTE_WORDS
from pallkit.errors import DoseError
from pallkit.i18n import LANGUAGES, render

MORPHINE_PO = Preparation("morphine", Route.ORAL)
MORPHINE_SC = Preparation("morphine", Route.SUBCUTANEOUS)
FENTANYL_TD = Preparation("fentanyl", Route.TRANSDERMAL)


def quantity(amount: str, code: str) -> Quantity:
    measure = MEASURES[code]
    return Quantity(Decimal(amount), measure.unit, measure.per)


@pytest.mark.parametrize(
    ("text", "amount", "code"),
    [
        ("20 mg x 2", "40", "mg/24 h"),
        ("20mg×2", "40", "mg/24 h"),
        ("20 mg * 2 daglig", "40", "mg/24 h"),
        ("20 mg 2 ganger daglig", "40", "mg/24 h"),
        ("20 mg 2 gonger per døgn", "40", "mg/24 h"),
        ("20 mg twice daily", "40", "mg/24 h"),
        ("10 mg hver 8. time", "30", "mg/24 h"),
        ("10 mg kvar 8. time", "30", "mg/24 h"),
        ("10 mg every 8 hours", "30", "mg/24 h"),
        ("10 mg q8h", "30", "mg/24 h"),
        ("2,5 mg", "2.5", "mg"),
        ("2,5 mg per dose", "2.5", "mg"),
        ("25 µg/t", "25", "µg/h"),
        ("25 μg/t", "25", "µg/h"),
        ("25 mcg/h", "25", "µg/h"),
        ("25 ug/hr", "25", "µg/h"),
        ("25 mikrogram/time", "25", "µg/h"),
        ("25 mikrogram i timen", "25", "µg/h"),
        ("25 micrograms per hour", "25", "µg/h"),
        ("40 mg/24 t", "40", "mg/24 h"),
        ("40 mg/24t", "40", "mg/24 h"),
        ("40 mg/24 h", "40", "mg/24 h"),
        ("40 mg/24 timer", "40", "mg/24 h"),
        ("40 mg/d", "40", "mg/24 h"),
        ("40 mg/døgn", "40", "mg/24 h"),
        ("40 mg/dag", "40", "mg/24 h"),
        ("40 mg/day", "40", "mg/24 h"),
        ("40 MG I DØGNET", "40", "mg/24 h"),
        ("40 mg om dagen", "40", "mg/24 h"),
        ("1 000 mg/d", "1000", "mg/24 h"),
        ("1\u00a0000 mg/d", "1000", "mg/24 h"),
    ],
)
def test_reads_an_amount_with_its_unit(text: str, amount: str, code: str) -> None:
    assert read_quantity(text) == quantity(amount, code)


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("morfin po 60 mg/d", Dose(MORPHINE_PO, quantity("60", "mg/24 h"))),
        ("Morfin p.o. 60 mg/døgn", Dose(MORPHINE_PO, quantity("60", "mg/24 h"))),
        ("morfin per os 60 mg i døgnet", Dose(MORPHINE_PO, quantity("60", "mg/24 h"))),
        ("morphine oral 30 mg x 2", Dose(MORPHINE_PO, quantity("30", "mg"), 2)),
        ("30 mg morfin po x 2", Dose(MORPHINE_PO, quantity("30", "mg"), 2)),
        ("morfin depottabletter po 30 mg x 2", Dose(MORPHINE_PO, quantity("30", "mg"), 2)),
        ("morfin po 10 mg", Dose(MORPHINE_PO, quantity("10", "mg"))),
        ("morfin s.c. 2 mg/t", Dose(MORPHINE_SC, quantity("2", "mg/h"))),
        ("morfin under huden 40 mg/24 t", Dose(MORPHINE_SC, quantity("40", "mg/24 h"))),
        ("fentanyl plaster 25 mikrogram/time", Dose(FENTANYL_TD, quantity("25", "µg/h"))),
        ("fentanyl depotplaster 25 µg/t", Dose(FENTANYL_TD, quantity("25", "µg/h"))),
        ("fentanyl td 0,025 mg/t", Dose(FENTANYL_TD, quantity("0.025", "mg/h"))),
        (
            "N02AE01 td 5 µg/t",
            Dose(Preparation("buprenorphine", Route.TRANSDERMAL), quantity("5", "µg/h")),
        ),
    ],
)
def test_reads_a_dose(text: str, dose: Dose) -> None:
    assert read_dose(text) == dose


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("morfin po 60", "The unit is missing", id="no unit"),
        pytest.param("morfin po 60 x 2", "The unit is missing", id="no unit before times"),
        pytest.param("morfin 60 mg/d", "How is morfin given", id="no route"),
        pytest.param("po 60 mg/d", "The drug is missing", id="no drug"),
        pytest.param("60 mg/d", "The drug is missing", id="neither"),
        pytest.param("morfin po", "The amount is missing", id="no amount"),
        pytest.param("", "Nothing is written", id="nothing"),
        pytest.param("morfine po 60 mg/d", "Did you mean morfin", id="a misspelled drug"),
        pytest.param("qwrtz po 60 mg/d", "generic name", id="nothing like a drug"),
        pytest.param("N02AA01 po 60 mg/d", "not a drug PallKit knows", id="an unseen ATC code"),
        pytest.param("morfin oralmente 60 mg/d", "Did you mean oral", id="a misspelled route"),
        pytest.param("morfin po sc 60 mg/d", "Two routes", id="two routes"),
        pytest.param("morfin oksykodon po 60 mg/d", "more than one drug", id="two drugs"),
        pytest.param("morfin epidural 60 mg/d", "not converted", id="epidural"),
        pytest.param("morfin intratekalt 1 mg/d", "not converted", id="intrathecal"),
        pytest.param("morfin po 60 ml/d", "not a unit", id="millilitres"),
        pytest.param("morfin po 1 g/d", "not a unit", id="grams"),
        pytest.param("morfin po 1e3 mg/d", "not a unit", id="an exponent"),
        pytest.param("morfin po 1.000 mg/d", "two ways", id="a grouped or a decimal point"),
        pytest.param("morfin po -5 mg/d", "minus sign", id="negative"),
        pytest.param("morfin po −5 mg/d", "minus sign", id="a real minus sign"),
        pytest.param("morfin po 20-30 mg/d", "is a range", id="a range"),
        pytest.param("morfin po 20–30 mg/d", "is a range", id="a range with a dash"),
        pytest.param("morfin po 20 + 30 mg", "could not be read|no meaning", id="a sum"),
        pytest.param("morfin po 20 mg/d x 2", "says twice", id="the day's sum, twice"),
        pytest.param("morfin po 20 mg x 2 x 3", "says twice", id="times, twice"),
        pytest.param("morfin po 20 mg x 2,5", "whole number", id="half a time"),
        pytest.param("morfin po 20 mg x 0", "whole number", id="no times"),
        pytest.param("morfin po 20 mg x 500", "whole number", id="absurdly often"),
        pytest.param("morfin po 20 mg hver 7. time", "divide 24 hours", id="an odd interval"),
        pytest.param("morfin po 20 mg kanskje", "could not be read", id="an unknown word"),
        pytest.param("morfin po 20 mg 10 mg", "could not be read", id="two amounts"),
        pytest.param("fentanyl td 25 µg", "written as its rate", id="a patch with no time"),
        pytest.param("fentanyl td 600 µg/d", "written as its rate", id="a patch by the day"),
        pytest.param("fentanyl td 25 µg/t x 2", "says twice", id="a rate, times two"),
        pytest.param("morfin po 60 mg/d ☠", "no meaning", id="a strange sign"),
        pytest.param("morfin " * 50 + "po 60 mg/d", "too long", id="endless"),
    ],
)
def test_says_what_is_wrong_and_never_guesses(text: str, why: str) -> None:
    with pytest.raises(DoseError, match=why):
        read_dose(text)


def test_does_not_repeat_an_identity_number() -> None:
    with pytest.raises(DoseError) as caught:
        read_dose("01019012345 morfin po 60 mg/d")
    assert "12345" not in str(caught.value)


def test_reads_every_drug_by_each_of_its_names() -> None:
    for one in drugs().values():
        for name in (*one.names, *one.atc):
            assert read_preparation(f"{name.upper()} po") == Preparation(one.id, Route.ORAL)


def test_reads_every_word_for_a_route() -> None:
    for word, route in ROUTE_WORDS.items():
        assert read_preparation(f"fentanyl {word}").route is route


def test_a_preparation_holds_no_amount() -> None:
    with pytest.raises(DoseError, match="more than a drug and a route"):
        read_preparation("morfin sc 40 mg/d")


def test_an_amount_for_an_answer_names_no_drug() -> None:
    with pytest.raises(DoseError, match="does not belong here"):
        read_quantity("morfin 40 mg/d")


@pytest.mark.parametrize("code", sorted(MEASURES))
def test_reads_its_own_measures(code: str) -> None:
    assert read_measure(code) == MEASURES[code]


PIECES = st.one_of(
    st.sampled_from(
        ["morfin", "fentanyl", "po", "td", "plaster", "mg", "µg", "μg", "daglig", "per"]
    ),
    st.sampled_from(["20", "2,5", "1.000", "24", "8.", "0", "1e3", "NaN", "½", "x2"]),
    st.sampled_from(["/t", "/", "/d", "x", "×", "hver", "time", "t", "q", "h", "-", "−", ",", "."]),
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=9).map(" ".join)))
def test_any_text_gives_a_dose_or_a_dose_error(text: str) -> None:
    for read in (read_dose, read_quantity, read_preparation, read_measure):
        try:
            read(text)
        except DoseError as error:
            for lang in LANGUAGES:
                event(render(error.message, lang)[-40:])


@given(
    amount=st.decimals(min_value="0.01", max_value=9999, places=2),
    point=st.sampled_from([",", "."]),
    micro=st.sampled_from(["µg", "μg", "mcg", "ug", "mikrogram"]),
    hour=st.sampled_from(["t", "time", "h", "hour"]),
)
def test_the_same_dose_in_any_spelling_is_the_same_dose(
    amount: Decimal, point: str, micro: str, hour: str
) -> None:
    written = f"{amount:f}".replace(".", point)
    assert read_quantity(f"{written} {micro}/{hour}") == Quantity(amount, "µg", "h")
