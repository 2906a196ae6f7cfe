"""A real server for tests: its own process, a free port, plain HTTP as a browser speaks it."""

from __future__ import annotations

import http.client
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from bs4 import BeautifulSoup

START = 60  # seconds; a cold machine compiles every module first


@dataclass(frozen=True)
class Reply:
    """One HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.text, "html.parser")


@dataclass
class Server:
    """The process, and how to ask it for something."""

    process: subprocess.Popen[str]
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> Reply:
        """Send ``path`` as it stands: http.client does not tidy «..» away."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, path, headers=headers or {})
            reply = line.getresponse()
            return Reply(reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read())
        finally:
            line.close()

    def get(self, path: str) -> Reply:
        return self.ask(path)

    def kernels(self) -> list[psutil.Process]:
        """Processes the server has started and that live."""
        found = psutil.Process(self.process.pid).children(recursive=True)
        return [each for each in found if "ipykernel" in " ".join(_command(each))]

    def end(self, sign: int = signal.SIGINT) -> tuple[str, str]:
        """Stop it as a person does, and return what it printed."""
        if self.process.poll() is None:
            self.process.send_signal(sign)
        return self.process.communicate(timeout=30)


def _command(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:  # ended while we looked
        return []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    *,
    settings: Sequence[str] = (),
    options: Sequence[str] = (),
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run a server until the block ends.

    ``options`` are those of ``pallkit serve``; ``settings`` are traitlets, which the command
    line does not offer. A server that does not come up fails the test with what it printed.
    """
    port = free_port()
    if settings:
        program = [
            "-c",
            "from pallkit_app.server.app import PallkitServer as S; S.launch_instance()",
        ]
        given = [f"--PallkitServer.port={port}", *settings]
    else:
        program = ["-m", "pallkit_app", "serve", "--no-open"]
        given = ["--port", str(port), *options]
    process = subprocess.Popen(
        [sys.executable, *program, *given],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=cwd,
        env={**os.environ, "PALLKIT_LANG": "en", "PYTHONUNBUFFERED": "1", **(env or {})},
    )
    server = Server(process, port)
    try:
        _await_address(server)
        yield server
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.communicate(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def _await_address(server: Server) -> None:
    assert server.process.stdout is not None
    ready, _, _ = select.select([server.process.stdout], [], [], START)
    line = server.process.stdout.readline() if ready else ""
    if not re.search(rf"http://127\.0\.0\.1:{server.port}/", line):
        server.process.kill()
        out, err = server.process.communicate()
        raise AssertionError(f"the PallKit server did not start: {line}{out}{err}")


def eventually(holds: Callable[[], bool], *, within: float = 20, what: str) -> None:
    """Wait for something another process does; fail with ``what`` it should have been."""
    limit = time.monotonic() + within
    while not holds():
        assert time.monotonic() < limit, f"not within {within} s: {what}"
        time.sleep(0.1)
