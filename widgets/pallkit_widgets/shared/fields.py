"""What people type into a field beside which a unit stands."""

from __future__ import annotations

import re

_BARE_NUMBER = re.compile(r"[\d\s.,]+")


def with_unit(typed: str, unit: str | None) -> str:
    """Add the unit shown beside the field where only a number was typed: «40» → «40 mg».

    Whether the number can be read is for :mod:`pallkit.doses` to say.
    """
    typed = typed.strip()
    return f"{typed} {unit}" if unit and _BARE_NUMBER.fullmatch(typed) else typed


def without_unit(text: str, unit: str | None) -> str:
    """Take the unit off again, to show a saved answer in the field it was typed in."""
    return text.removesuffix(f" {unit}") if unit else text
