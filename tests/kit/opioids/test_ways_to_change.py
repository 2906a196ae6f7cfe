"""Which rows lead to a drug, and how each way is told in the receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.kit.opioids.conftest import row

from pallkit.doses import Route, read_dose, read_preparation
from pallkit.i18n import Words
from pallkit.opioids import Conversion, Direction, Range, RatioSet, convert
from pallkit.opioids.rows import Printed

Code = Callable[[object], str]
ORAL = Route.ORAL


def changed(table: RatioSet, dose: str, to: str) -> Conversion:
    done = convert([read_dose(dose)], read_preparation(to), table)
    assert isinstance(done, Conversion), done
    return done


def steps(done: Conversion) -> list[tuple[str, str | None, str]]:
    return [
        (str(step.text), None if step.ratio is None else str(step.ratio), step.source)
        for step in done.receipt.steps
    ]


def test_to_oral_morphine_nothing_is_turned_even_where_the_set_has_its_own_row(
    table: RatioSet,
) -> None:
    own = row("morphine", ORAL, Direction.TO_ORAL_MORPHINE, "1")
    done = changed(replace(table, rows=(*table.rows, own)), "kodein po 100 mg/d", "morfin po")
    assert done.target == Range.exactly(Decimal(10))
    assert steps(done) == [
        ("codeine po 100 mg/24 h × 0.1 = 10 mg oral morphine/24 h", "0.1", "invented-source")
    ]


def test_a_set_that_may_be_turned_round_says_so_only_where_it_is_turned(
    reversible: RatioSet,
) -> None:
    own = row("morphine", ORAL, Direction.TO_ORAL_MORPHINE, "1")
    both = replace(reversible, rows=(*reversible.rows, own))
    for dose, to in (("morfin po 60 mg/d", "oksykodon po"), ("kodein po 100 mg/d", "morfin po")):
        told = [text for text, _, _ in steps(changed(both, dose, to))]
        assert not any("read the other way" in text or "counting" in text for text in told)
    turned = steps(changed(both, "morfin po 30 mg/d", "kodein po"))
    assert "read the other way" in turned[1][0]
    assert turned[1][1:] == (None, "invented-source")


def test_a_set_for_counting_says_so_wherever_it_is_used_for_changing(reversible: RatioSet) -> None:
    counting = replace(reversible, made_for="counting")
    straight = steps(changed(counting, "morfin po 60 mg/d", "oksykodon po"))
    turned = steps(changed(counting, "morfin po 30 mg/d", "kodein po"))
    assert any("made for counting and is used here" in text for text, _, _ in straight)
    assert any("read the other way" in text for text, _, _ in turned)


@pytest.mark.parametrize(
    ("to", "code"),
    [("tapentadol po", "comparison_only"), ("petidin po", "survey_only")],
)
def test_what_may_be_turned_round_is_a_ratio_and_not_a_comparison(
    reversible: RatioSet, refused: Code, to: str, code: str
) -> None:
    answer = convert([read_dose("morfin po 60 mg/d")], read_preparation(to), reversible)
    assert refused(answer) == code


@pytest.mark.parametrize(
    ("dose", "to", "last"),
    [
        pytest.param(
            "morfin po 60 mg/d",
            "tramadol po",
            (
                "60 mg oral morphine/24 h ÷ 0.5 (0.4–0.8) = tramadol po 120 (75–150) mg/24 h",
                "0.5 (0.4–0.8)",
            ),
            id="a ratio",
        ),
        pytest.param(
            "morfin po 20 mg/d",
            "diamorfin sc",
            ("20 mg oral morphine/24 h × 3 ÷ 10 = diamorphine sc 6 mg/24 h", "3 = 10 mg"),
            id="a printed pair",
        ),
        pytest.param(
            "morfin po 60 mg/d",
            "fentanyl td",
            (
                "0.6 (0.5–0.75) mg/24 h ÷ 0.024 = 25 (20.8–31.25) µg/h (1 µg/h is 0.024 mg/24 h)",
                None,
            ),
            id="a patch by its mass",
        ),
    ],
)
def test_the_last_step_shows_the_numbers_the_ratio_and_the_source(
    table: RatioSet, dose: str, to: str, last: tuple[str, str | None]
) -> None:
    assert steps(changed(table, dose, to))[-1] == (*last, "invented-source")


def test_a_printed_row_is_told_as_one(table: RatioSet) -> None:
    line = row("oxycodone", ORAL, Direction.LOOKUP_ONLY, printed=Printed(Decimal(30), Decimal(60)))
    done = changed(replace(table, rows=(line,)), "morfin po 60 mg/d", "oksykodon po")
    assert steps(done)[-1][0] == (
        "60 mg oral morphine/24 h is a printed row: oxycodone po 30 mg/24 h"
    )


def test_the_warning_of_the_row_that_is_led_to_goes_with_the_answer(table: RatioSet) -> None:
    said = Words("Pass på.", "Pass på.", "Take care.")
    warned = replace(row("oxycodone", ORAL, Direction.BOTH, "2"), warning=said)
    done = changed(replace(table, rows=(warned,)), "morfin po 60 mg/d", "oksykodon po")
    assert done.warnings == (said,)
