"""File names that every trainee's computer can hold; most have Windows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from pallkit.i18n import Message, _

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_FORBIDDEN = frozenset('<>:"/\\|?*')
_LONGEST = 100
"""Of a name with its folders: what Windows allows (260) less a deep folder to unpack in."""


def unsafe_names(names: Iterable[str]) -> Iterator[Message]:
    """What is wrong with each name (folders parted by “/”) that some system could not hold.

    Source: Microsoft, “Naming Files, Paths, and Namespaces”.
    """
    seen: dict[str, str] = {}
    for name in names:
        why = _fault(name)
        same = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
        if why is None and same != name:
            why = _("on Windows it is the same name as “{other}”", other=same)
        if why is not None:
            yield _("“{file}” cannot be handed out: {why}. Rename it.", file=name, why=why)


def safe_name(text: str) -> str:
    """``text`` as one part of a file name on any system; “uten-navn” if nothing is left."""
    kept = (
        "-" if sign in _FORBIDDEN or sign.isspace() or not sign.isprintable() else sign
        for sign in unicodedata.normalize("NFC", text)
    )
    name = "".join(kept).strip(" .-")[:_LONGEST].rstrip(" .")
    return f"_{name}" if _RESERVED.fullmatch(name) else name or "uten-navn"


def _fault(name: str) -> Message | None:
    if len(name) > _LONGEST:
        return _("its name with folders is longer than {most} letters", most=_LONGEST)
    for part in name.split("/"):
        if _RESERVED.fullmatch(part):
            return _("Windows keeps the name “{part}” for itself", part=part)
        if not part or part.endswith((" ", ".")):
            return _("Windows drops a space or a full stop at the end of a name")
        if any(sign in _FORBIDDEN or not sign.isprintable() for sign in part):
            return _("Windows does not allow one of the signs in its name")
    return None
