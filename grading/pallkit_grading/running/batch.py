"""The run: mark each hand-in, record it in one commit, tell of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from sqlalchemy.exc import DataError

from pallkit.i18n import _
from pallkit_grading.book import masters, write_hand_in
from pallkit_grading.book.rows import recorded_rows
from pallkit_grading.hand_ins import MasterNotebook
from pallkit_grading.key import Key
from pallkit_grading.marking import Marked, needs_code
from pallkit_grading.packages.told import as_collected
from pallkit_grading.rules import Rules
from pallkit_grading.running.here import failed, mark_here
from pallkit_grading.running.job import Flagged, Job, Report, Summary
from pallkit_grading.running.late import write_penalties
from pallkit_grading.running.waiting import Waiting, key_version, waiting
from pallkit_grading.sandbox import Sandbox


def grade(job: Job, book: Any, key: Key, report: Report, rules: Rules | None = None) -> Summary:
    """Mark every hand-in that is not recorded yet, and record each as soon as it is marked.

    ``rules`` say what being late takes; nothing where they are not given.
    Raises :class:`ContentError` when there is nothing to grade by, and
    :class:`pallkit_grading.sandbox.SandboxError` when there is code and no cage to run it in:
    nothing has been run then.
    """
    notebooks = masters(book, job.folder, job.assignment)
    left, before = waiting(job, book, key_version(key, job.assignment, notebooks))
    flagged: list[Flagged] = []
    with ExitStack() as stack:
        for one, read in mark_all(job, left, notebooks, key, stack):
            marked = _recorded(job, book, one, as_collected(job.folder, job.assignment, read))
            report(marked, len(left))
            if marked.flagged:
                flagged.append(Flagged(marked.trainee, marked.lines))
    if rules is not None:
        write_penalties(job, book, rules)
    return Summary(len(left), before, tuple(flagged), _waiting_for_person(book, job.assignment))


def _recorded(job: Job, book: Any, one: Waiting, marked: Marked) -> Marked:
    """Write it; one that the disk or the database refuses is told of, and stops no other."""
    state = one.state if marked.whole else replace(one.state, hand_in="")
    try:
        write_hand_in(book, job.folder, job.assignment, marked, state, job.reason)
    except (ValueError, DataError) as error:
        book.db.rollback()
        why = _("PallKit failed here ({kind}). Report it.", kind=type(error).__name__)
        return failed(marked.trainee, why)
    return marked


def mark_all(
    job: Job,
    left: Sequence[Waiting],
    notebooks: Sequence[MasterNotebook],
    key: Key,
    stack: ExitStack,
) -> Iterator[tuple[Waiting, Marked]]:
    """Each hand-in as it is marked, here or on a cluster. What ``stack`` gets must be closed."""
    code = bool(left) and needs_code(notebooks, key)
    if job.cluster is not None and left:
        from pallkit_grading.running.cluster import mark_there  # noqa: PLC0415  # only then

        return mark_there(job.cluster, left, notebooks, key, job.limits if code else None)
    sandbox = None
    if code:
        sandbox = stack.enter_context(Sandbox(job.limits))
        sandbox.try_once()
    return mark_here(left, notebooks, key, sandbox, job.jobs)


def _waiting_for_person(book: Any, assignment: str) -> int:
    """How many scores of the assignment only a person can give, or should look at again."""
    return sum(
        grade.waits or (grade.auto is None and grade.manual is None)
        for submission in recorded_rows(book, (assignment,)).values()
        for grade in submission.grades.values()
    )
