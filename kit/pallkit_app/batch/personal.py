"""What looks like a person's data in a table: by the name of a column, and by what it holds.

A generated regimen needs no names, dates or ids, so doubt refuses. It is a check for
accidents: a file made to slip through will.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from pallkit.errors import PallkitError
from pallkit.i18n import _
from pallkit.privacy import holds_identity_number, refuse_identity_numbers


class FrameError(PallkitError):
    """A table cannot be used as it stands; the message says which column and what to do."""


# Whole words of a column's name; the letters ø, å and æ are written o, a and a here.
_WORDS = frozenset(
    [
        "address",
        "adresse",
        "born",
        "dnr",
        "dob",
        "email",
        "epost",
        "fnr",
        "fodd",
        "fodt",
        "foedt",
        "hnr",
        "id",
        "journal",
        "kontakt",
        "mail",
        "mobil",
        "mrn",
        "namn",
        "navn",
        "name",
        "npr",
        "person",
        "personnr",
        "phone",
        "pid",
        "postnr",
        "ssn",
        "telefon",
        "tlf",
        "uuid",
    ]
)
# Parts that a name may begin with, end with or be built from: «pasientnavn», «DateOfBirth».
_PARTS = ("pasient", "patient", "fodsel", "foedsel", "birth", "personnummer", "journalnummer")
_ENDS = ("navn", "namn", "name")

_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})(?!\d)"
    r"|^\d{1,2}\.\d{1,2}\.\d\d$",
    re.MULTILINE,
)
_DAY, _MONTH = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])"
_BARE_DATE = re.compile(
    rf"{_DAY}{_MONTH}(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d{_MONTH}{_DAY}"
)  # «120350», «12031950», «19500312»
_NAME_WORD = r"[A-ZÆØÅÄÖÉ][a-zæøåäöéü]+(?:-[A-ZÆØÅÄÖÉ][a-zæøåäöéü]+)?"
_PERSON = re.compile(rf"{_NAME_WORD},?(?: (?:[A-ZÆØÅ]\.|{_NAME_WORD}))+")
_SHORTEST_IDENTITY_NUMBER = 11
_FEW = 5  # so few bare six-figure numbers may all look like dates by chance


def refuse_personal(frame: pd.DataFrame, *, free: Iterable[str] | None = None) -> None:
    """Raise :class:`FrameError` for a column whose name or content may be a person's.

    ``free`` are the columns that may hold anything, all unless told: what only *most* of the
    values of a column look like (two words with capitals, six figures) counts in these alone.
    """
    loose = set(frame.columns if free is None else free)
    for name in frame.columns:
        refuse_identity_numbers(str(name))
        if _named_personal(str(name)) or _holds_personal(frame[name], free=name in loose):
            raise FrameError(
                _(
                    "The column “{name}” looks like a name, a birth date or an id. PallKit counts "
                    "generated doses only. Remove the column.",
                    name=str(name),
                )
            )


def _named_personal(name: str) -> bool:
    parted = re.sub(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])", " ", name)
    plain = parted.casefold().translate(str.maketrans("øåæ", "oaa"))
    words = re.findall(r"[a-z]+", plain)
    run = "".join(words)
    return (
        not _WORDS.isdisjoint(words)
        or any(part in run for part in _PARTS)
        or any(word.endswith(_ENDS) for word in words)
    )


def _holds_personal(column: pd.Series[Any], *, free: bool) -> bool:
    if pd.api.types.is_datetime64_any_dtype(column):
        return True
    if pd.api.types.is_numeric_dtype(column):
        return bool(((column.abs() >= 10**9) & (column.abs() < 10**11)).any())
    values = [str(value) for value in column.unique()]
    return (
        any(holds_identity_number(value) for value in values if _long_enough(value))
        or _DATE.search("\n".join(values)) is not None
        or (free and _mostly_personal(values))
    )


def _long_enough(value: str) -> bool:
    # One letter of another script can be several figures; of our own it cannot.
    return len(value) >= _SHORTEST_IDENTITY_NUMBER or not value.isascii()


def _mostly_personal(values: Sequence[str]) -> bool:
    filled = [value.strip() for value in values if value.strip()]
    people = sum(_PERSON.fullmatch(value) is not None for value in filled)
    dates = sum(_BARE_DATE.fullmatch(value) is not None for value in filled)
    mostly_dates = len(filled) >= _FEW and dates >= 0.9 * len(filled)
    return bool(filled) and (people >= 0.5 * len(filled) or mostly_dates)
