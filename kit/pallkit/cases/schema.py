"""Strict structuring: a key that is not in the format, or a value of the wrong kind, is a fault.

cattrs coerces by default ("5" becomes 5, an extra key is ignored). An author who
misspells a key must hear of it, so every hook here refuses instead, and every fault is
collected with its path rather than only the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NewType, TypeVar, get_args, get_origin

import cattrs
from cattrs.errors import ForbiddenExtraKeysError

from pallkit.errors import ContentError
from pallkit.i18n import Message, _

T = TypeVar("T")

Minutes = NewType("Minutes", int)
"""Time since the case began, or a span of it, in whole minutes."""

Share = NewType("Share", Decimal)
"""A fraction written in per cent: «5 %» is Decimal("0.05")."""

Slug = NewType("Slug", str)
"""An id: lower-case letters a-z, digits and hyphens."""

Amount = NewType("Amount", Decimal)
"""A number of 0 or more without a unit: 2, or 0.5."""

Day = NewType("Day", date)
"""A date as «2026-11-22»."""


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """One place that breaks the format: ``path`` as keys and list positions, and why."""

    path: tuple[str | int, ...]
    message: Message

    @property
    def where(self) -> str:
        """The path as a reader writes it: ``steps[3].options[0].next``."""
        text = ""
        for part in self.path:
            text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
        return text


class _Fault(ValueError):  # noqa: N818  # internal: carries a message through cattrs
    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def make_converter() -> cattrs.Converter:
    """Make a converter that refuses what the format does not name."""
    converter = cattrs.Converter(forbid_extra_keys=True)
    for kind, name in ((int, _("a whole number")), (str, _("text")), (bool, _("true or false"))):
        converter.register_structure_hook(kind, _strict(kind, name))
    converter.register_structure_hook_func(_is_literal, _literal)
    converter.register_structure_hook(Minutes, _minutes)
    converter.register_structure_hook(Share, _share)
    converter.register_structure_hook(Slug, _slug)
    converter.register_structure_hook(Amount, _amount)
    converter.register_structure_hook(Day, _day)
    return converter


def structure_strictly(converter: cattrs.Converter, raw: object, kind: type[T]) -> T:
    """Structure ``raw`` as ``kind`` or raise :class:`SchemaError` with every fault."""
    try:
        return converter.structure(raw, kind)
    except (cattrs.BaseValidationError, _Fault, *_PLAIN) as error:
        raise SchemaError(tuple(_faults(error, ()))) from error


class SchemaError(ContentError):
    """A content file breaks the format; ``faults`` has every place."""

    def __init__(self, faults: tuple[SchemaFault, ...]) -> None:
        first = faults[0]
        super().__init__(_("{where}: {why}", where=first.where or _("the file"), why=first.message))
        self.faults = faults


def fault(message: Message) -> Exception:
    """Make the exception that a structure hook raises to report ``message`` at its place."""
    return _Fault(message)


_PLAIN = (ForbiddenExtraKeysError, KeyError, TypeError, ValueError, AttributeError)


def _faults(error: BaseException, path: tuple[str | int, ...]) -> list[SchemaFault]:
    if isinstance(error, (cattrs.ClassValidationError, cattrs.IterableValidationError)):
        found: list[SchemaFault] = []
        with_note, without = error.group_exceptions()
        for inner, note in with_note:
            place = note.name if hasattr(note, "name") else note.index
            found += _faults(inner, (*path, place))
        for inner in without:
            found += _faults(inner, path)
        return found
    return [SchemaFault(path, _why(error))]


def _why(error: BaseException) -> Message:
    if isinstance(error, _Fault):
        return error.message
    if isinstance(error, ForbiddenExtraKeysError):
        extra = ", ".join(sorted(error.extra_fields))
        return _("unknown key: {keys}. Check the spelling, or remove it.", keys=extra)
    if isinstance(error, KeyError):
        return _("the key “{key}” is missing. Add it.", key=str(error.args[0]))
    return _("the value is not of the right kind. Compare with an existing case.")


def _is_literal(kind: Any) -> bool:  # a typing form
    origin: object = get_origin(kind)
    return origin is Literal


def _strict(kind: type, name: Message) -> Callable[[object, type], object]:
    def hook(value: object, _type: type) -> object:
        if type(value) is not kind:
            raise _Fault(_("“{value}” is not {kind}.", value=_short(value), kind=name))
        return value

    return hook


def _literal(value: object, kind: Any) -> object:  # a typing form
    allowed = get_args(kind)
    if value not in allowed or type(value) not in {type(a) for a in allowed}:
        names = ", ".join("null" if a is None else str(a) for a in allowed)
        raise _Fault(_("“{value}” is not one of: {allowed}.", value=_short(value), allowed=names))
    return value


def _minutes(value: object, _type: object) -> Minutes:
    found = re.fullmatch(r"\+?(\d{1,5}) (h|min|d)", str(value))
    if not found:
        raise _Fault(
            _("“{value}” is not a time. Write for example 30 min, 4 h or 2 d.", value=_short(value))
        )
    return Minutes(int(found[1]) * {"min": 1, "h": 60, "d": 1440}[found[2]])


def _share(value: object, _type: object) -> Share:
    found = re.fullmatch(r"(\d{1,2}(?:[.,]\d)?) ?%", str(value))
    if not found:
        raise _Fault(
            _("“{value}” is not a percentage. Write for example 5 %.", value=_short(value))
        )
    return Share(Decimal(found[1].replace(",", ".")) / 100)


def _slug(value: object, _type: object) -> Slug:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise _Fault(_("“{value}” is not an id. Use a-z, 0-9 and hyphens.", value=_short(value)))
    return Slug(value)


def _amount(value: object, _type: object) -> Amount:
    if not re.fullmatch(r"\d{1,6}([.,]\d{1,4})?", str(value)):
        raise _Fault(_("“{value}” is not a number of 0 or more.", value=_short(value)))
    return Amount(Decimal(str(value).replace(",", ".")))


def _day(value: object, _type: object) -> Day:
    try:
        return Day(date.fromisoformat(str(value)))
    except ValueError:
        raise _Fault(
            _("“{value}” is not a date. Write year-month-day.", value=_short(value))
        ) from None


def _short(value: object) -> str:
    text = "null" if value is None else str(value)
    if isinstance(value, (Mapping, list)):
        text = _KIND_NAMES[isinstance(value, list)]
    return text if len(text) <= 60 else text[:57] + "…"


_KIND_NAMES = {True: "[…]", False: "{…}"}
