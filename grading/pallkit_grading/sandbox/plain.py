"""Values of a hand-in's code as plain JSON: numbers, texts, lists and tables."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_DEEPEST = 6
_MOST = 10_000


class NotPlainError(Exception):
    """A value that is no number, text, list or table, or too large a one."""


def plain(value: Any) -> Any:
    """``value`` as JSON can hold it.

    A DataFrame becomes a list of its rows, a Series and an array a list, a Decimal a text.
    Raises :class:`NotPlainError` for anything else, and beyond ten thousand values.
    """
    return _Reader().read(value, _DEEPEST)


class _Reader:
    def __init__(self) -> None:
        self._left = _MOST

    def read(self, value: Any, depth: int) -> Any:
        self._left -= 1
        if self._left < 0 or depth < 0:
            raise NotPlainError
        if value is None or isinstance(value, bool | int | float | str):
            return _own(value)
        if isinstance(value, Decimal):
            return str(value)
        if isinstance(value, Mapping):
            return {str(key): self.read(one, depth - 1) for key, one in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.read(one, depth - 1) for one in value]
        return self._of_numpy(value, depth)

    def _of_numpy(self, value: Any, depth: int) -> Any:
        """Numpy's and pandas' values, known by what they can do so that neither is imported."""
        if hasattr(value, "to_dict") and hasattr(value, "columns"):
            return self.read(value.to_dict("records"), depth - 1)
        if hasattr(value, "tolist"):  # an array, a Series, or one of its numbers
            return self.read(value.tolist(), depth - 1)
        raise NotPlainError


def _own(value: Any) -> Any:
    """The value without a subclass of the hand-in's own, which could answer anything."""
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value) if kind is not bool else bool(value)
    return None
