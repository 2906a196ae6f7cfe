"""The rows of ``casebank/pump.yaml``: what one source says of one thing, with its source."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pallkit.i18n import Message, Words, _
from pallkit.pump.units import written_down

Seen = Literal["compatible", "incompatible"]


@dataclass(frozen=True, slots=True)
class PumpDrug:
    """A drug that is mixed with opioids in a pump, by its names."""

    id: str
    name: Words
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mixing:
    """What a source says of drugs in one syringe; ``says`` is its statement in our words."""

    drugs: tuple[str, ...]
    verdict: Seen
    source: str
    says: Words

    def __post_init__(self) -> None:
        if len(set(self.drugs)) < 2:
            message = "a mixture has two drugs or more"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Diluent:
    """What a reservoir can be filled up with."""

    id: str
    name: Words


@dataclass(frozen=True, slots=True)
class Diluting:
    """What a source says of one drug in one diluent."""

    drug: str
    diluent: str
    verdict: Seen
    source: str
    says: Words


@dataclass(frozen=True, slots=True)
class Caution:
    """What a source says of a drug whenever it is mixed with another."""

    drug: str
    source: str
    says: Words


@dataclass(frozen=True, slots=True)
class Lockout:
    """Minutes between boluses under the skin: never below ``at_least``, best ``low``-``high``."""

    at_least: Decimal
    low: Decimal
    high: Decimal
    source: str

    def __post_init__(self) -> None:
        _rising(self.at_least, self.low, self.high)


@dataclass(frozen=True, slots=True)
class HourLimit:
    """How many times the hourly need an hour limit often is, by one source."""

    low: Decimal
    high: Decimal
    source: str

    def __post_init__(self) -> None:
        _rising(self.low, self.high)


@dataclass(frozen=True, slots=True)
class NurseGiven:
    """The rescue dose a nurse gives: 24 hours over ``divide_by``, at most ``every`` minutes."""

    divide_by: Decimal
    every: Decimal
    source: str

    def __post_init__(self) -> None:
        _rising(self.divide_by)
        _rising(self.every)

    def part_of(self, per_day: Decimal) -> Decimal:
        """The rescue dose to ``per_day`` mg in 24 hours."""
        return per_day / self.divide_by

    def reached_by(self, amount: Decimal, per_day: Decimal) -> bool:
        """Whether ``amount`` mg is as much as the rescue dose, as a person would write it."""
        return amount >= written_down(self.part_of(per_day))


@dataclass(frozen=True, slots=True)
class Most:
    """An upper figure and who gives it."""

    most: Decimal
    source: str

    def __post_init__(self) -> None:
        _rising(self.most)


@dataclass(frozen=True, slots=True)
class Site:
    """What one place under the skin takes: ``rate`` in mL/h, ``dose`` in mL at once."""

    rate: Most
    dose: Most


@dataclass(frozen=True, slots=True)
class Keeps:
    """How long a product keeps in a reservoir, in hours, undiluted or diluted."""

    hours: Decimal
    diluted: bool
    says: Words

    def __post_init__(self) -> None:
        _rising(self.hours)


@dataclass(frozen=True, slots=True)
class Product:
    """A product with the strengths (mg/mL) that were seen, and how long it keeps, if known."""

    id: str
    drug: str
    name: Words
    strengths: tuple[Decimal, ...]
    source: str
    keeps: tuple[Keeps, ...] = ()
    hygiene: Words | None = None

    def __post_init__(self) -> None:
        _rising(*self.strengths)


@dataclass(frozen=True, slots=True)
class DayRange:
    """mg in 24 hours that a source prints for adults; None where it prints nothing."""

    drug: str
    source: str
    low: Decimal | None = None
    high: Decimal | None = None
    most: Decimal | None = None
    use: Words | None = None

    def __post_init__(self) -> None:
        _rising(*(value for value in (self.low, self.high, self.most) if value is not None))

    @property
    def message(self) -> Message:
        """«10–30 mg/24 t, høyst 60 mg/24 t», or only what the source prints of it."""
        most = None if self.most is None else _("at most {most} mg/24 h", most=self.most)
        if self.low is None or self.high is None:
            return most or _("no figure")
        usual = _("{low}–{high} mg/24 h", low=self.low, high=self.high)
        if self.low == self.high:
            usual = _("{low} mg/24 h", low=self.low)
        return usual if most is None else _("{first}, {second}", first=usual, second=most)


@dataclass(frozen=True, slots=True)
class AsNeeded:
    """mg that a source prints for one dose as needed, ``low`` to ``high``, for adults.

    It says how often in one of two ways: every so many ``hours``, or so many ``times`` in 24
    hours. Where it says neither, both are None.
    """

    drug: str
    source: str
    low: Decimal
    high: Decimal
    hours: Decimal | None = None
    times: Decimal | None = None
    use: Words | None = None

    def __post_init__(self) -> None:
        _rising(self.low, self.high)
        if self.hours is not None and self.times is not None:
            message = "hours or times, not both"
            raise ValueError(message)
        _rising(*(value for value in (self.hours, self.times) if value is not None))

    @property
    def message(self) -> Message:
        """«2,5–5 mg hver time», «10 mg 4 ganger i døgnet»."""
        amount = _("{low} mg", low=self.low)
        if self.low != self.high:
            amount = _("{low}–{high} mg", low=self.low, high=self.high)
        if self.hours is not None:
            if self.hours == 1:
                return _("{amount} every hour", amount=amount)
            return _("{amount} every {hours} hours", amount=amount, hours=self.hours)
        if self.times is not None:
            return _("{amount} {times} times in 24 hours", amount=amount, times=self.times)
        return amount


def _rising(*figures: Decimal) -> None:
    if list(figures) != sorted(figures) or (figures and figures[0] <= 0):
        message = f"{' ≤ '.join(map(str, figures))} does not hold, or is not above 0"
        raise ValueError(message)
