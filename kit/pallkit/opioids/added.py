"""Ratio sets from outside the case bank, for practice: a course leader's own tables.

What finds and reads them registers as the entry point ``pallkit.ratio_sets``: nothing here
knows where they lie or what they are written in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import entry_points

from pallkit.opioids.ratio_sets import RatioSet


def added_ratio_sets() -> tuple[RatioSet, ...]:
    """Every set that was added here, each marked ``local``.

    Raises :class:`pallkit.errors.ContentError` when one of them cannot be used.
    """
    found = [table for find in _finders() for table in find()]
    return tuple(table for table in found if table.local)


@cache  # to look for them means to read the description of every package there is
def _finders() -> tuple[Callable[[], Iterable[RatioSet]], ...]:
    return tuple(point.load() for point in entry_points(group="pallkit.ratio_sets"))
