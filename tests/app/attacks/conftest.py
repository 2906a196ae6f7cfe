"""One server, whose content is hostile too, and two kernels on it, for all attacks it survives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.app.attacks import hostile_bank
from tests.app.attacks.line import PROTOCOLS, Line, line, open_page
from tests.app.server_process import Server, serving

_TORNADO = "{'websocket_max_message_size': 100000000}"
OFF = [
    "--PallkitServer.kernel_websocket_connection_class=tests.app.attacks.weaker.OpenLine",
    "--PallkitServer.allowed_hosts=*",
    f"--PallkitServer.tornado_settings={_TORNADO}",
]


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case bank in which every text is markup."""
    return hostile_bank.compiled(tmp_path_factory.mktemp("bank"))


@pytest.fixture(scope="session")
def server(bank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Whatever is done to it, its log holds no fault and nothing that a visitor wrote."""
    folder = tmp_path_factory.mktemp("server")
    root = hostile_bank.notebooks(folder)
    first = hostile_bank.read_first(bank, folder)
    with serving(settings=[f"--PallkitServer.root_dir={root}"], env=first) as running:
        yield running
        _out, err = running.end()
    assert not re.search(r"Traceback|ERROR|forged|evil|elsewhere|hit\(|nothing|<script|%0A", err), (
        err
    )
    assert err.count("--allowed-host NAME") <= 1


@pytest.fixture(scope="session")
def weak(*, whole: bool) -> Iterator[Server | None]:
    """A server without its defences: an attack that is stopped elsewhere must succeed here.

    None where the tests are not run whole.
    """
    if not whole:
        yield None
        return
    with serving(settings=OFF) as running:
        yield running


@pytest.fixture(scope="module")
def kernel(server: Server) -> Iterator[str]:
    """A calculator of the attacker's own, kept by one connection."""
    name = open_page(server)
    with line(server, name, session="keeper"):
        yield name


@pytest.fixture(scope="module")
def neighbour(server: Server) -> Iterator[str]:
    """Somebody else's calculator."""
    name = open_page(server)
    with line(server, name, session="keeper"):
        yield name


@pytest.fixture(scope="module", params=PROTOCOLS, ids=["older protocol", "newer protocol"])
def target(server: Server, request: pytest.FixtureRequest) -> Iterator[tuple[Line, str]]:
    """A calculator of the attacker's own: the line to it, and the widget's name."""
    with line(server, open_page(server), request.param, session="target") as attacker:
        (widget,) = attacker.widgets()
        yield attacker, widget
