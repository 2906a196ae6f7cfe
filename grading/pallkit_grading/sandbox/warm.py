"""The warm process: it imports what hand-ins import, once, and forks a cage for each.

Started by :class:`pallkit_grading.sandbox.Sandbox` with an empty environment, before any
hand-in is read: it never sees a key, a gradebook or a hand-in, so there is nothing in its
memory that a fork could give away. It has no threads, which a fork would lose.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

from pallkit_grading.sandbox import cage, linux
from pallkit_grading.sandbox.inside import Learner, begin_anew, make_shell
from pallkit_grading.sandbox.limits import Limits, Plan
from pallkit_grading.sandbox.wire import send

_ROOM = 1 << 16  # bytes of a plan: a list of folders and a handful of numbers


def main(control: socket.socket, preload: list[str]) -> None:
    """Import ``preload``, say so, and fork a cage for each order until the grader hangs up."""
    for name in preload:
        importlib.import_module(name)
    shell = make_shell()
    gc.collect()
    gc.freeze()  # what is here already is not touched again, so the cages share its memory
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.send(f"{len(os.listdir('/proc/self/task'))}".encode())  # noqa: PTH208
    while True:
        order, handed, _flags, _from = socket.recv_fds(control, _ROOM, 2)
        if not order:
            return
        if os.fork() == 0:
            control.close()
            _keep(order, handed, shell)
        for number in handed:
            os.close(number)


def _keep(order: bytes, handed: list[int], shell: Any) -> NoReturn:
    """As the keeper: build the cage, tell how it ended, and be gone."""
    link, report = (socket.socket(fileno=number) for number in handed)
    status = 0
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        linux.die_with_parent(signal.SIGKILL)
        plan = _read_plan(order)
        cage.leave(plan)
        first = os.fork()
        if first == 0:
            report.close()
            _be_init(plan, link, shell)
        linux.die_with_parent(signal.SIGKILL)  # new namespaces may have cleared it
        link.close()
        socket.send_fds(report, [b"{}"], [os.pidfd_open(first)])
        status = os.waitstatus_to_exitcode(os.waitpid(first, 0)[1])
        send(report, {"ended": status})
    except OSError as error:
        with contextlib.suppress(OSError):
            send(report, {"failed": str(error)})
    finally:
        os._exit(0)


def _be_init(plan: Plan, link: socket.socket, shell: Any) -> NoReturn:
    """As the first process in the cage: furnish it, start the learner, end with it."""
    status = 1
    try:
        cage.settle(plan)
        learner = os.fork()
        if learner == 0:
            _learn(plan, link, shell)
        link.close()
        while True:  # whatever is left behind in the background is this process's child
            ended, how = os.wait()
            if ended == learner:
                code = os.waitstatus_to_exitcode(how)
                status = code if code >= 0 else 128 - code
                break
    except Exception as error:  # noqa: BLE001  # told to the grader, which runs nothing then
        with contextlib.suppress(OSError):
            send(link, {"failed": str(error)})
    finally:
        os._exit(status)


def _learn(plan: Plan, link: socket.socket, shell: Any) -> NoReturn:
    try:
        if "clean" in plan.walls:
            _close_all_but(link.fileno())
            begin_anew()
        cage.shut(plan)
        Learner(shell, plan.limits.output_kb * 1024).serve(link)
    except Exception as error:  # noqa: BLE001  # as above
        with contextlib.suppress(OSError):
            send(link, {"failed": str(error)})
    finally:
        os._exit(0)


def _close_all_but(number: int) -> None:
    nothing = os.open("/dev/null", os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    os.closerange(3, number)
    os.closerange(number + 1, 1 << 16)


def _read_plan(order: bytes) -> Plan:
    raw = json.loads(order)
    return Plan(
        Limits(**raw["limits"]),
        tuple(raw["visible"]),
        tuple(raw["groups"]),
        frozenset(raw["walls"]),
    )


if __name__ == "__main__":
    Path(os.environ["IPYTHONDIR"]).mkdir(exist_ok=True)
    main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2:])
