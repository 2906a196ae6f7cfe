"""What the commands that withdraw, replace and sign have in common: reasons, and who used it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pallkit.i18n import LANGUAGES, Language, Message, _
from pallkit_app.cli.edge import cli_language, say

if TYPE_CHECKING:
    from pallkit_app.withdrawal.uses import Use

WhyNb = Annotated[
    str, typer.Option("--why-nb", "--why", help=say(_("Why, in bokmål; the reader sees it.")))
]
WhyNn = Annotated[str, typer.Option("--why-nn", help=say(_("Why, in nynorsk.")))]
WhyEn = Annotated[str, typer.Option("--why-en", help=say(_("Why, in English.")))]
Instead = Annotated[
    str | None, typer.Option("--instead", help=say(_("The id of what to use instead.")))
]
Courses = Annotated[
    list[Path] | None,
    typer.Option(
        "--course", help=say(_("A course's folder to look through, too; may be several."))
    ),
]
Restore = Annotated[
    bool, typer.Option("--restore", help=say(_("Undo it: what was withdrawn is in use again.")))
]
Root = Annotated[
    Path | None,
    typer.Option("--to", help=say(_("The folder that holds “casebank”, if it is not this."))),
]

_ASK: Mapping[Language, Message] = {
    "nb": _("Why, in bokmål"),
    "nn": _("Why, in nynorsk"),
    "en": _("Why, in English"),
}


def today() -> date:
    """The day it is here."""
    return datetime.now(tz=UTC).astimezone().date()


def reasons(given: Mapping[Language, str], wanted: Iterable[Language]) -> dict[Language, str]:
    """The reasons given, and those asked for at the keyboard where there is one."""
    found = dict(given)
    for lang in wanted:
        if not found.get(lang) and sys.stdin.isatty():
            found[lang] = typer.prompt(say(_ASK[lang]))
    return {lang: text for lang, text in found.items() if lang in set(wanted)}


def every_reason(nb: str, nn: str, en: str) -> dict[Language, str]:
    """The reasons by language."""
    return dict(zip(LANGUAGES, (nb, nn, en), strict=True))


def tell_uses(uses: Iterable[Use]) -> None:
    """Print who has used it, each with the places to mend; or that nobody was found."""
    told = False
    for use in uses:
        if not told:
            typer.echo(say(_("It is used in:")))
        told = True
        title, _lang = use.noted.named(cli_language())
        typer.echo(f"  {say(_KINDS[use.noted.kind])}: {title} ({_names(use)})")
        for place in use.places:
            typer.echo(f"    {place}")
    if not told:
        typer.echo(
            say(
                _(
                    "No assignment, module or case was found that uses it. Courses elsewhere: "
                    "name each with --course."
                )
            )
        )


def _names(use: Use) -> str:
    own = f"{use.noted.course}/{use.noted.id}" if use.noted.course else use.noted.id
    return own if not use.by_way_of else f"{own}; {say(_('by way of {case}', case=use.by_way_of))}"


_KINDS = {"assignment": _("assignment"), "module": _("module"), "case": _("case")}
