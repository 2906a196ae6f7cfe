"""Hand-ins as platforms hand them over, and the desk that receives them in these tests."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from tests.grading.packages.course import NB, NN, STUDENTS

from pallkit.answers import record
from pallkit_app.packages.opening import GUARDS, Guards, opened, unzip
from pallkit_grading.packages.about import MANIFEST, as_json, fingerprint, receipt_code
from pallkit_grading.packages.receiving import Desk, Received
from pallkit_grading.packages.sorting import Sorter

NOW = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
Files = Mapping[str, bytes]


def log(text: str = "180 mg/24 t") -> bytes:
    return record("answer", "omregning-1", text, at=NOW).line()


def work(answer: str = "180 mg/24 t", assignment: str = NB) -> dict[str, bytes]:
    """A trainee's own files; the notebook is as small as one can be."""
    cell = {"cell_type": "markdown", "metadata": {}, "source": "Hei"}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return {f"{assignment}.ipynb": json.dumps(notebook).encode(), "svar.jsonl": log(answer)}


def package(trainee: str = "", at: datetime = NOW, files: Files | None = None) -> dict[str, bytes]:
    """A hand-in as ``pallkit handin`` packs it."""
    taken = dict(work() if files is None else files)
    name = next((one[:-6] for one in taken if one.endswith(".ipynb")), NB)
    shas = {one: fingerprint(body) for one, body in taken.items()}
    manifest = {
        "v": 1,
        "assignment": name,
        "trainee": trainee,
        "packed_at": at.isoformat(),
        "code": receipt_code(name, shas),
        "files": [{"name": one, "sha256": sha} for one, sha in shas.items()],
    }
    return {
        **taken,
        "deltaker.json": as_json({"trainee": trainee, "course": "spesialist"}),
        MANIFEST: as_json(manifest),
    }


def zipped(files: Files) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return content.getvalue()


def made(make: Callable[[zipfile.ZipFile], None]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        make(archive)
    return content.getvalue()


def desk(course: Path, *, really: bool = True, received: datetime | None = None) -> Desk:
    return Desk(course, (NB, NN), STUDENTS, NOW, received, really=really)


def receive(at: Desk, path: Path, guards: Guards = GUARDS) -> list[Received]:
    """Everything that comes out of one file or folder."""
    sorter = Sorter(at.assignments, STUDENTS, lambda name, body: unzip(name, body, guards=guards))
    with opened(path, guards=guards) as entries:
        return [at.receive(one) for one in sorter.deliveries(path.name, entries)]


def hand_in(course: Path, trainee: str, assignment: str = NB) -> dict[str, bytes]:
    """What lies in ``submitted/`` for a trainee."""
    folder = course / "submitted" / trainee / assignment
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() or path.is_symlink()
    }
