"""The commands ``pallkit case …``: begin a case, see it from above, try it, sign it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit_app.cli import case_withdraw
from pallkit_app.cli.edge import cli_language, say

if TYPE_CHECKING:
    from rich.table import Table

group = typer.Typer(
    help=say(_("Write a case: begin it, draw its graph, count its paths, try it, sign it.")),
    no_args_is_help=True,
    rich_markup_mode=None,
)

CaseId = Annotated[str, typer.Argument(help=say(_("The id of the case, as in the case list.")))]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    case_withdraw.add_to(group)
    app.add_typer(group, name="case")


@group.command("new", help=say(_("Begin a case from a template, with every text to be filled in.")))
def _new(
    case_id: CaseId,
    *,
    template: Annotated[
        str, typer.Option("--from", help=say(_("The template to begin from.")))
    ] = "minimal",
    to: Annotated[
        Path | None,
        typer.Option("--to", help=say(_("The folder that holds “casebank”, if it is not this."))),
    ] = None,
) -> None:
    from pallkit_app.casework.new import new_case  # noqa: PLC0415  # only this command's

    folder = new_case(case_id, template, to)
    typer.echo(say(_("Wrote {path}", path=str(folder))))
    typer.echo(say(_("Next: write the texts that begin with “SKRIV”, and see it grow:")))
    typer.echo(f"  pallkit check {folder}")
    typer.echo(f"  pallkit case preview {case_id}")
    typer.echo(f"  pallkit case graph {case_id} -o {case_id}.svg")


@group.command("list", help=say(_("Show the cases: level, minutes, steps, and who has signed.")))
def _list() -> None:
    from pallkit import content  # noqa: PLC0415
    from pallkit.cases import load, prose  # noqa: PLC0415

    table = _table(_("Case"), _("Title"), _("Level"), _("Minutes"), _("Steps"), _("Signed by"))
    lang = cli_language()
    for case_id in content.case_ids():
        try:
            case, text = load(case_id), prose(case_id, lang)
        except ContentError as error:
            table.add_row(case_id, say(error.message), "", "", "", "")
            continue
        signed = case.reviewed.by if case.reviewed and not case.draft else say(_("draft"))
        if case.withdrawn is not None:
            signed = say(_("withdrawn"))
        levels = ", ".join(case.open_levels)
        table.add_row(case_id, text.title, levels, str(case.minutes), str(len(case.steps)), signed)
    _show(table)


@group.command("graph", help=say(_("Draw a case: forks, gathers, ends, and what is unreached.")))
def _graph(
    case_id: CaseId,
    *,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            help=say(_("The file, ending in .svg or .mmd; without one, Mermaid is printed.")),
        ),
    ] = None,
) -> None:
    from pallkit.cases import load  # noqa: PLC0415
    from pallkit_app.casework.graph import mermaid, svg  # noqa: PLC0415  # only this command's

    case, lang = load(case_id), cli_language()
    drawers = {".svg": svg, ".mmd": mermaid}
    for path in output or []:
        if path.suffix not in drawers:
            raise ContentError(_("{path} must end in .svg or .mmd.", path=str(path)))
        path.write_text(drawers[path.suffix](case, lang), encoding="utf-8")
        typer.echo(say(_("Wrote {path}", path=str(path))))
    if not output:
        typer.echo(mermaid(case, lang), nl=False)


@group.command("stats", help=say(_("Count a case's paths, and what can be scored on them.")))
def _stats(case_id: CaseId) -> None:
    from pallkit.cases import load  # noqa: PLC0415
    from pallkit.cases.names import AXIS  # noqa: PLC0415
    from pallkit_app.casework.stats import MOST_STATES, Span, count_case  # noqa: PLC0415

    def span(one: Span) -> str:
        return str(one.least) if one.least == one.most else f"{one.least}–{one.most}"

    case = load(case_id)
    counted = [(level, count_case(case, level)) for level in case.open_levels]
    table = _table(_("Level"), *(level for level, _found in counted))
    table.add_row(say(_("Paths")), *(str(one.stats.paths) for _level, one in counted))
    table.add_row(say(_("Steps on a path")), *(span(one.stats.steps) for _level, one in counted))
    table.add_row(say(_("Minutes")), *(span(one.stats.minutes) for _level, one in counted))
    for axis, name in AXIS.items():
        points = (one.stats.score[axis] for _level, one in counted)
        cells = (f"{one.least} … {one.most}" for one in points)
        table.add_row(say(_("Points: {axis}", axis=name)), *cells)
    _show(table)
    states = max(one.states for _level, one in counted)
    if any(one.bounded for _level, one in counted):
        text = _(
            "The walk stopped at {most} states: there are more paths than these.", most=MOST_STATES
        )
    else:
        text = _("The whole case was walked ({states} states).", states=states)
    typer.echo(say(text))
    circles = sorted({step for _level, one in counted for step in one.circles})
    if circles:
        text = _("Paths go in a circle at {steps}; each is cut there.", steps=", ".join(circles))
        typer.echo(say(text))


@group.command("translated", help=say(_("Say that the translations agree with the bokmål text.")))
def _translated(case_id: CaseId) -> None:
    from pallkit_app.casework import case_folder  # noqa: PLC0415
    from pallkit_app.casework.translated import record  # noqa: PLC0415  # only this command's

    typer.echo(say(_("Wrote {path}", path=str(record(case_folder(case_id))))))


@group.command("sign", help=say(_("Sign this version of a case, as somebody who has read it.")))
def _sign(
    case_id: CaseId,
    *,
    by: Annotated[str, typer.Option(help=say(_("Your name; it is shown to everybody.")))],
    role: Annotated[str, typer.Option(help=say(_("Your role, as “specialist nurse”.")))],
    to: Annotated[
        Path | None,
        typer.Option("--to", help=say(_("The folder that holds “casebank”, if it is not this."))),
    ] = None,
) -> None:
    from pallkit_app.casework import case_folder  # noqa: PLC0415
    from pallkit_app.casework.sign import sign_case  # noqa: PLC0415  # only this command's

    today = datetime.now(tz=UTC).astimezone().date()
    version = sign_case(case_folder(case_id, to), by=by, role=role, on=today)
    text = _(
        "Signed: {by}, {role}, version {version} of {case}. This says that you have read every "
        "text and every path of this version, and that what it teaches is sound. It is shown "
        "with your name on every page of the case. Change anything in it, and it needs a new "
        "version and a new signature.",
        by=by,
        role=role,
        version=version,
        case=case_id,
    )
    typer.echo(say(text))


@group.command("preview", help=say(_("Play a case as you write it; the page follows the files.")))
def _preview(
    case_id: CaseId,
    *,
    port: Annotated[
        int, typer.Option(min=1, max=65535, help=say(_("The port to use; 8866 unless told.")))
    ] = 8866,
    open_page: Annotated[
        bool, typer.Option("--open/--no-open", help=say(_("Open a browser.")))
    ] = True,
) -> None:
    from pallkit_app.casework import case_folder  # noqa: PLC0415
    from pallkit_app.casework.preview import preview  # noqa: PLC0415  # Voila takes a second

    preview(case_folder(case_id), port, open_page=open_page, lang=cli_language())


def _table(*names: Message | str) -> Table:
    from rich.table import Column, Table  # noqa: PLC0415  # other commands need not wait

    first, *others = map(say, names)
    return Table(Column(first, no_wrap=True), *others, box=None)


def _show(table: Table) -> None:
    from rich.console import Console  # noqa: PLC0415

    console = Console(highlight=False, markup=False)
    console.print(table)
