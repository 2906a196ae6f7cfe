"""The command ``pallkit feedback``: what each trainee is told of a hand-in, as a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import say
from pallkit_app.cli.grade_run import Assignment, Database, Folder

if TYPE_CHECKING:
    from pallkit_app.feedback_pages import Written
    from pallkit_grading.scores import CourseBook


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(
        help=say(
            _(
                "Write a feedback page for each trainee, where “nbgrader release_feedback” finds "
                "it. Ends with 1 when a page could not be made."
            )
        )
    )(feedback)


def feedback(
    folder: Folder,
    *,
    assignment: Assignment,
    trainee: Annotated[
        list[str] | None,
        typer.Option(help=say(_("Only this trainee. May be given more than once."))),
    ] = None,
    pdf: Annotated[
        bool, typer.Option("--pdf", help=say(_("Write a PDF beside each page.")))
    ] = False,
    database: Database = None,
) -> None:
    """Write the pages; what a page cannot be made of is told in a line."""
    for name in (assignment, *(trainee or ())):
        refuse_identity_numbers(name)
    from pallkit_app.courses.opening import open_course  # noqa: PLC0415
    from pallkit_app.feedback_pages import write_feedback  # noqa: PLC0415  # only for this command
    from pallkit_app.feedback_pages.asking import wanted  # noqa: PLC0415

    with open_course(folder, database) as course:
        source, trainees = wanted(course, assignment, trainee)
        done = [_tell(one) for one in write_feedback(source, trainees, pdf=pdf)]
        waiting = _waiting(course, assignment, frozenset(trainees))
    made = sum(one.fault is None for one in done)
    typer.echo(
        say(
            _(
                "{made} pages for “{name}”. Next: nbgrader release_feedback {name}.",
                made=made,
                name=assignment,
            )
        )
    )
    if waiting:
        typer.echo(
            say(
                _(
                    "Answers that still wait for a person: {count}. Their pages say so; make them "
                    "again after pallkit grade manual.",
                    count=waiting,
                )
            )
        )
    if made < len(done):
        raise typer.Exit(1)


def _waiting(course: CourseBook, assignment: str, trainees: frozenset[str]) -> int:
    from pallkit_grading.scores import scores_of  # noqa: PLC0415  # only for this command

    return sum(
        task.state == "not_graded"
        for one in scores_of(course, assignment)
        if one.hand_in is not None and one.hand_in.trainee in trainees
        for task in one.tasks
    )


def _tell(one: Written) -> Written:
    if one.fault is not None:
        typer.echo(say(one.fault), err=True)
    for path in one.strangers:
        typer.echo(
            say(
                _(
                    "{path} is not a page of ours, and “nbgrader release_feedback” would hand it "
                    "out too. Move it away.",
                    path=str(Path(*path.parts[-4:])),
                )
            ),
            err=True,
        )
    return one
