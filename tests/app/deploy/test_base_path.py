"""Under a path of its own every address of ours begins with it, and nothing else answers."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bs4 import Tag
from tests.app.server_process import Server, free_port, serving

from pallkit_app.deploy.base_path import BasePathError, base_path

BASE = "/pallkit/"
ADDRESSES = ("href", "src", "action", "data-kernels", "data-shutdown", "data-tools", "data-address")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(options=["--base-url", "pallkit"]) as running:
        yield running


@pytest.mark.parametrize(
    ("given", "meant"),
    [("/", "/"), ("", "/"), ("pallkit", "/pallkit/"), ("/laring/pallkit", "/laring/pallkit/")],
)
def test_has_a_slash_at_both_ends(given: str, meant: str) -> None:
    assert base_path(given) == meant


@pytest.mark.parametrize(
    "given",
    ["/a b/", '/">/', "/a//b/", "/../", "/./", "/a;b/", "/æ/", "http://x/", "/$uri/", "/a\n/"],
)
def test_refuses_what_would_need_escaping_somewhere(given: str) -> None:
    with pytest.raises(BasePathError, match="cannot be the path of a web site"):
        base_path(given)


def test_a_path_that_cannot_be_is_told_in_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pallkit_app", "serve", "--no-open", "--base-url", "/a b/",
         "--port", str(free_port())],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "/a b/" in done.stderr


def test_every_link_leads_to_a_page_below_the_path(server: Server) -> None:
    """From the start page, as a reader would, but every one; pages with kernels as frames."""
    seen: set[str] = set()
    waiting = [BASE]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        reply = server.get(_without_kernel(address))
        assert reply.status == 200, address
        if "html" in reply.headers["content-type"]:
            waiting += _links(reply.page.select("*"), address)
        elif "css" in reply.headers["content-type"]:
            urls = re.findall(r"url\(([^)]+)\)", reply.text)
            found = (url.strip("\"'") for url in urls)
            waiting += [urljoin(address, url) for url in found if not url.startswith("data:")]
    kinds = {urlsplit(one).path.removeprefix(BASE).partition("/")[0] for one in seen}
    assert kinds >= {"", "kasus", "moduler", "modul", "app", "om", "tilgjengelighet", "static"}
    assert all(one.startswith(BASE) for one in seen)


def _without_kernel(address: str) -> str:
    if not address.startswith((f"{BASE}app/", f"{BASE}modul/")):
        return address
    return f"{address}{'&' if '?' in address else '?'}frame=only"


def _links(tags: list[Tag], address: str) -> Iterator[str]:
    for tag in tags:
        for name in ADDRESSES:
            value = str(tag.get(name, ""))
            if not value or value.startswith(("mailto:", "http", "#")):
                continue
            found = urldefrag(urljoin(address, value)).url
            assert found.startswith(BASE), f"{address} leads to {found}"
            if name in {"href", "src", "action"}:
                yield found


def test_nothing_answers_outside_the_path(server: Server) -> None:
    for path in ("/", "/kasus", "/static/page.css", "/pallkitt/", "/pallkit"):
        reply = server.get(path)
        assert reply.status == 404, path
        assert reply.page.select("header a")[0]["href"] == BASE


def test_a_configuration_file_may_say_the_path(tmp_path: Path) -> None:
    (tmp_path / "pallkit_config.py").write_text("c.PallkitServer.base_url = '/kurs'\n", "utf-8")
    with serving(cwd=tmp_path) as running:
        assert running.get("/kurs/").status == 200
