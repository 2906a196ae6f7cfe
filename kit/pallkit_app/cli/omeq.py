"""The command ``pallkit omeq``: count opioid doses as oral morphine."""

from __future__ import annotations

from typing import Annotated

import typer

from pallkit import opioids
from pallkit.i18n import _
from pallkit_app.cli.answers import chosen_set, read_doses, show
from pallkit_app.cli.edge import say


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(
        help=say(
            _(
                "Count opioid doses as oral morphine (OMEQ), with every step. For teaching only; "
                "every patient is invented. Exit status: 0 an answer, 1 a refusal with its reason, "
                "2 could not run."
            )
        )
    )(omeq)


def omeq(
    doses: Annotated[
        list[str] | None,
        typer.Argument(
            help=say(_("Doses, each in quotes: “oksykodon po 40 mg/d” “fentanyl td 25 µg/t”."))
        ),
    ] = None,
    *,
    table: Annotated[
        str | None, typer.Option("--set", help=say(_("The ratio set to count by.")))
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=say(_("Print JSON instead of text.")))
    ] = False,
) -> None:
    """Print what the doses are worth together, by the ratio set ``table``."""
    ratios = chosen_set(table)
    show(opioids.omeq(read_doses(doses or []), ratios), ratios, as_json=as_json)
