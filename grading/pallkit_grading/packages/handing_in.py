"""A trainee's folder → the files of a hand-in, with a receipt for exactly these.

Runs on the trainee's own computer, also under Windows: plain paths and the standard library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit.preflight import PreflightError, preflight
from pallkit_grading.hand_ins import Finding, inspect_hand_in
from pallkit_grading.packages.about import (
    MANIFEST,
    OURS,
    TASK_FILE,
    TRAINEE_FILE,
    as_json,
    fingerprint,
    read_json,
    receipt_code,
    text_of,
)
from pallkit_grading.packages.names import safe_name

_NOT_WORK = frozenset({".zip", ".pyc"})
"""What lies in a folder and is no part of the work: earlier packages, above all."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A hand-in to be written: its files, its code, and what the trainee is to be told.

    ``warnings`` and the ``headline`` are the check's, and do not stop it; ``findings`` are
    files that were left out.
    """

    name: str
    files: Mapping[str, bytes]
    code: str
    findings: tuple[Finding, ...]
    warnings: tuple[Message, ...]
    headline: Message


def pack_hand_in(folder: Path, *, now: datetime, assignment: str | None = None) -> Packed:
    """Pack what lies in ``folder``. ``now`` carries the trainee's own time zone.

    ``assignment`` is asked for only where there is no ``oppgave.json``. Raises
    :class:`ContentError` when there is no notebook to hand in.
    """
    if not folder.is_dir():
        raise ContentError(_("There is no folder “{folder}”.", folder=folder.name))
    inspected = inspect_hand_in(folder)
    content = {path.as_posix(): (folder / path).read_bytes() for path in inspected.files}
    task = read_json(content.get(TASK_FILE))
    trainee = text_of(read_json(content.get(TRAINEE_FILE)), "trainee")
    name = assignment or text_of(task, "assignment") or folder.resolve().name
    work = {
        one: body
        for one, body in content.items()
        if one not in OURS and Path(one).suffix.lower() not in _NOT_WORK
    }
    if f"{name}.ipynb" not in work:
        raise ContentError(_no_notebook(name, folder))
    shas = {one: fingerprint(body) for one, body in work.items()}
    code = receipt_code(name, shas)
    manifest = {
        "v": 1,
        "assignment": name,
        "course": text_of(task, "course"),
        "trainee": trainee,
        "packed_at": now.isoformat(timespec="seconds"),
        "code": code,
        "files": [{"name": one, "sha256": sha} for one, sha in sorted(shas.items())],
    }
    own = {one: content[one] for one in (TRAINEE_FILE,) if one in content}
    files = {**work, **own, MANIFEST: as_json(manifest)}
    return Packed(
        safe_name(f"{name}-{trainee}" if trainee else name),
        {one: files[one] for one in sorted(files)},
        code,
        inspected.findings,
        *_checked(folder, name, now),
    )


def _no_notebook(name: str, folder: Path) -> Message:
    return _(
        "There is no {file} in “{folder}”. Go to the assignment's folder, or name it with "
        "--assignment.",
        file=f"{name}.ipynb",
        folder=folder.resolve().name,
    )


def _checked(folder: Path, name: str, now: datetime) -> tuple[tuple[Message, ...], Message]:
    """What the check before handing in tells, and its one line; files are told of elsewhere."""
    try:
        report = preflight(folder, f"{name}.ipynb", now=now)
    except PreflightError as error:
        return (), error.message
    told = (
        one.text if one.remedy is None else _("{text} {remedy}", text=one.text, remedy=one.remedy)
        for one in report.remarks
        if one.code != "file"
    )
    return tuple(told), report.headline
