"""Strengths that exist, and the largest dose of them that is not above what was worked out.

Rounding is down: the answer is a ceiling, and what is left out is given as needed. Only
products in ``casebank/products.yaml`` are known, each with where its strengths were seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from itertools import combinations_with_replacement
from typing import Literal

from pallkit import content
from pallkit.doses import Preparation, Route, drug, preparation_message, shown
from pallkit.doses.structuring import structure
from pallkit.i18n import Message, _
from pallkit.opioids.conversion import Conversion
from pallkit.opioids.results import Step

MOST_UNITS = 4
"""More tablets or patches at once than this is not a dose but a wrong strength."""


@dataclass(frozen=True, slots=True)
class Product:
    """Strengths of one product: mg a tablet, µg/h a patch, mg/mL an ampoule of ``volume`` mL."""

    id: str
    drug: str
    routes: tuple[Route, ...]
    form: Literal["tablet", "patch", "ampoule"]
    unit: Literal["mg", "µg/h", "mg/mL"]
    strengths: tuple[Decimal, ...]
    source: str
    times: int = 1
    volume: Decimal | None = None
    most_together: int = MOST_UNITS
    most: Decimal | None = None

    def delivers(self, strength: Decimal) -> Decimal:
        """What one unit gives: a patch marked 12 gives 12.5."""
        if self.form == "patch":
            for patch in drug(self.drug).patches:
                if patch.printed == strength:
                    return patch.rate
        return strength

    def combinations(self) -> Iterator[tuple[Decimal, tuple[Decimal, ...]]]:
        """Every dose of at most :attr:`most_together` units: the sum, and the units."""
        for count in range(1, self.most_together + 1):
            for units in combinations_with_replacement(sorted(self.strengths, reverse=True), count):
                total = sum((self.delivers(unit) for unit in units), Decimal(0))
                if self.most is None or total <= self.most:
                    yield total, units


@dataclass(frozen=True, slots=True)
class Rounded:
    """A day's dose made of units that exist: ``units`` are given ``product.times`` times."""

    product: Product
    preparation: Preparation
    wanted: Decimal
    units: tuple[Decimal, ...]
    daily: Decimal

    @property
    def step(self) -> Step:
        """The rounding as a step of a receipt, with the combination and its source."""
        text = _(
            "Rounded from {wanted} to {preparation} {daily} {measure}: {units} {unit}",
            wanted=shown(self.wanted),
            preparation=preparation_message(self.preparation),
            daily=self.daily,
            measure=self.preparation.measure.message,
            units=_joined(self.units),
            unit=self.preparation.measure.message if self.product.form == "patch" else _("mg"),
        )
        if self.product.times > 1:
            text = _("{step}, {times} times in 24 hours", step=text, times=self.product.times)
        return Step(text, None, self.product.source)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A dose drawn from ampoules: how much, and how many are opened for it."""

    product: Product
    volume: Decimal
    ampoules: int


def round_down(amount: Decimal, preparation: Preparation) -> Rounded | None:
    """The largest day's dose not above ``amount`` that tablets or patches make.

    ``amount`` is in the preparation's measure. Few units are better than many. None where no
    product was seen, or the smallest is too large already.
    """
    found = [one for one in _made(preparation) if one.daily <= amount]
    return _best(found, amount, highest=True)


def round_answer(answer: Conversion) -> Rounded | None:
    """The answer of a conversion rounded down, once a reduction has been chosen.

    The point is rounded, or the low end where the source gives only a spread. None for an
    equivalent before reduction, which is no dose to give, and where no product was seen.
    """
    if answer.taken_off is None:
        return None
    point = answer.target.point
    return round_down(answer.target.low if point is None else point, answer.to)


def round_up(amount: Decimal, preparation: Preparation) -> Rounded | None:
    """The smallest day's dose not below ``amount``: what rounding the wrong way gives."""
    found = [one for one in _made(preparation) if one.daily >= amount]
    return _best(found, amount, highest=False)


def draw(amount: Decimal, preparation: Preparation) -> tuple[Drawn, ...]:
    """How ``amount`` mg is drawn from each ampoule that was seen for the preparation."""
    return tuple(
        Drawn(
            product,
            amount / strength,
            int((amount / strength / product.volume).to_integral_value(ROUND_CEILING)),
        )
        for product in products()
        if product.form == "ampoule" and _fits(product, preparation) and product.volume
        for strength in product.strengths
    )


def products() -> tuple[Product, ...]:
    """Every product in ``casebank/products.yaml``."""
    return _load(content.edition())


def _fits(product: Product, preparation: Preparation) -> bool:
    return product.drug == preparation.drug and preparation.route in product.routes


def _made(preparation: Preparation) -> list[Rounded]:
    return [
        Rounded(product, preparation, Decimal(0), units, total * product.times)
        for product in products()
        if product.form != "ampoule" and _fits(product, preparation)
        for total, units in product.combinations()
    ]


def _best(found: list[Rounded], amount: Decimal, *, highest: bool) -> Rounded | None:
    if not found:
        return None
    sign = -1 if highest else 1
    best = min(found, key=lambda one: (sign * one.daily, len(one.units)))
    return Rounded(best.product, best.preparation, amount, best.units, best.daily)


def _joined(units: tuple[Decimal, ...]) -> Message:
    joined = _("{amount}", amount=units[0])
    for unit in units[1:]:
        joined = _("{first} + {second}", first=joined, second=_("{amount}", amount=unit))
    return joined


@lru_cache(maxsize=2)
def _load(_edition: str) -> tuple[Product, ...]:
    return structure(content.table("products"), tuple[Product, ...], where="products.yaml")
