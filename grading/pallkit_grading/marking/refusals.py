"""What a hand-in's cell shows when a wall of the cage has stopped it.

The walls only make things fail: code that reaches for the gradebook finds no such file, and
the network cannot be reached. Where that error ended a cell, the leader is told of its kind.
Code that catches the error leaves no trace of having tried, and has touched nothing either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pallkit.i18n import Message, _
from pallkit_grading.sandbox import CUT, Ended

_SELDOM = frozenset(
    [
        "PermissionError",
        "BlockingIOError",
        "MemoryError",
        "_ArrayMemoryError",
        "OSError",
        "ProcessLookupError",
        "ConnectionError",
        "ConnectionRefusedError",
        "ConnectionResetError",
        "BrokenPipeError",
        "TimeoutError",
        "gaierror",
        "URLError",
        "OperationalError",
    ]
)
"""Errors that code for a course's tasks seldom ends with: rights, room, network, processes."""

_OUTSIDE = re.compile(r"'(?:/(?!hand-in/)|[^']*\.\.[/\\]|[A-Za-z]:)")
"""A path, as Python's own errors quote it, that is not in the hand-in's folder."""


def refusal_in(outputs: Iterable[Mapping[str, Any]]) -> str | None:
    """The kind of error that ended the cell, if honest code seldom has it.

    A file that is missing is such a one only outside the hand-in: a path on the trainee's own
    machine is an honest mistake, and a person should see it too. The outputs come from the
    hand-in's process: of their texts, only a kind that is known here is handed on.
    """
    for output in outputs:
        kind = output.get("ename") if output.get("output_type") == "error" else None
        if kind in _SELDOM:
            return str(kind)
        if kind == "FileNotFoundError" and _OUTSIDE.search(str(output.get("evalue", ""))):
            return str(kind)
    return None


def was_cut(outputs: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the cell showed more than is kept."""
    return any(
        str(one.get("text", "")).endswith(CUT) or one.get("traceback") == [CUT] for one in outputs
    )


def ended_line(why: Ended, count: int) -> Message:
    """The line for a cage that was gone before its hand-in was done."""
    told = {
        "time": _("it used more time than allowed"),
        "memory": _("it used more memory than allowed"),
        "output": _("it wrote more than allowed"),
        "stopped": _("it ended itself"),
        "forged": _("it answered in the grader's place"),
    }
    return _("The code was stopped in code cell {count}: {why}.", count=count, why=told[why])
