"""Sign a case: write who has read this very version, in which role, and when."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from pallkit.cases.model import structure
from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.check import check
from pallkit_app.compile.strict_yaml import load

_REVIEWED = re.compile(r"^reviewed:[^\n]*\n(?:[ \t]+[^\n]*\n)*", re.MULTILINE)
_LONGEST = 100


def sign_case(folder: Path, *, by: str, role: str, on: date) -> int:
    """Write ``reviewed`` in ``case.yaml`` and answer the version that is signed.

    Raises :class:`ContentError` when the case has faults: what is signed must be playable.
    """
    for text in (by, role):
        refuse_identity_numbers(text)
        if not text.strip() or len(text) > _LONGEST or not text.isprintable():
            raise ContentError(_("Give a name and a role, on one line each."))
    faults = [finding for finding in check(folder) if not finding.warning]
    if faults:
        raise ContentError(
            _(
                "The case has {count} faults; mend them before it is signed. The first: {line}",
                count=len(faults),
                line=faults[0].line,
            )
        )
    path = folder / "case.yaml"
    text = path.read_text(encoding="utf-8")
    version = structure(load(path).value).version
    words = {"by": by.strip(), "role": role.strip(), "on": on.isoformat()}
    parts = [f"{key}: {json.dumps(word, ensure_ascii=False)}" for key, word in words.items()]
    signed = f"reviewed: {{{', '.join(parts)}, version: {version}}}\n"
    changed, count = _REVIEWED.subn(lambda _found: signed, text)
    if count != 1:
        raise ContentError(_("{file} has no line “reviewed:” to sign in.", file=str(path)))
    path.write_text(changed, encoding="utf-8")
    return version
