"""What holds for every pump, and a pump simulated minute by minute that agrees with the sums."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pallkit.doses import Dose, Preparation, Quantity, Route
from pallkit.i18n import LANGUAGES
from pallkit.opioids import Refusal
from pallkit.pump import Bolus, Part, Program, Settings, mix, program
from pallkit.pump.boluses import boluses

AMOUNTS = st.decimals(min_value="0.1", max_value=2000, places=1)
STRENGTHS = st.decimals(min_value="0.1", max_value=50, places=1)
VOLUMES = st.decimals(min_value=1, max_value=500, places=1)
LOCKOUTS = st.integers(min_value=1, max_value=240).map(Decimal)
MORPHINE = Preparation("morphine", Route.SUBCUTANEOUS)


def dose(amount: Decimal) -> Dose:
    return Dose(MORPHINE, Quantity(amount, "mg", "24h"))


@st.composite
def pumps(draw: st.DrawFn) -> Settings:
    button = None
    if draw(st.booleans()):
        limit = draw(st.one_of(st.none(), AMOUNTS))
        button = Bolus(amount=draw(AMOUNTS), lockout=draw(LOCKOUTS), hour_limit=limit)
    return Settings(
        dose=dose(draw(AMOUNTS)),
        concentration=draw(STRENGTHS),
        reservoir=draw(VOLUMES),
        bolus=button,
    )


def most_by_simulation(bolus: Bolus, per_hour: Decimal) -> Decimal:
    """Press every minute for six hours; count what any 60 minutes of them hold."""
    given, next_at = [], 0
    for minute in range(6 * 60):
        if minute >= next_at:
            given.append(minute)
            next_at = minute + int(bolus.lockout)
    fullest = max(sum(start <= at < start + 60 for at in given) for start in range(5 * 60))
    return per_hour + bolus.amount * fullest


def life_by_simulation(volume: Decimal, rate: Decimal, bolus: Decimal, lockout: Decimal) -> Decimal:
    """Hours until empty with the button held down from the start."""
    every, taken = lockout / 60, 0
    while True:
        empty = (volume - bolus * (taken + 1)) / rate
        if empty < every * (taken + 1):
            return max(empty, every * taken)
        taken += 1


@given(amount=AMOUNTS, per_hour=AMOUNTS, lockout=LOCKOUTS)
def test_the_most_in_any_hour_is_what_pressing_all_the_time_gives(
    amount: Decimal, per_hour: Decimal, lockout: Decimal
) -> None:
    bolus = Bolus(amount=amount, lockout=lockout)
    assert boluses(bolus, per_hour, Decimal(1)).most == most_by_simulation(bolus, per_hour)


@given(
    volume=VOLUMES,
    per_day=AMOUNTS,
    part=st.integers(min_value=7, max_value=400),
    lockout=st.integers(min_value=15, max_value=240).map(Decimal),
)
def test_the_shortest_life_is_right_to_within_one_lock_out(
    volume: Decimal, per_day: Decimal, part: int, lockout: Decimal
) -> None:
    bolus = Bolus(amount=per_day / part, lockout=lockout)
    done = program(
        Settings(dose=dose(per_day), concentration=Decimal(10), reservoir=volume * 10, bolus=bolus)
    )
    if isinstance(done, Refusal) or done.life.shortest is None or done.life.shortest > 5000:
        return
    assert done.boluses is not None
    found = life_by_simulation(volume * 10, done.rate, done.boluses.volume, lockout)
    tiny = Decimal("1e-9")
    assert done.life.shortest - lockout / 60 - tiny <= found <= done.life.shortest + tiny


@given(settings=pumps())
def test_every_answer_is_above_0_and_the_most_is_never_below_the_mean(settings: Settings) -> None:
    done = program(settings)
    for lang in LANGUAGES:
        assert done.to_json(lang)["steps"] or isinstance(done, Refusal)
    if isinstance(done, Refusal):
        return
    assert min(done.per_hour, done.rate, done.day_volume, done.life.untouched) > 0
    if done.boluses is None:
        assert done.life.shortest is None
        return
    assert done.boluses.most >= done.boluses.mean >= done.per_hour
    assert done.life.shortest is not None
    assert 0 < done.life.shortest <= done.life.untouched
    limit = done.boluses.bolus.hour_limit
    assert limit is None or done.boluses.most <= limit


@given(settings=pumps(), more=AMOUNTS)
def test_more_in_24_hours_never_runs_slower_nor_lasts_longer(
    settings: Settings, more: Decimal
) -> None:
    first = program(settings)
    second = program(replace(settings, dose=dose(settings.dose.amount + more)))
    if isinstance(first, Program) and isinstance(second, Program):
        assert second.rate > first.rate
        assert second.life.untouched < first.life.untouched
        if first.boluses and second.boluses:
            assert second.boluses.most >= first.boluses.most


@given(amount=AMOUNTS, per_hour=AMOUNTS, lockout=LOCKOUTS, longer=LOCKOUTS, strength=STRENGTHS)
def test_a_longer_lock_out_never_gives_more_and_strength_changes_no_mg(
    amount: Decimal, per_hour: Decimal, lockout: Decimal, longer: Decimal, strength: Decimal
) -> None:
    bolus = Bolus(amount=amount, lockout=lockout)
    short = boluses(bolus, per_hour, strength)
    later = boluses(replace(bolus, lockout=lockout + longer), per_hour, strength)
    assert later.most <= short.most
    assert later.mean < short.mean
    assert boluses(bolus, per_hour, strength * 2).most == short.most


@given(parts=st.lists(st.tuples(AMOUNTS, STRENGTHS), min_size=1, max_size=3), volume=VOLUMES)
def test_a_mixture_fills_the_reservoir_exactly_or_is_refused(
    parts: list[tuple[Decimal, Decimal]], volume: Decimal
) -> None:
    names = ("morphine", "midazolam", "haloperidol")
    given = [Part(name, *part) for name, part in zip(names, parts, strict=False)]
    done = mix(given, reservoir=volume)
    needed = sum(part.volume for part in given)
    if isinstance(done, Refusal):
        assert (done.code, needed > volume) == ("over_reservoir", True)
    else:
        assert done.drugs + done.fill_up == volume
        assert done.fill_up >= 0
