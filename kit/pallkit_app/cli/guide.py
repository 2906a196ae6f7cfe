"""The commands ``pallkit guide`` and ``pallkit print``: what a group needs of a case."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from pallkit.cases.values import Level
from pallkit.i18n import LANGUAGES, Language, _
from pallkit_app.cli.edge import cli_language, say

_CODES = ", ".join(LANGUAGES)
_MINUTES = typer.Option(help=say(_("How many minutes the session is planned for.")))


class What(StrEnum):
    """What can be asked for: a sheet, or all of them."""

    GUIDE = "guide"
    CARDS = "cards"
    MARKING = "marking"
    DEBRIEF = "debrief"
    READING = "reading"
    ALL = "all"


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
    app.command(
        "print",
        help=say(
            _(
                "Print what a group needs of a case: the leader guide, table cards for playing "
                "without a network, marking sheet, debrief sheet, reading list."
            )
        ),
    )(print_sheets)


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
    minutes: Annotated[int, _MINUTES] = 90,
    force: Annotated[
        bool, typer.Option("--force", help=say(_("Replace a file that is not a leader guide.")))
    ] = False,
) -> None:
    """Write the guide to each ``output``; without one, to ``<case>-<lang>.html`` here."""
    # The PDF and template libraries take their time: only this command waits for them.
    from pallkit_app.guide import write_guide  # noqa: PLC0415

    chosen = cli_language() if lang is None else lang
    for path in output or [Path(f"{case}-{chosen}.html")]:
        write_guide(case, chosen, path, minutes=minutes, force=force)
        typer.echo(say(_("Wrote {path}", path=str(path))))


def print_sheets(  # noqa: PLR0913  # a command's options are its arguments
    case: Annotated[str, typer.Argument(help=say(_("The id of the case, as in the case list.")))],
    *,
    what: Annotated[
        list[What] | None,
        typer.Option(
            help=say(
                _("guide, cards, marking, debrief, reading or all. May be given more than once.")
            )
        ),
    ] = None,
    lang: Annotated[
        Language | None,
        typer.Option(help=say(_("The language of the prints: {codes}.", codes=_CODES))),
    ] = None,
    level: Annotated[
        Level | None, typer.Option(help=say(_("The level the cards are for, else the case's own.")))
    ] = None,
    minutes: Annotated[int, _MINUTES] = 90,
    form: Annotated[
        Literal["pdf", "html"], typer.Option("--format", help=say(_("pdf or html.")))
    ] = "pdf",
    output: Annotated[
        Path, typer.Option("--output", "-o", help=say(_("The folder to write into.")))
    ] = Path(),
    force: Annotated[
        bool, typer.Option("--force", help=say(_("Replace files that are not prints of ours.")))
    ] = False,
) -> None:
    """Write each sheet as ``<case>-<sheet>-<lang>`` into the folder, and say so as it is done."""
    from pallkit_app.handouts import SHEETS, Wanted, print_case  # noqa: PLC0415  # as above

    asked = what or [What.ALL]
    sheets = [one for one in SHEETS if What(one) in asked or What.ALL in asked]
    wanted = Wanted(cli_language() if lang is None else lang, level, minutes, f".{form}", force)
    for at, path in enumerate(print_case(case, sheets, output, wanted), 1):
        done = _("({at} of {count}) Wrote {path}", at=at, count=len(sheets), path=str(path))
        typer.echo(say(done))
