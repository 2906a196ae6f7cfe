"""Volumes, rates, concentrations and times, as a reader sees them."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from pallkit.doses import shown
from pallkit.i18n import Message, _


def mg(value: Decimal) -> Message:
    """«2,5 mg»."""
    return _("{amount} mg", amount=shown(value))


def mg_per_hour(value: Decimal) -> Message:
    """«2,5 mg/t»."""
    return _("{amount} mg/h", amount=shown(value))


def mg_per_day(value: Decimal) -> Message:
    """«60 mg/24 t»."""
    return _("{amount} mg/24 h", amount=shown(value))


def ml(value: Decimal) -> Message:
    """«0,2 mL»."""
    return _("{volume} mL", volume=shown(value))


def ml_per_hour(value: Decimal) -> Message:
    """«0,25 mL/t»."""
    return _("{volume} mL/h", volume=shown(value))


def mg_per_ml(value: Decimal) -> Message:
    """«10 mg/mL»."""
    return _("{amount} mg/mL", amount=shown(value))


def minutes(value: Decimal) -> Message:
    """«20 min»."""
    return _("{minutes} min", minutes=shown(value))


def hours(value: Decimal) -> Message:
    """«83,3 t (3,5 døgn)»; hours alone below two days."""
    if value < 48:
        return _("{hours} h", hours=shown(value))
    days = (value / 24).quantize(Decimal("0.1"))
    return _("{hours} h ({days} days)", hours=shown(value), days=days)


def added(parts: list[Decimal]) -> Message:
    """«6 + 2 + 0,6»."""
    total = _("{point}", point=shown(parts[0]))
    for part in parts[1:]:
        total = _("{first} + {second}", first=total, second=shown(part))
    return total


def written_down(part: Decimal) -> Decimal:
    """A part of a dose as a person rounds it down to two digits: 13.33… becomes 13."""
    return part.quantize(Decimal(1).scaleb(part.adjusted() - 1), rounding=ROUND_DOWN)
