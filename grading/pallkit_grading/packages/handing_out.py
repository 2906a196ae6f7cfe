"""The files of a hand-out: what was released, and what a trainee at home needs beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pallkit.about import INTENDED_PURPOSE
from pallkit.errors import ContentError
from pallkit.i18n import Message, Words, _, render
from pallkit.preflight import released_cells
from pallkit_grading.course import Assignment, Course
from pallkit_grading.hand_in_time import shown_moment
from pallkit_grading.key import Key, Task
from pallkit_grading.packages.about import (
    OURS,
    README_FILE,
    TASK_FILE,
    TRAINEE_FILE,
    as_json,
)
from pallkit_grading.packages.leaks import given_files, leaks
from pallkit_grading.packages.names import unsafe_names
from pallkit_grading.rules import Rules

_SECRET = ("look_for", "note", "rubric", "comments")
"""What in a task of the key no trainee reads before the feedback."""

_TELLING = 25


@dataclass(frozen=True, slots=True)
class HandOut:
    """An assignment to be handed out. ``rules`` say when each trainee is to hand it in."""

    folder: Path
    course: Course
    assignment: Assignment
    key: Key
    rules: Rules

    def due(self, trainee: str | None) -> datetime | None:
        """The deadline as the trainee is told it; the ordinary one where nobody is named."""
        return self.rules.due(str(self.assignment.id), trainee)


def handout_files(out: HandOut, trainee: str | None = None) -> Mapping[str, bytes]:
    """Every file of the package by its name, in one folder named after the assignment.

    Raises :class:`ContentError` with the first fault of what lies in ``release/``: nothing is
    handed out that holds more than it should, or that some trainee could not unpack.
    """
    name = str(out.assignment.id)
    release = out.folder / "release" / name
    if not release.is_dir():
        raise ContentError(
            _(
                "“{name}” is not released yet. Run “nbgrader generate_assignment {name}” first.",
                name=name,
            )
        )
    tasks = out.key.of(name)
    for fault in leaks(release, out.folder / "source" / name, _secrets(tasks)):
        raise ContentError(fault)
    found = {
        path.relative_to(release).as_posix(): path.read_bytes() for path in given_files(release)
    }
    for fault in (*_ours_among(found), *unsafe_names(f"{name}/{one}" for one in found)):
        raise ContentError(fault)
    notebook = json.loads(found.get(f"{name}.ipynb", b"{}"))
    told = {**about(out, trainee), "cells": released_cells(notebook)}
    files = {**found, TASK_FILE: as_json(told), README_FILE: readme(out, trainee)}
    if trainee is not None:
        files[TRAINEE_FILE] = as_json({"course": str(out.course.id), "trainee": trainee})
    return {f"{name}/{one}": files[one] for one in sorted(files)}


def about(out: HandOut, trainee: str | None) -> Mapping[str, Any]:
    """What ``oppgave.json`` says; ``due`` is a moment with its offset, or null."""
    due = out.due(trainee)
    return {
        "v": 1,
        "assignment": str(out.assignment.id),
        "course": str(out.course.id),
        "lang": out.assignment.lang,
        "due": None if due is None else due.isoformat(timespec="minutes"),
        "timezone": str(out.course.timezone),
        "tasks": [
            {"id": str(task.id), "kind": task.kind, "points": str(task.points)}
            for task in out.key.of(str(out.assignment.id))
        ],
    }


def readme(out: HandOut, trainee: str | None) -> bytes:
    """``LES-MEG.txt``, with the line ends and the mark that Windows' own programs want."""
    lang = out.assignment.lang
    lines = [render(line, lang) for line in _readme_lines(out, trainee)]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _readme_lines(out: HandOut, trainee: str | None) -> Iterator[Message | Words | str]:
    name, due = str(out.assignment.id), out.due(trainee)
    yield out.course.title
    yield name
    yield ""
    yield _("1. Unpack the whole zip file into a folder of your own. Do not work inside the zip.")
    yield _(
        "2. Start PallKit, and open {file} in the folder “{name}”.", file=f"{name}.ipynb", name=name
    )
    yield _("3. Answer the tasks. What you answer is saved in svar.jsonl beside the notebook.")
    yield _("4. Check your work: pallkit preflight {name}", name=name)
    yield _("5. Hand in: pallkit handin {name}", name=name)
    yield _("That makes one zip file and shows a receipt code. Upload the file; keep the code.")
    yield ""
    if due is not None:
        zone = str(out.course.timezone)
        yield _("Hand in by: {at} ({zone}).", at=shown_moment(due), zone=zone)
    else:
        yield _("Hand in by: see the course's own page.")
    yield ""
    yield INTENDED_PURPOSE
    yield _("Never write anything about a real patient.")


def _ours_among(names: Mapping[str, bytes]) -> Iterator[Message]:
    for name in names:
        if name in OURS:
            yield _("“{file}” is a name that hand-outs use themselves. Rename it.", file=name)


def _secrets(tasks: Sequence[Task]) -> Iterator[str]:
    for task in tasks:
        for name in _SECRET:
            for text in _texts(getattr(task, name, None)):
                if len(text) >= _TELLING:
                    yield text


def _texts(value: object) -> Iterator[str]:
    """Every text a person wrote in ``value``, in all languages."""
    if isinstance(value, Words):
        yield from (value.nb, value.nn, value.en)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))
