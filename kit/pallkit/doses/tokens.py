"""Cut a written dose into numbers, words and signs; refuse what is none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pallkit.doses.numbers import GROUPING_SPACES
from pallkit.errors import DoseError, PallkitError
from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers

LONGEST = 200
"""No dose is longer to write than this."""

Kind = Literal["number", "word", "sign"]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a written dose. Words are lower case, without full stops, µ as U+00B5."""

    kind: Kind
    text: str


_MINUS = "-‐‑‒–—−﹣－"
_TOKEN = re.compile(
    rf"""(?P<number>[.,]?[0-9](?:[0-9.,]|[{GROUPING_SPACES}](?=[0-9]))*)
    | (?P<atc>[a-z][0-9]{{2}}[a-z]{{2}}[0-9]{{2}}(?![^\W_]))
    | (?P<word>[^\W\d_]+(?:\.[^\W\d_]+)*\.?)
    | (?P<sign>[/×*])
    | (?P<minus>[{_MINUS}])
    | (?P<space>\s+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_RANGE = re.compile(rf"[0-9]\s*[{_MINUS}]\s*[0-9]")


def tokens(text: str) -> tuple[Token, ...]:
    """The pieces of ``text``, in order.

    Raises :class:`DoseError` for signs that no dose has, for a range of doses, and for a
    text that holds an identity number (which the message does not repeat).
    """
    try:
        refuse_identity_numbers(text)
    except PallkitError as error:
        raise DoseError(error.message) from None
    if len(text) > LONGEST:
        raise DoseError(
            _("This is too long to be a dose. Write at most {most} characters.", most=LONGEST)
        )
    if _RANGE.search(text):
        raise DoseError(_("“{text}” is a range. Write one dose.", text=text))
    plain = text.casefold().replace("μ", "µ")
    return tuple(
        _token(found, text) for found in _TOKEN.finditer(plain) if found.lastgroup != "space"
    )


def _token(found: re.Match[str], text: str) -> Token:
    kind, piece = found.lastgroup, found.group()
    if kind == "minus":
        raise DoseError(
            _("“{text}” has a minus sign. A dose is never negative.", text=text.strip())
        )
    if kind == "other":
        raise DoseError(
            _(
                "“{piece}” has no meaning in a dose. Write for example morphine po 30 mg x 2.",
                piece=piece if piece.isprintable() else ascii(piece),
            )
        )
    if kind == "number":
        return Token("number", piece)
    if kind == "sign":
        return Token("sign", "x" if piece in "×*" else piece)
    return Token("word", piece.replace(".", ""))
