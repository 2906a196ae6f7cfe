"""A cell's checksum is worked out without nbgrader, in the trainee's kernel, as nbgrader does."""

from __future__ import annotations

from typing import Any

import pytest

from pallkit.preflight.notebook import checksum


@pytest.mark.parametrize("kind", ["code", "markdown"])
@pytest.mark.parametrize(
    "noted",
    [
        pytest.param({"grade": True, "points": 2, "locked": True}, id="graded"),
        pytest.param({"grade": True, "points": 1.5, "solution": True}, id="graded by hand"),
        pytest.param({"solution": True, "locked": False}, id="an answer"),
        pytest.param({"locked": True}, id="read only"),
        pytest.param({"task": True, "locked": True, "points": 4}, id="a task"),
        pytest.param({}, id="none of it"),
    ],
)
def test_a_checksum_is_nbgrader_s(kind: str, noted: dict[str, Any]) -> None:
    import nbformat  # noqa: PLC0415  # only here
    from nbgrader.utils import compute_checksum  # noqa: PLC0415  # slow to import

    noted = {"grade_id": "oppgave-å", "schema_version": 3, **noted}
    source = "check('oppgave-å')\n# blåbær"
    cell = nbformat.from_dict(
        {"cell_type": kind, "source": source, "metadata": {"nbgrader": noted}, "outputs": []}
    )
    assert checksum(kind, source, noted) == compute_checksum(cell)
