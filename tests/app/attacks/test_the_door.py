"""Only our own addresses exist, in whatever way they are asked for, and asking costs little."""

from __future__ import annotations

import re
import socket
import time
from contextlib import ExitStack

import psutil
import pytest
from tests.app.server_process import Server, eventually

from pallkit_app.server.headers import APP_POLICY, PAGE_POLICY

NAMES = [
    *("/api/contents", "/api/contents/apps/case.ipynb", "/api/kernels", "/api/sessions"),
    *(
        "/api/terminals",
        "/api/kernelspecs",
        "/api/config/notebook",
        "/api/status",
        "/api/spec.yaml",
    ),
    *("/api/nbconvert", "/nbconvert/html/apps/case.ipynb", "/files/apps/case.ipynb"),
    *("/view/apps/case.ipynb", "/edit/x", "/tree", "/lab", "/lab/api/extensions", "/doc"),
    *("/voila/tree", "/voila/render/apps/case.ipynb", "/voila/files/apps/case.ipynb"),
    *("/voila/labextensions/", "/voila/labextensions/anywidget", "/lab/extensions/anywidget"),
    *("/terminals/1", "/terminals/websocket/1", "/api/events", "/api/events/subscribe"),
    *("/login", "/logout", "/hub/login", "/security/csp-report", "/custom/custom.css"),
    *("/kernelspecs/python3/logo-64x64.png", "/voila/templates/lab/static/x.js", "/nbextensions/x"),
    *("/.env", "/.git/HEAD", "/svar.jsonl", "/pallkit_config.py", "/favicon.ico/.."),
]
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "FOO")
LEAKS = ("Traceback", "site-packages", "tornado", "jupyter", "/home/", "/root", "root:x:", ".py")


@pytest.mark.parametrize("method", METHODS)
def test_what_is_not_ours_is_not_there_by_any_method(server: Server, method: str) -> None:
    for name in NAMES:
        reply = server.ask(name, method)
        assert reply.status in ({404, 405} if method not in METHODS[:7] else {404}), (method, name)
        assert not [leak for leak in LEAKS if leak in reply.text.lower()], (method, name)
        assert reply.headers["content-security-policy"] == PAGE_POLICY, (method, name)
        assert "server" not in reply.headers


WAYS = [
    *("/..{0}", "/../..{0}", "/%2e%2e{0}", "/%2e%2e/%2e%2e{0}", "/..%2f..{0}", "/..%5c..{0}"),
    *("/static/..{0}", "/static/%2e%2e{0}", "/static/..%2f..{0}", "/static/....//{0}"),
    *("/static/..%252f..{0}", "/static/%c0%ae%c0%ae{0}", "/static{0}%00.css", "/static//{0}"),
    *("/voila/static/..{0}", "/voila/static/%2e%2e/%2e%2e{0}", "/voila/static/..%2f..{0}"),
    *("/voila/static/{0}", "/voila/static//{0}", "/voila/labextensions/anywidget/static/..{0}"),
    *("/voila/labextensions/anywidget/static/%2e%2e{0}", "/kasus/..{0}", "/modul/..%2f..{0}"),
    *("/modul/..{0}", "/app/kasus/..{0}", "//{0}", "/./{0}", "/;{0}", "/%2f{0}", "/%00{0}"),
]
FILES = [
    *("/etc/passwd", "/proc/self/environ", "/proc/self/cmdline", "/app.py", "/apps/case.ipynb"),
    *("/../../pyproject.toml", "/casebank/sources.yaml", "/nbconvert/templates/lab/index.html.j2"),
]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_through_the_address_leads_to_a_file(
    server: Server, way: str, *, whole: bool
) -> None:
    for file in FILES if whole else FILES[::3]:
        reply = server.get(way.format(file))
        assert reply.status in (400, 404), (way, file)
        assert "root:x:" not in reply.text
        assert not [leak for leak in LEAKS if leak in reply.text.lower()], (way, file)


LANGUAGES = [
    "../../etc/passwd",
    "nb/../nn",
    "%00",
    "x" * 4000,
    "<script>",
    "NB",
    "nb%0d%0aX:%20y",
    "%ff",
]


@pytest.mark.parametrize("lang", LANGUAGES, ids=range(len(LANGUAGES)))
def test_a_language_that_is_none_is_bokmaal_and_goes_nowhere(server: Server, lang: str) -> None:
    for path in ("/", "/app/kalkulator", "/nowhere", "/modul/smertepumpe"):
        reply = server.get(f"{path}?lang={lang}&frame=only")
        assert reply.headers.get("content-language", "nb") == "nb"
        assert "x" not in reply.headers
        assert reply.page.html is not None
        assert reply.page.html["lang"] == "nb"
        assert lang not in reply.text


PAGES = [
    *("/", "/kasus", "/kasus/pusten", "/kasus/pusten/qr", "/moduler", "/om", "/personvern"),
    *("/tilgjengelighet", "/meld-fra", "/nowhere", "/static/page.css", "/static/nowhere"),
    *("/api/kernels/a-b-c-d-e", "/api/kernels/a-b-c-d-e/channels", "/healthz", "/metrics"),
    *("/voila/static/voila.js", "/voila/static/nowhere", "/kasus?topic=%ff", "/app/kasus?case=x"),
]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_policy_also_one_that_says_no(server: Server, path: str) -> None:
    for method in ("GET", "HEAD", "POST"):
        headers = server.ask(path, method).headers
        policy = headers["content-security-policy"]
        assert policy in (PAGE_POLICY, APP_POLICY)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers


def test_the_policies_let_in_no_script_but_ours_and_no_other_host() -> None:
    for policy, scripts in ((PAGE_POLICY, "'self'"), (APP_POLICY, "'self' blob:")):
        said = dict(part.split(" ", 1) for part in policy.split("; "))
        assert said["script-src"] == scripts
        assert said["default-src"] == "'self'"
        assert said["object-src"] == said["base-uri"] == "'none'"
        assert said["form-action"] == said["frame-ancestors"] == "'self'"
        assert "unsafe-eval" not in policy
        allowed = {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}
        assert {each for sources in said.values() for each in sources.split()} <= allowed


# --- The wire itself -----------------------------------------------------------------------------


def _say(server: Server, data: bytes, *, seconds: float = 5) -> bytes:
    """Send raw bytes, and answer all that comes until the server hangs up or is quiet."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as wire:
        wire.sendall(data)
        heard = b""
        while True:
            try:
                part = wire.recv(65536)
            except (TimeoutError, ConnectionResetError):
                return heard
            if not part:
                return heard
            heard += part


SECOND = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
HEAD = b"POST /om HTTP/1.1\r\nHost: localhost\r\n"
SMUGGLED = {
    "both lengths": HEAD
    + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    + SECOND,
    "two lengths": HEAD + b"Content-Length: 0\r\nContent-Length: 60\r\n\r\n" + SECOND,
    "a list of lengths": HEAD + b"Content-Length: 0, 60\r\n\r\n" + SECOND,
    "a signed length": HEAD + b"Content-Length: +0\r\n\r\n" + SECOND,
    "a negative length": HEAD + b"Content-Length: -1\r\n\r\n" + SECOND,
    "a length in hex": HEAD + b"Content-Length: 0x0\r\n\r\n" + SECOND,
    "a length in other digits": HEAD + "Content-Length: ٠\r\n\r\n".encode() + SECOND,
    "an unknown encoding": HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SECOND,
    "two encodings": HEAD + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + SECOND,
    "a chunk of no size": HEAD + b"Transfer-Encoding: chunked\r\n\r\nx\r\n\r\n" + SECOND,
    "a chunk signed": HEAD + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n" + SECOND,
    "a space before the colon": HEAD + b"Content-Length : 0\r\n\r\n" + SECOND,
    "a header with no name": HEAD + b": x\r\n\r\n" + SECOND,
    "a header with a zero": HEAD + b"X: a\x00b\r\nContent-Length: 0\r\n\r\n" + SECOND,
    "no method": b"/om HTTP/1.1\r\nHost: localhost\r\n\r\n" + SECOND,
    "an old version": b"GET /om\r\n" + SECOND,
}


@pytest.mark.parametrize("data", SMUGGLED.values(), ids=SMUGGLED)
def test_a_request_of_two_readings_is_turned_away_with_what_follows_it(
    server: Server, data: bytes
) -> None:
    heard = _say(server, data)
    assert heard.count(b"HTTP/1.1 ") <= 1
    assert heard == b"" or heard.startswith(b"HTTP/1.1 400 ")
    assert server.get("/healthz").status == 200


@pytest.mark.parametrize(
    "head",
    [
        b"GET http://elsewhere.example/ HTTP/1.1\r\nHost: localhost\r\n",
        b"GET http://elsewhere.example/kasus HTTP/1.1\r\nHost: localhost\r\n",
        b"CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: localhost\r\n",
        b"GET elsewhere.example HTTP/1.1\r\nHost: localhost\r\n",
        b"GET //elsewhere.example/%2f.. HTTP/1.1\r\nHost: localhost\r\n",
        b"GET /kasus//elsewhere.example HTTP/1.1\r\nHost: localhost\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n",
    ],
)
def test_it_is_no_proxy_and_sends_nobody_on(server: Server, head: bytes) -> None:
    heard = _say(server, head + b"Connection: close\r\n\r\n").decode()
    assert not re.match(r"HTTP/1.1 3", heard)
    assert "\r\nLocation:" not in heard
    assert "elsewhere.example" not in heard


def test_a_large_head_and_a_large_body_are_not_read(server: Server) -> None:
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    for _turn in range(5):
        heard = _say(
            server, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 200_000 + b"\r\n\r\n"
        )
        assert heard == b"" or heard.startswith((b"HTTP/1.1 4", b"HTTP/1.1 4"))
        heard = _say(server, b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert heard == b"" or heard.startswith(b"HTTP/1.1 4")
        for path in (b"/om", b"/nowhere", b"/voila/api/shutdown/a-b-c-d-e"):
            told = (
                b"POST "
                + path
                + b" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000000\r\n\r\n"
            )
            heard = _say(server, told + b"x" * 100_000)
            assert heard == b"" or heard.startswith(b"HTTP/1.1 4")
    assert process.memory_info().rss - before < 30 * 2**20
    assert server.get("/").status == 200


def test_hundreds_of_half_requests_keep_nobody_waiting(server: Server, *, whole: bool) -> None:
    """A slow loris. With --whole it is also seen that each is let go in time."""
    start, process = time.monotonic(), psutil.Process(server.process.pid)
    before = len(process.net_connections())
    with ExitStack() as wires:
        for _turn in range(300):
            wire = wires.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            wire.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        asked = time.monotonic()
        assert server.get("/").status == 200
        assert time.monotonic() - asked < 10
        if whole:
            wire.settimeout(100)
            assert wire.recv(100) == b""
            assert time.monotonic() - start < 100
    eventually(
        lambda: len(process.net_connections()) - before < 50,
        what="the connections are let go",
    )


QUERIES = [
    *("q=" + "%EF%BB%BF" * 300, "q=" + "a" * 8000, "q=" + "%20" * 4000, "q=" + "aa" * 4000),
    *("q=" + "%C3%85" * 2000, "q=" + "(" * 5000, "&".join("q=a" for _n in range(2000))),
    *("lang=" + "nb," * 2000, "topic=" + "smerte," * 1000, "time=" + "9" * 5000, "a[b][c]=1" * 500),
    *("case=" + "a-" * 4000, "page=" + "/a" * 4000, "version=" + "1." * 4000),
]


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_no_query_costs_the_server_a_second(server: Server, query: str) -> None:
    process = psutil.Process(server.process.pid)
    for path in (
        "/kasus",
        "/meld-fra",
        "/app/kasus",
        "/app/kalkulator?frame=only&",
        "/kasus/pusten",
    ):
        before = process.cpu_times().user + process.cpu_times().system
        reply = server.get(f"{path}{'' if '?' in path else '?'}{query}")
        assert reply.status in (200, 400, 404)
        assert process.cpu_times().user + process.cpu_times().system - before < 1, path
