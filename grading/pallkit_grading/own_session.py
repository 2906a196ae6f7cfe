"""What the trainee's own session knows of an answer, for :mod:`pallkit_grading.cell` to print.

None of it is graded: the words come from the boxes that this session shows, the names from
the notebook's own metadata, and a trainee can change both.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pallkit.i18n import Message, _
from pallkit.preflight import (
    Asked,
    HandOut,
    PreflightError,
    add_told_in,
    find_notebook,
    read_notebook,
)


def namespace() -> Mapping[str, Any] | None:
    """The names of the notebook that this runs in; None outside a notebook."""
    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive else None
    return None if shell is None else shell.user_ns


def in_words(task: str, answer: str) -> str:
    """An answer as the box that this session shows for ``task`` says it; else as it is kept."""
    shown = (namespace() or {}).get("Out")
    for one in reversed(list(shown.values()) if isinstance(shown, dict) else []):
        says = getattr(type(one), "in_words", None)
        if says is not None and getattr(one, "task", None) == task:
            return str(says(one, answer))
    return answer


def code_lines(task: str) -> Sequence[Message]:
    """Which of the names that a task in code asks for are there; empty for other tasks."""
    told = next((one for one in _asked() if one.id == task and one.kind == "code"), None)
    if told is None:
        return ()
    names = namespace() or {}
    there = ", ".join(one for one in told.names if one in names)
    missing = ", ".join(one for one in told.names if one not in names)
    return (
        _("Your code is the answer. It is judged after you hand in."),
        *((_("In place: {names}.", names=there),) if there else ()),
        *((_("Not there yet: {names}.", names=missing),) if missing else ()),
    )


def _asked() -> Sequence[Asked]:
    """The tasks as the notebook's metadata has them; none where it cannot be read."""
    running = Path(os.environ.get("JPY_SESSION_NAME", "")).name
    name = running if running.endswith(".ipynb") and Path(running).is_file() else None
    try:
        return add_told_in(HandOut(), read_notebook(find_notebook(Path(), name)).raw).tasks
    except PreflightError:
        return ()
