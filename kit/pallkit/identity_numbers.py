"""Tell a Norwegian identity number from other numbers, by its control digits and its date.

Fields that learners write in refuse all that has eleven digits: see :mod:`pallkit.privacy`. A
list of trainees may hold an employer's own eleven-digit numbers, so there the digits are read.

Sources: Skatteetaten, “Nye fødselsnummer og d-nummer fra 2032” (a remainder of 0, 1, 2 or 3 in
the first control from 2032, 0 alone until then, both read side by side); fnrinfo.no,
“Beregning av kontrollsiffer” (modulus 11 with these weights) and “Oppbygging” (40 on the day in
a D-number, 40 on the month or an 8 or 9 first in a help number). Skatteetaten's and NAV's made-up
numbers for tests add 80, 65 or 40 to the month.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_DAY_MORE, _MONTH_MORE = (0, 40), (0, 40, 65, 80)
_PARTED = re.compile(r"(?<=\d)[\s.,:;/_\-‐-―−]{1,3}(?=\d)")
_DIGITS = re.compile(r"\d+")

Found = Literal["identity_number", "mistyped"]


def identity_number_in(text: str) -> Found | None:
    """Whether ``text`` holds an identity number, or one that seems mistyped.

    Digits may be grouped, full-width or part of a longer run. Ten digits alone count where a
    spreadsheet has dropped a leading 0. Eleven digits that begin with a date and whose control
    digits are wrong are “mistyped”: they are still about a person.
    """
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKC", text)
        if unicodedata.category(letter) != "Cf"
    )
    runs = {_ascii(run) for run in _DIGITS.findall(plain)}
    runs |= {_ascii(run) for run in _DIGITS.findall(_PARTED.sub("", plain))}
    windows = {run[at : at + 11] for run in runs for at in range(len(run) - 10)}
    whole = {run for run in runs if len(run) == 11}
    if any(is_identity_number(window) for window in windows) or _lost_its_zero(plain.strip()):
        return "identity_number"
    return "mistyped" if any(_begins_with_a_date(run) for run in whole) else None


def is_identity_number(digits: str) -> bool:
    """Whether eleven digits have the control digits of an identity, D- or help number."""
    if re.fullmatch(r"[0-9]{11}", digits) is None or len(set(digits)) == 1:
        return False
    if _remainder(digits, _SECOND):
        return False
    first = _remainder(digits, _FIRST)
    return first == 0 or (first in (1, 2, 3) and _begins_with_a_date(digits))


def _remainder(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11


def _begins_with_a_date(digits: str) -> bool:
    day, month = int(digits[:2]), int(digits[2:4])
    return any(1 <= day - more <= 31 for more in _DAY_MORE) and any(
        1 <= month - more <= 12 for more in _MONTH_MORE
    )


def _lost_its_zero(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{10}", text):
        return False
    padded = f"0{text}"
    usual = 1 <= int(padded[:2]) <= 31 and 1 <= int(padded[2:4]) <= 12
    return usual and is_identity_number(padded)


def _ascii(digits: str) -> str:
    return "".join(str(unicodedata.digit(digit, 0)) for digit in digits)
