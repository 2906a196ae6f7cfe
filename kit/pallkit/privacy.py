"""No PallKit field takes a number that could be a real person's.

Training on invented patients; not clinical decision support. A Norwegian identity number
(and a D-number, an H-number or a help number) has 11 digits, so every field a person can
write in, and every command, passes what was written through :func:`refuse_identity_numbers`
before it is read, shown or saved. The check digits are not looked at: a mistyped identity
number is still about a real person.
"""

from __future__ import annotations

import re
import unicodedata

from pallkit.errors import PallkitError
from pallkit.i18n import _

# Written together, or parted the ways people part it: «010190 12345», «01.01.90-12345»,
# «010190 123 45». Longer runs of digits hold an 11-digit number too. A row of doses
# («10 20 30 40 50 60») does not: its groups fall elsewhere.
_GAP = r"[\s.,:;/_\-‐-―−]"
_IDENTITY_NUMBER = re.compile(
    rf"\d{{2}}{_GAP}?\d{{2}}{_GAP}?\d{{2}}{_GAP}{{0,3}}\d{{3}}{_GAP}?\d{{2}}"
)
_DIGIT, _DIGITS = re.compile(r"\d"), 11


class IdentityNumberError(PallkitError):
    """The text holds an 11-digit number. The message never repeats the number."""


def holds_identity_number(text: str) -> bool:
    """Whether ``text`` holds 11 digits in a row or grouped as an identity number.

    Full-width and other digits count as digits, and invisible characters between them
    (a soft hyphen, a zero-width space) hide nothing.
    """
    normal = unicodedata.normalize("NFKC", text)
    if len(_DIGIT.findall(normal)) < _DIGITS:  # most texts: nothing more to look for
        return False
    plain = "".join(letter for letter in normal if unicodedata.category(letter) != "Cf")
    return _IDENTITY_NUMBER.search(plain) is not None


def refuse_identity_numbers(text: str) -> None:
    """Raise :class:`IdentityNumberError` if ``text`` holds an 11-digit number."""
    if holds_identity_number(text):
        raise IdentityNumberError(
            _(
                "This looks like an identity number (11 digits). PallKit takes no real "
                "person's data. Write the answer without the number."
            )
        )
