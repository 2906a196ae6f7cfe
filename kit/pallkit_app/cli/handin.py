"""The command ``pallkit handin``: a trainee's work as one zip file with a receipt code."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import say


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(
        help=say(
            _("Pack your work on an assignment as one zip file, to upload where the course says.")
        )
    )(handin)


def handin(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="MAPPE", help=say(_("The folder with your notebook and svar.jsonl."))
        ),
    ] = Path(),
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=say(_("The zip file to write.")))
    ] = None,
    assignment: Annotated[
        str | None,
        typer.Option(help=say(_("The assignment, where the folder does not say it."))),
    ] = None,
) -> None:
    """Pack, warn of what should be looked at, and show the receipt code."""
    from pallkit_app.exchange.zipping import write_zip  # noqa: PLC0415  # only for this command
    from pallkit_grading.packages.handing_in import pack_hand_in  # noqa: PLC0415

    for word in (assignment or "", output.name if output else ""):
        refuse_identity_numbers(word)
    packed = pack_hand_in(folder, now=datetime.now().astimezone(), assignment=assignment)
    path = output or Path(f"{packed.name}.zip")
    for finding in packed.findings:
        typer.echo(say(finding.line), err=True)
    for warning in packed.warnings:
        typer.echo(f"• {say(warning)}", err=True)
    typer.echo(say(packed.headline), err=True)
    write_zip(path, packed.files)
    typer.echo(say(_("Wrote {path} with {count} files.", path=str(path), count=len(packed.files))))
    typer.echo(say(_("Upload this zip file where the course asks for it. It is not sent yet.")))
    typer.echo(say(_("Your receipt: {code}. Keep it.", code=packed.code)))
