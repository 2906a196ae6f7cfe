"""``pallkit serve``: starting it, stopping it, and what it says when it cannot start."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import psutil
import pytest
from tests.app.server_process import Server, eventually, serving


@pytest.fixture(scope="module")
def plain() -> Iterator[Server]:
    """A server as it comes, without an address for reports."""
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def configured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server started where both our own configuration and one of Voila's lie."""
    folder = tmp_path_factory.mktemp("configured")
    ours = "c.PallkitServer.report_address = 'meld@example.org'\n"
    (folder / "pallkit_config.py").write_text(ours, "utf-8")
    theirs = '{"VoilaConfiguration": {"show_tracebacks": true, "strip_sources": false}}'
    (folder / "voila.json").write_text(theirs, "utf-8")
    with serving(cwd=folder) as running:
        yield running


def test_says_where_it_is_in_one_line_and_nothing_more() -> None:
    with serving() as server:
        server.get("/")
        server.get("/finnes-ikke")
        server.get("/app/kalkulator")
        out, err = server.end()
    assert (out, err) == ("", "")  # the one line was read when it started
    assert server.process.returncode == 0


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stops_everything_it_started(sign: signal.Signals) -> None:
    with serving() as server:
        server.get("/app/kalkulator")
        kernels = server.kernels()
        assert kernels
        server.end(sign)
        assert not [kernel for kernel in kernels if kernel.is_running()]


# Where tornado takes whatever is raised for a fault of the page, and goes on.
CTRL_C = """
import os, signal
from tornado.web import _HandlerDelegate as Delegate

execute = Delegate.execute

def interrupted(self):
    os.kill(os.getpid(), signal.SIGINT)
    return execute(self)

Delegate.execute = interrupted
"""


def test_ctrl_c_is_heard_in_the_middle_of_a_page(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(CTRL_C, "utf-8")
    with serving(env={"PYTHONPATH": str(tmp_path)}) as server:
        with suppress(OSError, HTTPException):
            server.get("/")
        assert server.process.wait(timeout=20) == 0
        assert server.end() == ("", "")


def test_kernels_end_when_the_server_is_killed() -> None:
    with serving() as server:
        server.get("/app/kalkulator")
        kernels = server.kernels()
        assert kernels
        server.end(signal.SIGKILL)
        eventually(
            lambda: not [each for each in kernels if _alive(each)],
            what="kernels notice that their server is gone",
        )


def _alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_a_taken_port_is_told_in_one_line_with_what_to_do(plain: Server) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "pallkit_app", "serve", "--no-open", "--port", str(plain.port)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.returncode == 2
    assert len(second.stderr.splitlines()) == 1
    assert f"--port {plain.port + 1}" in second.stderr
    assert second.stdout == ""


def test_a_host_this_machine_does_not_have_is_told_in_one_line() -> None:
    asked = ["serve", "--no-open", "--host", "192.0.2.1", "--port", "8879"]
    done = subprocess.run(
        [sys.executable, "-m", "pallkit_app", *asked],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "192.0.2.1:8879" in done.stderr


def test_settings_are_read_from_a_file_beside_the_server(configured: Server) -> None:
    assert "mailto:meld@example.org?" in configured.get("/").text


def test_a_voila_configuration_on_the_same_machine_is_none_of_ours(configured: Server) -> None:
    assert "parse_qs" not in configured.get("/app/kalkulator").text


def test_without_an_address_a_report_leads_to_a_page_that_says_whom_to_ask(plain: Server) -> None:
    case = "/app/kasus/?case=smerte-kan-ikke-svelge&frame=only"
    link = plain.get(case).page.select("a[data-report]")
    page = plain.get(str(link[0]["href"])).page
    assert "ingen adresse for feilmeldinger" in page.get_text()
    assert "Innhold: smerte-kan-ikke-svelge, versjon" in page.select("pre")[0].get_text()
