"""``pallkit grade seen MAPPE TRAINEE --assignment X``: the remarks on a hand-in are looked at."""

from __future__ import annotations

from typing import Annotated

import typer

from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import say
from pallkit_app.cli.grade_manual import Name, marker
from pallkit_app.cli.grade_run import Assignment, Database, Folder


def register(grade: typer.Typer) -> None:
    """Add the command to ``grade``."""
    about = _("Note that you have looked at the remarks on a hand-in; they ask for nobody then.")
    grade.command("seen", help=say(about))(look_at)


def look_at(  # noqa: PLR0913  # each is an option of the command
    folder: Folder,
    trainee: Annotated[
        str, typer.Argument(metavar="KANDIDAT", help=say(_("Whose remarks you looked at.")))
    ],
    *,
    assignment: Assignment,
    reason: Annotated[str, typer.Option(help=say(_("What came of it, for the history.")))] = "",
    name: Name = "",
    database: Database = None,
) -> None:
    """Record it; the same remarks are not counted among what needs a person any more."""
    for text in (assignment, trainee, reason, name):
        refuse_identity_numbers(text)
    from pallkit_app.courses.opening import open_course  # noqa: PLC0415  # seconds to import
    from pallkit_app.records import access  # noqa: PLC0415
    from pallkit_grading.manual import note_seen  # noqa: PLC0415
    from pallkit_grading.scores import task_set  # noqa: PLC0415

    person = marker(name)
    with open_course(folder, database) as of:
        task_set(of.course, assignment)  # raises for an assignment that the course has not
        note_seen(of.book.db, assignment, trainee, person, reason)
    access.note(folder, "grade seen", detail=f"{assignment} {trainee}")
    typer.echo(
        say(
            _(
                "Noted: {person} has looked at the remarks on “{name}”. They ask for nobody "
                "until something else is found.",
                person=person,
                name=trainee,
            )
        )
    )
