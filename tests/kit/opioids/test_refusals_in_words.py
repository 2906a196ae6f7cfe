"""A refusal says what the set has and has not first, and what would do instead last."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pallkit.doses import read_dose, read_preparation
from pallkit.opioids import RatioSet, Refusal, convert, omeq

OTHER_SET = "Choose a ratio set that has the drug."
NO_TURNING = "Do not turn the ratio round. Choose a ratio set that prints this direction."
COUNT_WITH_IT = "Use it to count oral morphine equivalents, or choose a ratio set for changing."


@pytest.mark.parametrize(
    ("dose", "to", "message", "remedy"),
    [
        pytest.param(
            "alfentanil sc 1 mg/d",
            "morfin po",
            "“An invented table” has no figure for alfentanil sc.",
            OTHER_SET,
            id="a drug it lacks",
        ),
        pytest.param(
            "oksykodon iv 1 mg/d",
            "morfin po",
            "“An invented table” has no figure for oxycodone iv.",
            "It has oxycodone po, oxycodone sc. Choose another ratio set; a figure for one route "
            "does not hold for another.",
            id="a route it lacks",
        ),
        pytest.param(
            "morfin sc 1 mg/d",
            "morfin po",
            "“An invented table” goes only from oral morphine to morphine sc, not back. Because "
            "it is invented.",
            NO_TURNING,
            id="one way, with a reason",
        ),
        pytest.param(
            "hydromorfon po 1 mg/d",
            "morfin po",
            "“An invented table” goes only from oral morphine to hydromorphone po, not back.",
            NO_TURNING,
            id="one way, without",
        ),
        pytest.param(
            "morfin po 1 mg/d",
            "kodein po",
            "“An invented table” says what codeine po is worth in oral morphine, not how to "
            "change to it.",
            NO_TURNING,
            id="only towards morphine",
        ),
        pytest.param(
            "morfin po 1 mg/d",
            "tapentadol po",
            "“An invented table” compares how much is used. Its factors are not for changing "
            "opioids.",
            COUNT_WITH_IT,
            id="a comparison",
        ),
        pytest.param(
            "morfin po 1 mg/d",
            "petidin po",
            "“An invented table” is a survey of what people use. It is never calculated with.",
            "Choose a ratio set that is made for calculating.",
            id="a survey",
        ),
        pytest.param(
            "morfin po 29 mg/d",
            "hydromorfon po",
            "29 mg oral morphine/24 h lies outside or between the bands that “An invented table” "
            "prints: 30–89, 90 or more.",
            "Nothing is calculated outside or between the printed bands. Ask a specialist.",
            id="outside the bands",
        ),
    ],
)
def test_the_reason_comes_first_and_the_way_out_last(
    table: RatioSet, dose: str, to: str, message: str, remedy: str
) -> None:
    answer = convert([read_dose(dose)], read_preparation(to), table)
    assert isinstance(answer, Refusal)
    assert (str(answer.message), str(answer.remedy)) == (message, remedy)


def test_a_table_for_counting_says_that_nobody_has_signed(table: RatioSet) -> None:
    counting = replace(table, made_for="counting")
    answer = convert([read_dose("morfin po 1 mg/d")], read_preparation("oksykodon po"), counting)
    assert isinstance(answer, Refusal)
    assert "nobody has signed" in str(answer.message)
    assert str(answer.remedy) == COUNT_WITH_IT


def test_a_locked_drug_has_no_second_reason_where_there_is_none(table: RatioSet) -> None:
    answer = omeq([read_dose("metadon po 10 mg/d")], table)
    assert isinstance(answer, Refusal)
    assert str(answer.message).endswith("only specialists change to or from it.")
    assert str(answer.remedy).startswith("Leave the calculation to a specialist")
