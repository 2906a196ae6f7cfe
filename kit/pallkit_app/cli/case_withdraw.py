"""The command ``pallkit case withdraw``: a case that is no longer to be used, or is again."""

from __future__ import annotations

from typing import Annotated

import typer

from pallkit.i18n import _
from pallkit_app.cli.edge import say
from pallkit_app.cli.withdrawing import (
    Courses,
    Instead,
    Restore,
    Root,
    WhyEn,
    WhyNb,
    WhyNn,
    every_reason,
    reasons,
    tell_uses,
    today,
)

CaseId = Annotated[str, typer.Argument(help=say(_("The id of the case, as in the case list.")))]


def add_to(group: typer.Typer) -> None:
    """Add the command to ``pallkit case``."""
    group.command(
        "withdraw",
        help=say(
            _(
                "Withdraw a case: its page stays, says why, and sends the reader on. Lists the "
                "assignments and modules that used it."
            )
        ),
    )(_withdraw)


def _withdraw(  # noqa: PLR0913  # an option for each language
    case_id: CaseId,
    *,
    why_nb: WhyNb = "",
    why_nn: WhyNn = "",
    why_en: WhyEn = "",
    instead: Instead = None,
    course: Courses = None,
    restore: Restore = False,
    to: Root = None,
) -> None:
    from pallkit_app.casework import case_folder  # noqa: PLC0415
    from pallkit_app.withdrawal.uses import uses  # noqa: PLC0415  # only this command's
    from pallkit_app.withdrawal.withdrawn import (  # noqa: PLC0415
        languages_of,
        restore_case,
        withdraw_case,
    )

    folder = case_folder(case_id, to)
    found = uses("case", case_id, folder.parents[2], course or ())
    if restore:
        written = restore_case(folder)
    else:
        why = reasons(every_reason(why_nb, why_nn, why_en), languages_of(folder))
        written = withdraw_case(folder, why, on=today(), instead=instead, used=found)
    for path in written:
        typer.echo(say(_("Wrote {path}", path=str(path))))
    tell_uses(found)
