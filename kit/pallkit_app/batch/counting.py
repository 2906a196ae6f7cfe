"""Count a CSV file: chunk by chunk from one file to another, which appears when it is whole."""

from __future__ import annotations

import csv
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import pandas as pd

from pallkit.i18n import Language, _
from pallkit.opioids import RatioSet
from pallkit_app.batch.frame import omeq_frame
from pallkit_app.batch.metadata import beside, described
from pallkit_app.batch.output import all_or_none, harmless
from pallkit_app.batch.personal import FrameError, refuse_personal
from pallkit_app.batch.table import Table
from pallkit_app.dose_columns import ADDED, GIVEN

BROKEN_ROW = "broken_row"
"""The reason of a row that has more or fewer fields than the header."""


@dataclass(slots=True)
class Report:
    """What was done: rows, how many were refused and why, cells made harmless, and how long."""

    rows: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    guarded: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> int:
        """Rows a second, from the first byte read to the file in its place."""
        return round(self.rows / self.seconds) if self.seconds else 0

    def to_json(self) -> dict[str, int | float | Mapping[str, int]]:
        """The report for a program to read."""
        return {
            "rows": self.rows,
            "seconds": round(self.seconds, 3),
            "rows_per_second": self.rate,
            "refused": dict(self.refused.most_common()),
            "cells_made_harmless": self.guarded,
        }


def count_file(  # noqa: PLR0913  # what a caller may choose, each by name
    table: Table,
    out: Path,
    ratios: RatioSet,
    lang: Language,
    *,
    force: bool,
    tell: Callable[[int], None] = lambda _rows: None,
) -> Report:
    """Count every row of ``table`` by ``ratios`` and write them to ``out``, with a column each.

    ``tell`` is called with the rows done. Raises :class:`FrameError` when nothing was done: a
    file in the way, a column that may be a person's (wherever in the file it shows), no rows.
    """
    start = time.perf_counter()
    if out.exists() and out.samefile(table.path):
        raise FrameError(_("The answer cannot be written over the table that is read."))
    report = Report()
    with all_or_none(beside(out), out, force=force) as (about, draft):
        with draft.open("x", encoding=table.encoding, newline="") as file:
            decimal = _write(table, ratios, file, report, tell)
            _settle(file)
        with about.open("x", encoding="utf-8", newline="\n") as file:
            json.dump(described(table, out, ratios, lang, decimal), file, ensure_ascii=False)
            _settle(file)
    report.seconds = time.perf_counter() - start
    return report


def _write(
    table: Table, ratios: RatioSet, file: TextIO, report: Report, tell: Callable[[int], None]
) -> str:
    """Write header and rows; answer the decimal sign that was used."""
    writer = csv.writer(file, delimiter=table.separator, lineterminator=table.newline)
    _refuse_names(table)
    header, report.guarded = harmless(table.header)
    writer.writerow([*header, *ADDED])
    decimal = ""
    for rows in table.rows():
        columns, broken = _columns(rows, len(table.header), table.separator)
        decimal = decimal or _decimal_sign(columns[table.places[2]], table.separator)
        added = _count(columns, broken, table, ratios, decimal)
        kept = [harmless(column) for column in columns]
        report.guarded += sum(changed for _cells, changed in kept)
        writer.writerows(zip(*(cells for cells, _changed in kept), *added, strict=True))
        report.refused.update(reason for reason in added[-1] if reason)
        report.rows += len(rows)
        tell(report.rows)
    if not report.rows:
        raise FrameError(_("“{file}” has a header and no rows.", file=table.path.name))
    return decimal


def _refuse_names(table: Table) -> None:
    refuse_personal(pd.DataFrame({name: [""] for name in table.header}))


def _columns(
    rows: list[list[str]], width: int, separator: str
) -> tuple[list[tuple[str, ...]], list[int]]:
    """The rows as columns, and the numbers of those that do not fit the header.

    What is too much is kept in the last column, as it stood; what lacks is empty.
    """
    broken = [number for number, row in enumerate(rows) if len(row) != width]
    for number in broken:
        row = rows[number]
        row[width - 1 :] = [separator.join(row[width - 1 :])]
        row += [""] * (width - len(row))
    return list(zip(*rows, strict=True)) or [()] * width, broken


def _count(
    columns: list[tuple[str, ...]],
    broken: list[int],
    table: Table,
    ratios: RatioSet,
    decimal: str,
) -> list[list[str]]:
    names = list(table.header)
    for name, place in zip(GIVEN, table.places, strict=True):
        names[place] = name
    frame = pd.DataFrame(dict(zip(names, columns, strict=True)), dtype="str")
    counted = omeq_frame(frame, ratios)
    added = [_shown(counted[name].tolist(), decimal) for name in ADDED[:3]]
    reasons = counted["reason"].tolist()
    for number in broken:
        reasons[number] = BROKEN_ROW
        for column in added:
            column[number] = ""
    return [*added, reasons]


def _shown(values: list[float], decimal: str) -> list[str]:
    """Twelve figures, so that floating point's last ones (52.00000000000001) do not show."""
    texts = [f"{value:.12g}" if value == value else "" for value in values]  # noqa: PLR0124  # NaN
    return texts if decimal == "." else [text.replace(".", ",") for text in texts]


def _decimal_sign(amounts: Iterable[str], separator: str) -> str:
    """The sign the table itself uses; where no amount has one, what its separator goes with."""
    signs = {sign for amount in set(amounts) for sign in ".," if sign in amount}
    if len(signs) == 1:
        return signs.pop()
    return "," if separator == ";" else "."


def _settle(file: TextIO) -> None:
    """Have the bytes on the disk before the file takes its name."""
    file.flush()
    os.fsync(file.fileno())
