"""A course somebody runs: a folder of its own, outside any case bank.

``pallkit check FOLDER`` looks at it without opening a bank: its cases and tables are the
installed ones. The courses that come with PallKit are templates, and hold the same
placeholders on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit_app.check.bank import Spot
from pallkit_app.check.course_files import course_in
from pallkit_app.check.courses import notebook_findings, task_findings
from pallkit_app.check.findings import Finding
from pallkit_app.courses.reading import COURSE_FILE, read_course, read_keys
from pallkit_app.courses.rules import RULES_FILE, read_rules
from pallkit_grading.source_rules import strays

_PERSONAL_DATA: Mapping[str, Message] = {
    "controller": _("Say which body answers for the trainees' personal data, and where to ask."),
    "purpose": _("Say why hand-ins and results are collected, and on what legal basis."),
    "retention": _("Say for how many months anything is kept, and why that long."),
}


def is_own_course(path: Path) -> bool:
    """Whether ``path`` is a course that lies outside every case bank."""
    here = path.resolve()
    if not (here / COURSE_FILE).is_file():
        return False
    return not any((folder / "casebank").is_dir() for folder in here.parents)


def own_course_findings(folder: Path) -> Iterator[Finding]:
    """What stops the course from being run, and what its leader has still to fill in."""
    try:
        course = read_course(folder)
    except ContentError as error:
        yield Finding(Spot(COURSE_FILE), error.message, rule="course-readable")
        return
    try:
        read_keys(folder)
    except ContentError as error:
        yield Finding(Spot("key"), error.message, rule="course-readable")
    try:
        read_rules(folder, course)
    except ContentError as error:
        yield Finding(Spot(RULES_FILE), error.message, rule="course-readable")
    for stray in strays(folder / "source"):
        yield Finding(Spot("source"), stray, rule="key-in-source")
    files = course_in(folder)
    for id_, findings in (("course-tasks", task_findings), ("course-cells", notebook_findings)):
        yield from (replace(one, rule=id_) for one in findings(files))
    for name in course.unfilled:
        yield Finding(
            Spot(COURSE_FILE),
            _("“{key}” is not filled in.", key=name),
            _PERSONAL_DATA[name],
            warning=True,
            rule="course-personal-data",
        )
