"""The command ``pallkit export``: a case or a play-through for another platform."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from pallkit.errors import PallkitError
from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import cli_language, say

FORMATS = ("xapi",)


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("export", help=say(_("Write a play-through of a case for another platform.")))(
        _export
    )


def _export(  # noqa: PLR0913  # a command's options are its arguments
    case_id: Annotated[str, typer.Argument(help=say(_("The id of the case.")))],
    *,
    to: Annotated[str, typer.Option("--to", help=say(_("The format: xapi.")))],
    output: Annotated[Path, typer.Option("--output", "-o", help=say(_("The file to write.")))],
    log: Annotated[Path, typer.Option(help=say(_("The answer log of the play-through.")))] = Path(
        "svar.jsonl"
    ),
    task: Annotated[
        str | None, typer.Option(help=say(_("The task in the log; else the case's id.")))
    ] = None,
    learner: Annotated[
        str, typer.Option(help=say(_("A pseudonym for who played; never a name.")))
    ] = "learner",
    address: Annotated[
        str, typer.Option(help=say(_("The address of your server; every id begins with it.")))
    ] = "http://127.0.0.1:8866",
) -> None:
    from pallkit import cases  # noqa: PLC0415  # only this command's
    from pallkit.answers import read  # noqa: PLC0415
    from pallkit_app.exchange.xapi import Player, json_lines, statements  # noqa: PLC0415

    refuse_identity_numbers(learner)
    if to not in FORMATS:
        raise PallkitError(
            _(
                "“{format}” is not a format. Use one of: {known}.",
                format=to,
                known=", ".join(FORMATS),
            )
        )
    _refuse_no_address(address)
    case, texts = cases.load(case_id), cases.prose(case_id, cli_language())
    made = statements(case, texts, read(log), task or case_id, Player(address, learner))
    try:
        output.write_text(json_lines(made), encoding="utf-8", newline="\n")
    except OSError:
        raise PallkitError(_("“{file}” cannot be written.", file=output.name)) from None
    typer.echo(say(_("Wrote {path}", path=str(output))))


def _refuse_no_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise PallkitError(
            _("“{address}” is no address. Write it with https:// first.", address=address)
        )
