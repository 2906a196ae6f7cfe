"""The unit that ``pallkit deploy systemd`` writes: sound, tight, and PallKit works inside it."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
from pathlib import Path

import psutil
import pytest
from tests.app.deploy.booting import ROOT, Machine, NoSystemdError, booted, ensure_systemd
from tests.app.server_process import eventually, free_port
from websockets.sync.client import connect

from pallkit_app.deploy.writing import DeployError, Service, systemd

ASK = {
    "header": {"msg_id": "1", "session": "s", "username": "", "version": "5.3",
               "msg_type": "comm_info_request", "date": "2026-01-01T00:00:00Z"},
    "parent_header": {}, "metadata": {}, "content": {}, "buffers": [], "channel": "shell",
}  # fmt: skip
NAME = "laring.example.no"
PAGE = "/pallkit/app/kasus?case=smerte-kan-ikke-svelge"


def unit(port: int = 8866) -> str:
    program = str(ROOT / ".venv/bin/pallkit")
    return systemd(Service(NAME, program, "/pallkit/", port, "4G"))


def _analyzed(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = folder / "pallkit.service"
    path.write_text(unit(), "utf-8")
    try:
        ensure_systemd()
    except NoSystemdError as error:
        pytest.fail(str(error), pytrace=False)
    return subprocess.run(
        ["systemd-analyze", *arguments, str(path)], capture_output=True, text=True, check=False
    )


def test_systemd_finds_nothing_wrong_with_it(tmp_path: Path) -> None:
    done = _analyzed(tmp_path, "verify")
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_calls_it_well_locked(tmp_path: Path) -> None:
    """Of 10; up to 2 is «OK». What is left is the network, /proc and what ZeroMQ asks for."""
    done = _analyzed(tmp_path, "security", "--offline=true", "--threshold=20", "--no-pager")
    assert done.returncode == 0, done.stdout[-300:]


@pytest.mark.parametrize(
    ("name", "program", "memory"),
    [
        (NAME, "pallkit", "4G"),
        (NAME, "/opt/a b", "4G"),
        (NAME, "/opt/p\nUser=root", "4G"),
        (NAME, "/opt/p", "mye"),
        ("*", "/opt/p", "4G"),
        ("a.no --base-url /x", "/opt/p", "4G"),
    ],
)
def test_writes_nothing_that_systemd_would_read_as_more(
    name: str, program: str, memory: str
) -> None:
    with pytest.raises(DeployError):
        systemd(Service(name, program, "/", 8866, memory))


def test_pallkit_works_inside_it(*, whole: bool) -> None:
    """A systemd of our own boots it: whole only, since it takes root and some seconds."""
    if not whole:
        return
    port = free_port()
    try:
        with booted(unit(port)) as machine:
            eventually(lambda: _status(port, "/pallkit/") == 200, within=60, what="it answers")
            main = machine.main
            assert main is not None
            status = Path(f"/proc/{main.pid}/status").read_text()
            assert main.uids().real >= 61184  # a user that systemd made up
            assert re.search(r"^NoNewPrivs:\s1$", status, re.MULTILINE)
            assert re.search(r"^CapEff:\s0+$", status, re.MULTILINE)
            page = _get(port, PAGE)
            assert "data-failed" not in page
            assert "kernelId" in page
            journal = machine("journalctl", "-u", "pallkit", "-o", "cat")
            assert "Traceback" not in journal
            assert "could not be gathered" not in journal  # within the unit too
            _comes_back(port, main, machine)
            _lets_an_open_case_finish(port, machine)
            machine("systemctl", "stop", "pallkit")
            assert machine("systemctl", "is-active", "pallkit").strip() == "inactive"
            assert machine.main is None
    except NoSystemdError as error:
        pytest.fail(str(error), pytrace=False)


def _comes_back(port: int, main: psutil.Process, machine: Machine) -> None:
    main.kill()
    eventually(lambda: machine.main not in {None, main}, what="systemd starts it again")
    eventually(lambda: _status(port, "/pallkit/") == 200, within=60, what="it is started again")


def _lets_an_open_case_finish(port: int, machine: Machine) -> None:
    found = re.search(r'"kernelId": ?"([0-9a-f-]{36})"', _get(port, PAGE))
    assert found
    address = f"ws://127.0.0.1:{port}/pallkit/api/kernels/{found[1]}/channels"
    before = machine.main
    with connect(address, proxy=None, origin=f"http://127.0.0.1:{port}") as line:  # type: ignore[arg-type]  # a NewType of str
        machine("systemctl", "restart", "--no-block", "pallkit")
        eventually(lambda: _status(port, "/pallkit/healthz") == 503, what="nobody new is let in")
        assert _status(port, PAGE) == 503
        line.send(json.dumps(ASK))
        assert line.recv(timeout=20)
        assert machine.main == before
    eventually(
        lambda: machine.main != before and _status(port, "/pallkit/healthz") == 200,
        within=60,
        what="a new PallKit, once the case was left",
    )


def _status(port: int, path: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", path)
        return line.getresponse().status
    except OSError:
        return 0
    finally:
        line.close()


def _get(port: int, path: str) -> str:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", path)
        return line.getresponse().read().decode()
    finally:
        line.close()
