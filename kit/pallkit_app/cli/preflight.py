"""The command ``pallkit preflight``: what can be mended before a hand-in is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from pallkit.i18n import LANGUAGES, Language, Message, _, language, render
from pallkit.preflight import Report, mend, preflight, take_back
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import cli_language, say


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("preflight", help=say(_("Check a hand-in before you send it.")))(check)


def check(  # noqa: PLR0913  # one each of the command's options
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="MAPPE", help=say(_("The folder with your notebook and svar.jsonl."))
        ),
    ] = Path(),
    *,
    notebook: Annotated[
        str | None, typer.Option(help=say(_("The notebook, where the folder has several.")))
    ] = None,
    repair: Annotated[
        bool,
        typer.Option("--repair", help=say(_("Repair damaged cells, after saving a copy."))),
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help=say(_("Take the last repair back.")))
    ] = False,
    lang: Annotated[
        str | None, typer.Option("--lang", help=say(_("The language: {names}.", names=_LANGUAGES)))
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=say(_("Answer as JSON, for another program.")))
    ] = False,
) -> None:
    """Say whether it is ready: 0 if so, 1 if something has to be mended, 2 if it cannot be told."""
    refuse_identity_numbers(notebook or "")
    read_in = language(lang) if lang else cli_language()
    now = datetime.now().astimezone()
    report = preflight(folder, notebook, now=now)
    copy: Path | None = None
    if undo:
        copy = take_back(report.notebook.path, now=now).copy
    elif repair and report.damage.mending:
        copy = mend(report.notebook, report.damage, now=now).copy
    if copy is not None:
        report = preflight(folder, notebook, now=now)
    if as_json:
        typer.echo(json.dumps(_machine(report, copy, read_in), ensure_ascii=False, indent=1))
    else:
        for line in _lines(report, copy, read_in, undo=undo):
            typer.echo(line)
    raise typer.Exit(0 if report.ready else 1)


_LANGUAGES = ", ".join(LANGUAGES)


def _lines(report: Report, copy: Path | None, lang: Language, *, undo: bool) -> Iterator[str]:
    """The report, a line each, the overall line last where a terminal leaves the eye."""

    def told(text: Message) -> str:
        return render(text, lang)

    yield told(_("Checked: {file}", file=report.notebook.path.name))
    if copy is not None:
        yield told(_("The repair is taken back.") if undo else _("The notebook is repaired."))
        yield told(_("A copy of what stood there is in {copy}.", copy=copy.as_posix()))
    yield from (f"✓ {one.title}" for one in report.tasks if one.standing == "answered")
    for one in report.remarks:
        yield f"{'✗' if one.weight == 'mend' else '•'} {told(one.text)}"
        if one.remedy is not None:
            yield f"  → {told(one.remedy)}"
    if report.damage.mending:
        yield f"  → {told(_('Repair it: pallkit preflight --repair (a copy is saved first).'))}"
    yield from map(told, report.what_is_handed_in)
    yield told(report.deadline)
    yield told(report.headline)


def _machine(report: Report, copy: Path | None, lang: Language) -> dict[str, Any]:
    """The same for another program. Standings and codes are the same in every language."""
    due = report.due
    return {
        "ready": report.ready,
        "headline": render(report.headline, lang),
        "assignment": report.assignment,
        "notebook": report.notebook.path.name,
        "due": None if due is None else {"at": due.at.isoformat(), "timezone": due.zone},
        "tasks": [
            {"id": one.id, "kind": one.kind, "title": one.title, "standing": one.standing}
            for one in report.tasks
        ],
        "findings": [
            {
                "code": one.code,
                "weight": one.weight,
                "task": one.task or None,
                "text": render(one.text, lang),
                "remedy": None if one.remedy is None else render(one.remedy, lang),
            }
            for one in report.remarks
        ],
        "repairable": bool(report.damage.mending),
        "copy": None if copy is None else copy.as_posix(),
        "files": report.files.count,
        "bytes": report.files.size,
        "not_handed_in": list(report.files.staying),
    }
