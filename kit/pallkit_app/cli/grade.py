"""The commands ``pallkit grade …``: grade the hand-ins of an assignment, and what follows."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from pallkit.i18n import _
from pallkit_app.cli import (
    grade_collect_zip,
    grade_export,
    grade_history,
    grade_manual,
    grade_run,
    grade_seen,
)
from pallkit_app.cli.edge import say


class FolderFirst(TyperGroup):
    """A first word that is no command is the course's folder: ``pallkit grade MAPPE …``."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Let ``run`` have the words where no command is named; what is said names no ``run``."""
        if args and args[0] not in self.commands:
            return "", self.commands["run"], args
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or the one that grades the folder of that name."""
        return super().get_command(ctx, cmd_name) or self.commands["run"]


group = typer.Typer(
    cls=FolderFirst,
    help=say(
        _("Grade the hand-ins of an assignment: pallkit grade MAPPE --assignment <assignment>.")
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    for command in (
        grade_run,
        grade_seen,
        grade_manual,
        grade_history,
        grade_export,
        grade_collect_zip,
    ):
        command.register(group)
    app.add_typer(group, name="grade")
