"""Read a dose as a clinician writes it, in Norwegian or English, without guessing.

«morfin po 30 mg x 2», «fentanyl plaster 25 mikrogram/time skiftes hver 72. time»,
«morfin mikstur po 2 mg/mL 5 mL x 4», "morphine oral 10 mg every 8 h". Every word must be
understood; one that is not is an error, never skipped, because it may be the one that changes
the dose.
"""

from __future__ import annotations

from pallkit.doses.grammar import Amount, read_amount
from pallkit.doses.model import Dose, Preparation
from pallkit.doses.naming import name_preparation
from pallkit.doses.quantities import Measure, Quantity
from pallkit.doses.routes import Route
from pallkit.doses.tokens import tokens
from pallkit.errors import DoseError
from pallkit.i18n import _


def read_dose(text: str) -> Dose:
    """Read drug, route, amount, unit and how often.

    Raises :class:`DoseError`, with what to write instead, for anything that is missing,
    unknown or can be read in two ways.
    """
    amount = read_amount(text)
    preparation = name_preparation(amount.words, text)
    if preparation.route is Route.TRANSDERMAL:
        _check_patch(amount)
    elif amount.change_hours is not None:
        raise DoseError(
            _("Only a patch is changed. Write how often a dose is given, for example x 2.")
        )
    return Dose(preparation, amount.quantity, amount.times, amount.liquid, amount.change_hours)


def read_quantity(text: str) -> Quantity:
    """Read an amount with its unit and no drug: «40 mg/24 t», «25 µg/t», «5 mg».

    «20 mg x 2» is read as 40 mg/24 h. Raises :class:`DoseError`.
    """
    amount = read_amount(text)
    if amount.words or amount.change_hours is not None:
        raise DoseError(
            _(
                "“{word}” does not belong here. Write only the amount and its unit, for "
                "example 40 mg/24 h.",
                word=" ".join(amount.words) or text.strip(),
            )
        )
    if amount.times is None:
        return amount.quantity
    quantity = amount.quantity
    return Quantity(quantity.amount * amount.times, quantity.unit, "24h")


def read_preparation(text: str) -> Preparation:
    """Read a drug and a route: «morfin sc», «fentanyl plaster». Raises :class:`DoseError`."""
    pieces = tokens(text)
    stray = next((piece for piece in pieces if piece.kind != "word"), None)
    if stray is not None:
        raise DoseError(
            _(
                "“{text}” holds more than a drug and a route. Write for example morphine sc.",
                text=text.strip(),
            )
        )
    return name_preparation(tuple(piece.text for piece in pieces), text)


def read_measure(text: str) -> Measure:
    """Read a unit alone: «mg/24 t», «mg», «µg/t». Raises :class:`DoseError`."""
    return read_quantity(f"1 {text}").measure


def _check_patch(amount: Amount) -> None:
    # 25 µg, 25 µg/d and 25 µg/t are three different things on a patch; only one is dosed so.
    if amount.quantity.per != "h" or amount.times is not None:
        raise DoseError(_("A patch is written as its rate, for example fentanyl patch 25 µg/h."))
