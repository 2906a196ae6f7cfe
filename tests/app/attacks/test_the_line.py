"""Nothing that a visitor sends to a kernel runs code, makes objects or tells of the server.

A real client with the line open, in both of Jupyter's protocols.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import psutil
import pytest
from tests.app.attacks.line import (
    FORM,
    LEGACY,
    OUT,
    PROTOCOLS,
    V1,
    WORD,
    Line,
    framed,
    harm,
    line,
    message,
    open_page,
    packed,
)
from tests.app.server_process import Server
from websockets.exceptions import ConnectionClosed

from pallkit_app.server.wire import BURST, LARGEST, WEIGHT, Pace

KINDS = [
    *("execute_request", "complete_request", "inspect_request", "history_request"),
    *("is_complete_request", "debug_request", "interrupt_request", "shutdown_request"),
    *("input_reply", "input_request", "usage_request", "connect_request"),
    *("create_subshell_request", "delete_subshell_request", "list_subshell_request"),
    *("apply_request", "clear_request", "abort_request", "stream", "execute_reply"),
    *("", " execute_request", "execute_request\x00", "comm_msg\nexecute_request"),
]
CHANNELS: list[object] = ["shell", "control", "stdin", "iopub", "hb", "SHELL", "", None, 7]


def test_no_request_reaches_a_kernel_on_any_channel(server: Server, tmp_path: Path) -> None:
    proof = tmp_path / "ran"
    for protocol in PROTOCOLS:
        with line(server, open_page(server), protocol) as attacker:
            (widget,) = attacker.widgets()
            for kind in KINDS:
                for channel in ("shell", "control", "stdin"):
                    attacker.send(message(kind, harm(proof), channel))
            assert attacker.calculates(widget)
            for channel in CHANNELS:
                attacker.send(message("execute_request", harm(proof), channel))
            assert attacker.calculates(widget)
            attacker.listen(seconds=0.5)
            assert attacker.kinds <= OUT
    assert not proof.exists()


@pytest.mark.parametrize(
    "header",
    [
        '{"msg_type":"comm_msg","msg_id":"1","msg_type":"execute_request"}',
        '{"msg_type":"execute_request","msg_id":"1","msg_type":"comm_msg"}',
        '{"msg_type":["comm_msg","execute_request"],"msg_id":"1"}',
        '{"msg_type":{"comm_msg":1},"msg_id":"1"}',
        '{"msg_typ\\u0065":"execute_request","msg_id":"1"}',
        '{"msg_type":"execute\\u005frequest","msg_id":"1"}',
    ],
)
def test_a_header_with_two_meanings_does_not_run_its_code(
    target: tuple[Line, str], header: str, tmp_path: Path
) -> None:
    attacker, widget = target
    content = json.dumps(harm(tmp_path / "ran"))
    if attacker.protocol == V1:
        attacker.raw(framed(b"shell", header.encode(), b"{}", b"{}", content.encode()))
    else:
        rest = f'"parent_header":{{}},"metadata":{{}},"content":{content}'
        attacker.raw(f'{{"channel":"control","channel":"shell","header":{header},{rest}}}')
    assert attacker.calculates(widget)
    assert attacker.kinds <= OUT
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("times", [2, 50])
def test_a_message_in_fragments_is_read_as_one(
    target: tuple[Line, str], times: int, tmp_path: Path
) -> None:
    attacker, widget = target
    sent = message("execute_request", harm(tmp_path / "ran"))
    if attacker.protocol == V1:
        whole = packed(sent)
        step = len(whole) // times + 1
        attacker.raw([whole[at : at + step] for at in range(0, len(whole), step)])
    else:
        text = json.dumps(sent)
        step = len(text) // times + 1
        attacker.raw([text[at : at + step] for at in range(0, len(text), step)])
    assert attacker.calculates(widget)
    assert not (tmp_path / "ran").exists()


# --- Messages that are none ----------------------------------------------------------------------

JUNK: list[str | bytes] = [
    *(
        "",
        "{",
        "[]",
        "null",
        "7",
        '"shell"',
        "\x00",
        "\ufeff{}",
        '{"header":{}}',
        '{"header":null}',
    ),
    *('{"channel":"shell"}', "[" * 100_000, '{"a":' * 100_000, "1" * 100_000, '{"channel":NaN}'),
    *(b"", b"\x00", b"\x00" * 100, b"\xff" * 7, b"\xff" * 8, b"\xff" * 100, WORD + b"\x00" * 200),
    (6).to_bytes(8, "little"),
    (6).to_bytes(8, "little") + WORD * 6,
    (6).to_bytes(8, "little") + b"".join(n.to_bytes(8, "little") for n in (56, 40, 48, 56, 64, 56)),
    (2**31).to_bytes(4, "big") * 4,
    (2**31 - 1).to_bytes(4, "big") + b"\x00" * 100,
    framed(),
    framed(b"shell"),
    framed(b"shell", b"{}", b"{}", b"{}", b"{}"),
    framed(b"\xff\xfe", b"{}", b"{}", b"{}", b"{}"),
    framed(b"shell", b"\xff", b"\xfe", b"\xfd", b"\xfc"),
    framed(b"shell", b"[" * 100_000, b"{}", b"{}", b"{}"),
]


@pytest.mark.parametrize("junk", JUNK, ids=[f"{n}" for n in range(len(JUNK))])
def test_what_is_no_message_is_dropped_and_nothing_else_happens(
    server: Server, target: tuple[Line, str], junk: str | bytes
) -> None:
    attacker, widget = target
    attacker.raw(junk)
    started = time.monotonic()
    assert server.get("/healthz").status == 200
    assert time.monotonic() - started < 5
    assert attacker.calculates(widget)
    assert attacker.kinds <= OUT


def test_a_message_above_the_limit_costs_its_sender_the_line_and_nobody_else_anything(
    server: Server, kernel: str
) -> None:
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    for protocol, huge in ((LEGACY, "x" * 10_000_000), (V1, b"x" * 10_000_000)):
        with line(server, kernel, protocol, session=f"huge{len(protocol)}") as attacker:
            with pytest.raises(ConnectionClosed):  # noqa: PT012  # either may notice first
                attacker.raw(huge)
                attacker.socket.recv(timeout=10)
            assert attacker.socket.close_code in (1006, 1009)
    assert process.memory_info().rss - before < 40 * 2**20
    with line(server, kernel) as attacker:
        (widget,) = attacker.widgets()
        assert attacker.calculates(widget)


def test_a_message_just_below_the_limit_is_answered_or_ignored(target: tuple[Line, str]) -> None:
    attacker, widget = target
    text = "x" * (LARGEST - 2000)
    attacker.send(
        message(
            "comm_msg",
            {
                "comm_id": widget,
                "data": {"method": "custom", "content": {"type": "answer", "answer": text}},
            },
        )
    )
    assert attacker.calculates(widget)


def test_thousands_of_messages_fill_no_queue_and_hinder_no_neighbour(
    server: Server, neighbour: str
) -> None:
    kernel = open_page(server)
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    asked = {"type": "calculate", "form": FORM}
    with line(server, neighbour, session="neighbour") as other, line(server, kernel) as attacker:
        (widget,) = attacker.widgets()
        (theirs,) = other.widgets()
        custom = {"comm_id": widget, "data": {"method": "custom", "content": asked}}
        for _turn in range(5000):
            attacker.flood(message("comm_msg", custom))
        assert other.calculates(theirs)
        answers = [
            said
            for said in attacker.listen(seconds=4)
            if "view" in said["content"].get("data", {}).get("state", {})
        ]
        assert 0 < len(answers) < 2 * BURST
        assert attacker.calculates(widget)
    assert process.memory_info().rss - before < 40 * 2**20


def test_who_asks_and_never_reads_is_hung_up_on(server: Server) -> None:
    """The answers would wait in the server's memory, for as long as the asker says it lives."""
    kernel = open_page(server)
    process = psutil.Process(server.process.pid)
    with line(server, kernel, session="asker", max_queue=1) as attacker:
        (widget,) = attacker.widgets()
        before = process.memory_info().rss
        custom = {"method": "custom", "content": {"type": "styles"}}  # a hundred times its size
        ask = json.dumps(message("comm_msg", {"comm_id": widget, "data": custom}))
        with pytest.raises(ConnectionClosed):  # noqa: PT012  # at one of them
            for _turn in range(4000):
                attacker.raw(ask)
                attacker.socket.pong()
                time.sleep(0.02)
    assert process.memory_info().rss - before < 100 * 2**20


def test_large_messages_count_as_many() -> None:
    pace = Pace()
    large = 1 + LARGEST // WEIGHT
    assert sum(pace.take(large) for _turn in range(50)) == BURST // large
    assert large < BURST  # one of them is always taken in the end
