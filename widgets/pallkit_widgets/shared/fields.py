"""What people type into a field beside which a unit stands."""

from __future__ import annotations

from pallkit import doses
from pallkit.errors import PallkitError
from pallkit.i18n import Message


class FieldError(PallkitError):
    """What is wrong in a form, and in which field; «form» is the whole of it."""

    def __init__(self, field: str, message: Message) -> None:
        super().__init__(message)
        self.field = field


def with_unit(typed: str, unit: str | None) -> str:
    """What was typed, with the unit beside the field, and without the spaces around it."""
    return doses.with_unit(typed.strip(), unit)


def without_unit(text: str, unit: str | None) -> str:
    """Take the unit off again, to show a saved answer in the field it was typed in."""
    return text.removesuffix(f" {unit}") if unit else text
