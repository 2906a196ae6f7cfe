"""Ids of ours for what came with ids of others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "ð": "d", "þ": "th", "đ": "d"})
_LONGEST = 40


def slug(text: str, otherwise: str) -> str:
    """``text`` as an id: a-z, 0-9 and hyphens, cut at a word; ``otherwise`` if nothing is left."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    made = ""
    for word in words:
        longer = f"{made}-{word}" if made else word[:_LONGEST]
        if len(longer) > _LONGEST:
            break
        made = longer
    return made or otherwise


def unlike(wanted: Iterable[str]) -> list[str]:
    """The ids in order, each with a number after it where it was taken."""
    taken: set[str] = set()
    made = []
    for one in wanted:
        number, own = 1, one
        while own in taken:
            number += 1
            own = f"{one}-{number}"
        taken.add(own)
        made.append(own)
    return made
