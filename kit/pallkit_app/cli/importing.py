"""The command ``pallkit import``: a package from elsewhere becomes a case folder."""

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
        "import",
        help=say(_("Make a case of a virtual patient package (MedBiquitous, a zip file).")),
    )(_import)


def _import(
    package: Annotated[Path, typer.Argument(help=say(_("The package: a zip file.")))],
    *,
    case_id: Annotated[str, typer.Option("--as", help=say(_("The id the case gets here.")))],
    lang: Annotated[
        Language | None,
        typer.Option(
            help=say(
                _("The language of the package's texts, if it says wrong: {codes}.", codes=_CODES)
            )
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", help=say(_("The folder that holds “casebank”, if it is not this."))),
    ] = None,
    invented: Annotated[
        bool,
        typer.Option(
            "--invented", help=say(_("You know that the patient is invented, and say so."))
        ),
    ] = False,
) -> None:
    from pallkit_app.exchange.medbiq.importing import import_case  # noqa: PLC0415  # only here

    folder, made = import_case(package, case_id, lang=lang, root=to, invented=invented)
    typer.echo(say(_("Wrote {path}", path=str(folder))))
    typer.echo(made.report(cli_language()))
    typer.echo(say(_("Next: see what is left for you to write.")))
    typer.echo(f"  pallkit check {folder}")
