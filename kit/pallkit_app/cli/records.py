"""The commands ``pallkit records …``: what a course keeps about people, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli import records_backup, records_upgrade
from pallkit_app.cli.edge import cli_language, say
from pallkit_app.cli.grade_run import Database, Folder

if TYPE_CHECKING:
    from pallkit_app.records.erasing import Plan

Person = Annotated[str, typer.Argument(metavar="PERSON", help=say(_("The trainee's id.")))]
Apply = Annotated[bool, typer.Option("--apply", help=say(_("Do it; else it is only shown.")))]

records = typer.Typer(
    help=say(_("Personal data: show, hand over, erase and back up what a course keeps.")),
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    records_backup.register(records)
    records_upgrade.register(records)
    app.add_typer(records, name="records")


@records.command(
    help=say(
        _(
            "Show who answers for the data, why and how long it is kept, and where it lies. "
            "Ends with 1 when course.yaml does not say."
        )
    )
)
def about(folder: Folder) -> None:
    """What a person may ask to know."""
    from pallkit_app.courses.reading import read_course  # noqa: PLC0415  # only for this command
    from pallkit_app.records.about import STORED, facts  # noqa: PLC0415

    course = read_course(folder)
    for fact in facts(course, cli_language()):
        told = fact.told or say(_("not said: fill in “{key}” in course.yaml", key=fact.key))
        typer.echo(f"{say(fact.about)}: {told}")
    typer.echo(say(_("Where it lies:")))
    for place, what in STORED:
        typer.echo(f"  {place}: {say(what)}")
    if course.unfilled:
        raise typer.Exit(1)


@records.command(help=say(_("Write everything about one person to a zip file, for that person.")))
def export(
    folder: Folder,
    person: Person,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help=say(_("The zip file to write.")))],
    database: Database = None,
) -> None:
    """Everything about one person, to read and for other programs."""
    from pallkit_app.records.exporting import export as write  # noqa: PLC0415  # this command's

    _require_id(person)
    done = write(folder, person, output, cli_language(), database)
    typer.echo(
        say(
            _(
                "Wrote {path}: {rows} rows of the gradebook and {files} files. Hand it only to "
                "the person it is about.",
                path=str(output),
                rows=done.rows,
                files=done.files,
            )
        )
    )


@records.command(help=say(_("Show everything about one person that would go, and erase it.")))
def erase(
    folder: Folder, person: Person, *, apply: Apply = False, database: Database = None
) -> None:
    """Erase, or say what would be; ends with 1 when nothing is about this person."""
    from pallkit_app.records import erasing  # noqa: PLC0415  # only for this command

    _require_id(person)
    todo = (erasing.erase if apply else erasing.plan)(folder, person, database)
    if todo.empty:
        typer.echo(say(_("Nothing in this course is about “{person}”.", person=person)))
        raise typer.Exit(1)
    for line in _told(todo):
        typer.echo(say(line))
    typer.echo(say(_("Not reached by this:")))
    for line in erasing.not_reached():
        typer.echo(f"  {say(line)}")
    typer.echo(say(_("It is erased.") if apply else _NOT_YET))


@records.command(
    help=say(_("Show those whose last trace is older than an age, and erase all of them."))
)
def purge(
    folder: Folder,
    *,
    older_than: Annotated[
        str, typer.Option("--older-than", metavar="24m", help=say(_("For example 24m, 2y or 90d.")))
    ],
    apply: Apply = False,
    database: Database = None,
) -> None:
    """Erase those long finished, and the lines of the access log that are as old."""
    from pallkit_app.records import access, erasing, purging  # noqa: PLC0415  # this command's

    before = purging.moment_before(older_than, datetime.now(UTC))
    old, undated = purging.finished(folder, before, database)
    for one in old:
        last = "–" if one.last is None else f"{one.last:%Y-%m-%d}"
        typer.echo(say(_("{person}: last trace {at}", person=one.person, at=last)))
        if apply:
            erasing.erase(folder, one.person, database)
    lines = access.purge(folder, before, apply=apply)
    if undated:
        typer.echo(say(_("Kept, since nothing has a date: {names}", names=", ".join(undated))))
    typer.echo(say(_("{count} persons, {lines} lines of the log.", count=len(old), lines=lines)))
    if apply:
        access.note(folder, "purge", detail=f"older-than={older_than} persons={len(old)}")
    elif old or lines:
        typer.echo(say(_NOT_YET))


@records.command(help=say(_("Show who has exported, erased and backed up what, and when.")))
def log(
    folder: Folder,
    *,
    person: Annotated[
        str | None, typer.Option(help=say(_("Only what is about this person.")))
    ] = None,
) -> None:
    """The access log, oldest first, in the course's own time."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  # only for this command

    from pallkit_app.courses.reading import read_course  # noqa: PLC0415
    from pallkit_app.records import access  # noqa: PLC0415

    zone = ZoneInfo(read_course(folder).timezone)
    for one in access.read(folder, person):
        at = f"{one.at.astimezone(zone):%Y-%m-%d %H:%M %Z}"
        parts = (at, one.who, one.what, one.person, one.detail)
        line = "  ".join(part for part in parts if part)
        typer.echo("".join(sign if sign.isprintable() else " " for sign in line))


_NOT_YET = _("Nothing is erased yet. Erase it with --apply.")


def _told(todo: Plan) -> Iterator[Message]:
    for name, count in sorted(todo.rows.items()):
        yield _("Rows in {table}: {count}", count=count, table=name)
    for place, count in sorted(todo.mentions.items()):
        yield _("{count} times the name in {place}, where “–” is put", count=count, place=place)
    for path in todo.traces.all:
        yield _("{path}", path=str(path))
    for assignment, other in todo.passed_on.items():
        yield _(
            "The group's hand-in of “{name}” goes to {other}, so that the others keep theirs.",
            name=assignment,
            other=other,
        )
    for path in todo.traces.named:
        yield _("{file} names the person: take it out there yourself.", file=path.name)
    for name, count in sorted(todo.texts.items()):
        yield _("{count} texts about others in {table} name the person.", count=count, table=name)


def _require_id(person: str) -> None:
    refuse_identity_numbers(person)
    if person in {"", ".", ".."} or not person.isprintable() or {"/", "\\"} & set(person):
        raise ContentError(_("That is not the id of a trainee."))
