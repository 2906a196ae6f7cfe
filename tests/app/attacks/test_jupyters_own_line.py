"""The same attacks where our line is exchanged for Voila's or Jupyter's: there they succeed."""

from __future__ import annotations

import http.client
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.app.attacks.conftest import OFF
from tests.app.attacks.line import V1, WORD, harm, line, message, new_widget, open_page
from tests.app.server_process import Server, eventually, serving

from pallkit_app.server.wire import BURST, LARGEST


def test_on_jupyters_own_line_the_same_attacks_succeed(weak: Server | None, tmp_path: Path) -> None:
    if weak is None:
        return
    proof = tmp_path / "ran"
    with line(weak, open_page(weak)) as attacker:
        attacker.send(message("execute_request", harm(proof)))
        eventually(proof.exists, what="the code ran")
        attacker.send(new_widget())
        eventually(lambda: len(attacker.widgets()) > 1, what="a widget was made")
        attacker.send(new_widget(target="nothing"))
        attacker.listen(until="stream")
        assert "stream" in attacker.kinds


def test_another_sites_page_gets_a_line_where_origins_are_not_looked_at(
    weak: Server | None,
) -> None:
    if weak is None:
        return
    with line(weak, open_page(weak), origin="http://elsewhere.example") as attacker:
        (widget,) = attacker.widgets()
        assert attacker.calculates(widget)


def test_without_limits_a_message_of_any_size_and_any_number_of_them_are_taken(
    weak: Server | None,
) -> None:
    if weak is None:
        return
    with line(weak, open_page(weak)) as attacker:
        (widget,) = attacker.widgets()
        large = {"comm_id": widget, "data": {"method": "custom", "content": "x" * 2 * LARGEST}}
        attacker.flood(message("comm_msg", large))
        assert attacker.calculates(widget)
        for _turn in range(2 * BURST):
            attacker.flood(message("comm_info_request", {"target_name": "nothing"}))
        heard = attacker.listen(seconds=60, until="comm_info_reply", turns=2 * BURST)
        assert sum(each["header"]["msg_type"] == "comm_info_reply" for each in heard) == 2 * BURST


def test_jupyters_own_reader_is_stopped_by_one_number(*, whole: bool) -> None:
    if not whole:
        return
    with serving(settings=OFF) as weak, line(weak, open_page(weak), V1) as attacker:
        attacker.raw(WORD + b"\x00" * 100)
        time.sleep(0.5)
        with pytest.raises(OSError, match="timed out"):
            _asked_in_two_seconds(weak)
        weak.process.kill()  # it would take all memory
        weak.process.communicate()


def _asked_in_two_seconds(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=2)
    with closing(connection):
        connection.request("GET", "/healthz")
        connection.getresponse()
