"""``pallkit course rules``: a course's deadlines, late rule, extensions and groups."""

from __future__ import annotations

import typer

from pallkit.i18n import _
from pallkit_app.cli.edge import say
from pallkit_app.cli.grade_run import Database, Folder


def register(course: typer.Typer) -> None:
    """Add the command to ``course``."""
    course.command(
        "rules",
        help=say(
            _(
                "Show rules.yaml as it is understood: deadlines with weekday, what late costs, "
                "extensions and groups. A fault is told of with its line."
            )
        ),
    )(rules)


def rules(folder: Folder, *, database: Database = None) -> None:
    """Show the rules of a course."""
    from pallkit_app.courses.reading import read_course  # noqa: PLC0415  # only for this command
    from pallkit_app.courses.rules import read_rules  # noqa: PLC0415
    from pallkit_app.courses.rules_view import rule_lines  # noqa: PLC0415
    from pallkit_grading.book import open_book  # noqa: PLC0415
    from pallkit_grading.book.rows import students  # noqa: PLC0415
    from pallkit_grading.gradebook import GRADEBOOK  # noqa: PLC0415

    course = read_course(folder)
    read = read_rules(folder, course)
    known = None
    if database is not None or (folder / GRADEBOOK).is_file():
        with open_book(folder, course.id, database) as book:
            known = students(book)
    for line in rule_lines(read, known):
        typer.echo(say(line))
