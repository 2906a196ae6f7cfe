"""Read a course and its keys from strict YAML, and compile the keys for the grader."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

from pallkit.cases.schema import SchemaError
from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.compile import strict_yaml
from pallkit_app.failures import why
from pallkit_grading.course import Course, structure_course
from pallkit_grading.key import Key, structure_key, structure_sheet

T = TypeVar("T")

COURSE_FILE = "course.yaml"
COMPILED_KEY = Path(".pallkit", "key.json")
"""Where the compiled key lies in a course folder; git-ignored, and never handed out."""


def read_course(folder: Path) -> Course:
    """Read ``course.yaml``. :class:`ContentError` names the line that breaks the format."""
    path = folder / COURSE_FILE
    if not path.is_file():
        raise ContentError(
            _(
                "There is no course in {folder} ({file} is missing). Make one with “pallkit "
                "course new”.",
                folder=str(folder),
                file=COURSE_FILE,
            )
        )
    return _read(path, COURSE_FILE, structure_course)[1]


def read_keys(folder: Path, instead: Mapping[str, Path] | None = None) -> Key:
    """Every task of a course; :class:`ContentError` when two key files share a task id.

    ``instead`` names, by key, a file to read in the place of the course's own.
    """
    return structure_key(_gather(folder, instead or {}))


def compile_key(folder: Path) -> Path:
    """Write the course's key as the JSON that the grader reads; answer where it lies."""
    target = folder / COMPILED_KEY
    text = json.dumps(_gather(folder, {}), ensure_ascii=False, indent=1) + "\n"
    try:
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(exist_ok=True)
            own = target.with_suffix(".tmp")
            own.write_text(text, encoding="utf-8", newline="\n")
            own.replace(target)
    except OSError as error:
        raise ContentError(
            _("{file} cannot be written: {why}.", file=str(target), why=why(error))
        ) from error
    return target


def _gather(folder: Path, instead: Mapping[str, Path]) -> dict[str, Any]:
    """The course's key as plain values: its tasks by id, and those of each assignment."""
    course = read_course(folder)
    tasks: dict[str, Any] = {}
    ids: dict[str, list[str]] = {}
    for name in dict.fromkeys(assignment.key for assignment in course.assignments):
        sheet = _read_sheet(folder, name, instead.get(name))
        ids[name] = [task["id"] for task in sheet]
        for task in sheet:
            if task["id"] in tasks:
                raise ContentError(
                    _(
                        "key/{file}.yaml: the task “{id}” stands in another key of this course "
                        "too. Give it its own id.",
                        file=name,
                        id=task["id"],
                    )
                )
            tasks[task["id"]] = task
    return {"tasks": tasks, "assignments": {one.id: ids[one.key] for one in course.assignments}}


def _read_sheet(folder: Path, name: str, other: Path | None) -> list[dict[str, Any]]:
    file = f"key/{name}.yaml"
    if not (folder / file).is_file():
        raise ContentError(
            _("The key {file} is missing. Write it, or correct course.yaml.", file=file)
        )
    path, file = (folder / file, file) if other is None else (other, other.name)
    raw, _sheet = _read(path, file, structure_sheet)
    return cast("list[dict[str, Any]]", raw["tasks"])


def _read(path: Path, name: str, structure: Callable[[object], T]) -> tuple[Any, T]:
    """The file's plain values and what they are; every fault of the format is an error."""
    document = strict_yaml.load(path, name)
    try:
        return document.value, structure(document.value)
    except SchemaError as error:
        first = error.faults[0]
        raise ContentError(
            _(
                "{file}:{line}: {where}: {why}",
                file=name,
                line=document.line(first.path),
                where=first.where or _("the file"),
                why=first.message,
            )
        ) from error
