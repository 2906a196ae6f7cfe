"""Mark hand-ins on this machine, several at once where their code is what takes the time."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path

from pallkit.i18n import Message, _
from pallkit_grading.hand_ins import Inspected, MasterNotebook
from pallkit_grading.key import Key
from pallkit_grading.marking import Marked, mark_hand_in
from pallkit_grading.running.waiting import Waiting
from pallkit_grading.sandbox import Sandbox, SandboxError

_log = logging.getLogger(__name__)


def mark_here(
    left: Sequence[Waiting],
    notebooks: Sequence[MasterNotebook],
    key: Key,
    sandbox: Sandbox | None,
    jobs: int,
) -> Iterator[tuple[Waiting, Marked]]:
    """Each hand-in as it is marked. Without code there is nothing to wait for side by side."""

    def mark(one: Waiting) -> Marked:
        return mark_safely(one.folder, one.trainee, notebooks, key, sandbox)

    if sandbox is None or jobs == 1:
        yield from ((one, mark(one)) for one in left)
        return
    more = iter(left)
    with ThreadPoolExecutor(jobs) as pool:
        running: dict[Future[Marked], Waiting] = {}
        while True:
            # No further ahead than there are hands: a thousand notebooks are not held at once.
            running |= {pool.submit(mark, one): one for one in islice(more, jobs - len(running))}
            if not running:
                return
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(done), done.result()


def mark_safely(
    folder: Path,
    trainee: str,
    notebooks: Sequence[MasterNotebook],
    key: Key,
    sandbox: Sandbox | None,
) -> Marked:
    """Mark it; whatever goes wrong with it is told of it, and stops no other.

    What failed is not recorded as done: the next run tries it again.
    """
    try:
        return mark_hand_in(folder, trainee, notebooks, key, sandbox)
    except SandboxError as error:
        return failed(trainee, error.message)
    except Exception as error:  # noqa: BLE001  # one hand-in must not stop the others
        _log.exception("hand-in not marked")
        why = _("PallKit failed here ({kind}). Report it.", kind=type(error).__name__)
        return failed(trainee, why)


def failed(trainee: str, why: Message) -> Marked:
    """What is told of a hand-in that could not be marked."""
    return Marked(
        trainee,
        Inspected((), ()),
        (),
        (_("Not graded: {why}", why=why),),
        flagged=True,
        whole=False,
    )
