"""Reading and holding doses: an amount, its unit, a drug and a way of giving it.

Training on invented patients; not clinical decision support. A dose is read as it is
written in Norwegian or English and is never guessed at: what can be read in two ways is a
:class:`pallkit.errors.DoseError` that says what to write instead.
"""

from __future__ import annotations

from pallkit.doses.drugs import Drug, drug, drugs
from pallkit.doses.liquids import Liquid
from pallkit.doses.model import Dose, Preparation
from pallkit.doses.numbers import read_number, shown, with_unit
from pallkit.doses.quantities import MEASURES, Measure, Per, Quantity, Unit
from pallkit.doses.reading import read_dose, read_measure, read_preparation, read_quantity
from pallkit.doses.regimen import RegimenLine, Use, daily_doses, read_line, read_regimen
from pallkit.doses.routes import Route
from pallkit.doses.writing import (
    dose_message,
    dose_text,
    measure_message,
    measure_text,
    preparation_message,
    preparation_text,
    quantity_message,
    quantity_text,
)

__all__ = [
    "MEASURES",
    "Dose",
    "Drug",
    "Liquid",
    "Measure",
    "Per",
    "Preparation",
    "Quantity",
    "RegimenLine",
    "Route",
    "Unit",
    "Use",
    "daily_doses",
    "dose_message",
    "dose_text",
    "drug",
    "drugs",
    "measure_message",
    "measure_text",
    "preparation_message",
    "preparation_text",
    "quantity_message",
    "quantity_text",
    "read_dose",
    "read_line",
    "read_measure",
    "read_number",
    "read_preparation",
    "read_quantity",
    "read_regimen",
    "shown",
    "with_unit",
]
