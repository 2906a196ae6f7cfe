"""``pallkit grade MAPPE --assignment X``: grade what is handed in, with progress and a summary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import say
from pallkit_grading.gradebook import DATABASE_VARIABLE

if TYPE_CHECKING:
    from pallkit_grading.marking import Marked
    from pallkit_grading.running import Report, Summary

Folder = Annotated[Path, typer.Argument(metavar="MAPPE", help=say(_("The course's folder.")))]
Assignment = Annotated[str, typer.Option(help=say(_("The assignment's id.")))]
Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        envvar=DATABASE_VARIABLE,
        help=say(_("The gradebook's database, where it is not gradebook.db in the folder.")),
    ),
]


def register(grade: typer.Typer) -> None:
    """Add the command to ``grade``."""
    grade.command("run", hidden=True)(run)


def run(  # noqa: PLR0913  # the options of the command
    folder: Folder,
    *,
    assignment: Assignment,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            "-j",
            min=1,
            max=64,
            help=say(_("How many hand-ins with code to run at once.")),
        ),
    ] = 2,
    again: Annotated[
        bool,
        typer.Option("--again", help=say(_("Grade also what is graded and has not changed."))),
    ] = False,
    database: Database = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--dask",
            metavar="ADDRESS",
            help=say(
                _("Let the workers of this dask scheduler mark, such as tcp://10.0.0.5:8786.")
            ),
        ),
    ] = None,
) -> None:
    """Grade; ends with 1 when something needs a person."""
    refuse_identity_numbers(assignment)
    from pallkit_app.courses.reading import read_course, read_keys  # noqa: PLC0415  # this command's
    from pallkit_app.courses.rules import read_rules  # noqa: PLC0415
    from pallkit_grading.book import open_book  # noqa: PLC0415  # seconds to import
    from pallkit_grading.running import Job, grade  # noqa: PLC0415

    course, key = read_course(folder), read_keys(folder)
    rules = read_rules(folder, course)
    job = Job(folder, assignment, jobs=jobs, again=again, cluster=cluster)
    with open_book(folder, course.id, database) as book, progress() as report:
        summary = grade(job, book, key, report, rules)
    _tell(summary, assignment)
    if summary.flagged or summary.by_hand:
        raise typer.Exit(1)


@contextmanager
def progress() -> Iterator[Report]:
    """Yield what shows a bar with the count and the time left; nothing where there is no screen."""
    from rich.console import Console  # noqa: PLC0415  # only for this command
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(say(_("Grading")), total=None)

        def report(marked: Marked, of: int) -> None:
            del marked
            bar.update(task, advance=1, total=of)

        yield report


def _tell(summary: Summary, assignment: str) -> None:
    typer.echo(
        say(
            _(
                "“{name}”: {marked} graded now, {before} were graded before, {flagged} to look at.",
                name=assignment,
                marked=summary.marked,
                before=summary.before,
                flagged=len(summary.flagged),
            )
        )
    )
    for one in summary.flagged:
        for line in one.lines:
            typer.echo(say(_("{trainee}: {line}", trainee=one.trainee, line=line)))
    if summary.by_hand:
        typer.echo(
            say(
                _(
                    "{count} texts wait for a person: pallkit grade manual.",
                    count=summary.by_hand,
                )
            )
        )
