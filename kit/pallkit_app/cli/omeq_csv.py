"""``pallkit omeq --csv``: a whole table of generated doses, with a bar while it lasts."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pallkit.about import WATERMARK
from pallkit.errors import ConversionError
from pallkit.i18n import Message, _
from pallkit.opioids import RatioSet
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import cli_language, say
from pallkit_app.dose_columns import COLUMNS
from pallkit_app.sets import find_set

if TYPE_CHECKING:
    from pallkit_app.batch.counting import Report

SOME_REFUSED, NOTHING_DONE = 1, 2
USUAL = "helsedirektoratet"
"""The set that defines OMEQ in Norway; counting by it is not choosing anybody's dose."""

_REASONS: dict[str, Message] = {
    "broken_row": _("the row has more or fewer fields than the header"),
    "unreadable_dose": _("drug, route or unit could not be read, or how often is missing"),
    "unreadable_amount": _("the amount is no number, or can be read in two ways"),
    "not_in_set": _("the ratio set has no figure for the drug by this route"),
    "one_way": _("the ratio set prints only the other way"),
    "locked": _("methadone: only for specialists"),
    "survey_only": _("the ratio set is a survey"),
    "printed_rows_only": _("the ratio set holds at its printed rows only"),
    "outside_bands": _("outside or between the bands of the ratio set"),
}


def columns_help() -> str:
    """The help on tables: the command, its columns and its exit status."""
    # A line with \b alone keeps the lines below it as they are.
    lines = ["\b", *(f"  {name:22}{say(text)}" for name, text in COLUMNS.items())]
    return "\n\n".join(
        [
            say(
                _(
                    "A whole table: pallkit omeq --csv in.csv --out out.csv --set {set}. The table "
                    "is UTF-8 or Windows-1252, parted by ; , or tab, and keeps its form. It must "
                    "hold generated doses only: columns that look like names, birth dates or ids "
                    "are refused. Columns read and added; others are kept:",
                    set=USUAL,
                )
            ),
            "\n".join(lines),
            say(
                _(
                    "Exit status with --csv: 0 every row has an answer, 1 some rows were refused, "
                    "each with its reason, 2 nothing was done."
                )
            ),
        ]
    )


def count_table(
    source: Path, out: Path | None, name: str | None, *, force: bool, as_json: bool
) -> None:
    """Count ``source`` to ``out`` and leave the command with its exit status."""
    if out is None:
        raise ConversionError(_("Write with --out which file the answer goes to."))
    for text in (source, out, name or ""):
        refuse_identity_numbers(str(text))
    ratios = find_set(name or USUAL)
    if name is None:
        _aside(_("No --set: counted by {set}, {publisher}.", set=USUAL, publisher=ratios.publisher))
    report = _count(source, out, ratios, force=force)
    if as_json:
        typer.echo(json.dumps({**report.to_json(), "ratio_set": ratios.id}, ensure_ascii=False))
    else:
        typer.echo("\n".join(_told(report, out, ratios)))
    raise typer.Exit(SOME_REFUSED if report.refused else 0)


def _count(source: Path, out: Path, ratios: RatioSet, *, force: bool) -> Report:
    from pallkit_app.batch.counting import count_file  # noqa: PLC0415  # pandas only when asked for
    from pallkit_app.batch.table import look_at  # noqa: PLC0415

    try:
        with _stoppable():
            table = look_at(source)
            if table.note is not None:
                _aside(table.note)
            with _bar(table.about) as tell:
                return count_file(table, out, ratios, cli_language(), force=force, tell=tell)
    except KeyboardInterrupt:
        _aside(_("Stopped. Nothing was written."))
        raise typer.Exit(NOTHING_DONE) from None


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let being told to end (SIGTERM) tidy up as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _bar(about: int) -> Iterator[Callable[[int], None]]:
    """A bar on the terminal with rows and time left; nothing where errors go to a file."""
    from rich.console import Console  # noqa: PLC0415  # only where a table is counted
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn(say(_("{done} of {total} rows", done="{task.completed}", total="{task.total}"))),
        TimeRemainingColumn(),
        TextColumn(say(_("left"))),
    )
    quiet = not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True) as bar:
        task = bar.add_task(say(_("Counting")), total=about)
        yield lambda rows: bar.update(task, completed=rows, total=max(rows, about))


def _told(report: Report, out: Path, ratios: RatioSet) -> list[str]:
    seconds = Decimal(str(round(report.seconds, 2)))
    lines = [
        _("Wrote {path}", path=str(out)),
        _("Ratio set: {title}. {publisher}", title=ratios.title, publisher=ratios.publisher),
        _(
            "{rows} rows in {seconds} s: {rate} rows a second",
            rows=report.rows,
            seconds=seconds,
            rate=report.rate,
        ),
        _("Refused: {count}", count=report.refused.total()),
    ]
    told = [say(line) for line in lines]
    for code, count in report.refused.most_common():
        reason = say(_REASONS[code]) if code in _REASONS else ""
        told.append(f"  {count:>9}  {code}{': ' if reason else ''}{reason}")
    if report.guarded:
        told.append(
            say(
                _(
                    "Cells that a spreadsheet would run as a formula got an apostrophe in front: "
                    "{count}",
                    count=report.guarded,
                )
            )
        )
    return [*told, say(WATERMARK)]


def _aside(text: Message) -> None:
    typer.echo(say(text), err=True)
