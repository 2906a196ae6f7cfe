"""What ``pallkit serve --host`` says of being reached by others."""

from __future__ import annotations

import http.client
import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import closing

import pytest
from tests.app.server_process import START, free_port

from pallkit_app.server.hosts import only_here


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_alone(host: str) -> None:
    assert only_here(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.0.2.1", "sykehus.example"])  # noqa: S104
def test_others_too(host: str) -> None:
    assert not only_here(host)


def test_a_server_that_others_reach_says_what_that_means_and_what_to_do() -> None:
    server = free_port()
    asked = ["serve", "--no-open", "--host", "0.0.0.0", "--port", str(server)]  # noqa: S104
    process = subprocess.Popen(
        [sys.executable, "-m", "pallkit_app", *asked],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PALLKIT_LANG": "en", "PYTHONUNBUFFERED": "1"},
    )
    assert process.stderr is not None
    ready, _, _ = select.select([process.stderr], [], [], START)
    name = socket.gethostname()
    by_name = {host: _asked(server, host) for host in (f"{name}:{server}", "evil.example")}
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert ready
    assert out.startswith("PallKit is at http://")
    assert by_name == {f"{name}:{server}": 200, "evil.example": 421}
    assert f"\n  http://{name}:{server}/\n" in out
    assert "pallkit serve --allowed-host NAME" in out
    for word in ("not encrypted", "reverse proxy with TLS", "pallkit deploy nginx", "serving.md"):
        assert word in err


def _asked(port: int, host: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with closing(line):
        line.request("GET", "/om", headers={"Host": host})
        return line.getresponse().status
