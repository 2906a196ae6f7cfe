"""A reader who leaves while a page is being made: nothing stays, and the log has nothing to say."""

from __future__ import annotations

import re
import socket

import pytest
from tests.app.server_process import eventually, serving

KERNEL = b'"kernelId"'
SHOWN = b'class="pk-output"'
_NAME = re.compile(rb'"kernelId":"([^"]+)"')
SETTINGS = (
    "--Limits.burst=1000",
    "--VisitorKernels.cull_interval=1",
    "--VisitorKernels.unmet_timeout=1",
)


def _leave_after(port: int, path: str, mark: bytes, *, says_so: bool = False) -> None:
    """Ask for a page, and hang up once ``mark`` has come; a page in a browser says so too."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        heard = b""
        while mark not in heard:
            part = line.recv(65536)
            assert part, heard[-200:]
            heard += part
        if says_so:
            kernel = _NAME.search(heard)
            assert kernel
            _say_so(port, kernel[1].decode())


def _say_so(port: int, kernel: str) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        asked = f"POST /voila/api/shutdown/{kernel} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        line.sendall(f"{asked}Content-Length: 0\r\n\r\n".encode())
        assert b" 204 " in line.recv(65536)


@pytest.mark.parametrize(
    "path", ["/modul/omregning-av-opioider/verktoy", "/app/kasus?case=smerte-kan-ikke-svelge"]
)
def test_whoever_leaves_while_the_cells_run_leaves_no_fault_and_no_kernel(path: str) -> None:
    with serving(settings=SETTINGS) as server:
        for mark in (KERNEL, SHOWN, b"HTTP/1.1 200"):
            _leave_after(server.port, path, mark)
        for mark in (KERNEL, KERNEL, SHOWN):
            _leave_after(server.port, path, mark, says_so=True)
        eventually(lambda: not server.kernels(), what="the kernels are let go")
        assert server.get("/healthz").status == 200
        _out, faults = server.end()
    assert not faults, faults
