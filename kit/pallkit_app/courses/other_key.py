"""Another key for an assignment: read in place of the course's own, and put in its place."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.courses.reading import compile_key, read_course, read_keys
from pallkit_grading.key import Key

KEPT = Path(".pallkit", "keys")
"""Where a course keeps the keys that were replaced, so that old scores can be explained."""


def key_file(folder: Path, assignment: str) -> Path:
    """The key file of an assignment; :class:`ContentError` if the course has none such."""
    course = read_course(folder)
    for one in course.assignments:
        if one.id == assignment:
            return folder / "key" / f"{one.key}.yaml"
    raise ContentError(
        _(
            "There is no assignment “{name}” in this course. It has: {names}.",
            name=assignment,
            names=", ".join(str(one.id) for one in course.assignments),
        )
    )


def read_with(folder: Path, assignment: str, new: Path | None) -> Key:
    """The course's key with the file ``new`` in the place of the assignment's own."""
    own = key_file(folder, assignment)
    if new is None:
        return read_keys(folder)
    if not new.is_file():
        raise ContentError(_("There is no file {file}.", file=str(new)))
    return read_keys(folder, {own.stem: new})


def put_in_place(folder: Path, assignment: str, new: Path) -> None:
    """Make ``new`` the assignment's key, and keep the one it replaces."""
    own = key_file(folder, assignment)
    if new.resolve() == own.resolve():
        return
    kept = folder / KEPT
    kept.mkdir(parents=True, exist_ok=True)
    mark = hashlib.sha256(own.read_bytes()).hexdigest()[:12]
    shutil.copyfile(own, kept / f"{own.stem}-{mark}.yaml")
    fresh = own.with_suffix(".yaml.new")
    shutil.copyfile(new, fresh)
    fresh.replace(own)
    compile_key(folder)
