"""``pallkit grade manual MAPPE --assignment X``: mark one task across all trainees, on a page."""

from __future__ import annotations

import getpass
import threading
import webbrowser
from typing import TYPE_CHECKING, Annotated

import typer

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import cli_language, say
from pallkit_app.cli.grade_run import Assignment, Database, Folder
from pallkit_app.cli.serve import has_screen

if TYPE_CHECKING:
    from pallkit_app.marking_page.sitting import Sitting

Name = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="NAVN",
        help=say(_("Who marks, as it stands in the history; your login name unless told.")),
    ),
]


def register(grade: typer.Typer) -> None:
    """Add the command to ``grade``."""
    grade.command(
        "manual",
        help=say(
            _("Mark one task across all trainees, on a page that only this machine can open.")
        ),
    )(manual)


def manual(  # noqa: PLR0913  # each is an option of the command
    folder: Folder,
    *,
    assignment: Assignment,
    task: Annotated[
        str, typer.Option(help=say(_("The task to begin with; else the first that waits.")))
    ] = "",
    name: Name = "",
    second: Annotated[
        bool,
        typer.Option(
            "--second", help=say(_("Be the second marker: the first one's marks are not shown."))
        ),
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(min=1024, max=65535, help=say(_("The port to use; a free one unless told."))),
    ] = None,
    open_page: Annotated[
        bool | None,
        typer.Option(
            "--open/--no-open",
            help=say(_("Open a browser; unless told, only where there is a screen.")),
        ),
    ] = None,
    database: Database = None,
) -> None:
    """Serve the page until Ctrl-C."""
    for text in (assignment, task, name):
        refuse_identity_numbers(text)
    from pallkit_app.courses.reading import read_course, read_keys  # noqa: PLC0415  # this command's
    from pallkit_app.marking_page.actions import Desk  # noqa: PLC0415
    from pallkit_app.marking_page.serving import Opening, serve  # noqa: PLC0415
    from pallkit_app.marking_page.sitting import Sitting  # noqa: PLC0415
    from pallkit_app.records import access  # noqa: PLC0415
    from pallkit_grading.book import open_book  # noqa: PLC0415  # seconds to import

    sitting = Sitting(
        folder, read_course(folder), read_keys(folder), assignment, marker(name), second
    )
    _require(sitting, task)
    wanted = has_screen() if open_page is None else open_page
    with open_book(folder, sitting.course.id, database) as book:
        access.note(folder, "grade manual", detail=f"{assignment} {task}".strip())
        serve(
            Desk(book, sitting),
            Opening(port, cli_language(), task),
            _announce,
            _open if wanted else None,
        )


def marker(name: str) -> str:
    """Who marks: ``name``, else the login name. Raises ContentError for one that cannot stand."""
    from pallkit_grading.book.history import GRADER  # noqa: PLC0415  # only for this command
    from pallkit_grading.manual import FORMGRADER  # noqa: PLC0415

    chosen = " ".join((name or getpass.getuser()).split())
    plain = chosen.isprintable() and 0 < len(chosen) <= 80
    if not plain or chosen.casefold() in (GRADER, FORMGRADER):
        raise ContentError(_("Write who marks, in at most 80 characters: --as “Kari Nordmann”."))
    return chosen


def _require(sitting: Sitting, task: str) -> None:
    known = sitting.tasks  # raises for an assignment that the course has not
    if task and task not in known:
        raise ContentError(
            _(
                "There is no task “{task}” in this assignment. It has: {names}.",
                task=task,
                names=", ".join(known),
            )
        )


def _announce(address: str) -> None:
    typer.echo(say(_("Open this address in the browser on this machine (it works once):")))
    typer.echo(f"  {address}")
    typer.echo(say(_("Stop with Ctrl-C.")))


def _open(address: str) -> None:
    # In a thread: some browsers keep the call until they are closed.
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
