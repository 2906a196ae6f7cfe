"""Who has signed, and what used something that was withdrawn: the same for all content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pallkit.i18n import DEFAULT, Language, Message, Words, _, render

_MONTHS = {
    "januar": "January",
    "februar": "February",
    "mars": "March",
    "april": "April",
    "mai": "May",
    "juni": "June",
    "juli": "July",
    "august": "August",
    "september": "September",
    "oktober": "October",
    "november": "November",
    "desember": "December",
}


def day_words(day: date) -> Words:
    """A day as it is written in a sentence: «22. november 2026», “22 November 2026”."""
    norwegian, english = list(_MONTHS.items())[day.month - 1]
    written = f"{day.day}. {norwegian} {day.year}"
    return Words(written, written, f"{day.day} {english} {day.year}")


@dataclass(frozen=True, slots=True)
class Review:
    """Who signed, in which role, when, and which version."""

    by: str
    role: str
    on: str
    version: int


@dataclass(frozen=True, slots=True)
class UsedIn:
    """An assignment, a module or a case that used what was withdrawn, as it was called then.

    It is written down on the day of the withdrawal: whoever has done an assignment is to
    recognise it, also when it has since been made anew with something else. ``title`` is
    in the languages it was written in; ``course`` is the id of an assignment's course.
    """

    kind: Literal["assignment", "module", "case"]
    id: str
    title: Mapping[Language, str] = field(default_factory=dict)
    course: str = ""

    def named(self, lang: Language) -> tuple[str, Language]:
        """Its title, in ``lang`` where it has one, and the language of that; or its id."""
        for code in (lang, DEFAULT, *self.title):
            if code in self.title:
                return self.title[code], code
        return self.id, lang


_KINDS = {
    "assignment": _("Assignment in the course “{course}”"),
    "module": _("Module"),
    "case": _("Case"),
}


def used_view(used: UsedIn, lang: Language) -> dict[str, str]:
    """An assignment, module or case as a learner knows it: what it is, its title and its lang."""
    title, code = used.named(lang)
    kind = Message(_KINDS[used.kind].msgid, (("course", used.course),))
    return {"kind": render(kind, lang), "title": title, "lang": code}
