"""Words as a search compares them, so that å and aa, ø and o, É and e are one."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart: those of Norwegian and of the Sámi languages.
_LETTERS = str.maketrans({"æ": "a", "ø": "o", "đ": "d", "ŧ": "t", "ŋ": "n"})
# What is written for æ, ø and å where the keyboard lacks them. As long as it goes, for «døende»
# is written both «doende» and «doeende».
_PAIRS = re.compile(r"a[ae]+|oe+")


def fold(text: str) -> str:
    """Write ``text`` in small letters without marks; æ, å, ae and aa become a, ø and oe o.

    Two texts that a reader would take for the same come out the same. The answer is for
    comparing, never for reading.
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _PAIRS.sub(lambda pair: pair[0][0], plain.translate(_LETTERS))


def words(text: str) -> tuple[str, ...]:
    """The words of a query, folded, each once; what is neither letter nor digit parts them."""
    return tuple(dict.fromkeys(re.findall(r"[^\W_]+", fold(text))))
