"""The warm process: imports, then waits to be told to fork. It has one thread.

Started by :mod:`~pallkit_app.warm.keeper` with a socket to the server and the reading end of
the pipe it dies by. It is the parent of the kernels, so it is it that buries them.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import sys
from pathlib import Path

from pallkit_app.warm import lifeline, packing, wire
from pallkit_app.warm.title import set_title

TITLE = "pallkit: warm process"


class _Warm:
    """The loop. In the parent it goes on until the server is gone; in a child it returns."""

    def __init__(self, server: socket.socket, pipe: int) -> None:
        self.server = server
        self.pipe = pipe
        self.kernels: dict[int, socket.socket] = {}
        self.wake, wakened = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        signal.set_wakeup_fd(wakened, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_signal: None)
        self._wakened = wakened

    def serve(self) -> wire.Order | None:
        """Return the order in the process that is to carry it out; None when all is over."""
        look = select.poll()
        look.register(self.server, select.POLLIN)
        look.register(self.wake, select.POLLIN)
        while True:
            ready = {descriptor for descriptor, _event in look.poll()}
            if self.wake in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(self.wake, 4096)
                self._bury()
            if self.server.fileno() in ready:
                asked = wire.receive_order(self.server)
                if asked is None:
                    return None
                order = self._fork(*asked)
                if order is not None:
                    return order

    def _fork(self, order: wire.Order, files: list[int]) -> wire.Order | None:
        line = socket.socket(fileno=files[0])
        try:
            pid = os.fork()
        except OSError as error:
            wire.send_refusal(line, f"fork: {error.strerror}")
            line.close()
        else:
            if not pid:
                self._become_child(line, files[1:])
                return order
            self._tell(line, pid)
        for file in files[1:]:
            os.close(file)
        return None

    def _tell(self, line: socket.socket, pid: int) -> None:
        descriptor = os.pidfd_open(pid)
        with contextlib.suppress(OSError):  # the server has given this one up
            wire.send_started(line, pid, descriptor)
        os.close(descriptor)
        self.kernels[pid] = line

    def _bury(self) -> None:
        while True:
            try:
                dead = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if dead is None:
                return
            # What the kernel started goes with it, while its number is still nobody else's.
            with contextlib.suppress(OSError):
                os.killpg(dead.si_pid, signal.SIGKILL)
            _pid, status = os.waitpid(dead.si_pid, 0)
            line = self.kernels.pop(dead.si_pid)
            with contextlib.suppress(OSError):
                wire.send_ended(line, os.waitstatus_to_exitcode(status))
            line.close()

    def _become_child(self, line: socket.socket, standard: list[int]) -> None:
        os.setsid()
        lifeline.tie(self.pipe)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number, file in enumerate(standard):
            os.dup2(file, number)
            os.close(file)
        for mine in (self.server, line, *self.kernels.values()):
            mine.close()
        self.kernels.clear()
        for descriptor in (self.pipe, self.wake, self._wakened):
            os.close(descriptor)


def _single() -> None:
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads != 1:
        raise RuntimeError(f"the imports left {threads} threads; a fork would have one of them")


def main(server: int, pipe: int, *, page: bool) -> int:
    """Serve until the server is gone."""
    lifeline.tie(pipe)
    sys.path.pop(0)  # the folder it was started in
    # The server says when it is over, also where a service manager tells every process of it.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    set_title(TITLE)
    line = socket.socket(fileno=server)
    from pallkit_app.warm import child  # noqa: PLC0415  # ipykernel: tied first, then slow

    try:
        gc.disable()  # collecting would leave holes that the kernels then fill, each for itself
        app = child.prepare(page=page, pipe=pipe)
        _single()
    except Exception as error:
        line.sendall(f"{type(error).__name__}: {error}".encode()[:1000])
        raise
    gc.collect()
    packing.pack()
    gc.freeze()
    with contextlib.suppress(OSError):  # the server has ended already: it is seen below
        line.sendall(wire.READY)
    order = _Warm(line, pipe).serve()
    if order is not None:
        child.run(order, app)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), page=sys.argv[3] == "1"))
