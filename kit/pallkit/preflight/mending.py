"""Put a damaged notebook right on the trainee's own disk, and take it back again.

A copy of what stood there is always saved first, and the file is changed in one step: after a
crash it is either as it was or as it should be.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pallkit.hand_ins import repair_cells, shown
from pallkit.i18n import Message, _
from pallkit.preflight.checking import CHECKPOINTS, COPY
from pallkit.preflight.damage import Damage
from pallkit.preflight.notebook import Cell, Notebook, PreflightError, read_notebook, source_of

_FRESH = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mended:
    """Where the copy lies, relative to the folder, and what was done."""

    copy: Path
    done: tuple[Message, ...]


def mend(notebook: Notebook, damage: Damage, *, now: datetime) -> Mended:
    """Write the notebook with its cells put right, after saving a copy of it.

    Raises :class:`PreflightError` when it has changed since it was looked at, or cannot be
    written: then it is left as it is.
    """
    if read_notebook(notebook.path).content != notebook.content:
        raise PreflightError(_("The notebook has been saved since it was checked. Check again."))
    copy = _keep(notebook.path, COPY, notebook.content, now)
    repaired = repair_cells([dict(one) for one in notebook.cells], damage.masters)
    cells = list(_as_before(repaired.cells, notebook))
    content = json.dumps({**notebook.raw, "cells": cells}, ensure_ascii=False, indent=1)
    _write(notebook.path, content.encode("utf-8", "replace") + b"\n")
    return Mended(copy, repaired.repairs)


def take_back(path: Path, *, now: datetime) -> Mended:
    """Let the notebook be as it was before the last repair; what stands there is kept as a copy."""
    last = last_copy(path, now=now)
    if last is None:
        raise PreflightError(_("There is no copy to go back to."))
    content = read_notebook(path.parent / last).content
    copy = _keep(path, "reparert", read_notebook(path).content, now)
    _write(path, content)
    (path.parent / last).unlink()  # it stands in the notebook now
    return Mended(copy, ())


def last_copy(path: Path, *, now: datetime) -> Path | None:
    """The newest copy, if it was made the last day: an older one is better fetched by hand."""
    found = (path.parent / CHECKPOINTS).glob("*.ipynb")
    copies = [one for one in found if one.name.startswith(f"{path.stem}-{COPY}-")]
    newest = max(copies, key=lambda one: one.name, default=None)
    if newest is None or newest.is_symlink():
        return None
    age = now.timestamp() - newest.lstat().st_mtime
    return newest.relative_to(path.parent) if age < _FRESH.total_seconds() else None


def _keep(path: Path, what: str, content: bytes, now: datetime) -> Path:
    folder = path.parent / CHECKPOINTS
    copy = folder / f"{path.stem}-{what}-{now:%Y%m%d-%H%M%S-%f}.ipynb"
    try:
        folder.mkdir(exist_ok=True)
        if folder.is_symlink():
            raise PreflightError(_("“{file}” is only a link.", file=CHECKPOINTS))
        with copy.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        raise PreflightError(
            _("No copy of the notebook could be saved, so nothing was changed.")
        ) from None
    return copy.relative_to(path.parent)


def _write(path: Path, content: bytes) -> None:
    new = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        with new.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(path.stat().st_mode & 0o777)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise PreflightError(
            _("“{file}” could not be written. Nothing was changed.", file=shown(Path(path.name)))
        ) from None


def _as_before(cells: Iterable[Cell], notebook: Notebook) -> Iterator[Mapping[str, Any]]:
    """Give each cell whose text stands what it showed, and every cell a name of its own."""
    showed = {(one.get("id"), source_of(one)): one for one in notebook.cells}
    named = _has_ids(notebook.raw)
    taken: set[str] = set()
    for cell in cells:
        before = showed.get((cell.get("id"), source_of(cell)), {})
        kept = {key: before[key] for key in ("outputs", "execution_count") if key in before}
        done = {**cell, **kept} if cell.get("cell_type") == "code" else dict(cell)
        name = done.pop("id", None)
        if named:
            done["id"] = (
                name if isinstance(name, str) and name not in taken else uuid.uuid4().hex[:8]
            )
            taken.add(done["id"])
        yield done


def _has_ids(raw: Mapping[str, Any]) -> bool:
    minor = raw.get("nbformat_minor")
    return isinstance(minor, int) and minor >= 5
