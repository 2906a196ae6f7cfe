"""The commands ``pallkit sets …``: look at ratio sets, compare them, and add a local one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pallkit.about import WATERMARK
from pallkit.doses import Preparation, preparation_message, read_preparation
from pallkit.i18n import Message, Words, _, render
from pallkit.opioids import (
    Direction,
    RatioSet,
    Refusal,
    Row,
    compare,
    flaws,
    read_reduction,
    spread,
    standing,
)
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli import sets_standing
from pallkit_app.cli.answers import read_doses, too_old
from pallkit_app.cli.edge import cli_language, say
from pallkit_app.sets import find_set, known_sets, read_set

group = typer.Typer(
    help=say(_("Look at ratio sets, compare them, and add one of your own for practice.")),
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    sets_standing.add_to(group)
    app.add_typer(group, name="sets")


@group.command("new", help=say(_("Write an empty ratio set, with a word on each field.")))
def _new(
    name: Annotated[str, typer.Argument(help=say(_("The id of the set: a–z, figures, hyphens.")))],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=say(_("The file; else <id>.yaml here.")))
    ] = None,
) -> None:
    from pallkit_app.sets.template import write_template  # noqa: PLC0415  # only this command's

    path = output or Path(f"{name}.yaml")
    write_template(name, path, cli_language())
    typer.echo(say(_("Wrote {path}", path=str(path))))


@group.command(
    "check",
    help=say(
        _("Check ratio set files: format, gaps, overlaps, falls, pairs. Exit status 1: faults.")
    ),
)
def _check(
    paths: Annotated[list[Path], typer.Argument(help=say(_("The files to check.")))],
) -> None:
    faults = 0
    for path in paths:
        found = flaws(read_set(path))
        faults += sum(flaw.fault for flaw in found)
        for flaw in found:
            text: Message = flaw.message if flaw.fault else _("warning: {text}", text=flaw.message)
            typer.echo(
                say(_("{place}: {text} [{rule}]", place=path.name, text=text, rule=flaw.code))
            )
    typer.echo(say(_("Faults: {faults}.", faults=faults)), err=True)
    raise typer.Exit(1 if faults else 0)


@group.command("list", help=say(_("Every ratio set: the case bank's and your own.")))
def _list() -> None:
    for table in known_sets():
        marks = ([say(_("draft"))] if table.draft else []) + (
            [say(table.mark)] if table.mark else []
        )
        mark = f" ({', '.join(marks)})" if marks else ""
        typer.echo(f"{table.id:24}{say(_MADE_FOR[table.made_for]):14}{table.title}{mark}")


@group.command("show", help=say(_("One ratio set: who made it, for what, and every row.")))
def _show(
    name: Annotated[str, typer.Argument(help=say(_("The id of a set, or its file.")))],
) -> None:
    refuse_identity_numbers(name)
    table = find_set(name)
    typer.echo("\n".join([*_about(table), "", *map(_row, table.rows), ""]))
    for flaw in flaws(table):
        typer.echo(say(_("{label}: {text}", label=_("Note"), text=flaw.message)))
    typer.echo(say(WATERMARK))


@group.command("compare", help=say(_("The same doses by every ratio set, side by side.")))
def _compare(
    doses: Annotated[list[str], typer.Argument(help=say(_("Doses, each in quotes.")))],
    to: Annotated[
        str | None,
        typer.Option(help=say(_("The drug and route to change to; else they are counted."))),
    ] = None,
    reduce: Annotated[
        str | None, typer.Option(help=say(_("A percentage or a named rule, when changing.")))
    ] = None,
) -> None:
    target = None if to is None else read_preparation(to)
    reduction = None if reduce is None else read_reduction(reduce)
    compared = compare(read_doses(doses), known_sets(), to=target, reduction=reduction)
    unit = _("mg oral morphine/24 h") if target is None else target.measure.message
    for one in compared:
        if isinstance(one.answer, Refusal) or one.range is None:
            refusal = one.answer.message if isinstance(one.answer, Refusal) else ""
            typer.echo(f"{one.table.id:24}{say(_('no answer'))}: {say(refusal)}")
        else:
            force = "" if one.table.in_force else f" ({say(next(standing.marks(one.table)))})"
            typer.echo(f"{one.table.id:24}{say(one.range.message)} {say(unit)}{force}")
    found = spread(compared)
    if found is not None:
        typer.echo(say(_("From lowest to highest: {range} {unit}", range=found.message, unit=unit)))
    typer.echo(say(WATERMARK))


_DIRECTIONS = {
    Direction.TO_ORAL_MORPHINE: _("to oral morphine"),
    Direction.FROM_ORAL_MORPHINE_ONLY: _("from oral morphine only"),
    Direction.BOTH: _("both ways"),
    Direction.COMPARISON_ONLY: _("for comparing only"),
    Direction.SURVEY_ONLY: _("a survey, never calculated with"),
    Direction.LOOKUP_ONLY: _("at this printed row only"),
}
_MADE_FOR = {
    "counting": _("counting"),
    "switching": _("switching"),
    "equivalence": _("equivalence"),
    "survey": _("survey"),
}


def _about(table: RatioSet) -> list[str]:
    lines: list[tuple[Message, Message | Words | str]] = [
        (_("Ratio set"), table.title),
        (_("Publisher"), table.publisher),
        (_("Date"), table.date),
        (_("Address"), table.address),
        (_("Purpose"), table.purpose),
        (_("Not to be used for"), table.not_for),
        (_("Rights"), table.rights),
    ]
    lines.append((_("Signature"), standing.signed_text(table)))
    lines += [(_("Note"), warning) for warning in (*table.warnings, *too_old(table))]
    return [f"{say(label)}: {render(text, cli_language())}" for label, text in lines]


def _row(row: Row) -> str:
    preparations = [Preparation(row.drug, route) for route in row.routes]
    names = ", ".join(say(preparation_message(one)) for one in preparations)
    band = f" [{say(row.band.message)}]" if row.band and row.gives is None else ""
    way = say(_DIRECTIONS[row.direction])
    return f"{names} ({say(row.measure.message)}): {say(row.message)}{band}; {way}"
