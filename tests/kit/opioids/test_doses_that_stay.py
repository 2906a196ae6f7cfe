"""Doses that already are what is asked for: kept, summed, and told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pallkit.doses import read_dose, read_preparation
from pallkit.opioids import Conversion, Range, RatioSet, Refusal, convert, read_reduction


def exactly(value: int) -> Range:
    return Range.exactly(Decimal(value))


def changed(table: RatioSet, to: str, *doses: str, reduce: str | None = None) -> Conversion:
    done = convert(
        [read_dose(text) for text in doses],
        read_preparation(to),
        table,
        None if reduce is None else read_reduction(reduce),
    )
    assert isinstance(done, Conversion), done
    return done


def steps(done: Conversion) -> list[str]:
    return [str(step.text) for step in done.receipt.steps]


def test_nothing_to_change_is_an_answer_with_its_total(table: RatioSet) -> None:
    done = changed(table, "oksykodon po", "oksykodon po 10 mg x 2", "oksykodon po 5 mg/d")
    assert [dose.amount for dose in done.doses] == [10, 5]
    assert done.oral_morphine == exactly(50)
    assert done.equivalent == done.target == exactly(25)
    assert done.taken_off is None
    assert str(done.measure) == "mg/24 h"
    assert done.warnings == ()
    assert steps(done) == [
        "oxycodone po 10 mg x 2 = 20 mg/24 h",
        "oxycodone po 10 mg x 2 is oxycodone po already and is not changed",
        "oxycodone po 5 mg/24 h is oxycodone po already and is not changed",
    ]
    assert {step.source for step in done.receipt.steps} == {"invented-source"}
    assert all(step.ratio is None for step in done.receipt.steps)


def test_nothing_to_change_and_no_total_is_said_after_what_the_table_says(table: RatioSet) -> None:
    copied = replace(table, seen="copy")
    done = changed(copied, "morfin sc", "morfin sc 10 mg/d")
    assert done.oral_morphine is None
    assert done.target == exactly(10)
    from_copy, no_total = map(str, done.warnings)
    assert from_copy == "Read from a copy, not from the original: An invented table."
    assert "does not say what morphine sc is worth in oral morphine" in no_total


def test_what_is_kept_is_in_the_doses_the_total_and_the_sum(table: RatioSet) -> None:
    done = changed(table, "oksykodon po", "morfin po 60 mg/d", "oksykodon po 10 mg/d", reduce="50%")
    assert [dose.preparation.drug for dose in done.doses] == ["morphine", "oxycodone"]
    assert done.oral_morphine == exactly(80)
    assert done.equivalent == exactly(40)
    assert done.taken_off == Range.exactly(Decimal("0.5"))
    assert done.target == exactly(25)
    assert steps(done)[-2:] == [
        "oxycodone po 10 mg/24 h is oxycodone po already and is not changed",
        "Sum: 25 mg/24 h",
    ]
    assert {step.ratio for step in done.receipt.steps[-2:]} == {None}
    assert {step.source for step in done.receipt.steps[-2:]} == {"invented-source"}


def test_nothing_is_called_a_sum_where_nothing_is_kept(table: RatioSet) -> None:
    assert not any(
        "Sum" in text for text in steps(changed(table, "oksykodon po", "morfin po 6 mg/d"))
    )


def test_a_rule_by_the_total_counts_what_is_kept_too(table: RatioSet) -> None:
    # 150 mg of morphine and 30 mg of oxycodone are 210 mg: from 200 mg the rule takes half.
    done = changed(
        table,
        "oksykodon po",
        "morfin po 150 mg/d",
        "oksykodon po 30 mg/d",
        reduce="nord-norge-2024",
    )
    assert done.target == Range.exactly(Decimal("67.5"))  # 150 ÷ 2 × 0.5 + 30


def test_a_reduction_needs_a_change_and_says_to_leave_it_out(table: RatioSet) -> None:
    refusal = convert(
        [read_dose("oksykodon po 10 mg/d")],
        read_preparation("oksykodon po"),
        table,
        Decimal("0.5"),
    )
    assert isinstance(refusal, Refusal)
    assert "nothing to reduce for" in str(refusal.message)
    assert str(refusal.remedy) == "Leave the reduction out."


def test_no_reduction_at_all_is_the_same_as_0_percent(table: RatioSet) -> None:
    plain = changed(table, "oksykodon po", "oksykodon po 10 mg/d")
    assert changed(table, "oksykodon po", "oksykodon po 10 mg/d", reduce="0 %") == plain
