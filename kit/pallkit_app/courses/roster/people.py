"""The people of a table: who they are, and every row that cannot be taken as it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit.identity_numbers import identity_number_in
from pallkit_app.courses.roster.tables import Row, Table, plain_name
from pallkit_grading.trainees import trainee_fault

COLUMNS: Mapping[str, Sequence[str]] = {
    "id": [
        "id",
        "brukernavn",
        "brukarnamn",
        "brukernamn",
        "bruker",
        "brukar",
        "username",
        "user",
        "userid",
        "login",
        "loginid",
        "sisloginid",
        "kandidat",
        "kandidatid",
        "deltaker",
        "deltakerid",
        "deltakar",
        "deltakarid",
        "studentid",
    ],
    "first_name": ["fornavn", "fornamn", "førenamn", "firstname", "givenname"],
    "last_name": ["etternavn", "etternamn", "lastname", "surname", "familyname"],
    "name": ["navn", "namn", "fulltnavn", "fulltnamn", "name", "fullname"],
    "email": ["epost", "epostadresse", "mail", "email", "emailaddress"],
    "group": ["gruppe", "gruppenavn", "gruppenamn", "gruppeid", "group", "groupname"],
}
KNOWN = tuple(name for names in COLUMNS.values() for name in names)
_EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>().]+")
_LONGEST = 128  # what the gradebook's columns hold
_LONGEST_GROUP = 64


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the list. What its table has no column for, or left empty, is None."""

    id: str
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    group: str | None = None

    @property
    def name(self) -> str:
        """First name and last name, as far as they are known."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that stops the import. The message never repeats an identity number."""

    row: int
    message: Message


@dataclass(slots=True)
class Roster:
    """What a list comes to. ``has_groups``: it has a column for them."""

    people: dict[str, Person] = field(default_factory=dict)
    has_groups: bool = False
    faults: list[Fault] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


def people_of(table: Table) -> Roster:
    """Read every row; :class:`ContentError` where the header has no column for the id."""
    places = _places(table.header)
    roster = Roster(has_groups="group" in places, notes=[*table.notes, *_unused(table.header)])
    rows: dict[str, int] = {}
    for row in table.rows:
        person = _person(row, len(table.header.cells), places, roster.faults)
        if person is not None:
            _add(person, row.number, roster, rows)
    return roster


def _places(header: Row) -> Mapping[str, int]:
    if any(identity_number_in(cell) for cell in header.cells):
        raise ContentError(_identity(header.number))
    plain = [plain_name(cell) for cell in header.cells]
    found: dict[str, int] = {}
    for kind, names in COLUMNS.items():
        places = [place for place, name in enumerate(plain) if name in names]
        if len(places) > 1:
            columns = ", ".join(header.cells[place].strip() for place in places)
            raise ContentError(
                _("Two columns say the same: {columns}. Keep one of them.", columns=columns)
            )
        if places:
            found[kind] = places[0]
    if "id" not in found:
        raise ContentError(
            _(
                "The list has no column for the id. Call it id or brukernavn. It may also have: "
                "fornavn, etternavn, e-post, gruppe."
            )
        )
    return found


def _unused(header: Row) -> Iterator[Message]:
    others = [cell.strip() for cell in header.cells if plain_name(cell) not in KNOWN]
    named = ", ".join(other[:40] for other in others if other)
    if named:
        yield _("Columns that are not used: {columns}.", columns=_tame(named))


def _person(row: Row, width: int, places: Mapping[str, int], faults: list[Fault]) -> Person | None:
    """The row's person, or None and its faults. An identity number is looked for everywhere."""
    found = {identity_number_in(text) for text in (*row.cells, *_parted(row.cells))}
    if "identity_number" in found:
        faults.append(Fault(row.number, _identity(row.number)))
        return None
    if "mistyped" in found:
        faults.append(Fault(row.number, _mistyped(row.number)))
        return None
    if any(cell.strip() for cell in row.cells[width:]):
        said = _("Row {row} has more cells than the header.", row=row.number)
        faults.append(Fault(row.number, said))
        return None
    values = {kind: _clean(row.cells[at]) for kind, at in places.items() if at < len(row.cells)}
    first, last = _names(values)
    wrong = [*_wrong(values, row.number)]
    faults.extend(Fault(row.number, message) for message in wrong)
    if wrong:
        return None
    return Person(
        values["id"],
        first or None,
        last or None,
        values.get("email") or None,
        values.get("group") or None,
    )


def _parted(cells: Sequence[str]) -> Iterator[str]:
    """A birth date in one column and the five digits after it in the next."""
    for first, second in pairwise(cells):
        if re.fullmatch(r"\s*\d{6}\s*", first) and re.fullmatch(r"\s*\d{5}\s*", second):
            yield f"{first.strip()}{second.strip()}"


def _wrong(values: Mapping[str, str], row: int) -> Iterator[Message]:
    why = trainee_fault(values.get("id", ""))
    if why is not None:
        yield _("Row {row}: {why}", row=row, why=why)
    if any(not value.isprintable() for value in values.values()):
        yield _("Row {row} holds an invisible character. Type the cell again.", row=row)
    if any(len(value) > _LONGEST for value in values.values()):
        yield _(
            "Row {row}: a name or address is longer than {most} characters.", row=row, most=_LONGEST
        )
    if len(values.get("group", "")) > _LONGEST_GROUP:
        yield _(
            "Row {row}: the group's name is longer than {most} characters.",
            row=row,
            most=_LONGEST_GROUP,
        )
    email = values.get("email", "")
    if email and not _EMAIL.fullmatch(email):
        yield _("Row {row}: the e-mail address is none. Correct it, or leave it empty.", row=row)


def _names(values: Mapping[str, str]) -> tuple[str, str]:
    """First and last name, from their own columns or parted from a whole name."""
    whole = values.get("name", "")
    last, comma, first = (part.strip() for part in whole.partition(","))
    if not comma:
        first, _blank, last = whole.rpartition(" ")
    return values.get("first_name") or first, values.get("last_name") or last


def _add(person: Person, number: int, roster: Roster, rows: dict[str, int]) -> None:
    """Take a person in; a second row that says the same is told of, another is a fault."""
    same = next((id_ for id_ in rows if id_.casefold() == person.id.casefold()), None)
    if same is None:
        rows[person.id] = number
        roster.people[person.id] = person
    elif roster.people[same] == person:
        said = _("Row {row} says the same as row {first}.", row=number, first=rows[same])
        roster.notes.append(said)
    elif same == person.id:
        said = _(
            "Rows {first} and {row} have the same id and differ.", row=number, first=rows[same]
        )
        roster.faults.append(Fault(number, said))
    else:
        said = _(
            "The ids of rows {first} and {row} differ only in capitals.",
            row=number,
            first=rows[same],
        )
        roster.faults.append(Fault(number, said))


def _clean(cell: str) -> str:
    """Without blanks around it, one blank between words, and one way to write each letter."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def _identity(row: int) -> Message:
    return _(
        "Row {row} holds an identity number. PallKit takes none: use another id, such as a "
        "user name.",
        row=row,
    )


def _mistyped(row: int) -> Message:
    return _(
        "Row {row} holds eleven digits that begin with a date, perhaps a mistyped identity "
        "number. Use another id, such as a user name.",
        row=row,
    )


def _tame(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
