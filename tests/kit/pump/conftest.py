"""Pumps to set, and an invented 2:1 set beside the real 3:1, so that arithmetic is tested alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from pallkit.doses import read_dose
from pallkit.opioids import RatioSet, Refusal, ratio_set
from pallkit.pump import Bolus, Program, Settings, program

Set = Callable[..., Settings]


@pytest.fixture
def settings() -> Set:
    def make(
        dose: str = "morfin sc 144 mg/d",
        *,
        strength: str = "10",
        volume: str = "100",
        bolus: tuple[str, ...] = (),
        **more: object,
    ) -> Settings:
        button = None
        if bolus:
            amount, lockout, *limit = map(Decimal, bolus)
            button = Bolus(amount=amount, lockout=lockout, hour_limit=limit[0] if limit else None)
        return Settings(
            dose=read_dose(dose),
            concentration=Decimal(strength),
            reservoir=Decimal(volume),
            bolus=button,
            **more,  # type: ignore[arg-type]  # a test's shorthand
        )

    return make


@pytest.fixture
def worked(settings: Set) -> Callable[..., Program]:
    def work(*arguments: object, **named: object) -> Program:
        done = program(settings(*arguments, **named))
        assert isinstance(done, Program), done
        return done

    return work


@pytest.fixture
def refused() -> Callable[[object], str]:
    def code(answer: object) -> str:
        assert isinstance(answer, Refusal), answer
        return answer.code

    return code


@pytest.fixture
def two_to_one() -> RatioSet:
    table = ratio_set("klb-2008")
    rows = tuple(replace(row, ratio=Decimal(2)) for row in table.rows)
    return replace(table, id="two-to-one", title="An invented table", rows=rows)
