"""Notebooks as they lie in the repository: without answers, keys or stored output."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pallkit.i18n import _
from pallkit_app.check.bank import Bank, Spot
from pallkit_app.check.findings import Finding, rule

_SKIPPED = {".ipynb_checkpoints"}
_LOG = ".jsonl"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, and whether something it once printed is stored with it."""

    source: str
    stored: bool


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook file; ``cells`` is None when it cannot be read."""

    name: str
    read: tuple[Cell, ...] | None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells, none where the file cannot be read."""
        return self.read or ()

    def spot(self, cell: int) -> Spot:
        """Return the spot of a cell, counted from 1."""
        return Spot(f"{self.name}#{cell}")


def notebooks(bank: Bank) -> Iterator[Notebook]:
    """Yield every notebook that is handed out or shown."""
    for path in _below(bank, "notebooks", "*.ipynb"):
        yield Notebook(bank.name(path), _cells(path))
    for path in _source_files(bank):
        if path.suffix == ".ipynb":
            yield Notebook(bank.name(path), _cells(path))


@rule("notebook-readable", _("Every notebook can be read."))
def unreadable_notebooks(bank: Bank) -> Iterator[Finding]:
    """A merge conflict in a notebook is seldom seen before somebody opens it."""
    for notebook in notebooks(bank):
        if notebook.read is None:
            yield Finding(
                Spot(notebook.name),
                _("This is not a notebook."),
                _("Open it in JupyterLab and save it again, or restore it from git."),
            )


@rule("stored-output", _("No notebook has stored output."))
def stored_outputs(bank: Bank) -> Iterator[Finding]:
    """Stored output goes stale, and can hold an answer or a path of somebody's machine."""
    for notebook in notebooks(bank):
        for number, cell in enumerate(notebook.cells, 1):
            if cell.stored:
                yield Finding(
                    notebook.spot(number),
                    _("The cell has stored output or a number of execution."),
                    _("Clear all outputs and save."),
                )


@rule("log-in-source", _("No answer log lies in a course's source."))
def logs_in_source(bank: Bank) -> Iterator[Finding]:
    """A log in source/ would overwrite every trainee's own when their work is graded."""
    for path in _source_files(bank):
        if path.suffix == _LOG:
            yield Finding(
                Spot(bank.name(path)),
                _("An answer log lies among what is handed out."),
                _("Delete it: it would overwrite the trainees' own answers."),
            )


@rule("key-in-source", _("No key lies in a course's source."))
def keys_in_source(bank: Bank) -> Iterator[Finding]:
    """What lies in source/ is handed out, keys and solutions too."""
    keys = {path.name for path in _below(bank, "courses", "key/**/*")}
    for path in _source_files(bank):
        inside = path.relative_to(bank.root / "courses").parts
        if path.suffix in {".yaml", ".yml"} or path.name in keys or "key" in inside[2:]:
            yield Finding(
                Spot(bank.name(path)),
                _("This looks like a key, and lies among what is handed out."),
                _("Move it to the course's key/ folder."),
            )


def _source_files(bank: Bank) -> Iterator[Path]:
    yield from _below(bank, "courses", "source/**/*")


def _below(bank: Bank, top: str, pattern: str) -> Iterator[Path]:
    for path in sorted((bank.root / top).rglob(pattern)):
        if path.is_file() and not _SKIPPED & set(path.parts):
            yield path


def _cells(path: Path) -> tuple[Cell, ...] | None:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return tuple(
            Cell(
                source if isinstance(source := cell["source"], str) else "".join(source),
                bool(cell.get("outputs")) or cell.get("execution_count") is not None,
            )
            for cell in raw["cells"]
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
