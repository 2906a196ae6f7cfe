"""``pallkit grade export``: the grades of a course, in the format another system reads."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import cli_language, say
from pallkit_app.cli.grade_run import Database, Folder
from pallkit_app.failures import why

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from pallkit_app.courses.export.model import Grades


class Format(StrEnum):
    """What the file is for."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    KSLARING = "kslaring"
    XLSX = "xlsx"
    CSV = "csv"


_Form = Annotated[Format, typer.Option("--format", help=say(_("Which system the file is for.")))]
_Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="FIL", help=say(_("The file to write.")))
]
_Assignment = Annotated[
    str | None, typer.Option(help=say(_("The assignment's id, in either language.")))
]
_All = Annotated[bool, typer.Option("--all", help=say(_("Every assignment that is graded.")))]
_Title = Annotated[
    str | None,
    typer.Option(
        metavar="TITTEL",
        help=say(_("What the assignment is called in the other system: its column's name.")),
    ),
]
_Worksheet = Annotated[
    Path | None,
    typer.Option(
        metavar="FIL",
        help=say(
            _("moodle: the assignment's own grading worksheet (CSV); its grades are filled in.")
        ),
    ),
]
_Force = Annotated[bool, typer.Option("--force", help=say(_("Replace the file if it is there.")))]


def register(grade: typer.Typer) -> None:
    """Add the command to ``grade``."""
    grade.command(
        "export",
        help=say(
            _(
                "Write the grades to a file. canvas and moodle: as those import them. kslaring: a "
                "plain CSV table, since the format of KS Læring has not been seen; try it with "
                "one trainee first. xlsx and csv: every task, lateness and total. What is not "
                "handed in or not graded is empty, and never 0."
            )
        ),
    )(export)


def export(  # noqa: PLR0913  # one for each option
    folder: Folder,
    *,
    form: _Form,
    output: _Output,
    assignment: _Assignment = None,
    everything: _All = False,
    title: _Title = None,
    worksheet: _Worksheet = None,
    force: _Force = False,
    database: Database = None,
) -> None:
    """Export grades; nothing in the course is changed."""
    from pallkit_app.courses.export.model import collect  # noqa: PLC0415  # only for this command
    from pallkit_app.courses.opening import open_course  # noqa: PLC0415
    from pallkit_app.records import access  # noqa: PLC0415

    for text in (assignment or "", title or "", output.name):
        refuse_identity_numbers(text)
    _refuse_impossible(form, assignment, title, worksheet, everything=everything)
    if output.is_dir() or (output.exists() and not force):
        raise _in_the_way(output)
    with open_course(folder, database) as of:
        grades = collect(of, assignment, title)
        zone = of.rules.zone
    if not grades.columns:
        raise ContentError(
            _(
                "No assignment of this course gives grades. Name one to write its points all "
                "the same: --assignment."
            )
        )
    data, notes = _made(form, grades, zone, worksheet)
    titles = ", ".join(column.name for column in grades.columns)
    access.note(folder, "grade export", detail=f"{form.value}: {titles}")
    _write(output, data)
    _tell(grades, output, notes)


def _made(
    form: Format, grades: Grades, zone: ZoneInfo, worksheet: Path | None
) -> tuple[bytes, tuple[Message, ...]]:
    from pallkit_app.courses.export import platforms, tables  # noqa: PLC0415
    from pallkit_app.courses.spreadsheet import csv_file  # noqa: PLC0415

    lang = cli_language()
    if form is Format.CANVAS:
        return csv_file(platforms.canvas_rows(grades)), ()
    if form is Format.MOODLE and worksheet is not None:
        from pallkit_app.courses.roster.tables import read_table  # noqa: PLC0415

        rows, notes = platforms.filled_worksheet(read_table(worksheet), grades)
        return csv_file(rows), notes
    if form is Format.MOODLE:
        return csv_file(platforms.moodle_rows(grades, lang)), ()
    if form is Format.XLSX:
        return _workbook(grades, zone), ()
    make = tables.result_list if form is Format.KSLARING else tables.whole_table
    sign = "." if lang == "en" else ","
    return csv_file(make(grades, zone, lang), separator=";", decimal_sign=sign, marked=True), ()


def _workbook(grades: Grades, zone: ZoneInfo) -> bytes:
    from pallkit_app.courses.export import tables  # noqa: PLC0415
    from pallkit_app.courses.export.workbook import xlsx_file  # noqa: PLC0415

    lang = cli_language()
    sheets = {}
    if len(grades.columns) > 1:
        sheets[say(_("Overview"))] = tables.overview(grades, lang)
    for column in grades.columns:
        alone = replace(grades, columns=(column,))
        sheets[column.title] = tables.whole_table(alone, zone, lang)
    sheets[say(_("About"))] = tables.about(grades, zone, lang)
    return xlsx_file(sheets, grades.course)


def _refuse_impossible(
    form: Format,
    assignment: str | None,
    title: str | None,
    worksheet: Path | None,
    *,
    everything: bool,
) -> None:
    if everything == (assignment is not None):
        raise ContentError(_("Choose either --assignment or --all."))
    if everything and title is not None:
        raise ContentError(_("--title names one assignment. Write it with --assignment."))
    if everything and form is Format.MOODLE:
        raise ContentError(_("Moodle takes one assignment at a time. Write it with --assignment."))
    if worksheet is not None and form is not Format.MOODLE:
        raise ContentError(_("--worksheet is for --format moodle."))


def _write(path: Path, data: bytes) -> None:
    """The whole file or nothing, readable to its owner alone: it holds trainees' grades."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        draft.replace(path)
    except OSError as error:
        raise ContentError(
            _("{file} cannot be written: {why}.", file=str(path), why=why(error))
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def _in_the_way(path: Path) -> ContentError:
    return ContentError(
        _(
            "“{file}” is there already. Choose another name, or write --force to replace it.",
            file=str(path),
        )
    )


def _tell(grades: Grades, output: Path, notes: Iterable[Message]) -> None:
    for column in grades.columns:
        line = _(
            "“{name}”: {graded} graded, {waiting} not graded, {missing} not handed in.",
            name=column.title,
            graded=column.count("graded"),
            waiting=column.count("not_graded"),
            missing=column.count("missing"),
        )
        typer.echo(say(line))
    for note in notes:
        typer.echo(say(note))
    typer.echo(
        say(
            _(
                "Written to {file}. It holds personal data: delete it when it has been used.",
                file=str(output),
            )
        )
    )
