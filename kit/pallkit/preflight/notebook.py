"""The notebook that is to be handed in: found, read within bounds, and read as text."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pallkit.errors import PallkitError
from pallkit.hand_ins import ALLOWED, shown
from pallkit.i18n import _

Cell = Mapping[str, Any]

_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_ASIDE = re.compile(r"\s*\([^()]*\)$")  # «(2 poeng)»
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


class PreflightError(PallkitError):
    """There is nothing here that can be checked."""


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook as it stands on the disk. ``raw`` is all of it, ``saved_at`` when it was saved."""

    path: Path
    content: bytes
    raw: Mapping[str, Any]
    saved_at: float

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Its cells; whatever is no cell is left out."""
        cells = self.raw.get("cells")
        return (
            tuple(one for one in cells if isinstance(one, dict)) if isinstance(cells, list) else ()
        )


def find_notebook(folder: Path, name: str | None = None, *, likely: str = "") -> Path:
    """The notebook to check: the one named, the ``likely`` one, else the only one in ``folder``.

    Raises :class:`PreflightError` where there is none, or several to choose from.
    """
    if not folder.is_dir():
        raise PreflightError(_("There is no folder “{folder}”.", folder=shown(folder)))
    found = {path.name: path for path in sorted(folder.glob("*.ipynb")) if path.is_file()}
    if name:
        wanted = f"{name.removesuffix('.ipynb')}.ipynb"
        if wanted not in found:
            raise PreflightError(_("There is no {file} here.", file=shown(Path(wanted))))
        return found[wanted]
    for guess in (likely, folder.resolve().name):
        if f"{guess}.ipynb" in found:
            return found[f"{guess}.ipynb"]
    if not found:
        raise PreflightError(
            _("There is no notebook here. Go to the assignment's folder, and check again.")
        )
    if len(found) > 1:
        names = ", ".join(shown(Path(one)) for one in list(found)[:5])
        raise PreflightError(
            _("There are several notebooks here: {names}. Name the one to check.", names=names)
        )
    return next(iter(found.values()))


def read_notebook(path: Path) -> Notebook:
    """Read it; raises :class:`PreflightError` when it cannot be graded as it is."""
    try:
        descriptor = os.open(path, _OPEN)
        with os.fdopen(descriptor, "rb") as file:
            saved_at = os.fstat(descriptor).st_mtime
            content = file.read(ALLOWED.file_mb * 1024 * 1024 + 1)
    except OSError:
        raise _unreadable(path) from None
    if len(content) > ALLOWED.file_mb * 1024 * 1024:
        raise PreflightError(
            _(
                "“{file}” is larger than {most} MB. Clear its outputs (Kernel → Restart Kernel "
                "and Clear Outputs of All Cells), save it, and check again.",
                file=shown(Path(path.name)),
                most=ALLOWED.file_mb,
            )
        )
    try:
        raw = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _unreadable(path) from None
    if not isinstance(raw, dict) or not isinstance(raw.get("cells"), list):
        raise _unreadable(path)
    return Notebook(path, content, raw, saved_at)


def source_of(cell: Cell) -> str:
    """The text of a cell, however it is stored."""
    source = cell.get("source")
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def output_of(cell: Cell) -> str:
    """What a cell shows as text."""
    outputs = cell.get("outputs")
    told: list[str] = []
    for one in outputs if isinstance(outputs, list) else ():
        if isinstance(one, dict):
            data = one.get("data")
            told.append(source_of({"source": one.get("text")}))
            if isinstance(data, dict):
                told.append(source_of({"source": data.get("text/plain")}))
    return "\n".join(told)


def about(cell: Cell) -> Mapping[str, Any]:
    """What nbgrader has noted on a cell; empty where it has not."""
    metadata = cell.get("metadata")
    noted = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return noted if isinstance(noted, dict) and isinstance(noted.get("grade_id"), str) else {}


def checksum(kind: str, source: str, noted: Mapping[str, Any]) -> str:
    """What nbgrader notes as ``checksum`` when it hands a cell out (its ``compute_checksum``)."""
    grade, solution = bool(noted.get("grade", False)), bool(noted.get("solution", False))
    locked = not solution and (grade or bool(noted.get("locked", False)))
    parts = [source, kind, str(grade), str(solution), str(locked), str(noted["grade_id"])]
    if grade:
        parts.append(str(_number(noted.get("points"))))
    seen = hashlib.md5(usedforsecurity=False)
    for part in parts:
        seen.update(part.encode("utf-8", "replace"))
    return seen.hexdigest()


def headings(cells: tuple[Cell, ...]) -> Iterator[str]:
    """For each cell, the last heading that stands above it or in it."""
    last = ""
    for cell in cells:
        if cell.get("cell_type") == "markdown":
            for found in _HEADING.findall(source_of(cell)):
                last = _ASIDE.sub("", re.sub(r"[*_`]", "", found))[:120]
        yield last


def _number(points: object) -> float:
    return float(points) if isinstance(points, int | float) else 0.0


def _unreadable(path: Path) -> PreflightError:
    return PreflightError(
        _(
            "“{file}” cannot be read as a notebook. Open it in JupyterLab and save it again, or "
            "take it from the course once more: your answers are in svar.jsonl.",
            file=shown(Path(path.name)),
        )
    )
