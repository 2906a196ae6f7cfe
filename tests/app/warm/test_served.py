"""The server and its warm process: pages from forks, and nothing left when the server is gone."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import psutil
import pytest
from tests.app.server_process import Server, eventually, serving

PAGE = "/app/kalkulator"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def _warm(server: Server) -> list[psutil.Process]:
    started = psutil.Process(server.process.pid).children()
    return [each for each in started if "warm process" in " ".join(each.cmdline())]


def test_pages_come_from_forks_and_go_on_coming_when_the_warm_process_is_killed(
    server: Server,
) -> None:
    assert "model_id" in server.get(PAGE).text
    (warm,) = _warm(server)
    (kernel,) = server.kernels()
    assert kernel.ppid() == warm.pid
    assert "debugpy" not in _mapped(kernel)
    warm.kill()
    assert "model_id" in server.get(PAGE).text
    eventually(
        lambda: [each.pid for each in _warm(server)] not in ([], [warm.pid]),
        what="another warm process",
    )
    assert kernel.is_running()
    _out, errors = server.end()
    assert errors.count("The warm process has ended") == 1


def test_a_server_that_is_killed_takes_its_warm_process_and_all_kernels_with_it(
    server: Server,
) -> None:
    server.get(PAGE)
    (warm,) = _warm(server)
    orphaned = server.kernels()  # its parent is killed before the server
    warm.kill()
    server.get(PAGE)
    left = [*_warm(server), *server.kernels(), *orphaned]
    assert len(left) >= 3
    os.kill(server.process.pid, signal.SIGKILL)
    eventually(lambda: not any(_lives(each) for each in left), within=5, what="all have ended")


def test_a_server_that_is_stopped_leaves_no_process(server: Server) -> None:
    server.get(PAGE)
    left = [*_warm(server), *server.kernels()]
    server.end()
    eventually(lambda: not any(_lives(each) for each in left), within=5, what="all have ended")


def _mapped(process: psutil.Process) -> str:
    return " ".join(each.path for each in process.memory_maps())


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
