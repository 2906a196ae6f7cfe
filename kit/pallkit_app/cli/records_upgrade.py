"""``pallkit records upgrade`` and ``rollback``: a gradebook to this PallKit's tables, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from pallkit.i18n import Message, _
from pallkit_app.cli.edge import say
from pallkit_app.cli.grade_run import Database, Folder

if TYPE_CHECKING:
    from pallkit_app.records.upgrading import Changed, Versions


def register(records: typer.Typer) -> None:
    """Add the commands to ``records``."""
    records.command(
        help=say(_("Bring an older gradebook to what this PallKit knows, after a backup."))
    )(upgrade)
    records.command(
        help=say(_("Take a gradebook one version back, for an older PallKit, after a backup."))
    )(rollback)


def upgrade(folder: Folder, *, database: Database = None) -> None:
    """Upgrade; a gradebook that is up to date is left alone."""
    from pallkit_app.records import access, upgrading  # noqa: PLC0415  # seconds to import

    done = upgrading.upgrade(folder, database)
    if done.backup is not None:
        access.note(folder, "upgrade", detail=done.backup.name)
    _tell(done, _("The gradebook is up to date: {versions}.", versions=_named(done.after)))


def rollback(folder: Folder, *, database: Database = None) -> None:
    """Roll back; scores stay."""
    from pallkit_app.records import access, upgrading  # noqa: PLC0415  # seconds to import

    done = upgrading.roll_back(folder, database)
    if done.backup is not None:
        access.note(folder, "rollback", detail=done.backup.name)
    _tell(done, _("There is no version before this one: {versions}.", versions=_named(done.after)))
    if done.backup is not None:
        typer.echo(say(_("Now use the older PallKit: this one opens the gradebook no more.")))


def _tell(done: Changed, nothing: Message) -> None:
    if done.backup is None:
        typer.echo(say(nothing))
        return
    typer.echo(say(_("Backup: {path}", path=str(done.backup))))
    typer.echo(say(_("Before: {versions}.", versions=_named(done.before))))
    typer.echo(say(_("Now: {versions}.", versions=_named(done.after))))


def _named(versions: Versions) -> Message:
    ours: str | Message = versions.ours if versions.ours is not None else "–"
    if versions.ours == "":
        ours = _("not numbered")
    return _(
        "PallKit's tables {ours}, nbgrader's {nbgrader}",
        ours=ours,
        nbgrader=versions.nbgrader or "–",
    )
