"""How the server reaches its kernels: through files of its own, or encrypted through ports."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.app.server_process import eventually, serving

PAGE = "/app/kalkulator"
QUICK = ["--VisitorKernels.unmet_timeout=1", "--VisitorKernels.cull_interval=1"]


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder whose name leaves room for a socket's, as pytest's own do not."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _connection(folder: Path) -> dict[str, Any]:
    (file,) = folder.rglob("kernel-*.json")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def test_a_page_is_reached_through_files_that_only_the_server_can_open_and_that_are_removed(
    short: Path,
) -> None:
    with serving(settings=QUICK, env={"TMPDIR": str(short)}) as server:
        assert "model_id" in server.get(PAGE).text
        assert _connection(short)["transport"] == "ipc"
        (folder,) = short.glob("voila_*")
        assert folder.stat().st_mode & 0o077 == 0
        assert any(file.is_socket() for file in folder.iterdir())
        eventually(lambda: not list(folder.iterdir()), what="nothing of the kernel is left")
        server.end()
        assert not folder.exists()


def test_in_a_folder_whose_name_is_too_long_for_a_socket_it_is_a_port_and_encrypted(
    tmp_path: Path,
) -> None:
    folder = tmp_path / ("long" * 20)
    folder.mkdir()
    with serving(env={"TMPDIR": str(folder)}) as server:
        assert "model_id" in server.get(PAGE).text
        connection = _connection(folder)
    assert connection["transport"] == "tcp"
    assert connection["curve_publickey"]
