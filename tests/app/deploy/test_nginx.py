"""nginx, set up by what ``pallkit deploy nginx`` writes and nothing else, in front of PallKit."""

from __future__ import annotations

import json
import re
import socket
import ssl
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from tests.app.deploy.nginx import NAME, Front, NoNginxError, fronted
from tests.app.server_process import Server, free_port, serving
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from pallkit.cases import prose
from pallkit_app.deploy.writing import DeployError, Proxy, nginx

BASE = "/pallkit/"
CASE = "smerte-kan-ikke-svelge"
CASE_PAGE = f"{BASE}app/kasus?case={CASE}"
KERNEL = re.compile(rb'"kernelId": ?"([0-9a-f-]{36})"')


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(options=["--base-url", BASE, "--allowed-host", NAME]) as running:
        yield running


@pytest.fixture(scope="module")
def front(server: Server) -> Iterator[Front]:
    with _fronted(server.port, BASE) as running:
        yield running


@contextmanager
def _fronted(port: int, base_url: str) -> Iterator[Front]:
    try:
        with fronted(port, base_url=base_url) as running:
            yield running
    except NoNginxError as error:
        pytest.fail(str(error), pytrace=False)


class Echo(BaseHTTPRequestHandler):
    """In PallKit's place: answers with the headers that came."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = json.dumps(dict(self.headers.items())).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_about: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def told() -> Iterator[Front]:
    """In front of a server that answers with what it was told."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as echo:
        Thread(target=echo.serve_forever, daemon=True).start()
        with _fronted(echo.server_port, "/") as running:
            yield running
        echo.shutdown()


def test_shows_the_pages_under_their_path_over_tls(front: Front) -> None:
    reply = front.ask(BASE)
    assert reply.status == 200
    assert reply.headers["strict-transport-security"] == "max-age=31536000"
    assert "script-src 'self'" in reply.headers["content-security-policy"]
    assert reply.headers["server"] == "nginx"  # and not which one
    style = str(reply.page.select_one("link[rel=stylesheet]")["href"])  # type: ignore[index]  # it is there
    assert style.startswith(BASE)
    assert front.ask(style).status == 200
    assert front.ask(f"{BASE}healthz").text == "ok\n"


@pytest.mark.parametrize("path", ["/", "/kasus", "/pallkit/metrics", "/pallkit/../etc/passwd"])
def test_nothing_else_is_there(front: Front, path: str) -> None:
    assert front.ask(path).status in {400, 404}


def test_leads_from_http_and_from_the_bare_path_to_where_the_pages_are(front: Front) -> None:
    plain = front.ask_plainly("/pallkit/kasus?q=kvalme")
    assert (plain.status, plain.headers["location"]) == (301, f"{front.url}/pallkit/kasus?q=kvalme")
    bare = front.ask("/pallkit")
    assert (bare.status, bare.headers["location"]) == (301, f"{front.url}/pallkit/")


def test_speaks_http_2_and_no_tls_older_than_1_2(front: Front) -> None:
    with pytest.raises(ssl.SSLError):
        _shake(front, ssl.TLSVersion.TLSv1_1)
    assert _shake(front, ssl.TLSVersion.TLSv1_3) == "h2"


def _shake(front: Front, newest: ssl.TLSVersion) -> str | None:
    context = front.trusting
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that TLS 1.1 is old is the point
        if newest < ssl.TLSVersion.TLSv1_2:
            context.minimum_version = newest
        context.maximum_version = newest
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", front.https), timeout=20) as line,
        context.wrap_socket(line, server_hostname=NAME) as secure,
    ):
        return secure.selected_alpn_protocol()


def test_the_patient_comes_through_before_the_kernel_is_up(front: Front) -> None:
    first = b"".join(_parts(front, until="Gjør kasuset klart".encode()))
    assert prose(CASE, "nb").title.encode() in first
    assert not KERNEL.search(first)


def _parts(front: Front, *, until: bytes) -> Iterator[bytes]:
    line = front.open()
    try:
        line.request("GET", CASE_PAGE, headers={"Host": f"{NAME}:{front.https}"})
        reply, seen = line.getresponse(), b""
        while until not in seen:
            part = reply.read1(65536)
            assert part, "the page ended"
            seen += part
            yield part
    finally:
        line.close()


def _line(front: Front, kernel: str, *, origin: str = "") -> ClientConnection:
    return connect(
        f"wss://{NAME}:{front.https}{BASE}api/kernels/{kernel}/channels",
        sock=socket.create_connection(("127.0.0.1", front.https), timeout=60),
        ssl=front.trusting,
        origin=origin or front.url,  # type: ignore[arg-type]  # a NewType of str
        proxy=None,
    )


def test_a_page_talks_with_its_kernel_through_the_websocket(front: Front) -> None:
    found = KERNEL.search(front.ask(CASE_PAGE).body)
    assert found
    kernel = found[1].decode()
    ask = {
        "header": {"msg_id": "1", "session": "s", "username": "", "version": "5.3",
                   "msg_type": "comm_info_request", "date": "2026-01-01T00:00:00Z"},
        "parent_header": {}, "metadata": {}, "content": {}, "buffers": [], "channel": "shell",
    }  # fmt: skip
    with _line(front, kernel) as line:
        line.send(json.dumps(ask))
        kinds = set()
        while "comm_info_reply" not in kinds:
            kinds.add(json.loads(line.recv(timeout=30))["header"]["msg_type"])
    with pytest.raises(InvalidStatus):
        _line(front, kernel, origin="https://other.example.no")
    assert front.ask(f"{BASE}voila/api/shutdown/{kernel}", method="POST", body=b"").status < 300


def test_takes_nothing_large(front: Front) -> None:
    assert front.ask(BASE, method="POST", body=b"x" * 70_000).status == 413


def test_a_visitor_cannot_pass_for_another(told: Front) -> None:
    lies = {
        "X-Forwarded-For": "192.0.2.7",
        "X-Real-IP": "192.0.2.7",
        "X-Forwarded-Proto": "gopher",
        "X-Scheme": "gopher",
        "Forwarded": "for=192.0.2.7",
    }
    heard: Mapping[str, str] = json.loads(told.ask("/", headers=lies).body)
    assert heard["X-Forwarded-For"] == "127.0.0.1"
    assert heard["X-Real-IP"] == "127.0.0.1"
    assert heard["X-Forwarded-Proto"] == "https"
    assert heard["Host"] == f"{NAME}:{told.https}"
    assert not {"X-Scheme", "Forwarded", "Upgrade"} & set(heard)


def test_says_who_waits_and_tries_again_while_pallkit_is_away() -> None:
    with _fronted(free_port(), BASE) as running:
        reply = running.ask(f"{BASE}kasus")
        written = running.log.read_text() if running.log.exists() else ""
    assert reply.status == 503
    assert reply.headers["retry-after"] == "10"
    assert reply.headers["cache-control"] == "no-store"
    assert "PallKit er straks tilbake" in reply.text
    assert "kvart tiande sekund" in reply.text
    assert reply.page.select('meta[http-equiv="refresh"][content="10"]')
    assert written == ""  # nginx would name the visitor


def test_writes_no_line_about_who_read_what(front: Front) -> None:
    front.ask(f"{BASE}kasus?q=kvalme")
    assert front.log.read_text() == ""
    assert not [*front.log.parent.glob("*access*")]


@pytest.mark.parametrize(
    "change",
    [
        {"name": "a b"},
        {"name": "x;return 200"},
        {"name": "-x.no"},
        {"certificate": "tls.pem"},
        {"key": "/etc/x;}"},
        {"log": "/var/log/$host"},
    ],
)
def test_writes_nothing_that_nginx_would_read_as_more(change: dict[str, str]) -> None:
    given = {"name": NAME, "certificate": "/etc/a.pem", "key": "/etc/a.key"} | change
    with pytest.raises(DeployError):
        nginx(Proxy(base_url="/", port=8866, **given))
