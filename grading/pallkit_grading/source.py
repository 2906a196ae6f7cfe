"""nbgrader's part of the source rules: a source notebook that breaks one is not handed out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_grading.case_task import unplayable
from pallkit_grading.dose_task import uncomputable
from pallkit_grading.key import CaseTask, DoseTask, configured_key
from pallkit_grading.source_rules import cell_faults, level_faults, strays


class CheckSource(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader ships no types
    """Runs first when an assignment is generated, and stops it with the fault's own words."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Check one source notebook and the folder of all sources; change nothing."""
        directory = self.parent.parent.coursedir
        source = Path(directory.format_path(directory.source_directory, ".", "."))
        key = configured_key()
        if key is None:
            raise ContentError(_("The course's key is not configured. Run nbgrader in its folder."))
        tasks = key.of(resources["nbgrader"]["assignment"])
        doses = (task for task in tasks if isinstance(task, DoseTask))
        played = [task for task in tasks if isinstance(task, CaseTask)]
        asked = (
            *(fault for task in doses for fault in uncomputable(task)),
            *(fault for task in played for fault in unplayable(task)),
        )
        levels = () if asked else level_faults(nb.cells, played)
        for fault in (*strays(source), *cell_faults(nb.cells, tasks), *asked, *levels):
            raise ContentError(fault)
        return nb, resources
