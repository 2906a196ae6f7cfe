"""The command ``pallkit convert``: change opioid doses to another drug or route."""

from __future__ import annotations

from typing import Annotated

import typer

from pallkit import opioids
from pallkit.doses import Preparation, read_preparation
from pallkit.errors import ConversionError
from pallkit.i18n import _
from pallkit.opioids import Reduction, read_reduction
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.answers import chosen_set, read_doses, show
from pallkit_app.cli.edge import say


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(
        help=say(
            _(
                "Change opioid doses to another drug or route by way of oral morphine, with every "
                "step. For teaching only; every patient is invented. Exit status: 0 an answer, 1 a "
                "refusal with its reason, 2 could not run."
            )
        )
    )(convert)


def convert(  # noqa: PLR0913  # one argument for each option
    doses: Annotated[
        list[str] | None,
        typer.Argument(help=say(_("Doses, each in quotes: “oksykodon po 60 mg/d”."))),
    ] = None,
    *,
    to: Annotated[
        str | None, typer.Option(help=say(_("The drug and route to change to: “morfin po”.")))
    ] = None,
    table: Annotated[
        str | None, typer.Option("--set", help=say(_("The ratio set to change by.")))
    ] = None,
    reduce: Annotated[
        str | None,
        typer.Option(
            help=say(
                _(
                    "How much lower to start: a percentage such as 50%, or a named rule such as "
                    "nord-norge-2024. Without it only the unreduced equivalent is shown."
                )
            )
        ),
    ] = None,
    demonstration: Annotated[
        bool,
        typer.Option(
            "--demonstration",
            help=say(
                _("For a specialist who teaches: show a locked drug's bands, from morphine only.")
            ),
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=say(_("Print JSON instead of text.")))
    ] = False,
) -> None:
    """Print what the doses amount to as ``to``, by the ratio set ``table``."""
    ratios = chosen_set(table)
    given = read_doses(doses or [])
    answer = opioids.convert(
        given, _target(to), ratios, _reduction(reduce), demonstration=demonstration
    )
    show(answer, ratios, as_json=as_json)


def _target(text: str | None) -> Preparation:
    if text is None:
        raise ConversionError(
            _("Say what to change to with --to, for example --to “{example}”.", example="morfin po")
        )
    return read_preparation(text)


def _reduction(text: str | None) -> Reduction | None:
    if text is None:
        return None
    refuse_identity_numbers(text)
    return read_reduction(text)
