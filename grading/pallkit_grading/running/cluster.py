"""Mark hand-ins on the workers of a dask.distributed cluster.

Each worker has its own sandbox, as this machine would have. What a worker gets is one hand-in's
files and what they are marked by; what comes back is what was found. It never sees the
gradebook. A dask cluster trusts whoever reaches it, and the key travels: keep it on a closed
network, or give it TLS (dask's own configuration; the address then begins with ``tls://``).
"""

from __future__ import annotations

import atexit
import logging
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pallkit import __version__
from pallkit.errors import PallkitError
from pallkit.i18n import _
from pallkit_grading.hand_ins import Inspected, MasterNotebook, inspect_hand_in
from pallkit_grading.key import Key
from pallkit_grading.marking import Marked
from pallkit_grading.running.here import failed, mark_safely
from pallkit_grading.running.waiting import Waiting
from pallkit_grading.sandbox import Limits, Sandbox

CONNECT_SECONDS = 15
FETCH_SECONDS = 10
ANSWER_SECONDS = 60
NO_WORKER_SECONDS = 60
"""How long to wait when every worker is gone; one that starts again is given work again."""

RETRIES = 1
"""How many times a hand-in is tried again when its worker is lost."""


class ClusterError(PallkitError):
    """The cluster cannot be reached or used. Nothing was marked."""


_NO_WORKER = _("no worker of the cluster is left.")
_NO_SCHEDULER = _("the cluster's scheduler was lost.")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A hand-in as it is sent, and what it is marked by. ``limits`` is None without code."""

    trainee: str
    files: Mapping[str, bytes]
    notebooks: tuple[MasterNotebook, ...]
    key: Key
    limits: Limits | None


def mark_there(
    address: str,
    left: Sequence[Waiting],
    notebooks: Sequence[MasterNotebook],
    key: Key,
    limits: Limits | None,
) -> Iterator[tuple[Waiting, Marked]]:
    """Each hand-in as it is marked. Raises :class:`ClusterError` before any of them is sent."""
    with _connected(address) as client:
        hands = 2 * max(1, _prepare(client))
        waiting = list(reversed(left))
        running: dict[Any, tuple[Waiting, Inspected]] = {}
        idle = time.monotonic()
        while waiting or running:
            while waiting and len(running) < hands:
                one = waiting.pop()
                parcel, found = _packed(one, notebooks, key, limits)
                running[client.submit(mark_parcel, parcel, pure=False)] = (one, found)
            came: dict[Any, Marked] = {}
            missing = None
            try:
                came = _came(client, running)
                if _has_workers(client):
                    idle = time.monotonic()
                elif time.monotonic() - idle > NO_WORKER_SECONDS:
                    missing = _NO_WORKER
            except (CancelledError, OSError):
                missing = _NO_SCHEDULER
            for future, marked in came.items():
                yield running.pop(future)[0], marked
            if missing is not None:
                lost = (*(one for one, _found in running.values()), *waiting)
                yield from ((one, failed(one.trainee, missing)) for one in lost)
                return


def mark_parcel(parcel: Parcel) -> Marked:
    """Mark a hand-in that was sent here; runs on a worker."""
    with tempfile.TemporaryDirectory(prefix="pallkit-") as name:
        folder = Path(name)
        for path, body in parcel.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(body)
        try:
            sandbox = None if parcel.limits is None else _sandbox(parcel.limits)
        except PallkitError as error:
            return failed(parcel.trainee, error.message)
        return mark_safely(folder, parcel.trainee, parcel.notebooks, parcel.key, sandbox)


_OWN: dict[Limits, Sandbox] = {}
_OWN_LOCK = threading.Lock()


def _sandbox(limits: Limits) -> Sandbox:
    """This worker's sandbox: started with its first hand-in, closed when the worker ends."""
    with _OWN_LOCK:
        if limits not in _OWN:
            stack = ExitStack()
            sandbox = stack.enter_context(Sandbox(limits))
            sandbox.try_once()
            atexit.register(stack.close)
            _OWN[limits] = sandbox
        return _OWN[limits]


def _connected(address: str) -> Any:
    try:
        import distributed  # noqa: PLC0415  # an extra; seconds to import
    except ImportError:
        raise ClusterError(
            _("Grading on a cluster needs more packages. Run “pip install pallkit[cluster]”.")
        ) from None
    # What it would say of a lost scheduler, with its whole stack, is one line of ours.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    try:
        made: Any = distributed.Client  # the library has no types
        return made(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(
            _(
                "There is no dask scheduler at {address} ({why}). Start one with “dask scheduler”.",
                address=address,
                why=type(error).__name__,
            )
        ) from error


def _prepare(client: Any) -> int:
    """How many threads the workers have, when all of them can do the work."""

    def retry_seldom(dask_scheduler: Any, most: int = RETRIES) -> None:
        # dask's default gives a hand-in that kills its worker three more workers to kill.
        dask_scheduler.allowed_failures = min(dask_scheduler.allowed_failures, most)

    client.run_on_scheduler(retry_seldom)
    workers = client.scheduler_info(n_workers=-1)["workers"]
    if not workers:
        raise ClusterError(_("The cluster has no workers. Start one with “dask worker”."))
    try:
        versions = set(client.run(_version).values())
    except ModuleNotFoundError:
        versions = {"–"}
    if versions != {__version__}:
        raise ClusterError(
            _(
                "The workers have PallKit {theirs}, and this is {ours}. Install the same on all.",
                theirs=", ".join(sorted(versions)),
                ours=__version__,
            )
        )
    return sum(worker["nthreads"] for worker in workers.values())


def _version() -> str:
    from pallkit import __version__ as version  # noqa: PLC0415  # the worker's own

    return version


def _packed(
    one: Waiting, notebooks: Sequence[MasterNotebook], key: Key, limits: Limits | None
) -> tuple[Parcel, Inspected]:
    """What is sent of a hand-in, and what was found when its folder was looked through."""
    found = inspect_hand_in(one.folder)
    files = {path.as_posix(): (one.folder / path).read_bytes() for path in found.files}
    return Parcel(one.trainee, files, tuple(notebooks), key, limits), found


def _has_workers(client: Any) -> bool:
    """Ask the scheduler. Raises :class:`OSError` when it does not answer."""
    told = client.sync(client.scheduler.identity, n_workers=-1, callback_timeout=ANSWER_SECONDS)
    return bool(told["workers"])


def _came(client: Any, running: Mapping[Any, tuple[Waiting, Inspected]]) -> dict[Any, Marked]:
    """What has come back within two seconds.

    Raises :class:`CancelledError` when the scheduler was lost.
    """
    import distributed  # noqa: PLC0415

    wait: Any = distributed.wait
    try:
        with client.as_current():
            done = wait(list(running), timeout=2, return_when="FIRST_COMPLETED").done
    except TimeoutError:
        return {}
    came = {future: _result(running[future][0], future, running[future][1]) for future in done}
    return {future: marked for future, marked in came.items() if marked is not None}


def _result(one: Waiting, future: Any, found: Inspected) -> Marked | None:
    """What came back, with what was found here before it was sent.

    None when the worker that had the result is gone: the scheduler lets another work it out.
    """
    from distributed.scheduler import KilledWorker  # noqa: PLC0415

    try:
        marked: Marked = future.result(timeout=FETCH_SECONDS)
    except TimeoutError:
        return None
    except KilledWorker:
        return failed(one.trainee, _("its worker was lost twice."))
    except CancelledError:  # not by the worker
        raise
    except Exception as error:  # noqa: BLE001  # whatever failed on the worker is told of here
        why = _("the worker failed ({kind}).", kind=type(error).__name__)
        return failed(one.trainee, why)
    if not marked.whole:
        return marked
    lines = (*(finding.line for finding in found.findings), *marked.lines)
    flagged = marked.flagged or bool(found.findings)
    return replace(marked, files=found, lines=lines, flagged=flagged)
