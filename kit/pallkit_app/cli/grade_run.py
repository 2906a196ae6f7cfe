"""``pallkit grade MAPPE --assignment X``: grade what is handed in, with progress and a summary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import say, tame

if TYPE_CHECKING:
    from pallkit_app.cli.grade_table import Standing
    from pallkit_grading.marking import Marked
    from pallkit_grading.running import Job, Report, Summary

Folder = Annotated[Path, typer.Argument(metavar="MAPPE", help=say(_("The course's folder.")))]
Assignment = Annotated[str, typer.Option(help=say(_("The assignment's id.")))]
Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        envvar="PALLKIT_DB",  # as in pallkit_grading.gradebook, which takes time to import
        help=say(_("The gradebook's database, where it is not gradebook.db in the folder.")),
    ),
]


def register(grade: typer.Typer) -> None:
    """Add the command to ``grade``."""
    about = _("Grade what is handed in. Ends with 1 when something needs a person.")
    grade.command("run", hidden=True, help=say(about))(run)


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
    from pallkit_app.cli.grade_table import standing  # noqa: PLC0415  # seconds to import
    from pallkit_app.courses.opening import open_course  # noqa: PLC0415
    from pallkit_grading.running import Job, grade  # noqa: PLC0415

    job = Job(folder, assignment, jobs=jobs, again=again, cluster=cluster)
    with open_course(folder, database) as of:
        with progress() as report:
            summary = grade(job, of.book, of.key, report, of.rules)
        now = standing(of, assignment, summary.flagged)
    _tell(summary, now, job)
    if now.flagged or summary.by_hand:
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


def _tell(summary: Summary, now: Standing, job: Job) -> None:
    for line in (*now.findings, *([""] if now.findings else []), *now.table, ""):
        typer.echo(tame(line))
    typer.echo(
        say(
            _(
                "“{name}”: {marked} graded now, {before} were graded before, {flagged} to look at.",
                name=job.assignment,
                marked=summary.marked,
                before=summary.before,
                flagged=len(now.flagged),
            )
        )
    )
    if now.flagged:
        typer.echo(
            say(
                _(
                    "Looked at one? Then say so: pallkit grade seen {folder} KANDIDAT "
                    "--assignment {name}",
                    folder=str(job.folder),
                    name=job.assignment,
                )
            )
        )
    for other in now.elsewhere:
        typer.echo(
            say(
                _(
                    "Handed in and not graded yet: “{name}”, with the same tasks. Grade it too.",
                    name=other,
                )
            )
        )
    where = {"folder": str(job.folder), "name": job.assignment}
    if summary.by_hand:
        last = _(
            "Answers that wait for a person: {count}. Next: pallkit grade manual {folder} "
            "--assignment {name}",
            count=summary.by_hand,
            **where,
        )
    else:
        last = _(
            "No answer waits for a person. Next: pallkit feedback {folder} --assignment {name}",
            **where,
        )
    typer.echo(say(last))
