"""From compiled JSON to frozen classes: exact numbers, closed schemas."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError
from cattrs.v import format_exception

from pallkit.errors import ContentError
from pallkit.i18n import Words, _

T = TypeVar("T")


def structure(raw: object, kind: type[T], *, where: str) -> T:
    """Make a ``kind`` of ``raw``; ``where`` names the file in the error.

    Raises :class:`ContentError` for a field that is unknown, missing or of another type. A
    number is a whole number or text such as "1.5" or "1/3": never a float, which has already
    been rounded.
    """
    if is_dataclass(kind) and not isinstance(raw, dict):
        details = "a mapping of keys is expected"
        raise ContentError(
            _("{where} does not fit its format: {details}.", where=where, details=details)
        )
    try:
        return _CONVERTER.structure(raw, kind)
    except BaseValidationError as error:
        details = "; ".join(transform_error(error, format_exception=_reason))
        raise ContentError(
            _("{where} does not fit its format: {details}.", where=where, details=details)
        ) from error


def _reason(error: BaseException, kind: type | None) -> str:
    """Say what a value's own check said; cattrs would only call it invalid."""
    told = isinstance(error, ValueError) and str(error)
    return str(error) if told else format_exception(error, kind)


def _decimal(raw: object, _kind: object) -> Decimal:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return Decimal(raw)
    if isinstance(raw, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", raw):
        return Decimal(raw)
    if isinstance(raw, str) and (parts := re.fullmatch(r"([0-9]+)/([1-9][0-9]*)", raw)):
        return Decimal(parts[1]) / Decimal(parts[2])
    message = f"{raw!r} is not a plain number such as 1.5"
    raise ValueError(message)


def _date(raw: object, _kind: object) -> date:
    if isinstance(raw, str):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            pass
    message = f"{raw!r} is not a date such as 2026-11-22"
    raise ValueError(message)


def _plain(kind: type) -> Callable[[object, Callable[[object], object]], object]:
    """Take only what is ``kind`` already: cattrs would make text of null, and 1 of “1”.

    A whole number where text is wanted is what a year looks like in YAML.
    """

    def hook(raw: object, asked: Callable[[object], object]) -> object:
        if asked is not kind:  # an enum of texts
            return asked(raw)
        if kind is str and type(raw) is int:
            return str(raw)
        if type(raw) is not kind:
            message = f"{raw!r} is not {_NAMES[kind]}"
            raise ValueError(message)
        return raw

    return hook


def _words_or_text(raw: object, _kind: object) -> Words | str | None:
    if raw is None or isinstance(raw, str):
        return raw
    return _CONVERTER.structure(raw, Words)


_NAMES = {str: "text", int: "a whole number", bool: "true or false"}
_CONVERTER = Converter(forbid_extra_keys=True)
_CONVERTER.register_structure_hook(Decimal, _decimal)
_CONVERTER.register_structure_hook(date, _date)
for _one in _NAMES:
    _CONVERTER.register_structure_hook(_one, _plain(_one))
_CONVERTER.register_structure_hook(Words | str | None, _words_or_text)
