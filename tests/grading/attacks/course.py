"""The small course of the grading tests, with a task whose code is judged by its values."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.grading.running import made
from tests.grading.running.made import Made

FULL = {**made.FULL, "verdi-1": 2}
"""All points that the machine gives."""

_TASK = """
  - id: verdi-1
    kind: code
    points: 2
    checks:
      - points: 2
        call: snitt
        with: [[1, 2, 3, 6]]
        equals: 3
        hint: {nb: Regn snittet., nn: Rekn snittet., en: Work out the mean.}
"""


def make(root: Path) -> Made:
    """Write the course and let nbgrader make its hand-out."""
    plain = made.source_notebook

    def with_values(*, code: bool) -> dict[str, Any]:
        notebook = plain(code=code)
        (dose,) = made.cells_named(notebook["cells"], "dose-1")
        check = deepcopy(dose) | {"id": "verdi-1", "source": 'check("verdi-1")'}
        check["metadata"]["nbgrader"]["grade_id"] = "verdi-1"
        notebook["cells"].insert(-1, check)
        return notebook

    course = Made(root)
    root.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(made, "_KEY", made._KEY + _TASK)
        patch.setattr(made, "source_notebook", with_values)
        course.begin()
    return course
