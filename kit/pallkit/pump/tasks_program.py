"""Tasks about how a pump is set: its rate, how long it lasts, the most it can give.

Every amount, concentration and reservoir is invented, for patients who do not exist.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal

from pallkit.doses import Dose, Quantity, dose_message, read_preparation
from pallkit.i18n import Message, _
from pallkit.opioids import CHOSEN, Mistake, Receipt, Refusal
from pallkit.opioids.tasks import GIVEN_AS_DOSE
from pallkit.opioids.tasks_shape import Level, Sides, pick
from pallkit.pump.boluses import HOUR, boluses
from pallkit.pump.program import Program, program
from pallkit.pump.reservoir import life
from pallkit.pump.settings import Bolus, Settings
from pallkit.pump.table import pump_table
from pallkit.pump.tasks_mistakes import apart, mistake, unit_slips
from pallkit.pump.tasks_shape import HOURS, MG, ML_PER_HOUR, PumpUnit, Sum
from pallkit.pump.units import mg, mg_per_ml, minutes, ml

_LEAST_RATE = Decimal("0.05")
_SHORTEST, _LONGEST = Decimal(12), Decimal(168)
"""Hours that a reservoir in a task may last."""

_DAILY = tuple(map(Decimal, (24, 36, 48, 60, 72, 84, 96, 120, 144, 180, 240)))
_BOLUSES = tuple(map(Decimal, ("0.5", "1", "1.5", "2", "2.5", "3", "4", "5")))
_RESERVOIRS = (Decimal(50), Decimal(100))
_CONCENTRATIONS: dict[Level, tuple[Decimal, ...]] = {
    "A": (Decimal(10),),
    "B": (Decimal(10), Decimal(20), Decimal(40)),
    "C": tuple(map(Decimal, (2, 4, 5, 6, 8))),
}
_LOCKOUTS: dict[Level, tuple[int, ...]] = {"A": (20, 25, 30), "B": (25, 40, 45), "C": (25, 30, 40)}
_HOUR_LIMITS = (Decimal("1.5"), Decimal(2), Decimal("2.5"))
"""How many times what runs all the time an hour limit is, in a task."""
_AMPOULES = Decimal(10)


@dataclass(frozen=True, slots=True)
class _Pump:
    """A pump as the engine works it out; ``mixed`` where the strength is to be found first."""

    settings: Settings
    done: Program
    mixed: bool = False

    def rate_at(self, concentration: Decimal) -> Decimal:
        """mL/h with another strength in the reservoir than there is."""
        found = program(replace(self.settings, bolus=None, concentration=concentration))
        assert isinstance(found, Program)  # noqa: S101  # without a button nothing is refused
        return found.rate


def rate_task(chance: random.Random, level: Level) -> Sum | None:
    """How many mL/h a pump runs at."""
    pump = _pump(chance, level, mixed=level == "C")
    if pump is None:
        return None
    return _sum(
        pump,
        _("How many mL does the pump give in an hour?"),
        (ML_PER_HOUR, GIVEN_AS_DOSE, pump.done.rate),
        _rate_mistakes(pump),
        _steps(pump.done.receipt, "mg/h = mg in 24 h ÷ 24", "mL/h = mg/h ÷ mg/mL"),
    )


def reservoir_task(chance: random.Random, level: Level) -> Sum | None:
    """How many hours a reservoir lasts: without boluses at level A, with all of them above."""
    pump = _pump(chance, level, bolus=level != "A")
    if pump is None:
        return None
    lasting = pump.done.life
    right, asked = lasting.untouched, _("How many hours does the reservoir last, by its volume?")
    if lasting.shortest is not None:
        right = lasting.shortest
        asked = _(
            "How many hours does the reservoir last, by its volume, when every bolus is taken?"
        )
    if not _SHORTEST <= right <= _LONGEST:
        return None
    found = _reservoir_mistakes(pump)
    return _sum(pump, asked, (HOURS, _LASTING, right), found, pump.done.receipt)


def bolus_task(chance: random.Random, level: Level) -> Sum | None:
    """The most that a pump can give in any 60 minutes; under an hour limit at level C."""
    pump = _pump(chance, level, bolus=True, limit=level == "C")
    if pump is None or pump.done.boluses is None:
        return None
    found = pump.done.boluses
    formulas = ("60 ÷ lock-out, rounded up", "mg/h + bolus × number of boluses")
    limit = Receipt(tuple(one for one in found.receipt.steps if one.source == CHOSEN))
    return _sum(
        pump,
        _("How many mg can the pump give at most in any 60 minutes, if every bolus is taken?"),
        (MG, _MOST, found.most),
        _bolus_mistakes(pump),
        _steps(pump.done.receipt, "mg/h = mg in 24 h ÷ 24", *formulas) + limit,
    )


def _pump(
    chance: random.Random,
    level: Level,
    *,
    bolus: bool = False,
    limit: bool = False,
    mixed: bool = False,
) -> _Pump | None:
    """A pump that can be run, or None where the draw gives one that cannot."""
    daily, concentration = pick(chance, _DAILY), pick(chance, _CONCENTRATIONS[level])
    dose = Dose(read_preparation("morfin sc"), Quantity(daily, "mg", "24h"))
    button = _button(chance, level, daily / 24, limit=limit) if bolus else None
    settings = Settings(
        dose=dose, concentration=concentration, reservoir=pick(chance, _RESERVOIRS), bolus=button
    )
    done = program(settings)
    if isinstance(done, Refusal) or (bolus and not _fair(done)):
        return None
    if not _LEAST_RATE <= done.rate <= pump_table().site.rate.most:
        return None
    return _Pump(settings, done, mixed)


def _button(chance: random.Random, level: Level, per_hour: Decimal, *, limit: bool) -> Bolus:
    most = per_hour * pick(chance, _HOUR_LIMITS) if limit else None
    lockout = Decimal(pick(chance, _LOCKOUTS[level]))
    return Bolus(amount=pick(chance, _BOLUSES), lockout=lockout, hour_limit=most)


def _fair(done: Program) -> bool:
    """Whether a bolus is between a quarter of an hour's amount and all of it."""
    found = done.boluses
    if found is None or not done.per_hour / 4 <= found.bolus.amount <= done.per_hour:
        return False
    return found.bolus.hour_limit is None or found.capped


def _rate_mistakes(pump: _Pump) -> Iterator[Mistake]:
    strength = pump.settings.concentration
    day = replace(pump.settings.dose, quantity=Quantity(pump.done.per_day, "mg", "h"))
    hasty = program(replace(pump.settings, dose=day))
    if isinstance(hasty, Program):
        yield from mistake("forgot-24-hours", hasty.rate)
    yield from mistake("inverse-concentration", pump.rate_at(1 / strength))
    yield from mistake("forgot-concentration", pump.rate_at(Decimal(1)))
    if pump.mixed:
        yield from mistake("ampoule-strength", pump.rate_at(_AMPOULES))
    yield from unit_slips(pump.done.rate)


def _reservoir_mistakes(pump: _Pump) -> Iterator[Mistake]:
    settings, strength, volume = pump.settings, pump.settings.concentration, pump.settings.reservoir
    lasting = pump.done.life
    per_hour = pump.done.rate if pump.done.boluses is None else volume / (lasting.shortest or 1)
    yield from mistake("forgot-24-hours", life(settings, per_hour * 24, None).untouched)
    yield from mistake("forgot-concentration", life(settings, per_hour * strength, None).untouched)
    turned = life(settings, per_hour * strength * strength, None).untouched
    yield from mistake("inverse-concentration", turned)
    button = settings.bolus
    if button is not None:
        yield from mistake("forgot-boluses", lasting.untouched)
        for code, hourly, count in (
            ("forgot-basal", Decimal(0), HOUR / button.lockout),
            ("one-bolus", pump.done.per_hour, Decimal(1)),
            (
                "most-for-mean",
                pump.done.per_hour,
                Decimal(boluses(button, Decimal(1), strength).fit),
            ),
        ):
            thought = (hourly + button.amount * count) / strength
            yield from mistake(code, life(settings, thought, None).untouched)
    yield from unit_slips(volume / per_hour)


def _bolus_mistakes(pump: _Pump) -> Iterator[Mistake]:
    button, strength, hourly = pump.settings.bolus, pump.settings.concentration, pump.done.per_hour
    if button is None or pump.done.boluses is None:
        return
    free = replace(button, hour_limit=None)
    with_all = boluses(free, hourly, strength)
    yield from mistake("forgot-basal", boluses(free, Decimal(0), strength).most)
    yield from mistake("forgot-boluses", hourly)
    down = (HOUR / button.lockout).to_integral_value(ROUND_FLOOR)
    if down > 1:
        yield from mistake("one-bolus", hourly + button.amount)
    yield from mistake("rounded-down", hourly + button.amount * down)
    yield from mistake("mean-for-most", with_all.mean)
    yield from mistake("forgot-24-hours", boluses(free, hourly * 24, strength).most)
    if button.hour_limit is not None:
        yield from mistake("forgot-limit", with_all.most)
        yield from mistake("limit-on-top", hourly + button.hour_limit)
    yield from unit_slips(pump.done.boluses.most)


def _sum(
    pump: _Pump,
    asked: Message,
    answer: tuple[PumpUnit, Sides, Decimal],
    found: Iterator[Mistake],
    receipt: Receipt,
) -> Sum | None:
    unit, sides, right = answer
    known = apart(right, found)
    if known is None:
        return None
    opening = _("An invented patient has a pump under the skin:")
    return Sum(opening, tuple(_given(pump)), asked, unit, sides, right, receipt, known)


def _steps(receipt: Receipt, *formulas: str) -> Receipt:
    """The engine's steps by these formulas."""
    return Receipt(tuple(one for one in receipt.steps if one.ratio and one.ratio.msgid in formulas))


def _given(pump: _Pump) -> Iterator[Message]:
    settings, button = pump.settings, pump.settings.bolus
    yield dose_message(settings.dose)
    if pump.mixed:
        yield _(
            "{amount} in the reservoir, from ampoules of {strength}, filled up to {volume}",
            amount=mg(settings.concentration * settings.reservoir),
            strength=mg_per_ml(_AMPOULES),
            volume=ml(settings.reservoir),
        )
    else:
        yield _("Concentration: {strength}", strength=mg_per_ml(settings.concentration))
        yield _("Reservoir: {volume}", volume=ml(settings.reservoir))
    if button is not None:
        yield _(
            "Bolus: {amount}, with a lock-out of {lockout}",
            amount=mg(button.amount),
            lockout=minutes(button.lockout),
        )
        if button.hour_limit is not None:
            yield _("Hour limit: {amount}", amount=mg(button.hour_limit))


_LASTING = Sides(
    high=_("The answer is too long, and that is the dangerous side: the pump runs empty first."),
    low=_("The answer is too short. That is the safer side: it is changed before it is empty."),
    unsafe="high",
)
_MOST = Sides(
    high=_("The answer is too high. That is the safer side, but the pump cannot give so much."),
    low=_("The answer is too low, and that is the dangerous side: the pump can give more."),
    unsafe="low",
)

MAKERS: dict[str, Callable[[random.Random, Level], Sum | None]] = {
    "pump-rate": rate_task,
    "pump-reservoir": reservoir_task,
    "pump-bolus": bolus_task,
}
