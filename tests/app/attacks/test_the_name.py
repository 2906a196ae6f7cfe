"""Under another's name there is nothing here: a site whose name is led to us reads nothing."""

from __future__ import annotations

import re
import socket

import pytest
from tests.app.attacks.line import line, open_page
from tests.app.server_process import Reply, Server
from websockets.exceptions import InvalidStatus

from pallkit.i18n import LANGUAGES
from pallkit_app.server import hosts
from pallkit_app.server.hosts import HostNameError, Hosts, checked
from pallkit_app.server.wrong_host import POLICY

STRANGERS = [
    *("evil.example", "evil.example:8866", "127.0.0.1.evil.example", "localhost.evil.example"),
    *("127.0.0.1:8866.evil.example", "evil.example.", "xn--lring-sra.example", "127-0-0-1.example"),
    *("127.0.0.1evil", "1.2.3", "evil.localhost.example", "a" * 300, "x y", "x/y.z", "æ.example"),
]
EVERYWHERE = ["127.0.0.1", "127.0.0.1:8866", "localhost:1", "LOCALHOST.", "[::1]:8866", "[::1]", ""]


@pytest.mark.parametrize("host", EVERYWHERE)
@pytest.mark.parametrize("ip", ["127.0.0.1", "0.0.0.0", "::", ""])  # noqa: S104
def test_the_machine_itself_comes_in_by_its_own_address(ip: str, host: str) -> None:
    assert Hosts(ip).known(host)


@pytest.mark.parametrize("host", STRANGERS)
@pytest.mark.parametrize("ip", ["127.0.0.1", "0.0.0.0", "192.0.2.7"])  # noqa: S104
def test_a_strangers_name_is_not_ours_wherever_we_listen(ip: str, host: str) -> None:
    assert not Hosts(ip, ["laring.example.no"]).known(host)


def test_a_classroom_comes_in_by_number_and_by_what_the_machine_is_called() -> None:
    name = socket.gethostname()
    own = [name, f"{name.upper()}:8866", f"{name.partition('.')[0]}.local", socket.getfqdn()]
    for host in [*own, "192.0.2.7:8866", "[2001:db8::7]:8866", "PC-ROM-3:8866", "intern_maskin"]:
        assert Hosts("0.0.0.0").known(host), host  # noqa: S104
        if host != "localhost":
            assert not Hosts("127.0.0.1").known(host), host


def test_a_name_that_is_allowed_comes_in_in_any_letters_and_by_any_port() -> None:
    named = Hosts("127.0.0.1", [checked("Læring.Example.no"), checked("[2001:db8::7]")])
    for host in ("xn--lring-sra.example.no", "XN--LRING-SRA.example.NO:8443", "[2001:DB8::7]:1"):
        assert named.known(host)
    assert not named.known("example.no")
    assert Hosts("127.0.0.1", ["*"]).known("evil.example")


@pytest.mark.parametrize(
    "name", ["", "a b", "http://x.no", "x.no/", ".x.no", "*.no", "x..no", "-x"]
)
def test_what_is_no_name_is_refused_when_the_server_starts(name: str) -> None:
    with pytest.raises(HostNameError):
        checked(name)


def test_the_addresses_that_are_told_to_others_are_ones_that_work() -> None:
    told = hosts.ways_in("0.0.0.0")  # noqa: S104
    assert told[0] == socket.gethostname()
    assert all(Hosts("0.0.0.0").known(f"{host}:8866") for host in told)  # noqa: S104
    assert not [host for host in told if host.startswith(("127.", "169.254.", "["))]
    assert hosts.ways_in("2001:db8::7") == ["[2001:db8::7]"]


# --- On a server ---------------------------------------------------------------------------------

PATHS = [
    *("/", "/kasus", "/app/kalkulator", "/modul/smertepumpe", "/static/page.js", "/healthz"),
    *("/metrics", "/nowhere", "/api/kernels/{kernel}", "/api/kernels/{kernel}/channels"),
]


def _by_name(server: Server, host: str, path: str, method: str = "GET") -> Reply:
    return server.ask(path, method, {"Host": host})


@pytest.mark.parametrize("path", [*PATHS, "/voila/api/shutdown/{kernel}"])
def test_a_page_of_anothers_name_gets_one_short_page_and_nothing_else(
    server: Server, kernel: str, path: str
) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        reply = _by_name(server, "evil.example", path.format(kernel=kernel), method)
        assert reply.status == 421
        assert reply.headers["content-security-policy"] == POLICY
        assert not re.search(r"evil|script|src=|href=|tornado|kernel", reply.text)
        assert len(reply.body) < 3000
        assert "access-control-allow-origin" not in reply.headers
    assert server.get(f"/api/kernels/{kernel}").status == 200  # it was not ended


def test_the_short_page_is_in_the_readers_language(server: Server) -> None:
    titles = set()
    for lang in LANGUAGES:
        page = _by_name(server, "evil.example", f"/kasus?lang={lang}").page
        assert page.html is not None
        assert page.html["lang"] == lang
        titles.add(page.select("h1")[0].get_text())
    assert len(titles) == len(LANGUAGES)


def test_a_site_led_here_gets_no_line_to_a_kernel(server: Server, kernel: str) -> None:
    """To the browser the page and the line are of one origin: only the name tells."""
    with (
        pytest.raises(InvalidStatus) as refused,
        line(server, kernel, host="evil.example", origin=f"http://evil.example:{server.port}"),
    ):
        pass
    assert refused.value.response.status_code == 421


def test_a_program_that_says_no_name_is_no_browser_and_is_answered(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as wire:
        wire.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
        heard = b""
        while part := wire.recv(4096):
            heard += part
    assert heard.startswith(b"HTTP/1.1 200 ")
    assert heard.endswith(b"ok\n")


def test_without_the_check_a_site_led_here_steers_the_page(weak: Server | None) -> None:
    if weak is None:
        return
    assert "Kalkulator" in _by_name(weak, "evil.example", "/om").text
    origin = f"http://evil.example:{weak.port}"
    with line(weak, open_page(weak), host="evil.example", origin=origin) as attacker:
        (widget,) = attacker.widgets()
        assert attacker.calculates(widget)
