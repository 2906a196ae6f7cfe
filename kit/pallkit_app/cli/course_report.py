"""``pallkit course report MAPPE``: how a course goes, as a page and as CSV files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pallkit.i18n import LANGUAGES, Language, _
from pallkit_app.cli.edge import cli_language, say
from pallkit_app.cli.grade_run import Database, Folder

_CODES = ", ".join(LANGUAGES)


def register(course: typer.Typer) -> None:
    """Add the command to ``course``."""
    course.command(
        help=say(
            _(
                "Show how the course goes: learning goals by trainee, the hardest tasks, kinds of "
                "mistakes by group, how sure and how right, and who has handed in."
            )
        )
    )(report)


def report(  # noqa: PLR0913  # a command's options are its arguments
    folder: Folder,
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=say(_("The page to write, ending in .html or .pdf."))),
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", help=say(_("The folder to write CSV files into.")))
    ] = None,
    anonymous: Annotated[
        bool,
        typer.Option(
            "--anonymous", help=say(_("Without names, and without figures about very few persons."))
        ),
    ] = False,
    lang: Annotated[
        Language | None,
        typer.Option(help=say(_("The language of the report: {codes}.", codes=_CODES))),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=say(_("Replace files that are not reports of ours.")))
    ] = False,
    database: Database = None,
) -> None:
    """Write the page, and the CSV files where they are asked for."""
    from pallkit_app.courses.opening import open_course  # noqa: PLC0415  # this command's
    from pallkit_app.records import access  # noqa: PLC0415
    from pallkit_app.reports import read_report, write_report, write_tables  # noqa: PLC0415

    with open_course(folder, database) as of:
        made = read_report(of, cli_language() if lang is None else lang)
    access.note(folder, "course report")
    written: list[Path] = []
    if output is not None or csv is None:
        page = output or Path(f"{made.course.id}-report.html")
        write_report(made, page, anonymous=anonymous, force=force)
        written.append(page)
    if csv is not None:
        written += write_tables(made, csv, anonymous=anonymous, force=force)
    for path in written:
        typer.echo(say(_("Wrote {path}", path=str(path))))
