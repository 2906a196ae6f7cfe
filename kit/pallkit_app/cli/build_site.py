"""The command ``pallkit build-site``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pallkit.i18n import Message, _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import say
from pallkit_app.deploy.base_path import base_path


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""

    @app.command(
        "build-site",
        help=say(
            _(
                "Make the learners' pages a folder of files for any file server, with Python "
                "running in the browser."
            )
        ),
    )
    def build_site(
        out: Annotated[
            Path, typer.Argument(metavar="OUT", help=say(_("The folder to make, or make anew.")))
        ],
        *,
        address: Annotated[
            str,
            typer.Option(
                metavar="/pallkit/",
                help=say(
                    _("The path it will have on its host. Only the page for wrong addresses asks.")
                ),
            ),
        ] = "/",
        report_address: Annotated[
            str | None,
            typer.Option(help=say(_("Where “Report an error” on the pages sends its mail."))),
        ] = None,
    ) -> None:
        from pallkit_app import static_site  # noqa: PLC0415  # reads what only this command needs

        refuse_identity_numbers(report_address or "")  # it is shown on every page
        built = static_site.build_site(
            out.resolve(),
            tell=_tell,
            report_address=report_address or "",
            address=base_path(address),
        )
        _tell(
            _(
                "{pages} pages in {files} files, {size} MB: {out}",
                pages=built.pages,
                files=built.files,
                size=round(built.size / 1_000_000),
                out=str(out),
            )
        )
        _tell(
            _(
                "To look at it: python -m http.server --directory {out} 8000, then "
                "http://127.0.0.1:8000/",
                out=str(out),
            )
        )


def _tell(text: Message) -> None:
    typer.echo(say(text))
