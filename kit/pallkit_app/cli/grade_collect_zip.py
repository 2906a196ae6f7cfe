"""``pallkit grade collect-zip``: hand-ins from a course platform into the course's folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit.privacy import holds_identity_number, refuse_identity_numbers
from pallkit_app.cli.edge import say
from pallkit_app.cli.grade_run import Assignment, Database, Folder

if TYPE_CHECKING:
    from pallkit_grading.packages.keeping import Outcome
    from pallkit_grading.packages.receiving import Desk, Received


def register(grade: typer.Typer) -> None:
    """Add the command to ``grade``."""
    grade.command(
        "collect-zip",
        help=say(
            _(
                "Collect hand-ins from zip files, folders, or a download from Canvas or Moodle. "
                "Ends with 1 when something needs a person."
            )
        ),
    )(collect_zip)


def collect_zip(  # noqa: PLR0913  # each is an option of the command
    folder: Folder,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILER", help=say(_("Zip files or folders with hand-ins."))),
    ],
    *,
    assignment: Assignment,
    received: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"],
            metavar='"ÅÅÅÅ-MM-DD TT:MM"',
            help=say(
                _("When all of these came in, in the course's time; else the trainees' own clocks.")
            ),
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=say(_("Show what would be done, and do nothing.")))
    ] = False,
    database: Database = None,
) -> None:
    """Sort, match and keep; a line for each package, and for all that was found."""
    refuse_identity_numbers(assignment)
    desk = _desk(folder, assignment, received, database, dry_run=dry_run)
    done = [one for file in files for one in _receive(desk, file)]
    typer.echo("\n".join(_tame(line) for one in done for line in _lines(one)))
    typer.echo(say(_sum(done, dry_run=dry_run)))
    if any(one.needs_a_person for one in done):
        raise typer.Exit(1)


def _desk(
    folder: Path,
    assignment: str,
    received: datetime | None,
    database: str | None,
    *,
    dry_run: bool,
) -> Desk:
    from pallkit_app.courses.reading import read_course, read_keys  # noqa: PLC0415  # this command's
    from pallkit_app.courses.rules import read_rules  # noqa: PLC0415
    from pallkit_grading.book import open_book  # noqa: PLC0415  # seconds to import
    from pallkit_grading.packages.matching import roster  # noqa: PLC0415
    from pallkit_grading.packages.receiving import Desk  # noqa: PLC0415
    from pallkit_grading.rules import moment  # noqa: PLC0415

    read_keys(folder).of(assignment)
    rules = read_rules(folder)
    same = rules.same.get(assignment, (assignment,))
    names = (assignment, *(one for one in same if one != assignment))
    with open_book(folder, str(read_course(folder).id), database) as book:
        students = roster(book)
    at = None if received is None else moment(received, rules.zone)
    return Desk(folder, names, students, datetime.now(UTC), at, really=not dry_run)


def _receive(desk: Desk, path: Path) -> list[Received]:
    """Everything in one file. A file that cannot be opened costs itself, and is told of."""
    from pallkit_app.packages.opening import opened, unzip  # noqa: PLC0415  # only for this command
    from pallkit_grading.packages.receiving import Received  # noqa: PLC0415
    from pallkit_grading.packages.sorting import Sorter  # noqa: PLC0415

    sorter = Sorter(desk.assignments, tuple(desk.students), unzip)
    try:
        with opened(path) as entries:
            return [desk.receive(one) for one in sorter.deliveries(path.name, entries)]
    except ContentError as error:
        return [Received(path.name, None, None, (error.message,))]


def _lines(one: Received) -> Sequence[str]:
    if one.kept is None or one.trainee is None:
        return [say(_("{origin}: not collected", origin=one.origin)), *_found(one)]
    told = _told(one.kept.outcome)
    code = one.kept.code
    head = _("{trainee}: {told} ({origin}, receipt {code})", **_names(one), told=told, code=code)
    return [say(head), *_found(one)]


def _names(one: Received) -> dict[str, str]:
    return {"trainee": one.trainee or "", "origin": one.origin}


def _found(one: Received) -> list[str]:
    return [f"  {say(line)}" for line in one.lines]


def _told(outcome: Outcome) -> Message:
    return {
        "new": _("collected"),
        "replaced": _("collected, and the earlier version is kept"),
        "same": _("already here"),
        "older": _("older than what is here, and kept beside it"),
    }[outcome]


def _sum(done: Sequence[Received], *, dry_run: bool) -> Message:
    count = sum(one.kept is not None for one in done)
    if dry_run:
        return _(
            "{count} of {all} packages would be collected. Nothing is changed.",
            count=count,
            all=len(done),
        )
    return _("{count} of {all} packages are collected.", count=count, all=len(done))


def _tame(line: str) -> str:
    """Names are from outside: on one line, no steering of the terminal, no identity number."""
    plain = "".join(sign if sign.isprintable() else " " for sign in line)
    return re.sub(r"\d", "•", plain) if holds_identity_number(plain) else plain
