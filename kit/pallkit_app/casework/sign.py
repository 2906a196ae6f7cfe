"""Sign a case: write who has read this very version, in which role, and when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pallkit.cases.model import structure
from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.check import check
from pallkit_app.compile.strict_yaml import load
from pallkit_app.withdrawal.editing import put_into, save
from pallkit_app.withdrawal.signature import signature


def sign_case(folder: Path, *, by: str, role: str, on: date) -> int:
    """Write ``reviewed`` in ``case.yaml`` and answer the version that is signed.

    Raises :class:`ContentError` when the case has faults: what is signed must be playable.
    """
    signature(by=by, role=role, on=on, version=0)  # refused before the case is looked at
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
    version = structure(load(path).value).version
    signed = signature(by=by, role=role, on=on, version=version)
    save({path: put_into(path, "reviewed", signed, after="version")})
    return version
