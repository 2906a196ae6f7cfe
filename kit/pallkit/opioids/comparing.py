"""The same doses by several ratio sets side by side: to see that, and why, sources differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pallkit.doses import Dose, Preparation
from pallkit.opioids.conversion import Conversion
from pallkit.opioids.counting import Omeq, omeq
from pallkit.opioids.ranges import Range
from pallkit.opioids.ratio_sets import RatioSet
from pallkit.opioids.reductions import Reduction
from pallkit.opioids.results import Refusal
from pallkit.opioids.switching import convert


@dataclass(frozen=True, slots=True)
class Compared:
    """One ratio set's answer, or its reason for giving none."""

    table: RatioSet
    answer: Omeq | Conversion | Refusal

    @property
    def range(self) -> Range | None:
        """The answer's figures, in the measure asked for; None for a refusal."""
        if isinstance(self.answer, Refusal):
            return None
        return self.answer.oral_morphine if isinstance(self.answer, Omeq) else self.answer.target


def compare(
    doses: Sequence[Dose],
    tables: Iterable[RatioSet],
    *,
    to: Preparation | None = None,
    reduction: Reduction | None = None,
) -> tuple[Compared, ...]:
    """Count ``doses``, or change them to ``to``, by each of ``tables``, in their order.

    Raises what :func:`pallkit.opioids.omeq` and :func:`pallkit.opioids.convert` raise.
    """
    if to is None:
        return tuple(Compared(table, omeq(doses, table)) for table in tables)
    return tuple(Compared(table, convert(doses, to, table, reduction)) for table in tables)


def spread(compared: Iterable[Compared]) -> Range | None:
    """From the lowest to the highest figure of those that answer; no point, which none has said.

    A withdrawn set answers, but how far sources differ is not told by what is not to be used.
    """
    ranges = [
        one.range for one in compared if one.range is not None and one.table.withdrawn is None
    ]
    if not ranges:
        return None
    return Range(min(one.low for one in ranges), None, max(one.high for one in ranges))
