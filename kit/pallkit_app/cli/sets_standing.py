"""The commands ``pallkit sets sign``, ``withdraw`` and ``supersede``."""

from __future__ import annotations

from typing import Annotated

import typer

from pallkit.i18n import LANGUAGES, _
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

SetName = Annotated[str, typer.Argument(help=say(_("The id of a set, or its file.")))]


def add_to(group: typer.Typer) -> None:
    """Add the commands to ``pallkit sets``."""
    group.command(
        "sign", help=say(_("Sign this version of a set, as somebody who has checked every row."))
    )(_sign)
    group.command(
        "withdraw",
        help=say(
            _(
                "Withdraw a set: its page stays and says why. Lists what used it: assignments, "
                "modules and cases."
            )
        ),
    )(_withdraw)
    group.command(
        "supersede",
        help=say(_("Say which newer set has replaced one. Lists what used the old one.")),
    )(_supersede)


def _sign(
    name: SetName,
    *,
    by: Annotated[str, typer.Option(help=say(_("Your name; it is shown to everybody.")))],
    role: Annotated[str, typer.Option(help=say(_("Your role, as “specialist nurse”.")))],
    to: Root = None,
) -> None:
    from pallkit_app.withdrawal.sets import set_file, sign_set  # noqa: PLC0415

    path = set_file(name, to)
    version = sign_set(path, by=by, role=role, on=today())
    text = _(
        "Signed: {by}, {role}, version {version} of {set}. This says that you have held every "
        "row against the source. It is shown with your name wherever the set is. Change "
        "anything in it, and it needs a new version and a new signature.",
        by=by,
        role=role,
        version=version,
        set=path.stem,
    )
    typer.echo(say(text))


def _withdraw(  # noqa: PLR0913  # an option for each language
    name: SetName,
    *,
    why_nb: WhyNb = "",
    why_nn: WhyNn = "",
    why_en: WhyEn = "",
    instead: Instead = None,
    course: Courses = None,
    restore: Restore = False,
    to: Root = None,
) -> None:
    from pallkit_app.withdrawal.sets import set_file, set_root  # noqa: PLC0415
    from pallkit_app.withdrawal.uses import uses  # noqa: PLC0415
    from pallkit_app.withdrawal.withdrawn import restore_set, withdraw_set  # noqa: PLC0415

    path = set_file(name, to)
    found = uses("set", path.stem, set_root(path, to), course or ())
    if restore:
        restore_set(path)
    else:
        why = reasons(every_reason(why_nb, why_nn, why_en), LANGUAGES)
        withdraw_set(path, why, on=today(), instead=instead, used=found)
    typer.echo(say(_("Wrote {path}", path=str(path))))
    tell_uses(found)


def _supersede(
    name: SetName,
    *,
    by: Annotated[
        str | None, typer.Option("--by", help=say(_("The id of the set that replaces it.")))
    ] = None,
    restore: Annotated[
        bool, typer.Option("--restore", help=say(_("Undo it: nothing has replaced the set.")))
    ] = False,
    course: Courses = None,
    to: Root = None,
) -> None:
    from pallkit_app.withdrawal.sets import set_file, set_root  # noqa: PLC0415
    from pallkit_app.withdrawal.uses import uses  # noqa: PLC0415
    from pallkit_app.withdrawal.withdrawn import supersede_set  # noqa: PLC0415

    if (by is None) != restore:
        raise typer.BadParameter(say(_("Give either --by and an id, or --restore.")))
    path = set_file(name, to)
    found = uses("set", path.stem, set_root(path, to), course or ())
    supersede_set(path, by)
    typer.echo(say(_("Wrote {path}", path=str(path))))
    tell_uses(found)
