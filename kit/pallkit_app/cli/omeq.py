"""The command ``pallkit omeq``: count opioid doses as oral morphine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pallkit import opioids
from pallkit.errors import ConversionError
from pallkit.i18n import _
from pallkit_app.cli.answers import chosen_set, read_doses, show
from pallkit_app.cli.edge import say
from pallkit_app.cli.omeq_csv import USUAL, columns_help, count_table


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    parts = [
        say(
            _(
                "Count opioid doses as oral morphine (OMEQ), with every step. For teaching only; "
                "every patient is invented. Exit status: 0 an answer, 1 a refusal with its reason, "
                "2 could not run."
            )
        ),
        columns_help(),
    ]
    app.command(help="\n\n".join(parts))(omeq)


def omeq(  # noqa: PLR0913  # each is an option of the command
    doses: Annotated[
        list[str] | None,
        typer.Argument(
            help=say(_("Doses, each in quotes: “oksykodon po 40 mg/d” “fentanyl td 25 µg/t”."))
        ),
    ] = None,
    *,
    table: Annotated[
        str | None,
        typer.Option(
            "--set",
            help=say(
                _(
                    "The ratio set to count by: an id, or a file.yaml. A table with none named "
                    "is counted by {usual}, and that is said.",
                    usual=USUAL,
                )
            ),
        ),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", help=say(_("A table of generated doses, counted row by row."))),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help=say(_("With --csv: the file to write. Never --csv's."))),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=say(_("With --csv: replace a file that is there.")))
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=say(_("Print JSON instead of text.")))
    ] = False,
) -> None:
    """Print what the doses are worth together, or count a table row by row."""
    if csv is not None:
        if doses:
            raise ConversionError(_("Write doses or --csv, not both."))
        count_table(csv, out, table, force=force, as_json=as_json)
    if out is not None or force:
        raise ConversionError(_("--out and --force belong to --csv. Write which table to count."))
    ratios = chosen_set(table)
    show(opioids.omeq(read_doses(doses or []), ratios), ratios, as_json=as_json)
