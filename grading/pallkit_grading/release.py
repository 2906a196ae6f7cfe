"""nbgrader's part of handing out: a released notebook carries what its own check needs."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from pallkit.preflight import NOTEBOOK_KEY, released_cells
from pallkit_grading.key import configured_key


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
            "tasks": [{"id": str(task.id), "kind": task.kind} for task in tasks],
            "cells": released_cells(nb),
        }
        return nb, resources
