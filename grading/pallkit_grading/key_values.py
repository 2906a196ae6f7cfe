"""The small values of a key: points, figures, plain values of code. Each refuses what it is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NewType

from pallkit.cases.schema import fault
from pallkit.i18n import _

Points = NewType("Points", Decimal)
"""Points of a task: 0, 2 or 1.5; at most two decimals."""

Figure = NewType("Figure", Decimal)
"""A number as a key has it: 12.5 or -3. At most nine digits, and six decimals."""

Name = NewType("Name", str)
"""A name that a hand-in's code gives a value or a function."""

Plain = NewType("Plain", object)
"""A value of code: true, false, null, a number, a text, a list or a mapping of them.

A text that is written as a number is one: 12.5 and "12.5" are the same in a key.
"""

_POINTS = re.compile(r"\d{1,3}(\.\d{1,2})?")
_FIGURE = re.compile(r"-?\d{1,9}(\.\d{1,6})?")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
_DEEPEST = 4
_LONGEST = 1000


def points(value: object, _type: object) -> Points:
    """Read points. What is no number of points is a fault."""
    if isinstance(value, bool) or not _POINTS.fullmatch(str(value)):
        raise fault(
            _("“{value}” is not a number of points. Write for example 3 or 1.5.", value=str(value))
        )
    return Points(Decimal(str(value)))


def figure(value: object, _type: object) -> Figure:
    """Read a number, exactly as it is written."""
    if isinstance(value, bool) or not _FIGURE.fullmatch(str(value)):
        raise fault(_("“{value}” is not a number. Write for example 12.5.", value=str(value)[:60]))
    return Figure(Decimal(str(value)))


def name(value: object, _type: object) -> Name:
    """Read a name of Python's, without a leading underscore: those are not the hand-in's own."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise fault(
            _("“{value}” is not a name in Python. Use a-z, 0-9 and _.", value=str(value)[:60])
        )
    return Name(value)


def plain_value(value: object, _type: object) -> Plain:
    """Read a value of code; numbers become Decimal, lists tuples."""
    return Plain(_plain(value, _DEEPEST))


def _plain(value: object, depth: int) -> object:
    if depth < 0:
        raise fault(_("a value holds values at most four deep."))
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(one, depth - 1) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_plain(one, depth - 1) for one in value)
    text = str(value)
    if len(text) > _LONGEST:
        raise fault(_("a text in a value has at most {most} letters.", most=_LONGEST))
    return Decimal(text) if _FIGURE.fullmatch(text) else text
