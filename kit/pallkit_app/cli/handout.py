"""The command ``pallkit handout``: an assignment as a zip file, for trainees without a hub."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import say
from pallkit_app.cli.grade_run import Assignment, Database, Folder

if TYPE_CHECKING:
    from pallkit_grading.packages.handing_out import HandOut


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(
        help=say(_("Pack a released assignment as a zip file, for a course platform or an e-mail."))
    )(handout)


def handout(  # noqa: PLR0913  # each is an option of the command
    folder: Folder,
    *,
    assignment: Assignment,
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", help=say(_("The zip file; with --all a folder for all of them."))
        ),
    ],
    trainee: Annotated[
        str | None, typer.Option(help=say(_("Pack it for this trainee, whose id goes with it.")))
    ] = None,
    everybody: Annotated[
        bool, typer.Option("--all", help=say(_("Pack one for each trainee of the gradebook.")))
    ] = False,
    database: Database = None,
) -> None:
    """Write the package, or one for each trainee."""
    for word in (assignment, output.name, trainee or ""):
        refuse_identity_numbers(word)
    if everybody and trainee is not None:
        raise ContentError(_("Choose one trainee or all of them, not both."))
    out = _hand_out(folder, assignment)
    if not everybody:
        if trainee is not None:
            _require_known(_trainees(folder, str(out.course.id), database), trainee)
        _write(out, output, trainee)
        return
    output.mkdir(parents=True, exist_ok=True)
    for one in _trainees(folder, str(out.course.id), database):
        _write(out, output / _file_name(assignment, one), one)


def _hand_out(folder: Path, assignment: str) -> HandOut:
    from pallkit_app.courses.reading import read_course, read_keys  # noqa: PLC0415  # this command's
    from pallkit_app.courses.rules import read_rules  # noqa: PLC0415
    from pallkit_grading.packages.handing_out import HandOut  # noqa: PLC0415

    course, key = read_course(folder), read_keys(folder)
    key.of(assignment)
    found = next(one for one in course.assignments if one.id == assignment)
    return HandOut(folder, course, found, key, read_rules(folder, course))


def _write(out: HandOut, path: Path, trainee: str | None) -> None:
    from pallkit_app.exchange.zipping import write_zip  # noqa: PLC0415  # only for this command
    from pallkit_grading.packages.handing_out import handout_files  # noqa: PLC0415

    write_zip(path, handout_files(out, trainee))
    typer.echo(say(_("Wrote {path}", path=str(path))))


def _trainees(folder: Path, course: str, database: str | None) -> tuple[str, ...]:
    from pallkit_grading.book import open_book  # noqa: PLC0415  # seconds to import
    from pallkit_grading.packages.matching import roster  # noqa: PLC0415

    with open_book(folder, course, database) as book:
        return tuple(sorted(one.id for one in roster(book)))


def _require_known(trainees: tuple[str, ...], trainee: str) -> None:
    if trainee not in trainees:
        raise ContentError(
            _("“{trainee}” is not on the roster. Import the roster first.", trainee=trainee)
        )


def _file_name(assignment: str, trainee: str) -> str:
    from pallkit_grading.packages.names import safe_name  # noqa: PLC0415  # only for this command

    return f"{safe_name(f'{assignment}-{trainee}')}.zip"
