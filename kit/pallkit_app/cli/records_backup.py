"""``pallkit records backup`` and ``restore``: a whole course in one checked file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import say
from pallkit_app.cli.grade_run import Database, Folder


def register(records: typer.Typer) -> None:
    """Add the commands to ``records``."""
    records.command(
        help=say(_("Write the whole course, with its gradebook, to one checked file."))
    )(backup)
    records.command(help=say(_("Put a course back from its backup, after checking all of it.")))(
        restore
    )


def backup(
    folder: Folder,
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", help=say(_("The file to write; it must not exist.")))
    ],
    database: Database = None,
) -> None:
    """Back up; safe also while somebody is grading."""
    from pallkit_app.records import access  # noqa: PLC0415  # only for this command
    from pallkit_app.records.backing_up import back_up  # noqa: PLC0415

    refuse_identity_numbers(output.name)
    done = back_up(folder, output, database)
    access.note(folder, "backup", detail=output.name)
    typer.echo(
        say(
            _(
                "Wrote {path} with {count} files. It holds personal data: keep it where the "
                "course's data may be, and delete it when they are to go.",
                path=str(output),
                count=done.files,
            )
        )
    )
    if done.links:
        typer.echo(say(_("{count} links are not in it.", count=done.links)))


def restore(
    source: Annotated[Path, typer.Argument(metavar="FIL", help=say(_("The backup.")))],
    folder: Folder,
    *,
    replace: Annotated[
        bool,
        typer.Option("--replace", help=say(_("A course that is there is set aside, and kept."))),
    ] = False,
    database: Database = None,
) -> None:
    """Restore; ends with 1 when somebody is back who was erased since."""
    from pallkit_app.records.restoring import restore as put_back  # noqa: PLC0415  # this command's

    done = put_back(source, folder, database, replace=replace)
    typer.echo(say(_("{count} files are back in {folder}.", count=done.files, folder=str(folder))))
    if done.aside is not None:
        typer.echo(say(_("What was there is in {folder}.", folder=str(done.aside))))
    for person in done.erased:
        typer.echo(
            say(
                _(
                    "{person} is back, and was erased after the backup was made: pallkit records "
                    "erase {folder} {person} --apply",
                    person=person,
                    folder=str(folder),
                )
            )
        )
    if done.erased:
        raise typer.Exit(1)
