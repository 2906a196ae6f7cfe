"""One drug in a reservoir: how much of it, and from which ampoules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pallkit.doses.grammar import read_amount
from pallkit.doses.quantities import MG_PER_DOSE
from pallkit.errors import DoseError
from pallkit.i18n import _
from pallkit.opioids import CHOSEN
from pallkit.pump.reading import read_concentration
from pallkit.pump.settings import above_zero
from pallkit.pump.table import drug_name, products_of, read_drug


@dataclass(frozen=True, slots=True)
class Part:
    """A drug in the reservoir: mg of it, from ampoules of ``strength`` mg/mL.

    The strength is typed by the learner or taken from :func:`.table.products_of`; there is
    no strength that goes without saying.
    """

    drug: str
    amount: Decimal
    strength: Decimal

    def __post_init__(self) -> None:
        drug_name(self.drug)
        above_zero(self.amount, _("The amount"))
        above_zero(self.strength, _("The strength"))

    @property
    def volume(self) -> Decimal:
        """What is drawn up of the ampoules, in mL."""
        return self.amount / self.strength

    @property
    def source(self) -> str:
        """Who prints the strength: a product's source, or whoever typed it."""
        found = [one.source for one in products_of(self.drug) if self.strength in one.strengths]
        return found[0] if found else CHOSEN


def read_part(text: str) -> Part:
    """Read «midazolam 10 mg (5 mg/mL)»: drug, amount, strength of the ampoules.

    Raises :class:`DoseError` for a part that does not have all three.
    """
    head, bracket, rest = text.partition("(")
    strength, closed, after = rest.partition(")")
    if not (bracket and closed) or after.strip():
        raise DoseError(
            _(
                "“{text}” lacks the strength of the ampoules. Write for example midazolam 10 mg "
                "(5 mg/mL).",
                text=text.strip(),
            )
        )
    amount = read_amount(head)
    if amount.times is not None or amount.change_hours is not None:
        raise DoseError(_("Write how much goes into the reservoir, not how often it is given."))
    return Part(
        read_drug(" ".join(amount.words)),
        amount.quantity.to(MG_PER_DOSE).amount,
        read_concentration(strength),
    )
