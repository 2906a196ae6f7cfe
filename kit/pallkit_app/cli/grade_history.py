"""``pallkit grade history MAPPE --assignment X``: every score, who gave it, when and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pallkit.i18n import Message, _, number, render
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import cli_language, say
from pallkit_app.cli.grade_run import Assignment, Database, Folder

if TYPE_CHECKING:
    from pallkit_app.marking_page.sitting import Sitting
    from pallkit_grading.manual import Happened

_HEADINGS: Mapping[str, Message] = {
    "at": _("When"),
    "assignment": _("Assignment"),
    "trainee": _("Trainee"),
    "task": _("Task"),
    "kind": _("What"),
    "points": _("Points"),
    "most": _("Of"),
    "person": _("By"),
    "key_version": _("Key"),
    "words": _("Reason"),
}


def register(grade: typer.Typer) -> None:
    """Add the command to ``grade``."""
    grade.command(
        "history",
        help=say(_("Show every score with who gave it, when, by which key and why; appeals too.")),
    )(history)


def history(  # noqa: PLR0913  # each is an option of the command
    folder: Folder,
    *,
    assignment: Assignment,
    trainee: Annotated[str | None, typer.Option(help=say(_("Only this trainee.")))] = None,
    task: Annotated[str | None, typer.Option(help=say(_("Only this task.")))] = None,
    differences: Annotated[
        bool,
        typer.Option(
            "--differences", help=say(_("Only where two markers differ and nobody has settled it."))
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=say(_("Write JSON for other programs.")))
    ] = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help=say(_("Write CSV for a spreadsheet.")))
    ] = False,
    database: Database = None,
) -> None:
    """Read both languages' hand-ins of the same tasks; marks made in formgrader are noticed."""
    for text in (assignment, trainee or "", task or ""):
        refuse_identity_numbers(text)
    from pallkit_app.courses.reading import read_course, read_keys  # noqa: PLC0415  # this command's
    from pallkit_app.marking_page.sitting import Sitting  # noqa: PLC0415
    from pallkit_grading.book import open_book  # noqa: PLC0415  # seconds to import

    sitting = Sitting(folder, read_course(folder), read_keys(folder), assignment, "")
    with open_book(folder, sitting.course.id, database) as book:
        rows = list(_rows(book, sitting, trainee, task))
        if differences:
            wanted = set(_unsettled(book, sitting))
            rows = [one for one in rows if (one.assignment, one.trainee, one.task) in wanted]
    if as_json:
        typer.echo(json.dumps([_plain(one, sitting) for one in rows], ensure_ascii=False, indent=1))
    elif as_csv:
        sys.stdout.buffer.write(_csv(rows, sitting))
    elif rows:
        typer.echo("\n".join(_table(rows, sitting)))
    else:
        typer.echo(say(_("Nothing has happened yet.")))


def _rows(book: Any, sitting: Sitting, trainee: str | None, task: str | None) -> Iterator[Happened]:
    from pallkit_grading.manual import notice_formgrader, timeline  # noqa: PLC0415  # with the book

    found: list[Happened] = []
    for assignment in sitting.assignments:
        notice_formgrader(book.db, assignment)
        found += timeline(book.db, assignment, trainee, task)
    yield from sorted(found, key=lambda one: one.at)


def _unsettled(book: Any, sitting: Sitting) -> Iterator[tuple[str, str, str]]:
    from pallkit_grading.manual import differences  # noqa: PLC0415  # with the book

    for assignment in sitting.assignments:
        for one in differences(book.db, assignment):
            if one.settled is None:
                yield assignment, one.trainee, one.task


def _plain(one: Happened, sitting: Sitting) -> dict[str, Any]:
    """One row for another program: times with their offset, points as text."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  # only for this command

    local = one.at.astimezone(ZoneInfo(sitting.course.timezone))
    return {
        "at": local.isoformat(timespec="seconds"),
        "assignment": one.assignment,
        "trainee": one.trainee,
        "task": one.task,
        "kind": one.kind,
        "points": None if one.points is None else number(one.points, "en"),
        "most": None if one.most is None else number(one.most, "en"),
        "person": one.person,
        "key_version": one.key_version,
        "words": one.words,
    }


def _cells(one: Happened, sitting: Sitting) -> list[Decimal | str | None]:
    """One row as people read it."""
    from pallkit_app.marking_page.view import KINDS  # noqa: PLC0415  # only for this command

    waits = one.points is None and one.kind == "score"
    return [
        sitting.when(one.at),
        one.assignment,
        one.trainee,
        one.task,
        render(KINDS[one.kind], cli_language()),
        say(_("waits for a person")) if waits else one.points,
        one.most,
        one.person,
        one.key_version[:8],
        one.words,
    ]


def _csv(rows: Iterable[Happened], sitting: Sitting) -> bytes:
    """As Excel reads it in Norwegian."""
    from pallkit_app.courses.spreadsheet import csv_file  # noqa: PLC0415  # only for this command

    headings = [say(one) for one in _HEADINGS.values()]
    lines: list[list[Decimal | str | None]] = [[*headings], *(_cells(one, sitting) for one in rows)]
    return csv_file(lines, separator=";", decimal_sign=",", marked=True)


def _table(rows: Sequence[Happened], sitting: Sitting) -> Iterator[str]:
    """Columns as wide as what stands in them; nothing written by others steers the terminal."""
    heads = [say(one) for name, one in _HEADINGS.items() if name != "most"]
    lines = [heads, *(_line(_cells(one, sitting)) for one in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    for line in lines:
        yield "  ".join(
            cell.ljust(width) for cell, width in zip(line, widths, strict=True)
        ).rstrip()


def _line(cells: Sequence[Decimal | str | None]) -> list[str]:
    """The cells as text, the points and the most there is in one."""
    points, most = cells[5:7]
    texts = [_tame(_shown(cell)) for cell in cells]
    if isinstance(points, Decimal) and most is not None:
        texts[5] = f"{texts[5]} / {texts[6]}"
    return [*texts[:6], *texts[7:]]


def _shown(cell: Decimal | str | None) -> str:
    return number(cell, cli_language()) if isinstance(cell, Decimal) else cell or ""


def _tame(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
