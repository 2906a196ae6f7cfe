"""Grades as Canvas and Moodle read them.

Canvas: the columns and the second row of its own gradebook export. Source: Canvas LMS,
``lib/gradebook_importer.rb`` and ``lib/gradebook_exporter.rb`` (header, “Points Possible”, an
empty cell is no score, no byte order mark before a quoted name).

Moodle: the first columns of an assignment's grading worksheet. Its own identifier of each
participant is known to Moodle alone, so such a worksheet is filled in, not made; without one, the
file is for “Grades > Import > CSV file”, where a leader maps the address. Source: Moodle,
``mod/assign/feedback/offline/importgradeslib.php`` and ``grade/import/csv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from pallkit.errors import ContentError
from pallkit.i18n import Language, Message, _, render
from pallkit_app.courses.export.model import STATES, Column, Grades
from pallkit_app.courses.roster.tables import Table, plain_name
from pallkit_app.courses.spreadsheet import Cell, plain_number
from pallkit_grading.book.rows import Student
from pallkit_grading.scores import Scores

# Moodle names the columns in its user's language. Only the English names have been seen.
_EMAIL = ("emailaddress", "email", "epostadresse", "epost")
_GRADE = ("grade", "karakter", "vurdering")
_MOST = ("maximumgrade", "maksimumkarakter", "maksimalkarakter", "maksimumsvurdering")


def canvas_rows(grades: Grades) -> Iterator[list[Cell]]:
    """Each set of tasks is one column: Canvas makes an assignment of every column it finds."""
    titles = [column.title for column in grades.columns]
    yield ["Student", "ID", "SIS Login ID", "Section", *titles]
    most: list[Cell] = [column.most for column in grades.columns]
    yield ["    Points Possible", None, None, None, *most]
    for place, person in enumerate(grades.people):
        totals: list[Cell] = [column.scores[place].total for column in grades.columns]
        yield [_sortable(person), None, person.id, None, *totals]


def moodle_rows(grades: Grades, lang: Language) -> Iterator[list[Cell]]:
    """The columns of Moodle's worksheet, with our ids, for one set of tasks."""
    (column,) = grades.columns
    yield ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade"]
    for person, one in zip(grades.people, column.scores, strict=True):
        state = render(STATES[one.state], lang)
        yield [person.id, _full(person), person.email, state, one.total, one.most]


def filled_worksheet(
    worksheet: Table, grades: Grades
) -> tuple[list[Sequence[Cell]], tuple[Message, ...]]:
    """Moodle's own worksheet with our totals in its grade column, and what did not match.

    People are matched by e-mail address. Raises :class:`ContentError` where a column is not
    there, or Moodle's maximum is another than ours: a grade would then mean something else.
    """
    (column,) = grades.columns
    names = [plain_name(cell) for cell in worksheet.header.cells]
    email, grade = _place(names, _EMAIL, "Email address"), _place(names, _GRADE, "Grade")
    by_email = _by_email(grades, column)
    rows: list[Sequence[Cell]] = [worksheet.header.cells]
    strangers, found = [], set()
    for row in worksheet.rows:
        cells: list[Cell] = [*row.cells, *[""] * (len(names) - len(row.cells))]
        address = str(cells[email]).strip().casefold()
        one = by_email.get(address)
        if one is None:
            strangers.append(str(row.number))
        else:
            _same_most(names, cells, column)
            found.add(address)
            cells[grade] = cells[grade] if one.total is None else one.total
        rows.append(cells)
    lost = [one.trainee for address, one in by_email.items() if address not in found]
    lost += [person.id for person in grades.people if not person.email]
    notes = [*_unmatched(strangers, lost)]
    if not set(_MOST).intersection(names):
        ours = plain_number(column.most)
        notes.append(_("Check that the maximum in Moodle is {ours}.", ours=ours))
    return rows, tuple(notes)


def _unmatched(strangers: list[str], lost: list[str]) -> Iterator[Message]:
    if strangers:
        yield _("Rows of the worksheet without anybody here: {rows}.", rows=", ".join(strangers))
    if lost:
        yield _("Not in the worksheet, by e-mail address: {ids}.", ids=", ".join(sorted(lost)))


def _by_email(grades: Grades, column: Column) -> dict[str, Scores]:
    found: dict[str, Scores] = {}
    for person, one in zip(grades.people, column.scores, strict=True):
        address = person.email.strip().casefold()
        if address in found:
            raise ContentError(
                _(
                    "{first} and {second} have the same e-mail address. Give each their own.",
                    first=found[address].trainee,
                    second=person.id,
                )
            )
        if address:
            found[address] = one
    return found


def _same_most(names: list[str], cells: list[Cell], column: Column) -> None:
    place = next((names.index(name) for name in _MOST if name in names), None)
    if place is None:
        return
    try:
        theirs = Decimal(str(cells[place]).replace(",", "."))
    except InvalidOperation:
        return
    if theirs != column.most:
        raise ContentError(
            _(
                "The maximum is {theirs} in Moodle and {ours} here. Set it to {ours} in Moodle, "
                "and download the worksheet again.",
                theirs=plain_number(theirs),
                ours=plain_number(column.most),
            )
        )


def _place(names: list[str], known: tuple[str, ...], shown: str) -> int:
    for name in known:
        if name in names:
            return names.index(name)
    raise ContentError(
        _("The worksheet has no column “{name}”. Download it with Moodle in English.", name=shown)
    )


def _sortable(person: Student) -> str:
    parts = (person.last_name, person.first_name)
    return ", ".join(part for part in parts if part) or person.id


def _full(person: Student) -> str:
    return f"{person.first_name} {person.last_name}".strip() or person.id
