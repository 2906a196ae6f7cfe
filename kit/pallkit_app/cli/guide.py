"""The command ``pallkit guide``: a leader guide of a case, as HTML or PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pallkit.i18n import LANGUAGES, Language, _
from pallkit_app.cli.edge import cli_language, say

_CODES = ", ".join(LANGUAGES)


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(
        help=say(
            _(
                "Make the leader guide of a case: what to read aloud, where the tables decide, "
                "the worked doses, and the time plan."
            )
        )
    )(guide)


def guide(
    case: Annotated[str, typer.Argument(help=say(_("The id of the case, as in the case list.")))],
    *,
    lang: Annotated[
        Language | None,
        typer.Option(help=say(_("The language of the guide: {codes}.", codes=_CODES))),
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            help=say(_("The file to write, ending in .html or .pdf. May be given more than once.")),
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=say(_("Replace a file that is not a leader guide.")))
    ] = False,
) -> None:
    """Write the guide to each ``output``; without one, to ``<case>-<lang>.html`` here."""
    # The PDF and template libraries take their time: only this command waits for them.
    from pallkit_app.guide import write_guide  # noqa: PLC0415

    chosen = cli_language() if lang is None else lang
    for path in output or [Path(f"{case}-{chosen}.html")]:
        write_guide(case, chosen, path, force=force)
        typer.echo(say(_("Wrote {path}", path=str(path))))
