# ruff: noqa: F821  # runs as the assignment's last cell, after every cell of its own
"""What was shown, answered and graded: 40 × 1.5 + 50 × 2.4 = 180; 90 halved; 120 ÷ 3 ÷ 6."""

import os

RIGHT = {"omregning-1": "180", "omregning-2": "45", "omregning-3": "6,7"}
POINTS = {"omregning-1": 2.0, "omregning-2": 3.0, "omregning-3": 3.0}

shown = [widget for widget in Out.values() if isinstance(widget, AnswerBox | CasePlayer)]
(player,) = (widget for widget in shown if isinstance(widget, CasePlayer))
boxes = {widget.task: widget for widget in shown if isinstance(widget, AnswerBox)}
assert player.view["case"]["id"] == "smerte-kan-ikke-svelge"
assert list(boxes) == [*RIGHT, "omregning-egen", "omregning-tekst"]
assert {widget.lang for widget in shown} == {os.environ["EXPECTED_LANG"]}
assert [value for value in Out.values() if isinstance(value, float)] == [0.0] * 5, "no score yet"

for task, answer in RIGHT.items():
    boxes[task]._handle_custom_msg({"type": "save", "text": answer}, [])
    assert boxes[task].view["error"] is None

os.environ["PALLKIT_KEY"] = os.environ["EXPECTED_KEY"]
assert {task: check(task) for task in RIGHT} == POINTS
assert check("omregning-kasus") == 0.0, "nobody has played it"
