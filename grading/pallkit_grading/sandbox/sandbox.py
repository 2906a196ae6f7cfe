"""The grader's side of the sandbox: start the warm process, open a cage, speak with it."""

from __future__ import annotations

import json
import os
import secrets
import select
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from types import TracebackType

from pallkit.i18n import _
from pallkit_grading.sandbox.cage import HOME
from pallkit_grading.sandbox.groups import Group, lender
from pallkit_grading.sandbox.limits import WALLS, Limits, Plan, Wall
from pallkit_grading.sandbox.opened import START_SECONDS, Cage, SandboxError
from pallkit_grading.sandbox.visible import packages_outside, visible_paths

PRELOADED = ("numpy", "pandas", "ipywidgets", "pallkit.opioids", "pallkit.cases", "pallkit_grading")
"""What hand-ins import: loaded once, before the first of them."""

_WARM = "pallkit_grading.sandbox.warm"
_GRACE = 10.0


class Sandbox:
    """Cages for hand-ins, forked from one warm process. Use it as a context manager.

    May be used from several threads: each cage belongs to the one that opened it. ``walls``
    is for tests, which take one away to see that an attack then succeeds.
    """

    def __init__(
        self,
        limits: Limits = Limits(),  # noqa: B008  # frozen
        *,
        preload: Sequence[str] = PRELOADED,
        walls: frozenset[Wall] = WALLS,
    ) -> None:
        self.limits = limits
        self._preload = tuple(preload)
        self._walls = walls
        self._lender = lender() if "group" in walls else None
        self._orders = threading.Lock()
        self._open = ExitStack()

    @property
    def bounds_memory_together(self) -> bool:
        """Whether all processes of a hand-in share one limit on memory, not one each."""
        return self._lender is not None

    def __enter__(self) -> Sandbox:
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="pallkit-"))
            self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            stack.enter_context(self._control)
            with theirs:
                self._warm = subprocess.Popen(  # noqa: S603  # this Python, and our own module
                    [sys.executable, "-m", _WARM, str(theirs.fileno()), *self._preload],
                    pass_fds=[theirs.fileno()],
                    env=_environment(folder, clean="clean" in self._walls),
                    cwd="/",
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                )
            stack.callback(self._stop)
            self._await_start()
            self._open = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    @contextmanager
    def cage(self, files: Mapping[str, bytes] | None = None) -> Iterator[Cage]:
        """A cage with ``files`` (plain names) in its folder, for one hand-in.

        Raises :class:`SandboxError` when it cannot be built; nothing then runs unprotected.
        """
        with ExitStack() as stack:
            group = self._lend(stack)
            mine, theirs = socket.socketpair()
            ours, report = socket.socketpair()
            for link in (mine, ours):
                stack.enter_context(link)
            self._order(group, theirs, report)
            cage = Cage(mine, ours, self.limits, group)
            stack.callback(cage.close)
            cage.await_start()
            if files:
                cage.put(files)
            yield cage

    def try_once(self) -> None:
        """Build a cage for nothing: a machine that cannot is told of before any hand-in is run."""
        with self.cage():
            pass

    def _lend(self, stack: ExitStack) -> Group | None:
        if self._lender is None:
            return None
        try:
            group = self._lender.lend(f"pallkit-{secrets.token_hex(8)}", self.limits)
        except OSError:
            self._lender = None  # not lent after all; `bounds_memory_together` tells of it
            return None
        stack.callback(group.give_back)
        return group

    def _order(self, group: Group | None, theirs: socket.socket, report: socket.socket) -> None:
        folders = tuple(str(folder) for folder in group.folders) if group else ()
        plan = asdict(Plan(self.limits, visible_paths(), folders))
        plan["walls"] = sorted(self._walls)
        with theirs, report, self._orders:
            try:
                handed = [theirs.fileno(), report.fileno()]
                socket.send_fds(self._control, [json.dumps(plan).encode()], handed)
            except OSError:
                raise SandboxError(_("The sandbox's own process is gone.")) from None

    def _await_start(self) -> None:
        ready, _write, _error = select.select([self._control], [], [], START_SECONDS)
        threads = self._control.recv(16) if ready else b""
        if threads != b"1":
            raise SandboxError(_("The sandbox could not be started. Nothing was run."))

    def _stop(self) -> None:
        self._control.close()
        try:
            self._warm.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._warm.kill()
            self._warm.wait()


def _environment(folder: str, *, clean: bool) -> dict[str, str]:
    own = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": HOME,
        "IPYTHONDIR": os.path.join(folder, "ipython"),  # noqa: PTH118  # a text for the environment
        "MPLBACKEND": "agg",
        # The libraries below numpy would start threads, and a fork has none of them.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "PYTHONSAFEPATH": "1",
        "PYTHONPATH": os.pathsep.join(packages_outside()),
    }
    return own if clean else dict(os.environ) | own
