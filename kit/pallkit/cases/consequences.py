"""What a wrong dose does to the patient: a deterministic teaching rule, never medicine.

The ratio of the dose given to the dose computed falls in one of the case's bands, and the
band's effects follow. The thresholds are invented by the author, stand in the case where
everybody can see them, and are shown with the arithmetic in the debrief. No source says
that a patient reacts like this.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pallkit.cases.effects import Band
from pallkit.cases.model import Case
from pallkit.cases.state import Consequence
from pallkit.errors import ContentError
from pallkit.i18n import _


def consequence(
    case: Case, rule: str, given: Decimal, bounds: tuple[Decimal, Decimal]
) -> Consequence:
    """Find what follows from ``given`` where the right answer is within ``bounds``.

    Within the bounds the ratio is 1; outside, it is to the nearer bound. Raises
    :class:`ContentError` when the case has no rule of that name.
    """
    bands = case.consequences.get(rule)  # type: ignore[call-overload]  # any name
    if bands is None:
        raise ContentError(
            _(
                "The case has no consequence called “{rule}”. Write it under consequences.",
                rule=rule,
            )
        )
    low, high = bounds
    computed = min(max(given, low), high)
    ratio = given / computed
    return Consequence(rule, given, computed, ratio, band_of(bands, ratio))


def band_of(bands: Sequence[Band], ratio: Decimal) -> Band | None:
    """The band that ``ratio`` is in, its lower bound included; None between bands."""
    return next((band for band in bands if _holds(band, ratio)), None)


def _holds(band: Band, ratio: Decimal) -> bool:
    above = band.at_least is None or ratio >= band.at_least
    return above and (band.below is None or ratio < band.below)
