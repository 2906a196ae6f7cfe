"""Where a table with bands or printed lines gives less for more: its edges, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pallkit.doses import shown
from pallkit.i18n import Message, _
from pallkit.opioids.ranges import Range
from pallkit.opioids.rows import Direction, Row


@dataclass(frozen=True, slots=True)
class Edge:
    """What a row answers at one end of its band, or at its printed line."""

    row: Row
    morphine: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Fall:
    """Two neighbouring edges where more oral morphine gives less of the drug."""

    before: Edge
    after: Edge

    @property
    def message(self) -> Message:
        """Both edges side by side, for the learner: 299 → 49.8, but 300 → 37.5."""
        return _(
            "More gives less here: {less} mg oral morphine/24 h is {high} {measure}, but "
            "{more} mg is {low} {measure}.",
            less=shown(self.before.morphine),
            high=shown(self.before.amount),
            more=shown(self.after.morphine),
            low=shown(self.after.amount),
            measure=self.after.row.measure.message,
        )


def edges(rows: Sequence[Row]) -> list[Edge]:
    """Every edge of ``rows`` (of one preparation) in order of oral morphine."""
    found = [Edge(row, at, _amount(row, at)) for row in rows for at in _ends(row)]
    return sorted(found, key=lambda edge: edge.morphine)


def falls(rows: Sequence[Row]) -> tuple[Fall, ...]:
    """Where the answers of ``rows`` (of one preparation) fall as oral morphine rises."""
    return tuple(
        Fall(before, after)
        for before, after in pairwise(edges(rows))
        if before.morphine < after.morphine and before.amount > after.amount
    )


def _ends(row: Row) -> list[Decimal]:
    if row.direction is Direction.LOOKUP_ONLY:
        return [row.printed.morphine] if row.printed else []
    if row.band is None or not row.direction.switches_to:
        return []
    return [row.band.low] if row.band.high is None else [row.band.low, row.band.high]


def _amount(row: Row, morphine: Decimal) -> Decimal:
    amount = row.amount(Range.exactly(morphine))
    return amount.high if amount.point is None else amount.point
