"""The numbers that the key to «Symptomer og smertepumpe» types are the pump engine's own."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from typer.testing import CliRunner

from pallkit_app.cli import app
from pallkit_app.compile import content_root
from pallkit_app.courses.reading import read_keys
from pallkit_grading.key import Key
from pallkit_grading.key_kinds import NumberTask


@pytest.fixture(scope="module")
def key() -> Key:
    return read_keys(content_root() / "courses" / "spesialist")


def _task(key: Key, name: str) -> NumberTask:
    (found,) = (task for id_, task in key.tasks.items() if str(id_) == name)
    assert isinstance(found, NumberTask)
    return found


def _pump(dose: str, *more: str) -> dict[str, Any]:
    where = ["--concentration", "10 mg/mL", "--reservoir", "50 mL"]
    done = CliRunner().invoke(app, ["pump", "--dose", dose, *where, *more, "--json"])
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _most(lockout: str) -> dict[str, Any]:
    done = _pump("morfin sc 48 mg/d", "--bolus", "0,6 mg", "--lockout", lockout)
    bolus: dict[str, Any] = done["program"]["bolus"]
    return bolus


def test_the_rate_is_the_engines(key: Key) -> None:
    done = _pump("morfin sc 60 mg/d")
    assert _task(key, "pumpe-fart").equals == Decimal(str(done["program"]["ml_per_h"]))


def test_the_most_in_an_hour_and_its_near_misses_are_the_engines(key: Key) -> None:
    task = _task(key, "pumpe-mest")
    two_presses, mean, *_others = task.partial
    assert task.equals == Decimal(str(_most("25 min")["most_mg_in_60_min"]))
    assert two_presses.equals == Decimal(str(_most("30 min")["most_mg_in_60_min"]))
    assert mean.equals == Decimal(str(_most("25 min")["mean_mg_per_h"]))


def test_the_rate_of_the_mixture_empties_the_syringe_in_a_day(key: Key) -> None:
    task = _task(key, "pumpe-blanding")
    assert task.range is not None
    low, high = task.range
    assert low < Decimal(20) / 24 < high
    assert task.partial[0].equals == _task(key, "pumpe-fart").equals


def test_the_engine_refuses_the_button_that_the_key_calls_dangerous() -> None:
    refused = _pump("morfin sc 60 mg/d", "--bolus", "10 mg", "--lockout", "20 min")["refusal"]
    accepted = _pump("morfin sc 60 mg/d", "--bolus", "0,8 mg", "--lockout", "20 min")["refusal"]
    assert refused is not None
    assert accepted is None
