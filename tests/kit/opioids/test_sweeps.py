"""Band edges 0.1 mg at a time, and any text in any field."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from pallkit.doses import Dose, Preparation, Quantity, read_dose, read_preparation, read_regimen
from pallkit.errors import PallkitError
from pallkit.i18n import LANGUAGES, render
from pallkit.opioids import (
    ORAL_MORPHINE,
    Conversion,
    Range,
    Refusal,
    compare,
    convert,
    omeq,
    ratio_set,
    ratio_set_ids,
    read_reduction,
    reduction_rules,
    rescue_rule,
)

TENTH = Decimal("0.1")
BANDED = [
    (name, to)
    for name in ratio_set_ids()
    for to in ratio_set(name).preparations()
    if any(row.band for row in ratio_set(name).rows_of(to))
]


def morphine(amount: Decimal) -> Dose:
    return Dose(ORAL_MORPHINE, Quantity(amount, "mg", "24h"))


def edges(name: str, to: Preparation) -> set[Decimal]:
    """Every tenth of a milligram within 2 mg of an edge, and some well outside."""
    bands = [row.band for row in ratio_set(name).rows_of(to) if row.band]
    ends = [end for band in bands for end in (band.low, band.high) if end is not None]
    near = {end + TENTH * step for end in ends for step in range(-20, 21)}
    return near | {TENTH, Decimal(1), max(ends) * 3}


@pytest.mark.parametrize(("name", "to"), BANDED, ids=str)
def test_at_every_edge_one_band_answers_or_nothing_does(name: str, to: Preparation) -> None:
    table = ratio_set(name)
    rows = table.rows_of(to)
    for amount in sorted(edges(name, to)):
        done = convert([morphine(amount)], to, table, demonstration=True)
        inside = [
            row
            for row in rows
            if row.band
            and row.band.low <= amount
            and (row.band.high is None or amount <= row.band.high)
        ]
        assert len(inside) <= 1
        assert isinstance(done, Conversion) == bool(inside), amount
        if isinstance(done, Conversion):
            assert 0 < done.target.low <= done.target.high
            assert done.target == inside[0].amount(Range.exactly(amount))
        else:
            assert done.code == "outside_bands"


@pytest.mark.parametrize("rule", reduction_rules(), ids=lambda rule: rule.id)
def test_a_rule_takes_something_between_its_ends_off_at_every_edge(rule: object) -> None:
    for chosen in (one for one in reduction_rules() if one is rule):
        ends = [band.at_least for band in chosen.bands] + [Decimal(200)]
        for end in ends:
            for step in range(-20, 21):
                total = Range.exactly(max(end + TENTH * step, TENTH))
                taken = chosen.taken_off(total)
                assert 0 <= taken.low <= taken.high < 1
                fits = [band for band in chosen.bands if band.touches(total.low, total.high)]
                assert len(fits) == 1


@pytest.mark.parametrize("name", ["helsedirektoratet", "nhs-ggc-2018", "anzca-2021"])
def test_more_never_counts_as_less_on_a_sweep(name: str) -> None:
    table = ratio_set(name)
    for preparation in table.preparations():
        measure = preparation.measure
        worth = [
            omeq([Dose(preparation, Quantity(TENTH * n, measure.unit, measure.per))], table)
            for n in range(1, 400)
            if TENTH * n != 12  # the patch that says 12 and means 12.5
        ]
        if any(isinstance(one, Refusal) for one in worth):
            assert all(isinstance(one, Refusal) for one in worth)
            continue
        points = [one.oral_morphine for one in worth if not isinstance(one, Refusal)]
        assert all(a.low < b.low and a.high < b.high for a, b in pairwise(points))


ANY = st.text(max_size=40)
WRITTEN = ("morfin po 60 mg/d", "fentanyl td 12 µg/t", "metadon po 5 mg/d")
WANTED = ("morfin sc", "fentanyl td", "metadon po", "oksykodon po")
TAKEN_OFF = ("50%", "25 %", "nord-norge-2024", "0,3", "nhs-ggc-2018")
DOSES = st.one_of(ANY, st.sampled_from(WRITTEN))
TARGETS = st.one_of(ANY, st.sampled_from(WANTED))
NAMES = st.one_of(ANY, st.sampled_from(ratio_set_ids()))
OFF = st.one_of(st.none(), ANY, st.sampled_from(TAKEN_OFF))


@given(dose=DOSES, to=TARGETS, name=NAMES, off=OFF)
def test_any_text_in_any_field_is_an_answer_or_a_clear_refusal(
    dose: str, to: str, name: str, off: str | None
) -> None:
    try:
        reduction = None if off is None else read_reduction(off)
        answer = convert([read_dose(dose)], read_preparation(to), ratio_set(name), reduction)
    except PallkitError as error:
        for lang in LANGUAGES:
            event(render(error.message, lang)[-30:])
        return
    for lang in LANGUAGES:
        found = answer.to_json(lang)
        assert (found["refusal"] is None) == isinstance(answer, Conversion)


@given(text=ANY, rule=ANY)
def test_any_text_for_a_list_or_a_rule_is_read_or_refused(text: str, rule: str) -> None:
    for read in (lambda: read_regimen(text), lambda: rescue_rule(rule)):
        try:
            read()
        except PallkitError as error:
            event(str(error)[-30:])


@given(amount=st.decimals("0.01", 900, places=2))
def test_the_same_answer_in_every_language_and_by_either_decimal_sign(amount: Decimal) -> None:
    table, to = ratio_set("helsedirektoratet"), read_preparation("oksykodon po")
    written = f"{amount:f}"
    answers = [
        convert([read_dose(f"morfin po {text} mg/d")], to, table)
        for text in (written, written.replace(".", ","))
    ]
    assert answers[0] == answers[1]
    targets = [answers[0].to_json(lang)["target"] for lang in LANGUAGES]
    assert len({(one["low"], one["point"], one["high"], one["unit"]) for one in targets}) == 1


@given(amount=st.decimals("0.01", 900, places=2))
def test_side_by_side_is_the_same_as_one_by_one(amount: Decimal) -> None:
    tables = [ratio_set(name) for name in ratio_set_ids()]
    dose, to = morphine(amount), read_preparation("oksykodon po")
    for one in compare([dose], tables, to=to):
        assert one.answer == convert([dose], to, one.table)
