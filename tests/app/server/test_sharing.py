"""The address a group is given, and the same as a QR code."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from tests.app.server_process import Server

from pallkit_app.server import sharing

CASE = "pusten"

# --- The address ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("pallkit.example.no", "http://pallkit.example.no"),
        ("PallKit.example.no:8866", "http://pallkit.example.no:8866"),
        ("192.0.2.7:8866", "http://192.0.2.7:8866"),
        ("[2001:db8::7]:8866", "http://[2001:db8::7]:8866"),
        ("intern_maskin", "http://intern_maskin"),
    ],
)
def test_the_address_is_the_one_the_browser_asked(server: Server, host: str, told: str) -> None:
    page = server.ask(f"/kasus/{CASE}", headers={"Host": host}).page
    assert str(page.select("#address")[0]["value"]).startswith(f"{told}/app/kasus?case=")


@pytest.mark.parametrize(
    "host",
    [
        'x"onload=alert(1)',
        "a b",
        "evil.example/path",
        "user@evil.example",
        "evil.example#",
        "[127.0.0.1]",
        "",
    ],
)
def test_a_host_that_is_none_gets_no_address_and_no_code(server: Server, host: str) -> None:
    reply = server.ask(f"/kasus/{CASE}", headers={"Host": host})
    assert reply.status == 400
    assert "site-qr" not in reply.text
    assert quote(host) not in reply.text or not host


@given(host=st.text(max_size=80) | st.from_regex(r"[a-z0-9.@:/\[\]#?_-]{1,30}", fullmatch=True))
def test_whatever_a_host_is_the_address_has_no_other_parts(host: str) -> None:
    found = sharing.origin({"Host": host}, "http")
    if found is not None:
        parts = urlsplit(found)
        assert (parts.scheme, parts.path, parts.query, parts.fragment) == ("http", "", "", "")
        assert parts.username is None
        assert found.isascii()


@pytest.mark.parametrize(
    ("proto", "secure", "scheme"),
    [
        pytest.param("https", False, "https", id="a proxy says so"),
        pytest.param("https, http", False, "https", id="the first of two proxies says so"),
        pytest.param("ftp", False, "http", id="nonsense"),
        pytest.param("http", True, "https", id="the browser says so"),
    ],
)
def test_https_is_told_by_a_proxy_or_by_the_browser_itself(
    proto: str,
    secure: bool,  # noqa: FBT001  # given by name
    scheme: str,
) -> None:
    headers = {"Host": "pallkit.example.no", "X-Forwarded-Proto": proto}
    found = sharing.origin(headers, "http", secure=secure)
    assert found == f"{scheme}://pallkit.example.no"


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("http://127.0.0.1:8866/", True),
        ("http://127.9.9.9/", True),
        ("http://localhost:8866/", True),
        ("http://pallkit.localhost/", True),
        ("http://[::1]:8866/", True),
        ("http://0.0.0.0:8866/", True),
        ("http://192.0.2.7:8866/", False),
        ("https://pallkit.example.no/", False),
        ("http://localhost.example.no/", False),
    ],
)
def test_an_address_no_phone_can_reach_is_known(address: str, *, here: bool) -> None:
    assert sharing.only_here(address) == here


def test_the_page_warns_of_an_address_no_phone_can_reach(server: Server) -> None:
    for path in (f"/kasus/{CASE}", f"/kasus/{CASE}/qr"):
        here = server.get(path).page.select("[data-part=warning]")[0].get_text()
        assert "pallkit serve --host 0.0.0.0" in here
        away = server.ask(path, headers={"Host": "192.0.2.7:8866"}).page
        assert not away.select("[data-part=warning]")[0].get_text(strip=True)


# --- The code ------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", range(0, 250, 25))
def test_the_drawing_has_every_module_of_the_code_and_no_other(length: int) -> None:
    address = f"https://pallkit.example.no/app/kasus?case={'a-1' * length}"[: 42 + length]
    code = sharing.code(address)
    dark = set()
    for x, y, wide in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", code.path):
        dark |= {(int(x) + step, int(y)) for step in range(int(wide))}
    matrix = segno.make_qr(address, error="m").matrix
    assert dark == {
        (x + 4, y + 4) for y, row in enumerate(matrix) for x, module in enumerate(row) if module
    }
    assert code.size == len(matrix) + 8
    assert re.sub(r"M\d+ \d+h\d+v1h-\d+z", "", code.path) == ""
