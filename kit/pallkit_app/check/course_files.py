"""A course under check: its file, its keys and its notebooks, as far as they can be read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pallkit.cases.schema import SchemaError, SchemaFault
from pallkit_app.check.bank import Bank, Spot
from pallkit_app.compile.strict_yaml import Document, Place, YamlError, load
from pallkit_app.courses.reading import COURSE_FILE
from pallkit_grading.course import Assignment, Course, structure_course
from pallkit_grading.key import Sheet, Task, structure_sheet

Cell = Mapping[str, Any]


@dataclass
class CourseFiles:
    """A course in ``folder``; findings call its files ``prefix`` and their place in it.

    ``documents`` are its YAML files by that name. What cannot be read is not among them.
    """

    folder: Path
    prefix: str
    documents: Mapping[str, Document]

    @cached_property
    def read(self) -> tuple[Course | None, tuple[SchemaFault, ...]]:
        """The course, or every place that breaks the format."""
        return _structured(self.documents.get(f"{self.prefix}{COURSE_FILE}"), structure_course)

    @property
    def course(self) -> Course | None:
        """The course, where its file keeps to the format."""
        return self.read[0]

    @cached_property
    def sheets(self) -> Mapping[str, tuple[Sheet | None, tuple[SchemaFault, ...]]]:
        """Each key by its name, or every place in it that breaks the format."""
        return {
            name: _structured(self.documents.get(self.key_file(name)), structure_sheet)
            for name in self.key_names
        }

    @property
    def key_names(self) -> tuple[str, ...]:
        """The keys that the course's assignments name, each once."""
        assignments = self.course.assignments if self.course else ()
        return tuple(dict.fromkeys(str(one.key) for one in assignments))

    @property
    def placed(self) -> Iterator[tuple[str, int, Task]]:
        """Every task of a sound key: the key's name, the task's place in it, the task."""
        for name, (sheet, _faults) in self.sheets.items():
            for number, task in enumerate(sheet.tasks if sheet else ()):
                yield name, number, task

    def tasks(self, key: str) -> tuple[Task, ...] | None:
        """The tasks of a key; None where it is not sound."""
        sheet = self.sheets[key][0]
        return None if sheet is None else sheet.tasks

    def key_file(self, name: str) -> str:
        """What findings call a key."""
        return f"{self.prefix}key/{name}.yaml"

    def notebook(self, assignment: Assignment) -> str:
        """What findings call an assignment's notebook."""
        return f"{self.prefix}source/{assignment.id}/{assignment.id}.ipynb"

    def cells(self, assignment: Assignment) -> Sequence[Cell] | None:
        """The cells of an assignment's notebook; None where it cannot be read."""
        path = self.folder / "source" / assignment.id / f"{assignment.id}.ipynb"
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            return [one | {"source": "".join(one["source"])} for one in cells]
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def spot(self, file: str, place: Place = ()) -> Spot:
        """Where a place in one of the YAML files is."""
        document = self.documents.get(file)
        return Spot(file, document.line(place) if document else None)


def courses_of(bank: Bank) -> Iterator[CourseFiles]:
    """Every course of a bank whose file can be read."""
    for path in sorted(bank.root.glob(f"courses/*/{COURSE_FILE}")):
        yield CourseFiles(path.parent, f"{bank.name(path.parent)}/", bank.documents)


def course_in(folder: Path) -> CourseFiles:
    """A course in a folder of its own."""
    documents: dict[str, Document] = {}
    for path in [folder / COURSE_FILE, *sorted(folder.glob("key/*.yaml"))]:
        name = path.relative_to(folder).as_posix()
        try:
            documents[name] = load(path, name)
        except (YamlError, OSError):
            continue  # told of when the course is read
    return CourseFiles(folder, "", documents)


def _structured(
    document: Document | None, structure: Callable[[object], Any]
) -> tuple[Any, tuple[SchemaFault, ...]]:
    if document is None:
        return None, ()
    try:
        return structure(document.value), ()
    except SchemaError as error:
        return None, error.faults
