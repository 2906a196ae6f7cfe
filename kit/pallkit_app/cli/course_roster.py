"""``pallkit course roster``: who is in a course, imported from a spreadsheet and listed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pallkit.i18n import Message, _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import say, tame
from pallkit_app.cli.grade_run import Database, Folder

if TYPE_CHECKING:
    from pallkit_app.courses.roster.people import Roster

roster = typer.Typer(
    help=say(_("Who is in a course: import a list of trainees, and see it.")),
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(course: typer.Typer) -> None:
    """Add the commands to ``course``."""
    course.add_typer(roster, name="roster")


@roster.command(
    "import",
    help=say(
        _(
            "Show what a list of trainees (CSV or XLSX) would change, and change it with --apply. "
            "Columns: id or brukernavn; and fornavn, etternavn, e-post, gruppe. Rows with an "
            "identity number are refused. Ends with 1 when something is wrong in the list."
        )
    ),
)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FIL", help=say(_("The list, CSV or XLSX.")))],
    folder: Folder,
    *,
    apply: Annotated[
        bool, typer.Option("--apply", help=say(_("Write the changes; else they are only shown.")))
    ] = False,
    remove: Annotated[
        bool,
        typer.Option(
            "--remove-missing",
            help=say(
                _("Remove trainees that the list lacks, unless they have handed in anything.")
            ),
        ),
    ] = False,
    database: Database = None,
) -> None:
    """Compare a list with the gradebook, and with ``--apply`` make the gradebook like it."""
    from pallkit_app.courses.roster.people import KNOWN, people_of  # noqa: PLC0415  # this command's
    from pallkit_app.courses.roster.tables import read_table  # noqa: PLC0415

    refuse_identity_numbers(file.name)
    found = people_of(read_table(file, KNOWN))
    _echo(found.notes)
    _stop_at([fault.message for fault in found.faults])
    _import(found, folder, database, apply=apply, remove=remove)


@roster.command("list", help=say(_("List the trainees in the gradebook, with their groups.")))
def list_(folder: Folder, *, database: Database = None) -> None:
    """List the trainees of a course."""
    from pallkit_app.courses.opening import open_course  # noqa: PLC0415  # this command's
    from pallkit_app.courses.roster.views import roster_lines  # noqa: PLC0415
    from pallkit_grading.book.rows import students  # noqa: PLC0415

    with open_course(folder, database) as of:
        _echo(roster_lines(students(of.book), of.rules.groups))


def _import(
    found: Roster, folder: Path, database: str | None, *, apply: bool, remove: bool
) -> None:
    from pallkit_app.courses.reading import read_course  # noqa: PLC0415  # this command's
    from pallkit_app.courses.roster import applying, comparing, views  # noqa: PLC0415
    from pallkit_app.courses.rules import check_groups, read_groups  # noqa: PLC0415
    from pallkit_app.records import access  # noqa: PLC0415
    from pallkit_grading.book import open_book  # noqa: PLC0415
    from pallkit_grading.book.rows import students  # noqa: PLC0415
    from pallkit_grading.gradebook import GRADEBOOK  # noqa: PLC0415

    course = read_course(folder)
    groups = read_groups(folder)
    own = (folder / GRADEBOOK).resolve()
    if database is None and not own.is_file() and not apply:
        difference = comparing.compare(found, {}, groups)
        _echo(views.difference_lines(difference, remove=remove))
        _echo([_NOT_WRITTEN])
        return
    with open_book(folder, course.id, database or f"sqlite:///{own}") as book:
        there = students(book)
        _stop_at(comparing.collisions(found, there))
        difference = comparing.compare(found, there, groups)
        check_groups(folder, course, groups if difference.groups is None else difference.groups)
        _echo(views.difference_lines(difference, remove=remove))
        if not apply:
            _echo([_NOT_WRITTEN])
            return
        kept = applying.apply(book, folder, difference, remove=remove)
    counts = f"new={len(difference.new)} changed={len(difference.changed)}"
    gone = len(difference.missing) - len(kept) if remove else 0
    access.note(folder, "roster import", detail=f"{counts} removed={gone}")
    _echo(_("{trainee} has handed in, and is kept.", trainee=one) for one in kept)
    _echo([_("The list is imported.")])


_NOT_WRITTEN = _("Nothing is written yet. Write it with --apply.")


def _stop_at(faults: Iterable[Message]) -> None:
    said = [say(fault) for fault in faults]
    for line in said:
        typer.echo(tame(line), err=True)
    if said:
        typer.echo(say(_("Nothing is written. Correct the list and import it again.")), err=True)
        raise typer.Exit(1)


def _echo(lines: Iterable[Message | str]) -> None:
    for line in lines:
        typer.echo(tame(say(line)))
