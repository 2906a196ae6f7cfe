"""nbgrader's part of the source rules: a source notebook that breaks one is not handed out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_grading.key import configured_key
from pallkit_grading.source_rules import notebook_faults, strays


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
        for fault in (*strays(source), *notebook_faults(nb.cells, tasks)):
            raise ContentError(fault)
        return nb, resources
