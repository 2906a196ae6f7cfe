"""The command ``pallkit course``: make a course, and see what its trainees handed in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli import course_report, course_roster, course_rules
from pallkit_app.cli.edge import cli_language, say

course = typer.Typer(
    help=say(_("Make a course, and see what its trainees handed in.")),
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    for command in (course_report, course_roster, course_rules):
        command.register(course)
    app.add_typer(course, name="course")


@course.command(help=say(_("Copy a course that comes with PallKit into a new folder.")))
def new(
    folder: Annotated[
        Path, typer.Argument(metavar="MAPPE", help=say(_("A folder that does not exist yet.")))
    ],
    *,
    template: Annotated[
        str, typer.Option("--from", metavar="KURS", help=say(_("The course to copy.")))
    ] = "spesialist",
) -> None:
    """Copy a course template; its own files only, never hand-ins."""
    from pallkit_app.courses.copying import copy_course  # noqa: PLC0415  # only for this command

    for name in (folder.name, template):
        refuse_identity_numbers(name)
    copy_course(template, folder)
    typer.echo(say(_("The course is in {folder}.", folder=str(folder))))
    typer.echo(
        say(
            _(
                "Fill in who answers for the trainees' personal data in course.yaml. “pallkit "
                "check {folder}” shows what is left.",
                folder=str(folder),
            )
        )
    )
    typer.echo(
        say(
            _(
                "Next: cd {folder}, then nbgrader generate_assignment <assignment>.",
                folder=str(folder),
            )
        )
    )


@course.command(
    help=say(
        _(
            "Show points trainee by trainee. Ends with 1 when something is not graded or "
            "nbgrader's score is another than PallKit's."
        )
    )
)
def results(
    folder: Annotated[Path, typer.Argument(metavar="MAPPE", help=say(_("The course's folder.")))],
    *,
    assignment: Annotated[str, typer.Option(help=say(_("The assignment's id.")))],
    as_json: Annotated[
        bool, typer.Option("--json", help=say(_("Write JSON for other programs.")))
    ] = False,
) -> None:
    """Judge the collected hand-ins again and lay the gradebook's grades beside."""
    from pallkit_app.courses.reading import read_keys  # noqa: PLC0415  # only for this command
    from pallkit_app.courses.result_views import as_dict, as_lines  # noqa: PLC0415
    from pallkit_grading.results import results as judge_all  # noqa: PLC0415

    refuse_identity_numbers(assignment)
    found = list(judge_all(folder, read_keys(folder), assignment))
    if as_json:
        typer.echo(
            json.dumps(
                [as_dict(one, cli_language()) for one in found], ensure_ascii=False, indent=1
            )
        )
    elif not found:
        typer.echo(say(_("Nobody has handed in “{name}” yet.", name=assignment)))
    else:
        typer.echo("\n".join(as_lines(found, cli_language())))
    if any(one.judgement.outcome == "not_graded" or one.disagrees for one in found):
        raise typer.Exit(1)
