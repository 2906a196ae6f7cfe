"""A drug given in a way, and a dose of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from pallkit.doses.liquids import Liquid
from pallkit.doses.quantities import MG_PER_DAY, MICROGRAM_PER_HOUR, Measure, Quantity, Unit
from pallkit.doses.routes import Route
from pallkit.errors import DoseError
from pallkit.i18n import _


@dataclass(frozen=True, slots=True)
class Preparation:
    """A drug (by its id) and a route: what a ratio is for."""

    drug: str
    route: Route

    @property
    def measure(self) -> Measure:
        """What its daily doses are counted in: µg/h for a patch, else mg/24 h."""
        return MICROGRAM_PER_HOUR if self.route is Route.TRANSDERMAL else MG_PER_DAY


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose of a preparation, as it was written.

    ``quantity`` is for one dose, for 24 hours or for an hour; ``times`` is how many times
    in 24 hours one dose is given, where that was written. So «30 mg x 2» keeps its two
    parts, and «10 mg» alone is one dose that says nothing about the day. ``liquid`` is the
    strength and volume it was written by; ``change_hours`` how often a patch is changed, which
    does not change its rate.
    """

    preparation: Preparation
    quantity: Quantity
    times: int | None = None
    liquid: Liquid | None = None
    change_hours: int | None = None

    @property
    def amount(self) -> Decimal:
        """The amount as written, in :attr:`unit`."""
        return self.quantity.amount

    @property
    def unit(self) -> Unit:
        """The unit as written, mg or µg."""
        return self.quantity.unit

    def daily(self) -> Quantity:
        """The amount in 24 hours in the preparation's own measure: mg/24 h, or µg/h for a patch.

        Raises :class:`DoseError` for one dose with no word of how often.
        """
        quantity = self.quantity
        if quantity.per == "dose":
            if self.times is None:
                raise DoseError(
                    _(
                        "“{amount} {unit}” is one dose. Write how often it is given, for example "
                        "{amount} {unit} x 2, or the sum for 24 hours.",
                        amount=quantity.amount,
                        unit=quantity.unit,
                    )
                )
            quantity = Quantity(quantity.amount * self.times, quantity.unit, "24h")
        return quantity.to(self.preparation.measure)

    def given(self, times: int) -> Dose:
        """This one dose given ``times`` times in 24 hours: rescue doses taken, counted up."""
        if self.quantity.per != "dose":
            raise DoseError(
                _("Only one dose can be counted up; this dose is for a length of time already.")
            )
        return replace(self, times=(self.times or 1) * times)
