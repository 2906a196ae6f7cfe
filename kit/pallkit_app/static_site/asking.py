"""A server of ours to copy from: started for the build alone, on this machine alone."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from pallkit.i18n import _
from pallkit_app.static_site.errors import SiteError

_HOST = "127.0.0.1"
_START = 90  # seconds; a cold machine reads every module first
_PAUSE = 0.1
_PROGRAM = "from pallkit_app.server.app import PallkitServer; PallkitServer.launch_instance()"


@dataclass
class Source:
    """The server that is asked."""

    line: http.client.HTTPConnection

    def get(self, address: str, *, status: int = 200) -> bytes:
        """Fetch one address; :class:`SiteError` for an answer of another status."""
        self.line.request("GET", address)
        answer = self.line.getresponse()
        body = answer.read()
        if answer.status != status:
            raise SiteError(
                _(
                    "The server has no “{address}” ({status}).",
                    address=address,
                    status=answer.status,
                )
            )
        return body


@contextmanager
def source(report_address: str) -> Iterator[Source]:
    """Run a server until the block ends."""
    port = _free_port()
    settings = {
        "ip": _HOST,
        "port": port,
        "base_url": "/",
        "static_copy": True,
        "report_address": report_address,
    }
    process = subprocess.Popen(  # noqa: S603  # ourselves
        [
            sys.executable,
            "-c",
            _PROGRAM,
            *(f"--PallkitServer.{k}={v}" for k, v in settings.items()),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        _await(process, port)
        with closing(http.client.HTTPConnection(_HOST, port, timeout=60)) as line:
            yield Source(line)
    finally:
        process.terminate()
        process.communicate(timeout=60)


def _await(process: subprocess.Popen[str], port: int) -> None:
    limit = time.monotonic() + _START
    while time.monotonic() < limit and process.poll() is None:
        try:
            socket.create_connection((_HOST, port), timeout=1).close()
        except OSError:
            time.sleep(_PAUSE)
        else:
            return
    process.kill()
    said = process.communicate()[1].strip().splitlines()
    raise SiteError(
        _("The pages could not be written: {line}", line=said[-1] if said else str(_START))
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])
