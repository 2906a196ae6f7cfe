"""What in a hand-in could be about a real person: told of by its place, never repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pallkit.answers import Log
from pallkit.i18n import Message, _
from pallkit.preflight.notebook import Cell, about, checksum, output_of, source_of
from pallkit.privacy import holds_identity_number

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
# A Norwegian number as people write it: «412 34 567», «41 23 45 67», «+47 41234567». Eight
# digits in a row without the country code are as often something else.
_PHONE = re.compile(
    r"(?<![\d.,])(?:(?:\+|00)47[\s-]?\d{2}(?:[\s-]?\d{2}){3}|[2-9]\d{2} \d{2} \d{3}"
    r"|[2-9]\d(?: \d{2}){3})(?![\d.,]?\d)"
)


def identity_numbers(cells: tuple[Cell, ...], log: Log) -> tuple[Message, ...]:
    """Every place that holds an 11-digit number, also in what a cell shows."""
    shown = ((_where(place), output_of(cell)) for place, cell in enumerate(cells, start=1))
    places = (*_written(cells, log), *shown)
    return _once(place for place, text in places if holds_identity_number(text))


def contacts(cells: tuple[Cell, ...], log: Log) -> tuple[Message, ...]:
    """Every place where somebody wrote what looks like an e-mail address or a telephone number."""
    found = (
        place for place, text in _written(cells, log) if _MAIL.search(text) or _PHONE.search(text)
    )
    return _once(found)


def _written(cells: tuple[Cell, ...], log: Log) -> Iterator[tuple[Message, str]]:
    """What the trainee wrote, with where it stands."""
    for place, cell in enumerate(cells, start=1):
        if not _as_handed_out(cell):
            yield _where(place), source_of(cell)
    for entry in log.records:
        values = entry.value.values() if isinstance(entry.value, dict) else [entry.value]
        told = " ".join(value for value in values if isinstance(value, str))
        if entry.type in {"answer", "decision"}:
            yield _("the answer to “{task}”", task=entry.task), told


def _where(place: int) -> Message:
    return _("cell {number}", number=place)


def _once(places: Iterable[Message]) -> tuple[Message, ...]:
    return tuple(dict.fromkeys(places))


def _as_handed_out(cell: Cell) -> bool:
    noted = about(cell)
    kind = str(cell.get("cell_type"))
    return bool(noted) and noted.get("checksum") == checksum(kind, source_of(cell), noted)
