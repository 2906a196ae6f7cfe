"""A real server under its limits: who gets in, what machines are told, how it stops."""

from __future__ import annotations

import json
import re
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from http.client import HTTPConnection, RemoteDisconnected

import pytest
from tests.app.server_process import Reply, Server, eventually, serving
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

CASE = "/app/kasus?case=smerte-kan-ikke-svelge"
ROOM = 3
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "eGFtcGxlIGtleSBvZiAxNg==",
}


@pytest.fixture(scope="module")
def small() -> Iterator[Server]:
    """A server with room for three, behind a proxy on this machine."""
    settings = [
        f"--Limits.max_sessions={ROOM}",
        "--Limits.trusted_proxies=127.0.0.1",
        "--Limits.hourly=4",
        "--VisitorKernels.left_timeout=1",
        "--VisitorKernels.cull_interval=1",
    ]
    with serving(settings=settings) as running:
        yield running


def _from(server: Server, address: str, path: str = CASE, method: str = "GET") -> Reply:
    return server.ask(path, method, {"X-Forwarded-For": address})


def _kernel(page: Reply) -> str:
    found = re.search(r'"kernelId":\s*"([0-9a-f-]{36})"', page.text)
    assert found is not None
    return found[1]


def _line(server: Server, kernel: str) -> ClientConnection:
    return connect(f"ws://127.0.0.1:{server.port}/api/kernels/{kernel}/channels")


def _hung_up(line: ClientConnection) -> int | None:
    """The code the server hangs up with; None where it was too busy reading to say."""
    try:
        while True:
            line.recv(timeout=20)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


def _is_open(server: Server) -> None:
    eventually(
        lambda: _figure(server, "pallkit_sessions_connected") == 1, what="the page is connected"
    )


def _figure(server: Server, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", server.get("/metrics").text, re.MULTILINE)
    assert found is not None, name
    return float(found[1])


def test_of_many_who_come_at_the_same_moment_only_so_many_get_in(small: Server) -> None:
    with ThreadPoolExecutor(8) as crowd:
        pages = list(crowd.map(lambda number: _from(small, f"192.0.2.{number}"), range(8)))
    statuses = sorted(page.status for page in pages)
    assert statuses == [200] * ROOM + [503] * (8 - ROOM)
    assert _figure(small, "pallkit_sessions") == ROOM
    assert _figure(small, 'pallkit_refusals_total{reason="full"}') == 8 - ROOM
    for page in pages:
        if page.status == 503:
            assert 5 <= int(page.headers["retry-after"]) <= 10
            assert page.headers["cache-control"] == "no-store"
            assert "script-src 'self'" in page.headers["content-security-policy"]
            assert not [each for each in page.page.select("script") if not each.get("src")]
            assert page.page.select(f'a[href="{CASE}"]')
    asked = _from(small, "192.0.2.9", method="HEAD")
    assert asked.status == 503
    for page in pages:
        if page.status == 200:
            assert small.ask(f"/voila/api/shutdown/{_kernel(page)}", "POST").status == 204
    assert _from(small, "192.0.2.9", method="HEAD").status == 200
    assert _figure(small, 'pallkit_sessions_ended_total{reason="left"}') == ROOM


@pytest.mark.parametrize(("lang", "words"), [("", "nettverket ditt"), ("en", "your network")])
def test_one_address_that_opens_too_many_pages_waits_and_others_do_not(
    small: Server, lang: str, words: str
) -> None:
    address = f"198.51.100.{len(lang) + 1}"
    path = f"{CASE}&lang={lang}" if lang else CASE
    for _visit in range(4):
        page = _from(small, address, path)
        assert page.status == 200
        small.ask(f"/voila/api/shutdown/{_kernel(page)}", "POST")
    page = _from(small, address, path)
    assert page.status == 429
    assert int(page.headers["retry-after"]) >= 5
    assert words in page.text
    assert _from(small, "203.0.113.7", path, "HEAD").status == 200


def test_a_reader_who_leaves_before_the_page_is_made_leaves_no_kernel(small: Server) -> None:
    _impatient(small)
    eventually(lambda: _figure(small, "pallkit_sessions") == 0, what="nothing is left of it")


def _impatient(server: Server) -> None:
    line = HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        line.request("GET", CASE, headers={"X-Forwarded-For": "192.0.2.77"})
        assert line.getresponse().read(100)  # the head, which is sent before the kernel starts
    finally:
        line.close()


def test_a_page_is_hung_up_on_when_its_session_ends(small: Server) -> None:
    kernel = _kernel(_from(small, "192.0.2.30"))
    with _line(small, kernel) as line:
        assert small.ask(f"/voila/api/shutdown/{kernel}", "POST").status == 204
        assert _hung_up(line) == 4410


def test_a_session_has_few_connections_and_takes_no_large_message(small: Server) -> None:
    kernel = _kernel(_from(small, "192.0.2.31"))
    with ExitStack() as open_lines:
        lines = [open_lines.enter_context(_line(small, kernel)) for _number in range(4)]
        with pytest.raises(InvalidStatus, match="429"), _line(small, kernel):
            pass
        lines[0].send(json.dumps({"channel": "shell", "content": "x" * 1_000_000}))
        assert _hung_up(lines[0]) in (1009, None)
    eventually(
        lambda: small.get(f"/api/kernels/{kernel}").status == 404,
        what="a page that lost its connection gives its kernel back",
    )


def test_a_body_or_a_header_that_no_page_sends_is_turned_away(small: Server) -> None:
    with pytest.raises(RemoteDisconnected):
        small.ask("/", headers={"X-Long": "x" * 20_000})
    assert small.ask("/", "POST", {"Content-Length": "1000000"}).status == 400


def test_the_figures_are_for_this_machine_and_the_health_is_for_all(small: Server) -> None:
    assert small.get("/healthz").body == b"ok\n"
    assert _from(small, "203.0.113.9", "/healthz").status == 200
    assert small.get("/metrics").status == 200
    assert _from(small, "203.0.113.9", "/metrics").status == 404
    figures = small.get("/metrics").text
    for name in ("pallkit_session_start_seconds_bucket", "process_resident_memory_bytes"):
        assert name in figures
    assert _figure(small, "pallkit_sessions_limit") == ROOM


def test_nothing_about_the_visitors_is_written_down(small: Server) -> None:
    _from(small, "192.0.2.200", "/kasus?q=hemmelig-ord")
    _from(small, "192.0.2.200", "/app/kasus?case=finnes-ikke")
    kernel = _kernel(_from(small, "192.0.2.201"))
    with _line(small, kernel) as line:
        line.send("hemmelig-ord")
    out, err = small.end()
    for trace in ("192.0.2", "hemmelig-ord", "198.51.100", "python-urllib"):
        assert trace not in out + err


def test_a_stop_lets_an_open_page_finish_and_lets_no_one_new_in() -> None:
    with serving(settings=["--Limits.drain_seconds=60"]) as server:
        kernel = _kernel(server.get(CASE))
        with _line(server, kernel):
            _is_open(server)
            server.process.send_signal(signal.SIGTERM)
            eventually(lambda: server.get("/healthz").status == 503, what="it says it is closing")
            page = server.get(f"{CASE}&lang=en")
            assert page.status == 503
            assert "PallKit is about to restart" in page.text
            assert server.get("/kasus").status == 200
            assert server.get(f"/api/kernels/{kernel}").status == 200
            time.sleep(1)
            assert server.process.poll() is None
        server.process.communicate(timeout=30)
        assert server.process.returncode == 0


def test_a_stop_does_not_wait_for_longer_than_it_is_told() -> None:
    with serving(settings=["--Limits.drain_seconds=1"]) as server:
        kernel = _kernel(server.get(CASE))
        with _line(server, kernel):
            _is_open(server)
            server.process.send_signal(signal.SIGTERM)
            server.process.communicate(timeout=30)
            assert server.process.returncode == 0


def test_a_page_that_is_only_looked_at_keeps_its_line_and_one_that_is_gone_loses_it() -> None:
    with serving(settings=["--Limits.ping_seconds=1"]) as server:
        address = f"/api/kernels/{_kernel(server.get(CASE))}/channels"
        gone = HTTPConnection("127.0.0.1", server.port, timeout=30)
        gone.request("GET", address, headers=UPGRADE)  # and never answers a ping
        with connect(f"ws://127.0.0.1:{server.port}{address}") as line:
            until = time.monotonic() + 5
            while time.monotonic() < until:
                with suppress(TimeoutError):
                    line.recv(timeout=1)
            while gone.sock.recv(65536):
                pass
            assert _figure(server, "pallkit_connections") == 1
        gone.close()


def test_a_page_that_stands_still_is_let_go_though_it_is_connected() -> None:
    settings = ["--VisitorKernels.cull_idle_timeout=2", "--VisitorKernels.cull_interval=1"]
    with serving(settings=settings) as server:
        with _line(server, _kernel(server.get(CASE))) as line:
            assert _hung_up(line) == 4410
        assert _figure(server, 'pallkit_sessions_ended_total{reason="idle"}') == 1
