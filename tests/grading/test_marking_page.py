"""The server of the marking page: who it lets in, what it refuses, and what it writes."""

from __future__ import annotations

import contextlib
import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
from tests.grading import marked_course
from tests.grading.marked_course import NB, TEXT, ManualServer, MarkedCourse, manual_server

from pallkit_app.courses.reading import read_course, read_keys
from pallkit_app.marking_page.actions import Desk
from pallkit_app.marking_page.serving import Opening, PortTakenError, serve
from pallkit_app.marking_page.sitting import Sitting

pytestmark = pytest.mark.xdist_group("marked-course")  # made once, whichever worker does it


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Client:
    """A browser, as far as the server can tell; each header may be another's."""

    server: ManualServer
    cookie: str = ""
    secret: str = ""

    def ask(self, path: str, body: Any = None, **headers: str | None) -> Reply:
        port = self.server.port
        sent: dict[str, str | None] = {"Cookie": self.cookie, "Host": f"127.0.0.1:{port}"}
        if body is not None:
            sent |= {
                "Content-Type": "application/json",
                "Origin": f"http://127.0.0.1:{port}",
                "Sec-Fetch-Site": "same-origin",
                "X-PallKit-Page": self.secret,
            }
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            line.putrequest("GET" if body is None else "POST", path, skip_host=True)
            for name, value in sent.items():
                if value is not None:
                    line.putheader(name, value)
            data = (
                b""
                if body is None
                else body
                if isinstance(body, bytes)
                else json.dumps(body).encode()
            )
            line.putheader("Content-Length", str(len(data)))
            line.endheaders()
            if data:
                line.send(data)
            answer = line.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, found, answer.read().decode())
        finally:
            line.close()

    def enter(self) -> None:
        """Open the newest address, as its reader does."""
        address = urlsplit(self.server.addresses[-1])
        reply = self.ask(f"/?{address.query}")
        assert reply.status == 200
        self.cookie = reply.headers["set-cookie"].partition(";")[0]
        page = self.ask("/").text
        self.secret = page.partition('name="pallkit-page" content="')[2].partition('"')[0]

    def item(self, name: str) -> dict[str, Any]:
        view = json.loads(self.ask(f"/api/task/{TEXT}").text)
        found: dict[str, Any] = next(one for one in view["items"] if one["name"] == name)
        return found


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> MarkedCourse:
    made = marked_course.made_once(tmp_path_factory)
    return marked_course.copy(made, tmp_path_factory.mktemp("page") / "course")


@pytest.fixture(scope="module")
def server(course: MarkedCourse) -> Iterator[ManualServer]:
    with manual_server(course, "--as", "kari") as running:
        yield running


@pytest.fixture(scope="module")
def inside(server: ManualServer) -> Client:
    client = Client(server)
    client.enter()
    return client


def _mark(inside: Client, name: str = "anne", **changed: Any) -> tuple[str, dict[str, Any]]:
    item = inside.item(name)
    body = {
        "do": "mark",
        "points": "2.5",
        "rubric": {"bytte": "1.5"},
        "comment": "Bra.",
        "reason": "",
    }
    return f"/api/task/{TEXT}/{item['id']}", {**body, "version": item["version"], **changed}


def test_the_address_works_once_and_a_new_one_stands_in_the_terminal(
    server: ManualServer, inside: Client
) -> None:
    used = urlsplit(server.addresses[0]).query
    assert Client(server).ask(f"/?{used}").status == 403
    new = server.next_address()
    assert new != server.addresses[0]
    again = Client(server)
    again.enter()
    assert again.ask("/").status == 200
    assert inside.ask("/").status == 200


def test_the_cookie_is_not_for_scripts_nor_for_other_sites(
    server: ManualServer, inside: Client
) -> None:
    Client(server).ask(f"/?{urlsplit(server.addresses[-1]).query}")  # used by now
    reply = Client(server).ask(f"/?{urlsplit(server.next_address()).query}")
    assert "HttpOnly" in reply.headers["set-cookie"]
    assert "SameSite=Strict" in reply.headers["set-cookie"]
    assert inside.ask("/").status == 200


@pytest.mark.parametrize("path", ["/", "/api/overview", f"/api/task/{TEXT}"])
@pytest.mark.parametrize("cookie", ["", "pallkit=x", "pallkit-1=x"])
def test_nothing_is_told_without_the_cookie(server: ManualServer, path: str, cookie: str) -> None:
    reply = Client(server, cookie).ask(path)
    assert reply.status == 403
    assert "anne" not in reply.text


@pytest.mark.parametrize(
    "host", ["ond.example", "127.0.0.1", "127.0.0.1:1", "localhost.ond.example:80"]
)
def test_another_host_name_is_turned_away(inside: Client, host: str) -> None:
    assert inside.ask("/", Host=host).status == 403
    assert inside.ask("/static/marking.js", Host=host).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": None},
        {"Origin": "null"},
        {"Origin": "http://ond.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"X_PallKit_Page": None},
        {"X_PallKit_Page": "gjettet"},
        {"Cookie": None},
    ],
    ids=str,
)
def test_a_mark_from_another_page_is_not_written(
    inside: Client, headers: dict[str, str | None]
) -> None:
    path, body = _mark(inside, "cecilie")
    assert inside.ask(path, body, **headers).status == 403
    assert inside.item("cecilie")["mark"] is None


def test_a_mark_from_the_page_is_in_nbgraders_gradebook(
    inside: Client, course: MarkedCourse
) -> None:
    path, body = _mark(inside)
    reply = inside.ask(path, body)
    assert reply.status == 200
    assert json.loads(reply.text)["mark"]["grader"] == "kari"
    with course.book() as book:
        grade = book.find_grade(TEXT, NB, NB, "anne")
        assert (grade.manual_score, grade.needs_manual_grade) == (2.5, False)
    assert inside.ask(path, body).status == 409  # from a state that is not the state any more


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"points": "9"}, 422),
        ({"points": "førti"}, 422),
        ({"points": "NaN"}, 422),
        ({"points": 3}, 422),
        ({"rubric": {"bytte": "7"}}, 422),
        ({"rubric": {"ukjent": "1"}}, 422),
        ({"rubric": []}, 422),
        ({"comment": "x" * 10_001}, 422),
        ({"comment": "010190 12345"}, 422),
        ({"comment": ["x"]}, 422),
        ({"do": "slett"}, 400),
    ],
    ids=str,
)
def test_what_the_page_would_not_send_is_refused(
    inside: Client, changed: dict[str, Any], status: int
) -> None:
    path, body = _mark(inside, "dag", **changed)
    reply = inside.ask(path, body)
    assert reply.status == status
    assert "010190" not in reply.text
    assert inside.item("dag")["mark"] is None


@pytest.mark.parametrize("body", [b"{", b"[]", b"[" * 30_000, b"\xff\xfe"])
def test_a_body_that_is_no_request_is_refused(inside: Client, body: bytes) -> None:
    path, _body = _mark(inside, "dag")
    assert inside.ask(path, body).status == 400


def test_a_body_without_end_is_cut_off(inside: Client) -> None:
    path, _body = _mark(inside, "dag")
    # It may hang up before all of it is sent.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        assert inside.ask(path, b"x" * 200_000).status in (400, 413)
    assert inside.ask("/").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/api/task/ukjent",
        "/api/task/..%2f..%2fetc",
        "/static/..%2fguard.py",
        "/static/guard.py",
        "/noe",
        f"/api/task/{TEXT}/xyz",
    ],
)
def test_an_address_that_is_not_there_is_404(inside: Client, path: str) -> None:
    assert inside.ask(path).status == 404


def test_a_hand_in_that_is_not_there_is_said_so(inside: Client) -> None:
    assert inside.ask(f"/api/task/{TEXT}/{'0' * 16}").status == 422


@pytest.mark.parametrize("path", ["/", "/noe", "/static/marking.js", "/api/overview"])
def test_every_answer_has_the_headers(inside: Client, path: str) -> None:
    for client in (inside, Client(inside.server)):
        headers = client.ask(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers


def test_no_other_machine_can_reach_it(server: ManualServer) -> None:
    process = psutil.Process(server.process.pid)
    listening = [one for one in process.net_connections() if one.status == psutil.CONN_LISTEN]
    assert {one.laddr.ip for one in listening} == {"127.0.0.1"}


def test_a_port_that_is_taken_is_said_in_one_line(
    server: ManualServer, course: MarkedCourse
) -> None:
    key = read_keys(course.folder)
    desk = Desk(None, Sitting(course.folder, read_course(course.folder), key, NB, "kari"))
    with pytest.raises(PortTakenError, match=f"Port {server.port} is in use"):
        serve(desk, Opening(server.port, "nb"), print)
