"""Compare and show values that came from a hand-in's code, none of which are trusted.

How deep and how far is looked is bounded by the key's own value, never by what came.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

Slack = tuple[Decimal, Decimal]
"""How far off a number may be: a share of the right one, and an amount."""

NO_SLACK: Slack = (Decimal(0), Decimal(0))

_FLOAT_SHARE, _FLOAT_AMOUNT = Decimal("1e-8"), Decimal("1e-9")
_LARGEST = 10**15
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,40})?([eE][+-]?\d{1,2})?")
_LONGEST = 10_000
_SHOWN, _SHOWN_LETTERS, _SHOWN_ALL = 6, 60, 300


def same(value: object, wanted: object, slack: Slack = NO_SLACK) -> bool:
    """Whether ``value`` is what the key has: alike in kind, and numbers near enough.

    True is not 1, a list is not a number, and what is not finite or is larger than 10¹⁵ is
    no number. Spaces around a text do not count.
    """
    if wanted is None or isinstance(wanted, bool):
        return value is wanted
    if isinstance(wanted, Decimal):
        return _near(value, wanted, slack)
    if isinstance(wanted, str):
        return _text(value) == wanted.strip()
    if isinstance(wanted, Mapping):
        return (
            isinstance(value, Mapping) and len(value) == len(wanted) and _has(value, wanted, slack)
        )
    if isinstance(wanted, Sequence):
        return (
            isinstance(value, list | tuple)
            and len(value) == len(wanted)
            and all(same(one, other, slack) for one, other in zip(value, wanted, strict=True))
        )
    return False


def same_rows(value: object, wanted: Sequence[object], slack: Slack = NO_SLACK) -> bool:
    """Whether ``value`` is a table with these rows in this order; it may have more columns."""
    if not isinstance(value, list | tuple) or len(value) != len(wanted):
        return False
    return all(
        isinstance(row, Mapping) and _has(row, other, slack)
        if isinstance(other, Mapping)
        else same(row, other, slack)
        for row, other in zip(value, wanted, strict=True)
    )


def in_range(value: object, bounds: tuple[Decimal, Decimal]) -> bool:
    """Whether ``value`` is a number from the lower to the upper bound."""
    number = number_of(value)
    low, high = bounds
    return number is not None and low - _float_slack(low) <= number <= high + _float_slack(high)


def number_of(value: object) -> Decimal | None:
    """A number, also one written as text as a Decimal is; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        if isinstance(value, float) and not math.isfinite(value):
            return None
        return Decimal(value) if abs(value) <= _LARGEST else None
    if isinstance(value, str) and len(value) <= _SHOWN_LETTERS and _NUMBER.fullmatch(value):
        number = Decimal(value)
        return number if abs(number) <= _LARGEST else None
    return None


def written(value: object) -> str:
    """A value on one short line, to be read by people."""
    text = _written(value, 2)
    return text if len(text) <= _SHOWN_ALL else text[: _SHOWN_ALL - 1] + "…"


def plain_arguments(values: Sequence[object]) -> list[object]:
    """The key's values as a function takes them: whole numbers as int, others as float."""
    return [_argument(one) for one in values]


def _near(value: object, wanted: Decimal, slack: Slack) -> bool:
    number = number_of(value)
    if number is None:
        return False
    share, amount = slack
    return abs(number - wanted) <= max(abs(wanted) * share, amount) + _float_slack(wanted)


def _float_slack(wanted: Decimal) -> Decimal:
    return max(abs(wanted) * _FLOAT_SHARE, _FLOAT_AMOUNT)


def _text(value: object) -> str | None:
    return value.strip() if isinstance(value, str) and len(value) <= _LONGEST else None


def _has(value: Mapping[object, object], wanted: Mapping[str, object], slack: Slack) -> bool:
    return all(key in value and same(value[key], one, slack) for key, one in wanted.items())


def _written(value: object, depth: int) -> str:
    if isinstance(value, Mapping | list | tuple):
        return _inside(value, depth - 1) if depth else "…"
    if isinstance(value, float | Decimal):
        return f"{value:.6g}"
    if isinstance(value, str):
        cut = value if len(value) <= _SHOWN_LETTERS else value[:_SHOWN_LETTERS] + "…"
        return json.dumps(cut, ensure_ascii=False)
    small = not isinstance(value, int) or abs(value) <= _LARGEST
    return str(value) if small and isinstance(value, int | None) else "…"


def _inside(value: Mapping[object, object] | list[object] | tuple[object, ...], depth: int) -> str:
    more = ", …" if len(value) > _SHOWN else ""
    if isinstance(value, Mapping):
        pairs = [*value.items()][:_SHOWN]
        inner = ", ".join(f"{str(key)[:40]}: {_written(one, depth)}" for key, one in pairs)
        return f"{{{inner}{more}}}"
    return f"[{', '.join(_written(one, depth) for one in value[:_SHOWN])}{more}]"


def _argument(value: object) -> object:
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value() and value.as_tuple().exponent == 0
        return int(value) if whole else float(value)
    if isinstance(value, Mapping):
        return {key: _argument(one) for key, one in value.items()}
    return [_argument(one) for one in value] if isinstance(value, list | tuple) else value
