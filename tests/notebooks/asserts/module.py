# ruff: noqa: F821  # runs as the notebook's last cell: `Out` is all that the notebook has shown
"""Every tool is there in the module's language, and each ratio in a task is one that is printed."""

import json
import os
import re

from pallkit_widgets import PracticeTasks
from pallkit_widgets.shared.base import PallkitWidget

PRINTED = {source: set(found) for source, found in json.loads(os.environ["PRINTED_RATIOS"]).items()}

tools = [each for each in Out.values() if isinstance(each, PallkitWidget)]
assert len(tools) == int(os.environ["EXPECTED_TOOLS"])
assert {tool.view["ui_lang"] for tool in tools} == {os.environ["EXPECTED_LANG"]}
assert not any(tool.view.get("problem") for tool in tools), "a start that cannot be read"

sets = [tool for tool in tools if isinstance(tool, PracticeTasks)]
steps = [step for each in sets for attempt in each._attempts for step in attempt.task.receipt.steps]
used = [
    (step.source, number[0])
    for step in steps
    if step.source in PRINTED and (number := re.match(r"[\d.]+(?![\d.]*(?:/| %))", str(step.ratio)))
]
assert used, "no task that is counted by one of the tables"
for source, ratio in used:
    assert ratio in PRINTED[source], f"{source} prints no ratio of {ratio}"
