"""What runs a page's cells in the browser, in a Python of its own here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import pallkit_app.static_site
from pallkit_app.compile import content_root
from pallkit_app.static_site.writing import cells

BROWSER = Path(pallkit_app.static_site.__file__).parent / "browser"
APPS = content_root() / "notebooks" / "apps"
# Reads the cells and the query, then the messages for the first widget; writes what it tells.
PROGRAM = """
import json, sys
from pallkit_page import Page
asked = json.load(sys.stdin)
page = Page(print)
page.run(json.dumps(asked["cells"]), asked["query"])
for message in asked["messages"]:
    page.receive(0, json.dumps(message))
"""


def told(
    cells: list[dict[str, str]], query: str, messages: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Run a page as the worker does, with the browser's own anywidget."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps({"cells": cells, "query": query, "messages": messages}),
        env={**os.environ, "PYTHONPATH": str(BROWSER)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_case_is_shown_and_answers_each_message_with_a_new_view() -> None:
    decide = {"type": "decide", "decision": {"step": "hjemmebesok"}}
    shown, done, change = told(
        cells(APPS / "case.ipynb"), "case=smerte-kan-ikke-svelge&lang=nn", [decide]
    )
    assert (shown["type"], shown["kind"], shown["number"]) == ("widget", "CasePlayer", 0)
    assert shown["cell"] == cells(APPS / "case.ipynb")[0]["id"]
    assert shown["traits"]["view"]["ui_lang"] == "nn"
    assert done == {"type": "done"}
    assert change["type"] == "change"
    assert change["content"]["view"]["step"]["id"] == "svelger-ikke"


@pytest.mark.parametrize("notebook", ["calculator", "pump", "ratio_sets"])
def test_every_tool_is_shown(notebook: str) -> None:
    shown, done = told(cells(APPS / f"{notebook}.ipynb"), "lang=en", [])
    assert shown["traits"]["view"]["ui_lang"] == "en"
    assert done == {"type": "done"}


def test_what_was_done_before_is_done_again_and_shown_once() -> None:
    decide = {"type": "decide", "decision": {"step": "hjemmebesok"}}
    replay = {"type": "replay", "messages": [{"type": "language", "lang": "en"}, decide]}
    _shown, _done, change = told(
        cells(APPS / "case.ipynb"), "case=smerte-kan-ikke-svelge&lang=nn", [replay]
    )
    assert change["content"]["view"]["ui_lang"] == "en"
    assert change["content"]["view"]["step"]["id"] == "svelger-ikke"


def test_a_hostile_message_changes_nothing() -> None:
    strange = [{"type": "decide", "decision": 5}, {"type": "nothing"}, {"view": {}}]
    assert len(told(cells(APPS / "case.ipynb"), "case=../../etc&lang=nb", strange)) == 2


def test_a_cell_that_fails_is_told_of_and_ends_the_page() -> None:
    broken = [
        {"id": "a", "source": "x = 1"},
        {"id": "b", "source": "1 / 0"},
        {"id": "c", "source": "x"},
    ]
    assert told(broken, "", []) == [{"type": "failed", "cell": "b"}]
