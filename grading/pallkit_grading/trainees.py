"""What a trainee's id may be: it becomes a folder's name on every kind of machine."""

from __future__ import annotations

import re
import unicodedata

from pallkit.i18n import Message, _

LONGEST = 64
_ID = re.compile(r"[^\W_][\w.@-]*")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, with any ending.

Source: Microsoft, “Naming Files, Paths, and Namespaces”.
"""


def trainee_fault(id_: str) -> Message | None:
    """Why ``id_`` cannot be a trainee's id, or None when it can.

    nbgrader parts a hand-in's name at “+”, and a folder's name parts at “/”. The message does
    not repeat the id, which may be what nobody should read again.
    """
    if not id_:
        return _("the id is empty.")
    if len(id_) > LONGEST:
        return _("the id is longer than {most} characters.", most=LONGEST)
    if unicodedata.normalize("NFC", id_) != id_ or not _ID.fullmatch(id_):
        return _(
            "the id must begin with a letter or a digit, and hold only letters, digits and the "
            "signs . _ - @"
        )
    if id_.endswith(".") or ".." in id_ or _RESERVED.fullmatch(id_):
        return _("the id cannot be the name of a folder on every machine. Give it another.")
    return None
