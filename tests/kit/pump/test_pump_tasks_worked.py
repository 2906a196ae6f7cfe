"""A task about a pump worked out by hand: every mistake's number, and the steps it is told by."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from pallkit.doses.numbers import shown
from pallkit.i18n import render
from pallkit.opioids import Mistake
from pallkit.opioids.ranges import Range
from pallkit.opioids.tasks_shape import LEVELS, Level, drawing
from pallkit.pump import pump_table
from pallkit.pump.tasks import PumpKind, PumpTask, make_pump_task
from pallkit.pump.tasks_mistakes import apart, mistake, unit_slips
from pallkit.pump.tasks_mixture import mixture_task
from pallkit.pump.tasks_program import bolus_task, rate_task, reservoir_task
from pallkit.pump.tasks_series import practice_tasks
from pallkit.pump.tasks_shape import Sum

Maker = Callable[[random.Random, Level], Sum | None]


def find(kind: PumpKind, level: Level, *given: str) -> PumpTask:
    """The first task with these lines among what is given."""
    for seed in range(4000):
        task = make_pump_task(seed, level, (kind,))
        if set(given) <= {render(line, "en") for line in task.given}:
            return task
    raise AssertionError(f"no {kind} with {given}")


def known(task: PumpTask) -> list[tuple[str, str]]:
    return [(one.code, f"{float(one.values[0]):.4g}") for one in task.mistakes]


def formulas(task: PumpTask) -> list[str | None]:
    return [None if one.ratio is None else str(one.ratio) for one in task.receipt.steps]


def drawn(maker: Maker, level: Level) -> list[Sum]:
    """What two hundred and fifty draws make, without those that are drawn again."""
    made = [maker(drawing(str(seed)), level) for seed in range(250)]
    return [one for one in made if one is not None]


def test_the_rate_of_a_mixed_reservoir() -> None:
    """240 mg in 24 h is 10 mg/h, and 250 mg in 50 mL is 5 mg/mL."""
    lines = (
        "morphine sc 240 mg/24 h",
        "250 mg in the reservoir, from ampoules of 10 mg/mL, filled up to 50 mL",
    )
    task = find("pump-rate", "C", *lines)
    assert task.right.point == 2
    assert known(task) == [
        ("forgot-24-hours", "48"),  # 240 ÷ 5
        ("inverse-concentration", "50"),  # 10 × 5
        ("forgot-concentration", "10"),
        ("ampoule-strength", "1"),  # 10 ÷ 10
        ("unit-slip", "2000"),
        ("unit-slip", "0.002"),
    ]
    assert formulas(task) == ["mg/h = mg in 24 h ÷ 24", "mL/h = mg/h ÷ mg/mL"]


def test_a_rate_from_a_solution_of_one_strength_has_no_ampoules_to_mistake() -> None:
    task = find("pump-rate", "A", "morphine sc 60 mg/24 h")
    assert "ampoule-strength" not in {one.code for one in task.mistakes}


def test_how_long_a_reservoir_lasts_with_every_bolus() -> None:
    """10 mg/h and 5 mg 1.5 times an hour is 17.5 mg/h: 0.875 of the 50 mL an hour."""
    lines = ("Concentration: 20 mg/mL", "Reservoir: 50 mL")
    bolus = "Bolus: 5 mg, with a lock-out of 40 min"
    task = find("pump-reservoir", "B", "morphine sc 240 mg/24 h", *lines, bolus)
    assert format(task.right.low, ".4g") == "57.14"
    assert known(task) == [
        ("forgot-24-hours", "2.381"),  # ÷ 24
        ("forgot-concentration", "2.857"),  # ÷ 20
        ("inverse-concentration", "0.1429"),  # ÷ 20 once more
        ("forgot-boluses", "100"),  # 50 ÷ 0.5
        ("forgot-basal", "133.3"),  # 50 ÷ 0.375
        ("one-bolus", "66.67"),  # 50 ÷ 0.75
        ("most-for-mean", "50"),  # 50 ÷ 1
        ("unit-slip", "5.714e+04"),
        ("unit-slip", "0.05714"),
    ]


def test_how_long_a_reservoir_lasts_with_no_button() -> None:
    lines = ("morphine sc 144 mg/24 h", "Concentration: 10 mg/mL", "Reservoir: 100 mL")
    task = find("pump-reservoir", "A", *lines)
    assert known(task) == [
        ("forgot-24-hours", "6.944"),
        ("forgot-concentration", "16.67"),
        ("inverse-concentration", "1.667"),
        ("unit-slip", "1.667e+05"),
        ("unit-slip", "0.1667"),
    ]


def test_the_most_under_an_hour_limit() -> None:
    """6 mg/h and three of 5 mg are 21 mg, and the limit is 9 mg."""
    bolus = "Bolus: 5 mg, with a lock-out of 25 min"
    task = find("pump-bolus", "C", "morphine sc 144 mg/24 h", bolus, "Hour limit: 9 mg")
    assert task.right.point == 9
    assert known(task) == [
        ("forgot-basal", "15"),
        ("forgot-boluses", "6"),
        ("one-bolus", "11"),
        ("rounded-down", "16"),
        ("mean-for-most", "18"),
        ("forgot-24-hours", "159"),  # 144 + 15
        ("forgot-limit", "21"),
        ("limit-on-top", "15"),
        ("unit-slip", "9000"),
        ("unit-slip", "0.009"),
    ]
    assert formulas(task) == [
        "mg/h = mg in 24 h ÷ 24",
        "60 ÷ lock-out, rounded up",
        "mg/h + bolus × number of boluses",
        None,  # the limit, which is chosen
    ]
    assert task.receipt.steps[-1].source == "chosen"


def test_what_is_drawn_up_of_one_drug() -> None:
    wanted = {
        "morphine 60 mg, from ampoules of 10 mg/mL",
        "midazolam 15 mg, from ampoules of 1 mg/mL",
        "How many mL of morphine are drawn up?",
    }
    tasks = (make_pump_task(seed, "A", ("mixture",)) for seed in range(4000))
    task = next(one for one in tasks if wanted <= {str(line) for line in one.prompt})
    assert task.right.point == 6
    assert known(task) == [
        ("inverse-concentration", "600"),  # 60 × 10
        ("forgot-concentration", "60"),
        ("other-strength", "3"),  # 20 mg/mL
        ("other-strength", "1.5"),  # 40 mg/mL
        ("other-drug", "15"),  # the midazolam
        ("one-ampoule", "1"),
        ("unit-slip", "6000"),
        ("unit-slip", "0.006"),
    ]
    assert [str(one.text) for one in task.receipt.steps] == ["morphine: 60 mg ÷ 10 mg/mL = 6 mL"]


def test_each_ampoule_is_of_its_own_drug_and_strength() -> None:
    for seed in range(80):
        task = make_pump_task(seed, "A", ("mixture",))
        for one in task.mistakes:
            if one.code == "one-ampoule":
                assert "morphine" in str(task.asked[0])
                assert one.values == (1,)


@pytest.mark.parametrize("level", LEVELS)
def test_a_pump_that_is_drawn_is_one_that_can_be_run(level: Level) -> None:
    most = pump_table().site.rate.most
    rates = [one.right for one in drawn(rate_task, level)]
    assert rates
    assert all(Decimal("0.05") <= rate <= most for rate in rates)
    hours = [one.right for one in drawn(reservoir_task, level)]
    assert hours
    assert all(12 <= one <= 168 for one in hours)


def test_a_bolus_that_is_drawn_is_a_quarter_of_an_hour_at_least_and_an_hour_at_most() -> None:
    sizes = set()
    for one in (one for level in LEVELS for one in drawn(bolus_task, level)):
        told = " ".join(str(line) for line in one.given)
        [(daily, bolus)] = re.findall(r"([\d.]+) mg/24 h.* Bolus: ([\d.]+) mg", told)
        sizes.add(Decimal(bolus) / (Decimal(daily) / 24))
    assert min(sizes) == Decimal("0.25")
    assert max(sizes) == 1


def test_a_syringe_is_filled_up_with_1_ml_at_least_and_never_as_much_as_the_drugs() -> None:
    found = drawn(mixture_task, "B")
    assert found
    for one in found:
        assert one.right >= 1
        assert f"Filled up to {shown(one.right * 2)} mL" != str(one.given[-1])


def test_a_slip_of_a_unit_is_a_thousand_either_way() -> None:
    assert [one.values for one in unit_slips(Decimal(2))] == [(2000,), (Decimal("0.002"),)]


@pytest.mark.parametrize("value", [0, -1])
def test_a_mistake_that_leads_to_no_amount_is_none(value: int) -> None:
    assert list(mistake("forgot-basal", Decimal(value))) == []


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        pytest.param("10", 0, id="the same number says nothing"),
        pytest.param("11", None, id="a tenth away looks right"),
        pytest.param("9", None, id="a tenth below too"),
        pytest.param("11.1", 1, id="further away"),
        pytest.param("8.9", 1, id="further below"),
    ],
)
def test_a_mistake_has_to_be_told_from_the_right_answer(other: str, kept: int | None) -> None:
    found = apart(Decimal(10), [Mistake("unit-slip", Range.exactly(Decimal(other)))] * 2)
    assert (None if found is None else len(found)) == kept
    assert found is None or isinstance(found, tuple)


def test_a_task_tells_which_it_is() -> None:
    task = make_pump_task(7, "B", ("pump-bolus",))
    assert (task.seed, task.level, task.kind) == ("7", "B", "pump-bolus")
    assert task.warnings == ()
    assert task.sides.unsafe == "low"


def test_no_kind_named_is_any_kind_and_none_at_all_is_an_error() -> None:
    assert len({make_pump_task(seed).kind for seed in range(40)}) == 4
    with pytest.raises(ValueError, match="kinds are of"):
        make_pump_task(1, "A", ())


def test_the_tasks_of_a_set_are_those_of_its_seed_and_number() -> None:
    tasks = practice_tasks("kurs", 3, "A", ("pump-rate",))
    assert [one.seed for one in tasks] == ["kurs 0", "kurs 1", "kurs 2"]


def test_what_a_syringe_is_filled_up_with_has_its_slips_of_a_unit() -> None:
    task = make_pump_task(1, "B", ("mixture",))
    slips = [one.values[0] for one in task.mistakes if one.code == "unit-slip"]
    assert slips == [task.right.low * 1000, task.right.low / 1000]
