"""Doses as a reader sees them: «morfin sc 40 mg/24 t», "fentanyl patch 25 µg/h"."""

from __future__ import annotations

from pallkit.doses.drugs import drug
from pallkit.doses.model import Dose, Preparation
from pallkit.doses.numbers import shown
from pallkit.doses.quantities import Measure, Quantity
from pallkit.i18n import Language, Message, _, render


def preparation_message(preparation: Preparation) -> Message:
    """«morfin po», «fentanyl plaster»."""
    return _("{drug} {route}", drug=drug(preparation.drug).name, route=preparation.route.message)


def quantity_message(quantity: Quantity) -> Message:
    """«26,7 mg/24 t»: rounded for reading by :func:`pallkit.doses.shown`."""
    return _("{amount} {measure}", amount=shown(quantity.amount), measure=quantity.measure.message)


def dose_message(dose: Dose) -> Message:
    """«morfin po 30 mg x 2», as it was written; fewer digits where they are many."""
    text = _written(dose)
    if dose.change_hours is not None:
        return _("{dose} changed every {hours} h", dose=text, hours=dose.change_hours)
    return text


def _written(dose: Dose) -> Message:
    by_volume = dose.liquid is not None and dose.liquid.amount == dose.amount
    parts = {
        "preparation": preparation_message(dose.preparation),
        "quantity": dose.liquid.message
        if by_volume and dose.liquid and dose.quantity.per == "dose"
        else quantity_message(dose.quantity),
    }
    if dose.times is None:
        return _("{preparation} {quantity}", **parts)
    return _("{preparation} {quantity} x {times}", times=dose.times, **parts)


def measure_message(measure: Measure) -> Message:
    """«mg/24 t», «µg/t»."""
    return measure.message


def preparation_text(preparation: Preparation, lang: Language) -> str:
    """:func:`preparation_message`, in ``lang``."""
    return render(preparation_message(preparation), lang)


def quantity_text(quantity: Quantity, lang: Language) -> str:
    """:func:`quantity_message`, in ``lang``."""
    return render(quantity_message(quantity), lang)


def dose_text(dose: Dose, lang: Language) -> str:
    """:func:`dose_message`, in ``lang``."""
    return render(dose_message(dose), lang)


def measure_text(measure: Measure, lang: Language) -> str:
    """:func:`measure_message`, in ``lang``."""
    return render(measure.message, lang)
