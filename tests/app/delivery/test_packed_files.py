"""Style sheets, scripts and fonts: small on the wire, and asked for once."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import brotli
import pytest
from tests.app.server_process import Reply, Server

from pallkit_app.server.assets import files, packed
from pallkit_app.server.delivery.packed import Packed

CASE = "/app/kasus?case=smerte-kan-ikke-svelge&frame=only"
FOREVER = "public, max-age=31536000, immutable"


def _ask(server: Server, path: str, accept: str = "", **headers: str) -> Reply:
    return server.ask(path, headers={"Accept-Encoding": accept} | headers)


def _addresses(server: Server, page: str) -> list[str]:
    found = server.get(page).page.select("link[href*='/static/'], script[src*='/static/']")
    return [str(each.get("href") or each.get("src")) for each in found]


@pytest.mark.parametrize("page", ["/", "/kasus", CASE, "/modul/smertepumpe?frame=only"])
def test_what_a_page_asks_for_may_be_kept_for_a_year(server: Server, page: str) -> None:
    addresses = _addresses(server, page)
    assert len(addresses) >= 4
    for address in addresses:
        reply = server.get(address)
        assert (reply.status, reply.headers["cache-control"]) == (200, FOREVER), address


@pytest.mark.parametrize("version", ["", "?v=", "?v=0123456789ab", "?v=4.1"])
def test_a_file_under_another_versions_address_is_asked_for_again(
    server: Server, version: str
) -> None:
    reply = server.get(f"/static/site.css{version}")
    assert (reply.status, reply.headers["cache-control"]) == (200, "no-cache")


def test_a_file_that_has_not_changed_is_not_sent_again(server: Server) -> None:
    first = _ask(server, "/static/site.css", "gzip")
    again = _ask(server, "/static/site.css", "gzip", **{"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    other = _ask(server, "/static/site.css", "br", **{"If-None-Match": first.headers["etag"]})
    assert other.status == 200


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        pytest.param("gzip, deflate, br, zstd", "br", id="a browser over TLS"),
        pytest.param("gzip, deflate", "gzip", id="a browser without"),
        pytest.param("br;q=0, gzip;q=0.5", "gzip", id="not brotli"),
        pytest.param("", None, id="nothing asked"),
        pytest.param("GZIP", "gzip", id="written large"),
        pytest.param(";;q=,=;q=x", None, id="junk"),
    ],
)
def test_each_gets_the_smallest_form_it_takes(
    server: Server, accept: str, coding: str | None
) -> None:
    plain = packed("site.css").body
    reply = _ask(server, "/static/site.css", accept)
    assert reply.headers.get("content-encoding") == coding
    assert reply.headers["vary"] == "Accept-Encoding"
    assert int(reply.headers["content-length"]) == len(reply.body)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert unpack(reply.body) == plain


def test_a_font_is_not_compressed_twice(server: Server) -> None:
    reply = _ask(server, "/static/inter.woff2", "br, gzip")
    assert "content-encoding" not in reply.headers
    assert reply.headers["content-type"] == "font/woff2"


def test_asking_for_the_head_of_a_file_tells_its_length_and_sends_nothing(server: Server) -> None:
    reply = server.ask("/static/site.css", "HEAD")
    assert reply.status == 200
    assert int(reply.headers["content-length"]) == len(packed("site.css").body)
    assert reply.body == b""


def test_the_styles_of_every_page_are_one_file_in_their_order() -> None:
    css = packed("site.css").body.decode()
    places = [css.index(packed(name).body.decode()[:60]) for name in ("theme.css", "tokens.css")]
    assert places == sorted(places)
    assert css.index("@layer") < places[0]


def test_a_font_and_an_imported_script_have_the_addresses_that_are_kept(server: Server) -> None:
    for name in ("site.css", "module.js", "shelf.js"):
        for found in _inner(packed(name).body.decode()):
            assert server.get(f"/static/{found}").headers["cache-control"] == FOREVER, found


def _inner(text: str) -> Iterator[str]:
    found = re.findall(r'url\("([^"#]+)"\)|from "\./([^"]+)"', text)
    assert found
    yield from (font or script for font, script in found if not font.startswith("data:"))


def test_every_file_is_served_as_what_it_is(server: Server) -> None:
    kinds = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
    for name in files():
        kind = kinds.get(name.rpartition(".")[2])
        reply = server.get(f"/static/{name}")
        assert reply.status == 200
        assert not kind or reply.headers["content-type"].partition(";")[0] == kind


def test_the_same_text_has_the_same_digest_and_another_another() -> None:
    assert Packed(b"a", "text/css").digest == Packed(b"a", "text/css").digest
    assert Packed(b"a", "text/css").digest != Packed(b"b", "text/css").digest
