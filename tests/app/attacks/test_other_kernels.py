"""The line to a kernel is for the page it was made for."""

from __future__ import annotations

import socket
import struct
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest
from tests.app.attacks.line import Line, harm, line, message
from tests.app.server_process import Server, eventually
from websockets.exceptions import ConnectionClosed, InvalidStatus


def test_a_kernels_id_cannot_be_guessed_and_stands_on_no_other_page(
    server: Server, kernel: str, neighbour: str
) -> None:
    names = [kernel, neighbour]
    assert len(set(names)) == len(names)
    assert all(uuid.UUID(name).version == 4 for name in names)
    pages = ["/", "/kasus", "/healthz", "/metrics", "/app/kalkulator", "/api/kernels"]
    for page in pages:
        text = server.get(page).text
        assert not [name for name in names if name in text], page


@pytest.mark.parametrize("name", [str(uuid.UUID(int=0)), "a-b-c-d-e", "0-0-0-0-0", "_-_-_-_-_"])
def test_a_kernel_that_is_not_there_has_no_line(server: Server, name: str) -> None:
    with pytest.raises(InvalidStatus) as refused, line(server, name):
        pass
    assert refused.value.response.status_code == 404
    assert server.get(f"/api/kernels/{name}").status == 404
    assert server.ask(f"/voila/api/shutdown/{name}", "POST").status == 404


@pytest.mark.parametrize(
    "origin",
    [
        "http://elsewhere.example",
        "null",
        "file://",
        "http://127.0.0.1",
        "http://127.0.0.1:{port}.elsewhere.example",
        "http://127.0.0.1:{port}@elsewhere.example",
        "http://elsewhere.example@127.0.0.1:{port}",
        "http://elsewhere.example/127.0.0.1:{port}",
        "http://elsewhere.example#127.0.0.1:{port}",
        "http://[",
    ],
)
def test_another_sites_page_gets_no_line(server: Server, kernel: str, origin: str) -> None:
    told = origin.format(port=server.port)
    with pytest.raises(InvalidStatus) as refused, line(server, kernel, origin=told):
        pass
    assert refused.value.response.status_code == 403


def test_a_page_of_our_own_gets_one(server: Server, kernel: str) -> None:
    with line(server, kernel, origin=server.url) as own:
        assert own.widgets()


@pytest.mark.parametrize(
    "session", ["", "x" * 300, "%00", "%3CIDS%7CMSG%3E", "%C3%A6", "%0AERROR%20forged"]
)
def test_a_page_may_call_itself_anything_and_is_served(
    server: Server, kernel: str, session: str
) -> None:
    with line(server, kernel, session=session) as visitor:
        (widget,) = visitor.widgets()
        assert visitor.calculates(widget)


def test_one_page_cannot_hold_a_hundred_lines(server: Server, kernel: str) -> None:
    files = psutil.Process(server.process.pid).num_fds()

    def one(number: int) -> Line | None:
        try:
            return open_lines.enter_context(line(server, kernel, session=f"s{number}"))
        except (InvalidStatus, ConnectionClosed, EOFError, OSError):
            return None

    with ExitStack() as open_lines, ThreadPoolExecutor(20) as crowd:
        got = [each for each in crowd.map(one, range(60)) if each is not None]
        time.sleep(0.5)
        assert 0 < len([each for each in got if each.socket.close_code is None]) <= 4
        assert psutil.Process(server.process.pid).num_fds() - files < 200
    eventually(
        lambda: psutil.Process(server.process.pid).num_fds() - files < 40,
        what="the files of the lines are closed",
    )


def test_who_is_gone_before_the_line_is_open_leaves_nothing_behind(
    server: Server, kernel: str
) -> None:
    """That no fault is written to the log is seen when the server ends."""
    files = psutil.Process(server.process.pid).num_fds()
    asked = (
        f"GET /api/kernels/{kernel}/channels?session_id=00000000-0000 HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{server.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eGFtcGxlIGtleSBvZiAxNg==\r\n\r\n"
    ).encode()
    for turn in range(200):
        with socket.create_connection(("127.0.0.1", server.port)) as visitor:
            visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            visitor.sendall(asked)
            time.sleep(turn % 10 / 2000)  # and hangs up without a word
    eventually(
        lambda: psutil.Process(server.process.pid).num_fds() - files < 10,
        what="the files of the lines are closed",
    )
    with line(server, kernel) as visitor_who_stays:
        assert visitor_who_stays.widgets()


def test_what_a_visitor_writes_stands_nowhere_in_the_log(
    server: Server, kernel: str, tmp_path: Path
) -> None:
    """The log is read when the server ends: see its fixture."""
    with line(server, kernel, session="%0AERROR%20forged-session") as attacker:
        (widget,) = attacker.widgets()
        attacker.send(message("forged\nERROR kind", harm(tmp_path / "ran")))
        attacker.send(message("comm_msg", {"comm_id": "forged-comm", "data": {}}))
        attacker.raw("forged-junk{")
        assert attacker.calculates(widget)
    server.get("/forged-path%0AERROR")
