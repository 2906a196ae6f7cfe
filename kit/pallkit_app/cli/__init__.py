"""The command ``pallkit``: one module a command, each registering itself on the app.

Exit status: 0 an answer, 1 a refusal or faults found, 2 could not run. Errors are one
line in the reader's language; a traceback means a bug in PallKit.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pallkit import __version__
from pallkit.about import INTENDED_PURPOSE
from pallkit.errors import PallkitError
from pallkit.i18n import _, render
from pallkit_app.cli import (
    build_site,
    case,
    check,
    convert,
    course,
    deploy,
    exchange,
    feedback,
    grade,
    guide,
    handin,
    handout,
    importing,
    omeq,
    preflight,
    pump,
    records,
    regrade,
    serve,
    sets,
)
from pallkit_app.cli.edge import cli_language, say

app = typer.Typer(
    name="pallkit",
    help=f"PallKit. {say(INTENDED_PURPOSE)}",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

for command in (
    serve,
    build_site,
    deploy,
    omeq,
    convert,
    pump,
    sets,
    check,
    case,
    guide,
    course,
    grade,
    regrade,
    feedback,
    handout,
    preflight,
    handin,
    records,
    exchange,
    importing,
):
    command.register(app)


def _show_version(value: bool) -> None:  # noqa: FBT001  # typer's callback signature
    if value:
        typer.echo(f"pallkit {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help=say(_("Show the version."))
        ),
    ] = False,
) -> None:
    pass


_root.__doc__ = f"PallKit. {say(INTENDED_PURPOSE)}"


def main() -> None:
    """Run the command line; a :class:`PallkitError` becomes one line and exit 2."""
    try:
        app()
    except PallkitError as error:
        print(f"pallkit: {render(error.message, cli_language())}", file=sys.stderr)
        raise SystemExit(2) from None
