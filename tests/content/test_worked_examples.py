"""The sources' own worked examples recompute, and what they do not support is refused.

``worked_examples.csv`` holds facts: kind=T is printed by the source, kind=C is worked out
by its rule. Which row of which table a figure comes from is in ``test_ratio_rows.py``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from pallkit.doses import (
    MEASURES,
    Dose,
    Preparation,
    Quantity,
    Route,
)
from pallkit.opioids import (
    Conversion,
    Direction,
    Omeq,
    Range,
    RatioSet,
    Refusal,
    Row,
    convert,
    omeq,
    ratio_set,
    ratio_set_ids,
)
from pallkit.opioids.ratio_sets import ORAL_MORPHINE

FILE = Path(__file__).with_name("worked_examples.csv")
EXACT = Decimal("0.005")  # a printed quotient has two decimals at most


@dataclass(frozen=True)
class Example:
    """A row of the file. ``expected`` is None where the source's rules forbid an answer."""

    id: str
    table: str
    dose: Dose
    to: Preparation
    expected: Decimal | None
    taken_off: Decimal
    whole: bool


def read(row: dict[str, str]) -> Example:
    # "parenteral" is sc, iv or im alike in the one set that uses the word.
    start = Preparation(
        row["from_drug"], Route(row["from_route"].replace("parenteral", "intravenous"))
    )
    measure = MEASURES["µg/h" if row["unit"] == "mcg/h" else "mg/24 h"]
    refused = row["expected_value"] == "refusal"
    return Example(
        id=row["id"],
        table=row["ratio_set"],
        dose=Dose(start, Quantity(Decimal(row["from_daily_dose"]), measure.unit, measure.per)),
        to=Preparation(row["to_drug"], Route(row["to_route"])),
        expected=None if refused else Decimal(row["expected_value"]),
        taken_off=Decimal(row["reduction_percent"] or 0) / 100,
        whole=row["rounding"] == "nearest mg",
    )


def rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


EXAMPLES = [read(row) for row in rows()]
ANSWERED = [example for example in EXAMPLES if example.expected is not None]


def answer(example: Example, table: RatioSet) -> Range | Refusal:
    if example.to == ORAL_MORPHINE:
        counted = omeq([example.dose], table)
        return counted.oral_morphine if isinstance(counted, Omeq) else counted
    done = convert([example.dose], example.to, table, example.taken_off)
    return done.target if isinstance(done, Conversion) else done


def agrees(example: Example, table: RatioSet) -> bool:
    found = answer(example, table)
    if isinstance(found, Refusal) or found.point is None or example.expected is None:
        return False
    if example.whole:
        return found.point.quantize(Decimal(1), rounding=ROUND_HALF_UP) == example.expected
    return abs(found.point - example.expected) < EXACT


def test_there_are_examples_for_every_set_that_answers_with_one_number() -> None:
    without = {"cdc-2022", "fast-fact-36", "reddy-2022-survey"}  # none was seen
    assert {example.table for example in ANSWERED} == set(ratio_set_ids()) - without


@pytest.mark.parametrize("example", ANSWERED, ids=lambda example: example.id)
def test_recomputes_the_worked_example(example: Example) -> None:
    assert agrees(example, ratio_set(example.table))


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if one.expected is None], ids=lambda example: example.id
)
def test_refuses_what_must_be_refused(example: Example) -> None:
    refusal = answer(example, ratio_set(example.table))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "locked"
    assert "outside or between the bands" in str(refusal.message)


def test_a_printed_pair_lies_inside_the_printed_spread() -> None:
    # "~" is the source's own rounding, so pair and ratio need not agree to the digit.
    for table in map(ratio_set, ratio_set_ids()):
        for row in table.rows:
            if row.printed and row.ratio:
                quotient = row.printed.morphine / row.printed.dose
                assert row.worth.low <= quotient <= row.worth.high, row.drug


def planted(table: RatioSet, wrong: Row, factor: Decimal) -> RatioSet:
    """The set with one ratio wrong by ``factor``."""

    def off(value: Decimal | None) -> Decimal | None:
        return None if value is None else value * factor

    pair = wrong.printed and replace(wrong.printed, morphine=wrong.printed.morphine * factor)
    bad = replace(
        wrong,
        ratio=off(wrong.ratio),
        low=off(wrong.low),
        high=off(wrong.high),
        gives=off(wrong.gives),
        printed=pair,
    )
    return replace(table, rows=tuple(bad if row is wrong else row for row in table.rows))


@pytest.mark.parametrize("factor", [Decimal("0.9"), Decimal("1.1"), Decimal(10)])
@pytest.mark.parametrize("example", ANSWERED, ids=lambda example: example.id)
def test_a_wrong_ratio_planted_in_the_set_is_found(example: Example, factor: Decimal) -> None:
    table = ratio_set(example.table)
    preparations = {example.dose.preparation, example.to} - {ORAL_MORPHINE}
    rows = [row for one in preparations for row in table.rows_of(one)]
    wrong = [row for row in rows if not agrees(example, planted(table, row, factor))]
    assert wrong
    several = any(row.band or row.direction is Direction.LOOKUP_ONLY for row in rows)
    assert several or wrong == rows  # of bands and printed lines an example uses one
