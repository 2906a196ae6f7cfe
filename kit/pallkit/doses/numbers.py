"""Numbers as people write them, read without guessing and rounded only when shown."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from pallkit.errors import DoseError
from pallkit.i18n import _

GROUPING_SPACES = " \u00a0\u2007\u2009\u202f"
"""The spaces that may group thousands: plain, no-break, figure, thin and narrow no-break."""

MOST_DIGITS = 9
"""More digits than any dose has. What is longer is a slip, or not a dose at all."""

_PLAIN = re.compile(r"(?P<whole>0|[1-9][0-9]*)(?:[.,](?P<decimals>[0-9]+))?")
_TWO_READINGS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_BARE = re.compile(r"[\d\s.,]+")
_GROUPED = re.compile(rf"[1-9][0-9]{{0,2}}(?:[{GROUPING_SPACES}][0-9]{{3}})+(?:[.,][0-9]+)?")


def read_number(text: str) -> Decimal:
    """Read «2,5», «2.5» or «1 000» exactly as written.

    Raises :class:`DoseError` for what has two readings («1.000» is a thousand in Norway
    and one in England, «05» may have lost its comma) and for anything that is not a plain
    number: NaN, infinities, exponents, fractions, signs, other scripts' digits.
    """
    text = text.strip()
    _refuse_two_readings(text)
    if _GROUPED.fullmatch(text):
        text = re.sub(rf"[{GROUPING_SPACES}]", "", text)
    if any(space in text for space in GROUPING_SPACES):
        raise DoseError(
            _(
                "“{text}” has a space that does not group thousands. Write the number in one "
                "piece, or in groups of three such as 1 000.",
                text=text,
            )
        )
    found = _PLAIN.fullmatch(text)
    if found is None:
        raise DoseError(_("“{text}” is not a number. Write for example 2.5.", text=text))
    if len(found["whole"] + (found["decimals"] or "")) > MOST_DIGITS:
        raise DoseError(_("“{text}” has too many digits to be a dose.", text=text))
    return Decimal(text.replace(",", "."))


def _refuse_two_readings(text: str) -> None:
    if _TWO_READINGS.fullmatch(text):
        raise DoseError(
            _(
                "“{text}” can be read in two ways. Write {whole} for thousands, or drop the "
                "last zeros of a decimal number.",
                text=text,
                whole=re.sub(r"[.,]", "", text),
            )
            if text.endswith("0")
            else _(
                "“{text}” can be read in two ways. Write {whole} for thousands, or round a "
                "decimal number to two decimals.",
                text=text,
                whole=re.sub(r"[.,]", "", text),
            )
        )
    if re.fullmatch(r"0[0-9]+([.,][0-9]*)?", text) or re.fullmatch(r"[.,][0-9]+", text):
        raise DoseError(
            _(
                "“{text}” may lack a zero or a comma. Write a decimal number with one zero in "
                "front, such as 0.5.",
                text=text,
            )
        )


def shown(value: Decimal) -> Decimal:
    """Round a number for reading: 26.666… becomes 26.7, 133.33… becomes 133.

    Up to four significant digits are shown as they are; anything longer is rounded to
    three, but whole digits are never dropped and a dose above 0 is never shown as 0.
    """
    value = value.normalize()
    if not value or len(value.as_tuple().digits) <= 4:
        return value
    last = min(value.adjusted() - 2, 0)
    return value.quantize(Decimal(1).scaleb(last), rounding=ROUND_HALF_UP).normalize()


def with_unit(typed: str, unit: str | None) -> str:
    """Add the unit shown beside a field where only a number was typed: «40» → «40 mg».

    Whether the number can be read is for :func:`read_number` to say.
    """
    return f"{typed} {unit}" if unit and _BARE.fullmatch(typed) else typed
