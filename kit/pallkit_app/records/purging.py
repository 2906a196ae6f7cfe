"""Those whose last trace is older than the course keeps anything: erased together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.records.database import connected, people, rows_about
from pallkit_app.records.folders import HANDED_IN, with_files
from pallkit_grading.hand_in_time import read_time

_AGE = re.compile(r"([1-9]\d{0,3}) ?([dmyå])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finished:
    """A person and their last trace; None where nothing of theirs has a date."""

    person: str
    last: datetime | None


def moment_before(age: str, now: datetime) -> datetime:
    """The moment that is “24m”, “2y” (or “2å”) or “90d” before ``now``.

    A month earlier than the 29th to the 31st is the 28th: a few days more are kept, not fewer.
    """
    found = _AGE.fullmatch(age.strip())
    if found is None:
        raise ContentError(_("“{age}” is no age. Write for example 24m, 2y or 90d.", age=age))
    number, unit = int(found[1]), found[2].lower()
    try:
        if unit == "d":
            return now - timedelta(days=number)
        months = now.year * 12 + now.month - 1 - number * (1 if unit == "m" else 12)
        year, month = divmod(months, 12)
        return now.replace(year=year, month=month + 1, day=min(now.day, 28))
    except (ValueError, OverflowError):  # before the first year there is
        raise ContentError(_("“{age}” is too long ago.", age=age)) from None


def finished(
    folder: Path, before: datetime, address: str | None = None
) -> tuple[tuple[Finished, ...], tuple[str, ...]]:
    """Those whose last trace is before ``before``; and those without any date, who are kept."""
    old, undated = [], []
    with connected(folder, address) as connection:
        everybody = sorted({*people(connection), *with_files(folder)})
        for person in everybody:
            rows = rows_about(connection, person)
            dates = [*_dates(rows), *_handed_in(folder, person)]
            if not dates:
                undated.append(person)
            elif max(dates) < before:
                old.append(Finished(person, max(dates)))
    return tuple(old), tuple(undated)


def _dates(rows: Any) -> Iterator[datetime]:
    for found in rows.values():
        for row in found:
            for name, value in row.items():
                if isinstance(value, datetime) and name in {"at", "timestamp"}:
                    yield value if value.tzinfo is not None else value.replace(tzinfo=UTC)


def _handed_in(folder: Path, person: str) -> Iterator[datetime]:
    for path in (folder / HANDED_IN / person).glob("*"):
        at = read_time(path).at
        if at is not None:
            yield at
