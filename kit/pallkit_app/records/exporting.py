"""Everything about one person as a zip file: a page to read, and the same for other programs.

Left out are the grader's copies of the notebooks, which hold the course's hidden tests; what
they add to the hand-in (points, comments) is in the tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pallkit.errors import ContentError
from pallkit.i18n import Language, _
from pallkit_app.courses.reading import read_course
from pallkit_app.courses.spreadsheet import Cell, csv_file
from pallkit_app.exchange.zipping import write_zip
from pallkit_app.records import access
from pallkit_app.records.backing_up import plain
from pallkit_app.records.database import Rows, connected, rows_about
from pallkit_app.records.folders import files_in, traces
from pallkit_app.records.page import Person, person_html
from pallkit_grading.packages.names import safe_name

_NOT_GIVEN = "autograded"


@dataclass(frozen=True, slots=True)
class Exported:
    """How much is in it: rows of the gradebook, files, lines of the access log."""

    rows: int
    files: int
    lines: int


def export(
    folder: Path, person: str, target: Path, lang: Language, address: str | None = None
) -> Exported:
    """Write everything about ``person``. :class:`ContentError` where there is nothing."""
    course = read_course(folder)
    with connected(folder, address) as connection:
        rows = rows_about(connection, person)
    files = dict(_files(folder, str(course.id), person))
    log = access.read(folder, person)
    if not rows and not files:
        raise ContentError(_("Nothing in this course is about “{person}”.", person=person))
    told = Person(person, course, rows, tuple(files), log)
    content: dict[str, str | bytes] = {"index.html": person_html(told, lang)}
    content["data.json"] = _json(person, rows, log)
    for name, found in rows.items():
        content[f"tables/{safe_name(name)}.csv"] = _csv(found)
    for name, path in files.items():
        content[name] = path.read_bytes()
    write_zip(target, content)
    target.chmod(0o600)
    access.note(folder, "export", person=person)
    return Exported(sum(map(len, rows.values())), len(files), len(log))


def _files(folder: Path, course: str, person: str) -> Iterator[tuple[str, Path]]:
    found = traces(folder, course, person)
    for root, start in (*((folder, one) for one in found.own), *_outside(found.exchange)):
        for path in files_in(start):
            inside = path.relative_to(root)
            if inside.parts[0] != _NOT_GIVEN:
                parts = "/".join(safe_name(part) for part in inside.parts)
                yield f"files/{parts}", path


def _outside(paths: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    return ((path.parent.parent, path) for path in paths)


def _json(person: str, rows: Rows, log: Sequence[access.Access]) -> str:
    told: Mapping[str, Any] = {
        "person": person,
        "gradebook": {
            name: [{key: plain(value) for key, value in row.items()} for row in found]
            for name, found in rows.items()
        },
        "access": [
            {"at": one.at.isoformat(), "who": one.who, "what": one.what, "detail": one.detail}
            for one in log
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    heads = list(rows[0])
    return csv_file([heads, *([_cell(row[one]) for one in heads] for row in rows)], marked=True)


def _cell(value: object) -> Cell:
    found = plain(value)
    return None if found is None else str(found)
