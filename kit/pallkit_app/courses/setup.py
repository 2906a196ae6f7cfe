"""The nbgrader settings that every PallKit course shares.

A course's ``nbgrader_config.py`` is one call of :func:`configure`, so that a correction
here reaches the courses that are already running.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from pallkit.errors import ContentError
from pallkit.i18n import language, render
from pallkit_app.courses.reading import compile_key, read_course
from pallkit_grading.gradebook import DATABASE_VARIABLE, database_url, reach_own_programs
from pallkit_grading.key import KEY_VARIABLE

EXCHANGE_VARIABLE = "PALLKIT_EXCHANGE"
"""Where hand-outs and hand-ins pass, when it is not where nbgrader expects it."""

OWN_PAGES = "pallkit_app.feedback_pages.exporter.FeedbackExporter"
"""What makes feedback in place of nbgrader's own, which shows hidden tests and tracebacks."""

CELL_SECONDS = 120
"""How long one cell may take. nbgrader's 30 s can be too short where many are graded at once,
and a cell that is cut off gives 0 points for an answer that was right."""

CODE_STUB = "pass  # Skriv koden her"
"""What stands where a solution stood. nbgrader's own is in English and raises an error, so that
«Run All» would stop there and show none of the fields below it."""


def configure(config: Any, folder: Path) -> None:
    """Fill in nbgrader's ``config`` (traitlets) for the course in ``folder``.

    A course or key that cannot be read stops nbgrader with one line and status 2: it would
    otherwise log the fault and go on with its own defaults, which hand out keys unchecked.
    """
    try:
        course = read_course(folder)
        key = compile_key(folder)
    except ContentError as error:
        text = render(error.message, language(os.environ.get("PALLKIT_LANG")))
        print(f"pallkit: {text}", file=sys.stderr)
        raise SystemExit(2) from None
    config.CourseDirectory.root = str(folder)
    config.CourseDirectory.course_id = course.id
    config.Execute.timeout = CELL_SECONDS
    config.ClearSolutions.code_stub = {"python": CODE_STUB}
    reach_own_programs()
    _keep_keys_out(config)
    config.GenerateFeedback.exporter_class = OWN_PAGES
    config.ExchangeFactory.collect = "pallkit_grading.packages.collecting.Collect"
    _name_the_key(key)
    if os.environ.get(EXCHANGE_VARIABLE):
        config.Exchange.root = os.environ[EXCHANGE_VARIABLE]
    if os.environ.get(DATABASE_VARIABLE):
        config.CourseDirectory.db_url = database_url(os.environ[DATABASE_VARIABLE])


def _keep_keys_out(config: Any) -> None:
    from nbgrader.converters import GenerateAssignment  # noqa: PLC0415  # slow to import

    from pallkit_grading.release import TellOfRelease  # noqa: PLC0415  # imports nbgrader
    from pallkit_grading.source import CheckSource  # noqa: PLC0415

    stock = list(GenerateAssignment.preprocessors.default_args[0])
    config.GenerateAssignment.preprocessors = [CheckSource, *stock, TellOfRelease]


def _name_the_key(key: Path) -> None:
    # The kernel that runs a hand-in inherits nbgrader's environment. A trainee's own
    # session has no such variable, and then no key is used, wherever one may lie.
    os.environ[KEY_VARIABLE] = str(key)
