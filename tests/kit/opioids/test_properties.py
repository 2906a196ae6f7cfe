"""What holds on every path through the real ratio sets, whatever the dose."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from pallkit.doses import Dose, Preparation, Quantity, Route, drugs
from pallkit.i18n import LANGUAGES
from pallkit.opioids import (
    Conversion,
    Omeq,
    Range,
    Refusal,
    convert,
    omeq,
    ratio_set,
    ratio_set_ids,
    reduction_rules,
    rescue,
    rescue_rule,
)

AMOUNTS = st.decimals(min_value="0.01", max_value=5000, places=2)
PREPARATIONS = st.sampled_from([Preparation(*pair) for pair in product(drugs(), Route)])
SETS = st.sampled_from(ratio_set_ids())
REDUCTIONS = st.one_of(
    st.none(),
    st.sampled_from(reduction_rules()),
    st.decimals(min_value=0, max_value="0.99", places=2),
)


@st.composite
def doses(draw: st.DrawFn) -> Dose:
    preparation, amount = draw(PREPARATIONS), draw(AMOUNTS)
    measure = preparation.measure
    return Dose(preparation, Quantity(amount, measure.unit, measure.per))


def sound(value: Range) -> bool:
    middle = value.low if value.point is None else value.point
    return 0 < value.low <= middle <= value.high


@given(given=st.lists(doses(), min_size=1, max_size=3), to=PREPARATIONS, name=SETS, off=REDUCTIONS)
def test_every_answer_is_above_0_and_in_order_and_every_refusal_has_a_reason(
    given: list[Dose], to: Preparation, name: str, off: object
) -> None:
    table = ratio_set(name)
    for answer in (omeq(given, table), convert(given, to, table, off)):  # type: ignore[arg-type]  # hypothesis does not know
        if isinstance(answer, Refusal):
            assert str(answer.message)
            assert str(answer.remedy)
        if isinstance(answer, Omeq):
            assert sound(answer.oral_morphine)
        if isinstance(answer, Conversion):
            assert sound(answer.target)
            assert answer.target.high <= answer.equivalent.high
        for lang in LANGUAGES:
            found = answer.to_json(lang)
            assert (found["refusal"] is None) != isinstance(answer, Refusal)


@given(amount=AMOUNTS, name=SETS, preparation=PREPARATIONS)
def test_the_unit_a_dose_is_written_in_does_not_change_what_it_is_worth(
    amount: Decimal, name: str, preparation: Preparation
) -> None:
    if preparation.route is Route.TRANSDERMAL:
        written = [Quantity(amount, "µg", "h"), Quantity(amount / 1000, "mg", "h")]
    else:
        written = [Quantity(amount, "mg", "24h"), Quantity(amount * 1000, "µg", "24h")]
    answers = [omeq([Dose(preparation, quantity)], ratio_set(name)) for quantity in written]
    worth = [a.oral_morphine if isinstance(a, Omeq) else a.code for a in answers]
    assert worth[0] == worth[1]


@given(first=AMOUNTS, more=AMOUNTS, name=SETS, preparation=PREPARATIONS)
def test_more_of_a_drug_is_never_worth_less(
    first: Decimal, more: Decimal, name: str, preparation: Preparation
) -> None:
    measure = preparation.measure
    lots = [
        omeq([Dose(preparation, Quantity(amount, measure.unit, measure.per))], ratio_set(name))
        for amount in (first, first + more)
    ]
    if first == 12 or first + more == 12:
        return  # the patch that says 12 and means 12.5
    if isinstance(lots[0], Omeq) and isinstance(lots[1], Omeq):
        assert lots[0].oral_morphine.low < lots[1].oral_morphine.low
        assert lots[0].oral_morphine.high < lots[1].oral_morphine.high


@given(amount=AMOUNTS, name=SETS)
def test_oral_morphine_is_1_in_every_set(amount: Decimal, name: str) -> None:
    oral = Preparation("morphine", Route.ORAL)
    done = omeq([Dose(oral, Quantity(amount, "mg", "24h"))], ratio_set(name))
    assert isinstance(done, Omeq)
    assert done.oral_morphine == Range.exactly(amount)


@given(amount=AMOUNTS)
def test_a_rescue_dose_is_the_named_part_and_never_0(amount: Decimal) -> None:
    of = Preparation("morphine", Route.SUBCUTANEOUS)
    done = rescue(Range.exactly(amount), rescue_rule("one-sixth"), of=of)
    assert not isinstance(done, Refusal)
    assert sound(done.range)
    assert abs(done.range.low * 6 - amount) < Decimal("1e-20")
