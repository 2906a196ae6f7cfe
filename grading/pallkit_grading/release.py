"""nbgrader's part of handing out: a released notebook carries what its own check needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from pallkit.preflight import NOTEBOOK_KEY, released_cells
from pallkit_grading.key import CodeTask, Task, configured_key


class TellOfRelease(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader ships no types
    """Runs last when an assignment is generated, when solutions and hidden tests are gone.

    The tasks and the cells as they are handed out stand in the notebook's own metadata, where
    «Sjekk før innlevering» finds them also after the trainee has deleted or moved cells.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Note what is handed out; the cells are left as they are."""
        assignment = resources["nbgrader"]["assignment"]
        key = configured_key()
        tasks = key.of(assignment) if key is not None else ()
        nb.metadata[NOTEBOOK_KEY] = {
            "v": 1,
            "assignment": assignment,
            "tasks": [_told_of(task, nb) for task in tasks],
            "cells": released_cells(nb),
        }
        return nb, resources


def _told_of(task: Task, nb: Any) -> Mapping[str, Any]:
    """A task's id and kind, and the names it asks for, if the notebook itself tells of them."""
    told = {"id": str(task.id), "kind": task.kind}
    if not isinstance(task, CodeTask):
        return told
    text = "\n".join(cell.source for cell in nb.cells)
    asked = dict.fromkeys(str(check.value or check.call) for check in task.checks)
    return {**told, "names": [one for one in asked if re.search(rf"\b{re.escape(one)}\b", text)]}
