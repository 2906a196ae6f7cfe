"""What one unit of a drug is worth by a row, in a measure that every table can share."""

from __future__ import annotations

from decimal import Decimal

from pallkit.doses import Preparation, Quantity, Route
from pallkit.opioids import Range, Row


def worth_of_one(row: Row, route: Route) -> Range:
    """Mg oral morphine for 1 mg/24 h of the row's drug, or for 1 µg/h of a patch.

    A row in mg delivered by a patch, or in µg, is written over by the engine's own units.
    """
    measure = Preparation(row.drug, route).measure
    one = Quantity(Decimal(1), measure.unit, measure.per).to(row.measure)
    return row.morphine(Range.exactly(one.amount))
