"""The file of a ratio set, and signing what stands in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pallkit.doses.structuring import structure
from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit.opioids import RatioSet, flaws
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.check import check
from pallkit_app.compile import content_root
from pallkit_app.compile.strict_yaml import load
from pallkit_app.sets import local_paths, read_set
from pallkit_app.withdrawal.editing import put_into, save
from pallkit_app.withdrawal.signature import signature

_FOLDER = "casebank/ratio_sets"


def set_file(name: str, root: Path | None = None) -> Path:
    """The file of a set: named by its path, by its id in the case bank, or in one's own folder.

    Raises :class:`ContentError` when there is none.
    """
    refuse_identity_numbers(name)
    if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
        path = Path(name).expanduser()
    else:
        bank = (root or content_root()) / _FOLDER / f"{name}.yaml"
        path = bank if bank.is_file() or root else local_paths().get(name, bank)
    if not path.is_file():
        raise ContentError(_("There is no ratio set “{name}”. See: pallkit sets list.", name=name))
    return path


def set_root(path: Path, root: Path | None = None) -> Path:
    """The folder whose courses, modules and cases may use the set in ``path``."""
    if root is None and path.parent.as_posix().endswith(_FOLDER):
        return path.resolve().parents[2]
    return root or content_root()


def sign_set(path: Path, *, by: str, role: str, on: date) -> int:
    """Write ``reviewed`` in the set's file and answer the version that is signed.

    Raises :class:`ContentError` when the file has faults: what is signed must be sound.
    """
    signature(by=by, role=role, on=on, version=0)  # refused before the set is looked at
    faults = list(_faults(path))
    if faults:
        raise ContentError(
            _(
                "The set has {count} faults; mend them before it is signed. The first: {line}",
                count=len(faults),
                line=faults[0],
            )
        )
    version = structure(load(path).value, RatioSet, where=path.name).version
    signed = signature(by=by, role=role, on=on, version=version)
    save({path: put_into(path, "reviewed", signed, after="version")})
    return version


def _faults(path: Path) -> list[Message]:
    if path.resolve().parent.as_posix().endswith(_FOLDER):
        return [finding.line for finding in check(path) if not finding.warning]
    return [flaw.message for flaw in flaws(read_set(path)) if flaw.fault]
