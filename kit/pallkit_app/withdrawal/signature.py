"""A signature as a file has it: who has read this very version, in which role, and when."""

from __future__ import annotations

from datetime import date

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.withdrawal.editing import quoted

_LONGEST = 100


def signature(*, by: str, role: str, on: date, version: int) -> str:
    """The value of ``reviewed``. Raises :class:`PallkitError` for what is no name or role."""
    for text in (by, role):
        refuse_identity_numbers(text)
        if not text.strip() or len(text) > _LONGEST or not text.isprintable():
            raise ContentError(_("Give a name and a role, on one line each."))
    words = {"by": by.strip(), "role": role.strip(), "on": on.isoformat()}
    parts = [f"{key}: {quoted(word)}" for key, word in words.items()]
    return f"{{{', '.join(parts)}, version: {version}}}"
