"""Courses: in the format, computable, with notebooks that ask what their keys judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pallkit.i18n import Message, _
from pallkit_app.check.bank import Bank, Spot
from pallkit_app.check.course_files import Cell, CourseFiles, courses_of
from pallkit_app.check.findings import Finding, rule
from pallkit_app.courses.reading import COURSE_FILE
from pallkit_grading.course import Assignment
from pallkit_grading.source_rules import notebook_faults, task_faults

_ALIKE = ("grade_id", "grade", "solution", "task", "locked", "points")
"""What nbgrader knows of a cell that is the same in both languages."""


@rule("course-format", _("A course and its keys keep to the format of docs/keys.md."))
def malformed_courses(bank: Bank) -> Iterator[Finding]:
    """What is not in the format would stop the grading, or never count."""
    for files in courses_of(bank):
        yield from format_findings(files)


@rule("course-tasks", _("Every task of a key can be judged, and its goals are the course's."))
def unfit_tasks(bank: Bank) -> Iterator[Finding]:
    """A calculation that the tables refuse would leave every hand-in ungraded."""
    if not bank.broken_tables:
        for files in courses_of(bank):
            yield from task_findings(files)


@rule("course-cells", _("A notebook asks for the tasks of its key, as the key judges them."))
def unfit_notebooks(bank: Bank) -> Iterator[Finding]:
    """Other points or options than the key's give other points than the trainee was told."""
    if not bank.broken_tables:
        for files in courses_of(bank):
            yield from notebook_findings(files)


@rule("course-languages", _("An assignment is written in bokmål and nynorsk, cell by cell."))
def unlike_languages(bank: Bank) -> Iterator[Finding]:
    """The two are graded by one key, so they must ask for the same."""
    for files in courses_of(bank):
        yield from language_findings(files)


def format_findings(files: CourseFiles) -> Iterator[Finding]:
    """Every place that breaks the format, and task ids that two keys share."""
    for fault in files.read[1]:
        yield Finding(
            files.spot(f"{files.prefix}{COURSE_FILE}", fault.path),
            _("{where}: {why}", where=fault.where, why=fault.message),
        )
    for name, (_sheet, faults) in files.sheets.items():
        file = files.key_file(name)
        if not (files.folder / "key" / f"{name}.yaml").is_file():
            yield Finding(
                files.spot(f"{files.prefix}{COURSE_FILE}"),
                _("The key “{name}” is missing.", name=name),
                _("Write {file}.", file=file),
            )
        for fault in faults:
            where = fault.where or _("the file")
            yield Finding(
                files.spot(file, fault.path), _("{where}: {why}", where=where, why=fault.message)
            )
    seen: dict[str, str] = {}
    for name, number, task in files.placed:
        if seen.setdefault(task.id, name) != name:
            yield Finding(
                files.spot(files.key_file(name), ("tasks", number)),
                _(
                    "The task “{id}” stands in the key “{other}” too.",
                    id=task.id,
                    other=seen[task.id],
                ),
                _("Give it an id of its own."),
            )


def task_findings(files: CourseFiles) -> Iterator[Finding]:
    """Calculations without an answer, cases that do not open, and unknown goals."""
    known = {goal.id for goal in files.course.goals} if files.course else set()
    for name, number, task in files.placed:
        spot = files.spot(files.key_file(name), ("tasks", number))
        for fault in task_faults(task):
            yield Finding(spot, fault, _("Change the task, or the table it names."))
        for goal in task.goals:
            if goal not in known:
                yield Finding(
                    spot,
                    _("“{goal}” is not a goal of this course.", goal=goal),
                    _("Write it under “goals” in course.yaml, or remove it here."),
                )


def notebook_findings(files: CourseFiles) -> Iterator[Finding]:
    """What an assignment's notebook does not have as the key has it, at the cell."""
    for assignment in files.course.assignments if files.course else ():
        tasks = files.tasks(str(assignment.key))
        cells = files.cells(assignment)
        name = files.notebook(assignment)
        if cells is None:
            yield Finding(
                Spot(name),
                _("The assignment has no notebook that can be read."),
                _("Save it here, or take the assignment out of course.yaml."),
            )
        elif tasks is not None and not any(fault for task in tasks for fault in task_faults(task)):
            for fault in notebook_faults(cells, tasks):
                yield Finding(_cell(name, cells, fault), fault)


def language_findings(files: CourseFiles) -> Iterator[Finding]:
    """Keys with only one language, and notebooks that are not alike."""
    assignments = files.course.assignments if files.course else ()
    for key in files.key_names:
        by_lang = {one.lang: one for one in assignments if one.key == key}
        nb, nn = by_lang.get("nb"), by_lang.get("nn")
        if nb is None or nn is None:
            yield Finding(
                files.spot(f"{files.prefix}{COURSE_FILE}", ("assignments",)),
                _("The key “{key}” has an assignment in one language only.", key=key),
                _("Write one in bokmål and one in nynorsk."),
            )
        else:
            yield from _unlike(files, nb, nn)


def _unlike(files: CourseFiles, nb: Assignment, nn: Assignment) -> Iterator[Finding]:
    here, there = files.cells(nb), files.cells(nn)
    if here is None or there is None:
        return
    name = files.notebook(nn)
    if len(here) != len(there):
        yield Finding(
            Spot(name),
            _(
                "The notebook has {nn} cells, and the one in bokmål {nb}.",
                nn=len(there),
                nb=len(here),
            ),
            _SAME,
        )
        return
    for number, (one, other) in enumerate(zip(here, there, strict=True), 1):
        if _bones(one) != _bones(other):
            yield Finding(Spot(f"{name}#{number}"), _("The cell is another than in bokmål."), _SAME)


_SAME = _("Let both have the same cells in the same order, alike but for the language.")


def _bones(cell: Cell) -> tuple[Any, ...]:
    about: Mapping[str, Any] = cell.get("metadata", {}).get("nbgrader", {})
    return (cell.get("cell_type"), *(about.get(name) for name in _ALIKE))


def _cell(name: str, cells: Sequence[Cell], fault: Message) -> Spot:
    """The cell that a fault is about: the graded one of that name, or the task's own field."""
    params = dict(fault.params)
    wanted = str(params.get("cell", params.get("task", "")))
    for number, cell in enumerate(cells, 1):
        grade_id = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
        field = f'"{wanted}"' in cell["source"] and "check(" not in cell["source"]
        if grade_id == wanted if "cell" in params else field and cell["cell_type"] == "code":
            return Spot(f"{name}#{number}")
    return Spot(name)
