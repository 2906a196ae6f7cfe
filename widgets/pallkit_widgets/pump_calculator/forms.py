"""The three forms as the browser sends them: known keys, texts only, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pallkit.i18n import _
from pallkit_widgets.shared.fields import FieldError

Section = Literal["pump", "mixture", "start"]
Form = Mapping[str, Any]

SECTIONS: tuple[Section, ...] = ("pump", "mixture", "start")
MOST_PARTS = 6
LONGEST = 60
LONGEST_REGIMEN = 500

PUMP = (
    *("drug", "dose", "concentration", "reservoir", "product", "bolus", "lockout", "limit"),
    *("hours", "lowest", "highest", "step"),
)
MIXTURE = ("reservoir", "diluent", "hours", "bolus", "lockout")
PART = ("drug", "amount", "strength")
START = ("doses", "to", "reduce")


def empty(section: Section) -> dict[str, Any]:
    """A form nobody has written in."""
    if section == "pump":
        return dict.fromkeys(PUMP, "")
    if section == "mixture":
        return dict.fromkeys(MIXTURE, "") | {"parts": [dict.fromkeys(PART, "")]}
    return dict.fromkeys(START, "") | {"sets": []}


def checked(section: Section, form: Form) -> Form:
    """``form`` if it is one of ours. Raises :class:`FieldError` for anything else."""
    fits = form.keys() == empty(section).keys()
    for key, value in form.items() if fits else ():
        if key == "parts":
            fits = fits and _parts_fit(value)
        elif key == "sets":
            fits = fits and _texts_fit(value, most=40)
        else:
            longest = LONGEST_REGIMEN if key == "doses" else LONGEST
            fits = fits and isinstance(value, str) and len(value) <= longest
    if not fits:
        raise FieldError("form", _("The form could not be read. Reload the page."))
    return form


def _parts_fit(value: object) -> bool:
    return (
        isinstance(value, list)
        and 0 < len(value) <= MOST_PARTS
        and all(isinstance(row, Mapping) and row.keys() == set(PART) for row in value)
        and all(_texts_fit(list(row.values()), most=len(PART)) for row in value)
    )


def _texts_fit(value: object, *, most: int) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= most
        and all(isinstance(text, str) and len(text) <= LONGEST for text in value)
    )
