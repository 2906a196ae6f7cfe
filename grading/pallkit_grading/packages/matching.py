"""A sender against the roster: one trainee, several, or nobody. Never a guess."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pallkit_grading.packages.senders import Sender

_LETTERS = {"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ß": "ss", "đ": "d", "ð": "d"}


@dataclass(frozen=True, slots=True)
class Student:
    """A trainee on the roster. ``platform`` is the number the course platform has for them."""

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a sender may be. ``sure`` is False where only a file's own name or claim says it."""

    students: tuple[Student, ...]
    sure: bool = True

    @property
    def one(self) -> Student | None:
        """The one trainee it is; None when it is nobody, or could be several."""
        return self.students[0] if len(self.students) == 1 else None


def roster(book: Any) -> tuple[Student, ...]:
    """Everybody in the gradebook."""
    return tuple(
        Student(
            str(one.id),
            one.first_name or "",
            one.last_name or "",
            one.email or "",
            str(one.lms_user_id or ""),
        )
        for one in book.students
    )


def match(sender: Sender, students: Sequence[Student], assignment: str) -> Match:
    """Find ``sender`` among ``students``: by number, id, address or whole name, in that order.

    Of what a platform writes only the number and the whole name count: somebody's name on the
    platform may be somebody else's id here.
    """
    sure = sender.kind != "file"
    if sender.kind == "canvas" and sender.number:
        numbered = [one for one in students if one.platform == sender.number]
        if numbered:
            return Match(tuple(numbered), sure)
    own_words = sender.kind in {"folder", "file"}
    for text in _readings(sender, assignment):
        for same in (_by_id, _by_address, _by_name) if own_words else (_by_name,):
            found = tuple(one for one in students if same(one, text))
            if found:
                return Match(found, sure)
    return Match((), sure)


def named(id_: str, students: Sequence[Student]) -> Student | None:
    """The trainee whose id it is, whatever the case of its letters."""
    return next((one for one in students if _by_id(one, id_)), None) if id_ else None


def folded(text: str) -> str:
    """A name by its plain letters only: platforms drop spaces, hyphens and accents."""
    lower = unicodedata.normalize("NFC", text).casefold()
    plain = "".join(_LETTERS.get(letter, letter) for letter in lower)
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in parts if letter.isalnum())


def _readings(sender: Sender, assignment: str) -> Iterator[str]:
    yield sender.name
    if sender.name.startswith(f"{assignment}-"):
        yield sender.name.removeprefix(f"{assignment}-")
    if sender.kind == "moodle":  # «Gruppe 1-Kari Nordmann», but also «Kari Nordmann-Hansen»
        for place, sign in enumerate(sender.name):
            if sign == "-":
                yield sender.name[place + 1 :]


def _by_id(student: Student, text: str) -> bool:
    return _same(student.id, text)


def _by_address(student: Student, text: str) -> bool:
    return bool(student.email) and _same(student.email, text)


def _by_name(student: Student, text: str) -> bool:
    given = folded(text)
    names = _written(student.first, student.last)
    return bool(given) and given in {folded(one) for one in names if student.first and student.last}


def _written(first: str, last: str) -> Iterable[str]:
    return (f"{first} {last}", f"{last} {first}")


def _same(one: str, other: str) -> bool:
    def normal(text: str) -> str:
        return unicodedata.normalize("NFC", text).casefold()

    return normal(one) == normal(other)
