"""Our page where nbgrader makes its own: ``nbgrader generate_feedback``, and formgrader's button.

nbgrader's own page shows every test, hidden or not, and every traceback. A course's settings
name this in place of nbgrader's exporter, so that no way of making feedback can hand those out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter

from pallkit_app.courses.opening import open_course
from pallkit_app.feedback_pages.asking import wanted
from pallkit_app.feedback_pages.page import feedback_html
from pallkit_grading.feedback_data import gather


class FeedbackExporter(Exporter):
    """Writes the feedback on the hand-in that a notebook belongs to; the notebook is not read.

    Runs in the course's folder, as nbgrader's converters do. Where no page can be made it
    raises, and nbgrader then removes what it had begun for that trainee.
    """

    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **_options: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The page, and what nbgrader's writer asks for."""
        del filename
        about = (resources or {})["nbgrader"]
        with open_course(Path.cwd(), about["db_url"]) as of:
            source, (trainee,) = wanted(of, about["assignment"], [about["student"]])
            page = feedback_html(gather(source, trainee))
        return page, {**(resources or {}), "output_extension": ".html", "outputs": {}}
