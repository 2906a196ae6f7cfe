"""Which hand-ins are still to be graded: those that are new, or were graded by another key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_grading.book import recorded
from pallkit_grading.book.history import State
from pallkit_grading.hand_ins import MasterNotebook, inspect_hand_in
from pallkit_grading.key import Key
from pallkit_grading.running.job import Job


@dataclass(frozen=True, slots=True)
class Waiting:
    """A hand-in to be graded. ``folder`` is where nbgrader collected it."""

    trainee: str
    folder: Path
    state: State


def waiting(job: Job, book: Any, version: str) -> tuple[list[Waiting], int]:
    """The hand-ins to be graded, and how many are done. :class:`ContentError` if there is none."""
    known = recorded(book, job.assignment)
    found = [
        Waiting(path.parent.name, path, State(_fingerprint(path), version))
        for path in sorted((job.folder / "submitted").glob(f"*/{job.assignment}"))
    ]
    if not found:
        raise ContentError(
            _("Nobody has handed in “{name}” yet. Run “nbgrader collect”.", name=job.assignment)
        )
    left = [one for one in found if job.again or known.get(one.trainee) != one.state]
    return left, len(found) - len(left)


def key_version(key: Key, assignment: str, notebooks: Sequence[MasterNotebook]) -> str:
    """By what it is graded, in 64 letters: the key's tasks and the cells that were handed out."""
    parts = [asdict(task) for task in key.of(assignment)], [asdict(one) for one in notebooks]
    return hashlib.sha256(json.dumps(parts, default=str, sort_keys=True).encode()).hexdigest()


def _fingerprint(folder: Path) -> str:
    """What was handed in: the names and contents of what is taken of it."""
    seen = hashlib.sha256()
    for path in inspect_hand_in(folder).files:
        body = (folder / path).read_bytes()
        seen.update(f"{path.as_posix()}\0{len(body)}\0".encode("utf-8", "replace"))
        seen.update(body)
    return seen.hexdigest()
