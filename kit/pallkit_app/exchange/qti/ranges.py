"""Regular expressions that tell a typed number from too low a one, and from no number at all.

QTI 3 compares numbers only where the player has read one, and a player that reads «2,5» as 2
would judge wrongly without a word. So a dose is answered as text, and told apart by patterns:
with a comma or a point, and with or without the unit. They are in the dialect QTI names (that
of XML Schema) and mean the same in JavaScript's.

A number has at most seven digits before the comma and two after, below 1 four; more decimals
would let «1.250» through, which can be read in two ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

_WHOLE_DIGITS = 7
_DECIMALS = (0, 1, 2)
_DECIMALS_BELOW_1 = (3, 4)
_SEPARATOR = "[.,]"
_DIGIT = "[0-9]"

UNITS = {
    "mg/24 t": "mg(/24 ?[th])?",
    "mg": "mg",
    "µg/t": "(µg|mcg|mikrog)/[th]",
    "ml/t": "m[lL]/[th]",
}
"""What may be written after the number, by the step's unit."""

_MORE = f"{_DIGIT}?"  # {0,6} would be fine, but in QTI braces can name a variable

READABLE = (
    f"(0|[1-9]{_MORE * (_WHOLE_DIGITS - 1)})({_SEPARATOR}{_DIGIT}{_MORE})?"
    f"|0{_SEPARATOR}{_DIGIT * 3}{_MORE}"
)


def within(low: Decimal, high: Decimal) -> str:
    """A pattern for every number that can be read from ``low`` to ``high``, both included."""
    return "|".join(_all(low, high))


def below(limit: Decimal) -> str:
    """A pattern for every number that can be read below ``limit``."""
    return "|".join(
        one
        for decimals in (*_DECIMALS, *_DECIMALS_BELOW_1)
        for one in _with(decimals, 0, _ceiling(limit, decimals) - 1)
    )


def with_unit(numbers: str, unit: str) -> str:
    """The pattern of a whole answer: the number, perhaps the unit, perhaps blanks."""
    return f" *({numbers}) ?({UNITS[unit]})? *"


def _all(low: Decimal, high: Decimal) -> Iterator[str]:
    for decimals in (*_DECIMALS, *_DECIMALS_BELOW_1):
        floor = int((high.scaleb(decimals)).to_integral_value(ROUND_FLOOR))
        yield from _with(decimals, _ceiling(low, decimals), floor)


def _ceiling(value: Decimal, decimals: int) -> int:
    return int(value.scaleb(decimals).to_integral_value(ROUND_CEILING))


def _with(decimals: int, low: int, high: int) -> Iterator[str]:
    """Patterns for numbers with so many decimals, ``low`` to ``high`` being without the comma."""
    most = 1 if decimals in _DECIMALS_BELOW_1 else _WHOLE_DIGITS
    for whole in range(1, most + 1):
        digits = whole + decimals
        least = 0 if whole == 1 else 10 ** (digits - 1)
        greatest = (1 if decimals in _DECIMALS_BELOW_1 else 10**whole) * 10**decimals - 1
        first, last = max(low, least), min(high, greatest)
        if first <= last:
            for signs in _between(str(first).zfill(digits), str(last).zfill(digits)):
                yield _joined(signs, decimals)


def _between(first: str, last: str) -> Iterator[tuple[str, ...]]:
    """Digit by digit, every number from ``first`` to ``last``, which are of the same length."""
    if not first:
        yield ()
        return
    rest = len(first) - 1
    low, high = int(first[0]), int(last[0])
    if low == high:
        yield from ((first[0], *more) for more in _between(first[1:], last[1:]))
        return
    if first[1:] != "0" * rest:
        yield from ((first[0], *more) for more in _between(first[1:], "9" * rest))
        low += 1
    full_to = high if last[1:] == "9" * rest else high - 1
    if low <= full_to:
        yield (f"[{low}-{full_to}]" if low < full_to else str(low), *[_DIGIT] * rest)
    if full_to < high:
        yield from ((last[0], *more) for more in _between("0" * rest, last[1:]))


def _joined(signs: tuple[str, ...], decimals: int) -> str:
    if not decimals:
        return "".join(signs)
    place = len(signs) - decimals
    return "".join((*signs[:place], _SEPARATOR, *signs[place:]))
