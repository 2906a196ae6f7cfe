"""The command ``pallkit check``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pallkit.i18n import _
from pallkit_app.cli.edge import say


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(
        "check", help=say(_("Check cases, courses, ratio sets and translations against the rules."))
    )(_check)


def _check(
    path: Annotated[
        Path | None,
        typer.Argument(help=say(_("The content to check: a folder, or a case. Else all of it."))),
    ] = None,
    *,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="RULE", help=say(_("Leave this rule out."))),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(
            "--base",
            metavar="REF",
            help=say(_("Compare signed cases with this branch or commit of git.")),
        ),
    ] = None,
    list_rules: Annotated[
        bool, typer.Option("--list", help=say(_("Show the rules, and check nothing.")))
    ] = False,
) -> None:
    from pallkit_app.check import RULES, check  # noqa: PLC0415  # other commands need not wait
    from pallkit_app.compile import content_root  # noqa: PLC0415

    if list_rules:
        for name, rule in sorted(RULES.items()):
            typer.echo(f"{name:24}{say(rule.holds)}")
        return
    findings = check(path or content_root(), without=without or (), base=base)
    for finding in findings:
        typer.echo(say(finding.line))
    faults = sum(not finding.warning for finding in findings)
    warnings = len(findings) - faults
    counts = _("Faults: {faults}. Warnings: {warnings}.", faults=faults, warnings=warnings)
    typer.echo(say(counts), err=True)
    raise typer.Exit(1 if faults else 0)
