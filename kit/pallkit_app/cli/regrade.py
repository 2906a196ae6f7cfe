"""``pallkit regrade MAPPE --assignment X --key NEW``: what another key would change; then do it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pallkit.i18n import _, number
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import cli_language, say
from pallkit_app.cli.grade_run import Assignment, Database, Folder, progress

if TYPE_CHECKING:
    from decimal import Decimal

    from pallkit_grading.course import Course
    from pallkit_grading.running.again import Change


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(
        "regrade",
        help=say(
            _(
                "Show what another key would change. With --apply it becomes the assignment's "
                "key, and the scores change; persons' points stay."
            )
        ),
    )(_regrade)


def _regrade(  # noqa: PLR0913  # the options of the command
    folder: Folder,
    *,
    assignment: Assignment,
    key: Annotated[
        Path | None,
        typer.Option(
            "--key",
            metavar="FILE",
            help=say(_("The new key; without it the course's key as it is today.")),
        ),
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help=say(_("Change the scores; needs a reason.")))
    ] = False,
    reason: Annotated[
        str, typer.Option("--reason", help=say(_("Why, for the history of every score.")))
    ] = "",
    database: Database = None,
) -> None:
    for text in (assignment, reason):
        refuse_identity_numbers(text)
    if apply and not reason.strip():
        raise typer.BadParameter(say(_("Write why the scores are changed: --reason “…”.")))
    from pallkit_app.courses.other_key import put_in_place, read_with  # noqa: PLC0415  # this command's
    from pallkit_app.courses.reading import read_course  # noqa: PLC0415
    from pallkit_app.courses.rules import read_rules  # noqa: PLC0415
    from pallkit_grading.book import open_book  # noqa: PLC0415  # seconds to import
    from pallkit_grading.running import Job, grade  # noqa: PLC0415
    from pallkit_grading.running.again import changes  # noqa: PLC0415

    course = read_course(folder)
    new = read_with(folder, assignment, key)
    job = Job(folder, assignment, again=True, reason=reason.strip())
    with open_book(folder, course.id, database) as book:
        with progress() as report:
            found = list(changes(job, book, new, report))
        _show(found)
        if apply:
            if key is not None:
                put_in_place(folder, assignment, key)
            with progress() as report:
                grade(job, book, new, report, read_rules(folder, course))
            typer.echo(say(_("The scores are changed, and the history says why.")))
            _tell_of_siblings(course, assignment)
        elif found:
            typer.echo(say(_("Nothing is changed yet. Do it with --apply --reason “…”.")))


def _show(found: Sequence[Change]) -> None:
    if not found:
        typer.echo(say(_("No score would be another.")))
    for one in found:
        line = _(
            "{trainee}, {task}: {before} → {after} of {most}",
            trainee=one.trainee,
            task=one.task,
            before=_points(one.before),
            after=_points(one.after),
            most=one.most,
        )
        stays = _(" (a person's points stand above it and stay)") if one.by_person else ""
        typer.echo(say(line) + say(stays))


def _points(points: Decimal | None) -> str:
    return "–" if points is None else number(points, cli_language())


def _tell_of_siblings(course: Course, assignment: str) -> None:
    """The same key judges the other language's hand-ins: they are graded anew by the next run."""
    own = next(one for one in course.assignments if one.id == assignment)
    for one in course.assignments:
        if one.key == own.key and one.id != own.id:
            typer.echo(
                say(_("“{name}” has the same key. Run “pallkit grade” for it too.", name=one.id))
            )
