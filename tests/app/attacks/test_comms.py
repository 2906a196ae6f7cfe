"""A page can ask its own widget what the widget answers, and nothing else of any comm."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.app.attacks.line import OUT, V1, Line, line, message, new_widget, packed
from tests.app.server_process import Server


@pytest.mark.parametrize(
    "name",
    [
        "jupyter.widget",
        "jupyter.widget.control",
        "jupyter.widget.version",
        "matplotlib",
        "os.system",
        "",
        None,
        ["x"],
        7,
    ],
)
def test_a_page_can_open_nothing_in_the_kernel(target: tuple[Line, str], name: object) -> None:
    attacker, widget = target
    attacker.send(new_widget(target=name))
    assert attacker.calculates(widget)
    assert attacker.widgets() == [widget]
    assert attacker.kinds <= OUT


TRAITS = [
    *("_esm", "_css", "_view_module", "_view_name", "_model_module", "_model_name", "_dom_classes"),
    *("_view_module_version", "_anywidget_id", "layout", "tabbable", "tooltip", "view", "comm"),
    *("keys", "log", "_log", "_journal", "case_id", "decisions", "lang", "_form", "__class__"),
]
VALUES: list[object] = [
    "<img src=x onerror=alert(1)>", {"a": 1}, ["/etc/passwd"], None, -1, "../../etc/passwd",
    "IPY_MODEL_x", 10**30, "x" * 50_000, {"__proto__": {"a": 1}},
]  # fmt: skip


def test_no_trait_can_be_written_and_no_buffer_put_anywhere(target: tuple[Line, str]) -> None:
    attacker, widget = target
    before = attacker.state(widget)
    for turn, trait in enumerate(TRAITS):
        data = {
            "method": "update",
            "state": {trait: VALUES[turn % len(VALUES)]},
            "buffer_paths": [["state", trait], [trait, "a"], ["__class__", "__init__"], [], [7]],
        }
        sent = message("comm_msg", {"comm_id": widget, "data": data})
        if attacker.protocol == V1 and turn % 2:
            attacker.raw(packed(sent, b"AAAA"))
        else:
            attacker.send(sent)
    after = attacker.state(widget)
    assert after.keys() == before.keys()
    for name in before.keys() - {"view"}:
        assert after[name] == before[name], name
    assert attacker.calculates(widget)
    assert attacker.kinds <= OUT


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"comm_id": "nobody", "data": {}},
        {"comm_id": ["x"], "data": {}},
        {"comm_id": {"a": 1}, "data": {}},
        {"comm_id": "x" * 100_000, "data": {}},
        {"comm_id": "\ud800", "data": {"method": "custom", "content": "\udfff"}},
        {"comm_id": "@", "data": []},
        {"comm_id": "@", "data": {}},
        {"comm_id": "@", "data": {"method": "nothing"}},
        {"comm_id": "@", "data": {"method": "update", "state": "x"}},
        {"comm_id": "@", "data": {"method": "custom"}},
        {"comm_id": "@", "data": {"method": "custom", "content": {"type": "\ud800"}}},
        {"comm_id": "@", "data": {"method": "echo_update", "state": {"view": {}}}},
        {"comm_id": "@", "data": {"method": {"custom": 1}, "content": "x"}},
    ],
    ids=lambda content: ascii(content)[:60],
)
def test_a_comm_message_of_any_shape_tells_nothing_of_the_server(
    target: tuple[Line, str], content: dict[str, Any]
) -> None:
    attacker, widget = target
    named = {**content, "comm_id": widget} if content.get("comm_id") == "@" else content
    attacker.send(message("comm_msg", named))
    assert attacker.calculates(widget)
    assert attacker.kinds <= OUT
    told = json.dumps(attacker.heard)
    for leak in ("Traceback", "site-packages", "Exception", str(Path.cwd())):
        assert leak not in told


def test_nobody_can_reach_a_neighbours_widget_by_its_name(
    server: Server, kernel: str, neighbour: str
) -> None:
    with line(server, neighbour, session="other") as other, line(server, kernel) as attacker:
        (theirs,) = other.widgets()
        before = other.state(theirs)["view"]["turn"]
        (mine,) = attacker.widgets()
        for data in ({"method": "request_state"}, {"method": "custom", "content": {}}):
            attacker.send(message("comm_msg", {"comm_id": theirs, "data": data}))
        attacker.send(message("comm_close", {"comm_id": theirs, "data": {}}))
        assert attacker.calculates(mine)
        assert theirs not in json.dumps(attacker.heard)
        assert other.state(theirs)["view"]["turn"] == before
        assert other.calculates(theirs)
