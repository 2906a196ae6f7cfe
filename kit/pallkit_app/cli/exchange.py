"""The command ``pallkit export``: a case, or a play-through of it, for another platform."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated, Protocol, cast
from urllib.parse import urlsplit

import typer

from pallkit.cases.values import Level
from pallkit.errors import PallkitError
from pallkit.i18n import LANGUAGES, Language, _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import cli_language, say


class Report(Protocol):
    """What a format could not carry: :class:`pallkit_app.exchange.loss.Loss`."""

    def to_text(self, lang: Language) -> str:
        """The report as lines of text; empty where nothing was lost."""
        ...


class Exporter(Protocol):
    """Writes a case as one file; ``level`` is the one to open it at, else the case's own."""

    def __call__(
        self, case_id: str, lang: Language, out: Path, *, level: Level | None = None
    ) -> Report | None:
        """Write ``out``. Raises :class:`PallkitError` where the case cannot be carried."""
        ...


EXPORTERS: dict[str, str] = {
    "medbiq": "pallkit_app.exchange.medbiq",
    "h5p": "pallkit_app.exchange.h5p",
    "qti": "pallkit_app.exchange.qti",
    "scorm": "pallkit_app.exchange.scorm",
}
"""The module of each format, which has a function ``write`` (:class:`Exporter`)."""

PLAYED = "xapi"
"""The one format that tells a play-through and not a case."""


_CODES = ", ".join(LANGUAGES)


def _known() -> str:
    return ", ".join((PLAYED, *EXPORTERS))


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(
        "export", help=say(_("Write a case, or a play-through of it, for another platform."))
    )(_export)


def _export(  # noqa: PLR0913  # a command's options are its arguments
    case_id: Annotated[str, typer.Argument(help=say(_("The id of the case.")))],
    *,
    to: Annotated[str, typer.Option("--to", help=say(_("The format: {known}.", known=_known())))],
    output: Annotated[Path, typer.Option("--output", "-o", help=say(_("The file to write.")))],
    lang: Annotated[
        Language | None,
        typer.Option(help=say(_("The language of the case: {codes}.", codes=_CODES))),
    ] = None,
    level: Annotated[
        Level | None, typer.Option(help=say(_("The level to open the case at.")))
    ] = None,
    log: Annotated[
        Path, typer.Option(help=say(_("For xapi: the answer log of the play-through.")))
    ] = Path("svar.jsonl"),
    task: Annotated[
        str | None, typer.Option(help=say(_("For xapi: the task in the log; else the case's id.")))
    ] = None,
    learner: Annotated[
        str, typer.Option(help=say(_("For xapi: a pseudonym for who played; never a name.")))
    ] = "learner",
    address: Annotated[
        str,
        typer.Option(help=say(_("For xapi: the address of your server; every id begins with it."))),
    ] = "http://127.0.0.1:8866",
) -> None:
    report: Report | None = None
    if to == PLAYED:
        _write_played(case_id, output, log, task or case_id, (address, learner))
    elif to in EXPORTERS:
        write = cast("Exporter", import_module(EXPORTERS[to]).write)
        report = write(case_id, lang or cli_language(), output, level=level)
    else:
        raise PallkitError(
            _("“{format}” is not a format. Use one of: {known}.", format=to, known=_known())
        )
    typer.echo(say(_("Wrote {path}", path=str(output))))
    if report is not None:
        typer.echo(report.to_text(cli_language()))


def _write_played(case_id: str, output: Path, log: Path, task: str, who: tuple[str, str]) -> None:
    from pallkit import cases  # noqa: PLC0415  # only this command's
    from pallkit.answers import read  # noqa: PLC0415
    from pallkit_app.exchange.xapi import Player, json_lines, statements  # noqa: PLC0415

    address, learner = who
    refuse_identity_numbers(learner)
    _refuse_no_address(address)
    case, texts = cases.load(case_id), cases.prose(case_id, cli_language())
    made = statements(case, texts, read(log), task, Player(address, learner))
    try:
        output.write_text(json_lines(made), encoding="utf-8", newline="\n")
    except OSError:
        raise PallkitError(_("“{file}” cannot be written.", file=output.name)) from None


def _refuse_no_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise PallkitError(
            _("“{address}” is no address. Write it with https:// first.", address=address)
        )
