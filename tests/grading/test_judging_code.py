"""Code is judged by what its names hold: tolerant of floating point, of nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.grading.kinds import task_of, words

from pallkit.i18n import render
from pallkit_grading.code_task import Ask, judge_code, of_namespace
from pallkit_grading.code_values import same, written
from pallkit_grading.key import CodeTask
from pallkit_grading.sandbox import CageEndedError, Sandbox, Value

GOOD = """
andel = 0.1 + 0.15
def omeq(dose, ratio):
    return dose * ratio
import pandas as pd
tabell = pd.DataFrame({"enhet": ["A", "B"], "antall": [12, 7], "mer": [1.5, None]})
"""
HALF = "andel = 0.25\ntabell = 'A 12'\n"


def code(**changes: Any) -> CodeTask:
    task = task_of("code", **changes)
    assert isinstance(task, CodeTask)
    return task


def one(check: Mapping[str, object]) -> CodeTask:
    """A task with this one check."""
    return code(points=1, checks=[{"points": 1, "hint": words("Look again"), **check}])


def asked(source: str) -> Ask:
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102  # the test's own code, as a notebook runs it
    return of_namespace(names)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


@pytest.mark.parametrize(("source", "points"), [(GOOD, 4), (HALF, 1), ("", 0)])
def test_the_cage_and_the_notebook_itself_give_the_same(
    sandbox: Sandbox, source: str, points: int
) -> None:
    with sandbox.cage() as cage:
        cage.run(source)
        caged = judge_code(code(), cage.value)
    assert caged == judge_code(code(), asked(source))
    assert caged.points == points


def test_code_that_was_not_run_is_not_graded() -> None:
    found = judge_code(code(), None)
    assert (found.outcome, found.points) == ("not_graded", None)


def test_each_thing_that_is_wrong_says_what_is_wrong_and_its_hint() -> None:
    found = judge_code(
        code(), asked("andel = 0.3\ndef omeq(a, b): raise ValueError\ntabell = object()")
    )
    told = [render(line, "nb") for line in found.lines]
    assert told == [
        "«andel» er ikke det det ble spurt etter.",
        "The share (nb)",
        "«omeq» feilet da den ble prøvd.",
        "Calls (nb)",
        "«tabell» er ikke et tall, en tekst, en liste eller en tabell.",
        "The table (nb)",
    ]
    assert found.answer == "andel = 0.3\nomeq: –\ntabell: –"


@pytest.mark.parametrize("raises", ["raise SystemExit", "return {}['x']", "return 1 / 0"])
def test_a_function_that_fails_costs_only_its_own_check(sandbox: Sandbox, raises: str) -> None:
    source = f"{GOOD}\ndef omeq(a, b): {raises}"
    with sandbox.cage() as cage:
        cage.run(source)
        caged = judge_code(code(), cage.value)
    assert caged.points == judge_code(code(), asked(source)).points == 3


def test_no_line_and_no_answer_holds_the_right_value() -> None:
    found = judge_code(code(), asked("andel = 1"))
    assert "0.25" not in f"{found.answer} {[render(line, 'en') for line in found.lines]}"


def test_a_cage_that_is_gone_is_not_judged_as_a_wrong_answer() -> None:
    def gone(_name: str, *_arguments: object, **_call: bool) -> Value:
        raise CageEndedError("time")

    with pytest.raises(CageEndedError):
        judge_code(code(), gone)


@pytest.mark.parametrize(
    ("equals", "value", "right"),
    [
        pytest.param("0.3", 0.1 + 0.2, True, id="floating point"),
        pytest.param(0, 0.1 + 0.2 - 0.3, True, id="floating point at 0"),
        pytest.param(1, np.int64(1), True, id="numpy's number"),
        pytest.param("0.5", Decimal("0.5"), True, id="a Decimal"),
        pytest.param("0.5", Fraction(1, 2), False, id="a Fraction"),
        pytest.param(1, True, False, id="True is not 1"),
        pytest.param(True, 1, False, id="1 is not True"),
        pytest.param(True, True, True, id="True"),
        pytest.param(1, [1], False, id="a list of it"),
        pytest.param(1, math.nan, False, id="NaN"),
        pytest.param(1, math.inf, False, id="infinite"),
        pytest.param(1, 10**5000, False, id="a huge number"),
        pytest.param(1, "1" * 10_000_000, False, id="10 MB of digits"),
        pytest.param("ja", "x" * 10_000_000, False, id="10 MB of text"),
        pytest.param("ja", " ja\n", True, id="spaces around a text"),
        pytest.param("ja", "Ja", False, id="another letter"),
        pytest.param([1, 2], (1, 2), True, id="a tuple"),
        pytest.param([1, 2], np.array([1.0, 2.0]), True, id="an array"),
        pytest.param([1, 2], pd.Series([1, 2], index=["x", "y"]), True, id="a Series"),
        pytest.param([1, 2], [2, 1], False, id="another order"),
        pytest.param({"a": 1}, {"a": 1, "b": 2}, False, id="a key too many"),
        pytest.param({"1": "x"}, {1: "x"}, True, id="a number as a key"),
        pytest.param({"a": [1, {"b": 2}]}, {"a": [1, {"b": 2}]}, True, id="deep"),
        pytest.param("x", Ellipsis, False, id="no plain value"),
    ],
)
def test_a_value_is_right_only_when_it_is_alike(
    equals: object, value: object, *, right: bool
) -> None:
    found = judge_code(one({"value": "x", "equals": equals}), of_namespace({"x": value}))
    assert found.points == (1 if right else 0)


@pytest.mark.parametrize(
    ("check", "value", "right"),
    [
        pytest.param({"equals": 100, "tolerance": "5 %"}, 105, True, id="the edge of 5 %"),
        pytest.param({"equals": 100, "tolerance": "5 %"}, 105.1, False, id="past it"),
        pytest.param({"equals": 0, "within": "0.5"}, -0.5, True, id="half off 0"),
        pytest.param({"equals": [1, 2], "within": "0.1"}, [1.1, 1.9], True, id="each in a list"),
        pytest.param({"range": [10, 15]}, 15, True, id="the end of a range"),
        pytest.param({"range": [10, 15]}, "12", True, id="a number as text"),
        pytest.param({"range": [10, 15]}, math.nan, False, id="NaN in a range"),
        pytest.param({"range": [0, 1]}, True, False, id="True in a range"),
        pytest.param({"rows": [{"a": 1}]}, [{"a": 1, "b": 2}], True, id="a column more"),
        pytest.param({"rows": [{"a": 1}]}, [{"a": 1}, {"a": 1}], False, id="a row more"),
        pytest.param({"rows": [{"a": 1}]}, {"a": 1}, False, id="a row, not rows"),
        pytest.param({"rows": []}, pd.DataFrame({"a": []}), True, id="an empty table"),
    ],
)
def test_a_check_is_as_tolerant_as_its_key(
    check: dict[str, object], value: object, *, right: bool
) -> None:
    found = judge_code(one({"value": "x", **check}), of_namespace({"x": value}))
    assert found.points == (1 if right else 0)


def test_a_function_gets_whole_numbers_decimals_and_lists_as_the_key_has_them() -> None:
    arguments = [60, "1.5", [1, "ja"], {"a": True}]
    check = {"call": "f", "with": arguments, "equals": "int float list dict"}
    kinds = asked("def f(*given): return ' '.join(type(one).__name__ for one in given)")
    assert judge_code(one(check), kinds).points == 1


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(PLAIN)
def test_whatever_a_cage_answers_is_judged_and_shown_in_a_short_line(value: object) -> None:
    def ask(_name: str, *_arguments: object, **_call: bool) -> Value:
        return Value(value)

    found = judge_code(code(), ask)
    assert found.points is not None
    assert 0 <= found.points <= 4
    assert len(str(found.answer)) < 1000
    assert len(written(value)) <= 300


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14))
def test_a_number_is_itself_and_no_other(value: float) -> None:
    assert same(value, Decimal(value))
    assert not same(value + max(1.0, abs(value) * 1e-6), Decimal(value))
