"""Write a roster: trainees into the gradebook, groups into their own file, all or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.courses.roster.comparing import Difference
from pallkit_app.courses.rules import GROUPS_FILE
from pallkit_grading.rules_file import Group

_HEAD = """\
# The groups of this course, made by “pallkit course roster import”. Do not write here: change
# the list and import it again, or write groups of your own in rules.yaml.
"""


def apply(book: Any, folder: Path, difference: Difference, *, remove: bool) -> tuple[str, ...]:
    """Make the gradebook and the groups as the list has them, in one transaction.

    With ``remove``, trainees that the list lacks go too, unless they have handed in anything:
    their ids are the answer. Raises :class:`ContentError` when nothing could be written.
    """
    from nbgrader.api import Student  # noqa: PLC0415  # imported with the book
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    kept = tuple(_with_hand_ins(book, folder, difference)) if remove else ()
    try:
        for person in difference.new:
            known = {"first_name": person.first_name, "last_name": person.last_name}
            book.db.add(Student(id=person.id, **known, email=person.email))
        for change in difference.changed:
            student = book.find_student(change.person.id)
            for name, (_before, after) in change.fields.items():
                setattr(student, name, after)
        for missing in difference.missing if remove else ():
            if missing.id not in kept:
                book.db.delete(book.find_student(missing.id))
        book.db.flush()
        with _placed(folder / GROUPS_FILE, groups_text(difference.groups)):
            book.db.commit()
    except (SQLAlchemyError, OSError) as error:
        book.db.rollback()
        raise ContentError(
            _(
                "Nothing was imported: the gradebook or {file} cannot be written ({why}).",
                file=GROUPS_FILE,
                why=type(error).__name__,
            )
        ) from error
    return kept


def groups_text(groups: Iterable[Group] | None) -> str | None:
    """The groups as the file has them, or None where there is nothing to write."""
    if groups is None:
        return None
    lines = [_HEAD, "groups:\n"] if groups else [_HEAD, "groups: []\n"]
    for group in groups:
        members = ", ".join(_quoted(member) for member in group.members)
        lines.append(f"  - id: {_quoted(group.id)}\n    members: [{members}]\n")
    return "".join(lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@contextmanager
def _placed(path: Path, text: str | None) -> Iterator[None]:
    """Put a file in its place when the block has ended well; leave the old one when not."""
    if text is None:
        yield
        return
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        yield
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _with_hand_ins(book: Any, folder: Path, difference: Difference) -> Iterator[str]:
    for missing in difference.missing:
        laid = folder / "submitted" / missing.id
        if book.find_student(missing.id).submissions or (laid.is_dir() and any(laid.iterdir())):
            yield missing.id
