"""Many generated doses at once: oral morphine equivalents of a pandas DataFrame.

Training on invented patients; not clinical decision support. For generated regimens only: a
table with a column that looks like a name, a birth date or an id is refused before anything
is computed.

A table has few different preparations and many rows. Each different (drug, route, unit) is
counted once by the scalar engine; the rows then only multiply. So the figures, the directions
and the refusals are the engine's own, row for row.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from pallkit.doses import Dose, Quantity, drug, read_measure, read_number, read_preparation
from pallkit.errors import PallkitError
from pallkit.i18n import _
from pallkit.opioids import RatioSet, Refusal, omeq
from pallkit_app.batch.personal import FrameError, refuse_personal
from pallkit_app.dose_columns import ADDED, GIVEN

# What read_number could read in no other way, and most generated amounts are: 40, 2.5, 37.25.
_ONE_READING = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,2})?")

UNREADABLE_DOSE = "unreadable_dose"
UNREADABLE_AMOUNT = "unreadable_amount"


def omeq_frame(frame: pd.DataFrame, ratio_set: RatioSet) -> pd.DataFrame:
    """Count every row of ``frame`` as oral morphine, in mg per 24 hours.

    Columns read: ``drug`` and ``route`` (any name the engine reads), ``amount`` (a number, or
    text such as «2,5») and ``unit`` («mg/24 t», «µg/t»; a dose that does not say how often
    has no answer). Columns added: ``oral_morphine_low``, ``oral_morphine_point``,
    ``oral_morphine_high`` (float, mg/24 h) and ``reason``: "" where there is an answer, else
    the engine's refusal code, "unreadable_dose" or "unreadable_amount". A missing number
    always has its reason, but for a point a source does not print. Other columns are kept.

    The same as :func:`pallkit.opioids.omeq` row by row, within floating point. Raises
    :class:`FrameError` for a missing column and for one that may hold a person's data.
    """
    _refuse_doubles(frame)
    refuse_personal(frame, free=[name for name in frame.columns if name not in GIVEN])
    missing = [name for name in GIVEN if name not in frame.columns]
    if missing:
        raise FrameError(
            _(
                "The table lacks the column {missing}. It needs: {needed}.",
                missing=", ".join(missing),
                needed=", ".join(GIVEN),
            )
        )
    kind, factors = _factors(frame, ratio_set)
    amount = _true_amounts(_amounts(frame["amount"]), kind, factors)
    readable = np.isfinite(amount) & (amount >= 0)
    reasons = np.array([one.reason for one in factors], dtype=object)[kind]
    reasons[(reasons == "") & ~readable] = UNREADABLE_AMOUNT
    worth = np.array([one.worth for one in factors], dtype=float).reshape(-1, 3)
    answer = np.where(readable[:, None], worth[kind] * amount[:, None], np.nan)
    columns: dict[str, Any] = {name: answer[:, place] for place, name in enumerate(ADDED[:3])}
    return frame.assign(**columns, reason=reasons)


def _refuse_doubles(frame: pd.DataFrame) -> None:
    double = frame.columns[frame.columns.duplicated()]
    if len(double):
        raise FrameError(
            _("Two columns are named “{name}”. Give each its own name.", name=str(double[0]))
        )


@dataclass(frozen=True, slots=True)
class _Factor:
    """What 1 of a unit of a preparation is worth, or why it has no answer."""

    worth: tuple[float, float, float] = (math.nan, math.nan, math.nan)
    reason: str = ""
    nominal: tuple[tuple[float, float], ...] = ()


def _factors(frame: pd.DataFrame, table: RatioSet) -> tuple[Any, list[_Factor]]:
    """Number the different (drug, route, unit) of the rows, and count each of them once."""
    combined: Any = np.zeros(len(frame), dtype=np.int64)
    names: list[Any] = []
    for column in ("drug", "route", "unit"):
        codes, values = pd.factorize(frame[column].astype("str"), use_na_sentinel=False)
        combined = combined * max(len(values), 1) + codes
        names.append(values)
    kind, present = pd.factorize(combined)
    factors = []
    for code in present:
        rest, unit = divmod(int(code), len(names[2]))
        drug_code, route = divmod(rest, len(names[1]))
        drug_name, route_name = str(names[0][drug_code]), str(names[1][route])
        factors.append(_factor(drug_name, route_name, str(names[2][unit]), table))
    return kind, factors


def _factor(drug_name: str, route: str, unit: str, table: RatioSet) -> _Factor:
    try:
        preparation = read_preparation(f"{drug_name} {route}")
        measure = read_measure(unit)
        one = Quantity(Decimal(1), measure.unit, measure.per)
        done = omeq([Dose(preparation, one)], table)
    except PallkitError:
        return _Factor(reason=UNREADABLE_DOSE)
    if isinstance(done, Refusal):
        return _Factor(reason=done.code)
    morphine = done.oral_morphine
    point = math.nan if morphine.point is None else float(morphine.point)
    scale = one.to(preparation.measure).amount
    nominal = tuple(
        (float(patch.printed / scale), float(patch.rate / scale))
        for patch in drug(preparation.drug).patches
        if preparation.measure.per == "h"
    )
    return _Factor((float(morphine.low), point, float(morphine.high)), "", nominal)


def _true_amounts(amount: Any, kind: Any, factors: list[_Factor]) -> Any:  # arrays
    """The amounts, with each patch whose print is not its rate counted at its rate."""
    true = amount.copy()
    for place, factor in enumerate(factors):
        for printed, rate in factor.nominal:
            true[(kind == place) & (amount == printed)] = rate
    return true


def _amounts(column: pd.Series[Any]) -> Any:  # an array of float64
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return column.to_numpy(dtype=float, na_value=np.nan)
    codes, values = pd.factorize(column.astype("str"), use_na_sentinel=False)
    return np.array([_amount(str(value)) for value in values], dtype=float)[codes]


def _amount(text: str) -> float:
    if _ONE_READING.fullmatch(text):
        return float(text)
    try:
        return float(read_number(text))
    except PallkitError:
        return math.nan
