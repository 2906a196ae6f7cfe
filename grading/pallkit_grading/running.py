"""Grade all hand-ins of an assignment: what is done stays done, and one never stops another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_grading.book import masters, recorded, write_hand_in
from pallkit_grading.book.history import State
from pallkit_grading.hand_ins import MasterNotebook, inspect_hand_in
from pallkit_grading.key import Key
from pallkit_grading.marking import Marked, mark_hand_in
from pallkit_grading.marking.hand_in import needs_code
from pallkit_grading.sandbox import Limits, Sandbox


@dataclass(frozen=True, slots=True)
class Job:
    """What to grade and how. ``again`` marks also what is recorded already."""

    folder: Path
    assignment: str
    jobs: int = 1
    again: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a run: how many were marked and how many were done before, and the flagged.

    ``waiting_for_person`` counts the answers marked now that only a person can score.
    """

    marked: int
    before: int
    flagged: tuple[Marked, ...]
    waiting_for_person: int


def grade(job: Job, book: Any, key: Key, report: Callable[[Marked, int], None]) -> Summary:
    """Mark every hand-in that is not recorded yet; ``report`` hears of each, and of how many.

    Raises :class:`ContentError` when there is nothing to grade by, and
    :class:`pallkit_grading.sandbox.SandboxError` when there is code and no cage to run it in:
    nothing has been run then.
    """
    notebooks = masters(book, job.folder, job.assignment)
    version = _key_version(key, job.assignment, notebooks)
    waiting, before = _waiting(job, book, version)
    flagged: list[Marked] = []
    by_hand = 0
    with ExitStack() as stack:
        sandbox = None
        if waiting and needs_code(notebooks):
            sandbox = stack.enter_context(Sandbox(job.limits))
            _try_once(sandbox)
        for state, marked in _marked(job, waiting, notebooks, key, sandbox):
            write_hand_in(book, job.folder, job.assignment, marked, state)
            report(marked, len(waiting))
            by_hand += _by_hand(marked)
            if marked.flagged:
                flagged.append(marked)
    return Summary(len(waiting), before, tuple(flagged), by_hand)


def _by_hand(marked: Marked) -> int:
    return sum(score.points is None for book in marked.notebooks for score in book.scores)


def _waiting(job: Job, book: Any, version: str) -> tuple[list[tuple[str, State]], int]:
    known = recorded(book, job.assignment)
    found = sorted((job.folder / "submitted").glob(f"*/{job.assignment}"))
    if not found:
        raise ContentError(
            _("Nobody has handed in “{name}” yet. Run “nbgrader collect”.", name=job.assignment)
        )
    states = [(one.parent.name, State(_fingerprint(one), version)) for one in found]
    waiting = [one for one in states if job.again or known.get(one[0]) != one[1]]
    return waiting, len(states) - len(waiting)


def _marked(
    job: Job,
    waiting: Sequence[tuple[str, State]],
    notebooks: Sequence[MasterNotebook],
    key: Key,
    sandbox: Sandbox | None,
) -> Iterator[tuple[State, Marked]]:
    """Each hand-in as it is done. Without code there is nothing to wait for side by side."""

    def one(trainee: str) -> Marked:
        folder = job.folder / "submitted" / trainee / job.assignment
        return mark_hand_in(folder, trainee, notebooks, key, sandbox)

    if sandbox is None or job.jobs == 1:
        yield from ((state, one(trainee)) for trainee, state in waiting)
        return
    with ThreadPoolExecutor(job.jobs) as pool:
        running: dict[Future[Marked], State] = {
            pool.submit(one, trainee): state for trainee, state in waiting
        }
        while running:
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(done), done.result()


def _try_once(sandbox: Sandbox) -> None:
    """Build a cage before the first hand-in: a machine that cannot is told of before any work."""
    with sandbox.cage():
        pass


def _fingerprint(folder: Path) -> str:
    """What was handed in, in 64 letters: the names and contents of what is taken of it."""
    seen = hashlib.sha256()
    for path in inspect_hand_in(folder).files:
        body = (folder / path).read_bytes()
        seen.update(f"{path.as_posix()}\0{len(body)}\0".encode("utf-8", "replace"))
        seen.update(body)
    return seen.hexdigest()


def _key_version(key: Key, assignment: str, notebooks: Sequence[MasterNotebook]) -> str:
    """By what it is graded: the tasks of the key and the cells that were handed out."""
    parts = [asdict(task) for task in key.of(assignment)], [asdict(one) for one in notebooks]
    return hashlib.sha256(json.dumps(parts, default=str, sort_keys=True).encode()).hexdigest()
