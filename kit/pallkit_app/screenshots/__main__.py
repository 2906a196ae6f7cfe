"""``python -m pallkit_app.screenshots``: take the pictures, and say where they are."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated

import typer

from pallkit.errors import PallkitError
from pallkit.i18n import _
from pallkit_app.cli.edge import say
from pallkit_app.compile import content_root
from pallkit_app.screenshots import contact_sheet
from pallkit_app.screenshots.shown import every
from pallkit_app.screenshots.taking import LANGUAGES, SCHEMES, WIDTHS, Wanted, serving, take


def main(
    out: Annotated[Path, typer.Argument(help=say(_("The folder for the pictures")))] = Path(
        "screenshots"
    ),
    *,
    only: Annotated[
        list[str] | None,
        typer.Option(help=say(_("Pages by the beginning of their names; all unless told."))),
    ] = None,
    lang: Annotated[
        list[str] | None, typer.Option(help=say(_("Languages; all unless told.")))
    ] = None,
    width: Annotated[
        list[int] | None, typer.Option(help=say(_("Widths in pixels; 360, 768, 1280 unless told.")))
    ] = None,
    server: Annotated[
        str, typer.Option(help=say(_("A server that runs already, by its address.")))
    ] = "",
) -> None:
    """Take the pictures that were asked for."""
    # One that is started in the background ignores Ctrl-C, and so would the server it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    found = [
        each
        for each in every(content_root() / "notebooks" / "modules")
        if not only or each.name.startswith(tuple(only))
    ]
    wanted = Wanted(
        pages=found,
        languages=[each for each in LANGUAGES if not lang or each in lang],
        widths=width or WIDTHS,
        schemes=SCHEMES,
    )
    try:
        _take(wanted, out, server)
    except PallkitError as error:
        typer.echo(say(error.message), err=True)
        raise typer.Exit(2) from error


def _take(wanted: Wanted, out: Path, server: str) -> None:
    number = 0
    if server:
        number = sum(1 for _file in take(wanted, out, server.rstrip("/")))
    else:
        with serving() as base:
            number = sum(1 for _file in take(wanted, out, base))
    index = contact_sheet.write(wanted, out)
    typer.echo(
        say(_("{number} pictures. Look through them in {index}", number=number, index=str(index)))
    )


if __name__ == "__main__":
    typer.run(main)
