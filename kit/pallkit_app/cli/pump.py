"""The commands ``pallkit pump …``: settings, a start from doses by mouth, a mixture, a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pallkit import pump as engine
from pallkit.doses import read_preparation
from pallkit.errors import DoseError
from pallkit.i18n import LANGUAGES, Language, _
from pallkit.opioids import RatioSet, Refusal, read_reduction
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.answers import REFUSED, chosen_set, read_doses
from pallkit_app.cli.edge import cli_language, say
from pallkit_app.cli.pump_answers import show, show_starts
from pallkit_app.cli.pump_settings import Typed

_CODES = ", ".join(LANGUAGES)
_JSON = typer.Option("--json", help=say(_("Print JSON instead of text.")))
_DOSE = typer.Option(help=say(_("What the pump is to give: “morfin sc 60 mg/d”.")))
_CONCENTRATION = typer.Option(help=say(_("What is in the reservoir: “10 mg/mL”.")))
_RESERVOIR = typer.Option(help=say(_("What the reservoir holds: “100 mL”.")))
_BOLUS = typer.Option(help=say(_("What one press of the button gives: “2 mg”.")))
_LOCKOUT = typer.Option(help=say(_("How long until the next press works: “20 min”.")))
_LIMIT = typer.Option(help=say(_("The most in 60 minutes, all included: “12 mg”.")))
_LAST = typer.Option("--for", help=say(_("How long the reservoir is to last: “24 h”.")))
_PRODUCT = typer.Option(help=say(_("The product, to see how long it keeps: hydofon.")))
_TO = typer.Option(help=say(_("The drug and route to change to: “morfin sc”.")))
_SETS = typer.Option("--set", help=say(_("A ratio set. Give it more than once to compare.")))


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    group = typer.Typer(
        invoke_without_command=True,
        help=say(
            _(
                "Work out a pump under the skin, with every step: rate, boluses, reservoir. For "
                "teaching only; every patient is invented. Exit status: 0 an answer, 1 a refusal "
                "with its reason, 2 could not run."
            )
        ),
    )
    group.callback()(pump)
    group.command(help=say(_("Change doses by mouth to a pump, by one or more ratio sets.")))(start)
    group.command(help=say(_("Work out what goes into a reservoir, and what may be mixed.")))(mix)
    group.command(help=say(_("Make a practice sheet of a pump, as HTML or PDF.")))(sheet)
    app.add_typer(group, name="pump")


def pump(  # noqa: PLR0913  # each is an option of the command
    context: typer.Context,
    *,
    dose: Annotated[str | None, _DOSE] = None,
    concentration: Annotated[str | None, _CONCENTRATION] = None,
    reservoir: Annotated[str | None, _RESERVOIR] = None,
    bolus: Annotated[str | None, _BOLUS] = None,
    lockout: Annotated[str | None, _LOCKOUT] = None,
    hour_limit: Annotated[str | None, _LIMIT] = None,
    last: Annotated[str | None, _LAST] = None,
    product: Annotated[str | None, _PRODUCT] = None,
    lowest_rate: Annotated[
        str | None, typer.Option(help=say(_("The lowest the pump can run: “0.1 mL/h”.")))
    ] = None,
    highest_rate: Annotated[
        str | None, typer.Option(help=say(_("The highest the pump can run: “5 mL/h”.")))
    ] = None,
    rate_step: Annotated[
        str | None, typer.Option(help=say(_("The smallest step of the rate: “0.1 mL/h”.")))
    ] = None,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Print what the pump is set to."""
    if context.invoked_subcommand is not None:
        return
    typed = Typed(dose, concentration, reservoir, bolus, lockout, hour_limit, last, product)
    settings = typed.settings(limits=(lowest_rate, highest_rate, rate_step))
    show(engine.program(settings), as_json=as_json)


def start(
    doses: Annotated[
        list[str] | None,
        typer.Argument(help=say(_("Doses, each in quotes: “morfin po 60 mg x 2”."))),
    ] = None,
    *,
    to: Annotated[str | None, _TO] = None,
    sets: Annotated[list[str] | None, _SETS] = None,
    reduce: Annotated[
        str | None,
        typer.Option(help=say(_("How much lower to start: a percentage or a named rule."))),
    ] = None,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Print the same doses as a pump's, by each ratio set."""
    given = read_doses(doses or [])
    tables = _tables(sets)
    refuse_identity_numbers(reduce or "")
    reduction = None if reduce is None else read_reduction(reduce)
    answers = engine.side_by_side(given, read_preparation(_needed(to, "to")), tables, reduction)
    show_starts(answers, as_json=as_json)


def mix(
    parts: Annotated[
        list[str] | None,
        typer.Argument(help=say(_("Each drug in quotes: “midazolam 10 mg (5 mg/mL)”."))),
    ] = None,
    *,
    reservoir: Annotated[str | None, _RESERVOIR] = None,
    diluent: Annotated[
        str | None, typer.Option(help=say(_("What to fill up with: glucose-50.")))
    ] = None,
    last: Annotated[str | None, _LAST] = None,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Print the volumes of a mixture, and what is known of mixing it."""
    refuse_identity_numbers(diluent or "")
    answer = engine.mix(
        [engine.read_part(text) for text in parts or []],
        reservoir=engine.read_volume(_needed(reservoir, "reservoir")),
        diluent=diluent,
        hours=None if last is None else engine.read_minutes(last) / 60,
    )
    show(answer, as_json=as_json)


def sheet(  # noqa: PLR0913  # each is an option of the command
    *,
    dose: Annotated[str | None, _DOSE] = None,
    concentration: Annotated[str | None, _CONCENTRATION] = None,
    reservoir: Annotated[str | None, _RESERVOIR] = None,
    bolus: Annotated[str | None, _BOLUS] = None,
    lockout: Annotated[str | None, _LOCKOUT] = None,
    hour_limit: Annotated[str | None, _LIMIT] = None,
    product: Annotated[str | None, _PRODUCT] = None,
    by_mouth: Annotated[
        list[str] | None,
        typer.Option(help=say(_("A dose by mouth to convert first: “morfin po 60 mg x 2”."))),
    ] = None,
    sets: Annotated[list[str] | None, _SETS] = None,
    lang: Annotated[
        Language | None,
        typer.Option(help=say(_("The language of the sheet: {codes}.", codes=_CODES))),
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
        bool, typer.Option("--force", help=say(_("Replace a file that is not a practice sheet.")))
    ] = False,
) -> None:
    """Write the sheet to each ``output``; without one, to ``pumpe-<lang>.html`` here."""
    # The PDF and template libraries take their time: only this command waits for them.
    from pallkit_app.pump_sheet import Exercise, write_sheet  # noqa: PLC0415

    typed = Typed(dose, concentration, reservoir, bolus, lockout, hour_limit, None, product)
    worked = engine.program(typed.settings())
    if isinstance(worked, Refusal):
        show(worked, as_json=False)
        raise typer.Exit(REFUSED)
    exercise = Exercise(worked)
    if by_mouth:
        tables = tuple(_tables(sets))
        to = worked.settings.dose.preparation
        exercise = Exercise(worked, tuple(read_doses(by_mouth)), to, tables)
    chosen = cli_language() if lang is None else lang
    for path in output or [Path(f"pumpe-{chosen}.html")]:
        write_sheet(exercise, chosen, path, force=force)
        typer.echo(say(_("Wrote {path}", path=str(path))))


def _tables(names: list[str] | None) -> list[RatioSet]:
    return [chosen_set(name) for name in names] if names else [chosen_set(None)]


def _needed(text: str | None, option: str) -> str:
    if text is None:
        raise DoseError(_("--{option} is missing.", option=option))
    return text
