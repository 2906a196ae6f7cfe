"""The check before handing in: all that can be said from what lies in the folder.

It reads, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pallkit.answers import Log, read
from pallkit.errors import LogError
from pallkit.i18n import Message, _
from pallkit.preflight import remarks
from pallkit.preflight.answered import TaskState
from pallkit.preflight.damage import Damage, find_damage
from pallkit.preflight.files import Files, look_at_files
from pallkit.preflight.handout import Due, HandOut, add_told_in, read_handout
from pallkit.preflight.notebook import (
    Cell,
    Notebook,
    PreflightError,
    find_notebook,
    read_notebook,
)
from pallkit.preflight.persons import contacts, identity_numbers
from pallkit.preflight.remarks import Remark
from pallkit.preflight.tasks import graded, task_states

LOG_NAME = "svar.jsonl"

CHECKPOINTS = ".ipynb_checkpoints"
"""Where Jupyter keeps earlier copies, and we ours: nothing of it is handed in."""

COPY = "reservekopi"
"""What our own copies are called, after the notebook's name."""

_SLACK = 2.0  # seconds by which a file system may date a file too early


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. ``due`` is None where nothing here says when to hand in."""

    notebook: Notebook
    assignment: str
    due: Due | None
    checked_at: datetime
    tasks: tuple[TaskState, ...]
    files: Files
    damage: Damage
    remarks: tuple[Remark, ...]

    @property
    def ready(self) -> bool:
        """Nothing has to be mended first."""
        return not any(one.weight == "mend" for one in self.remarks)

    @property
    def headline(self) -> Message:
        """Ready or not, in one line."""
        to_mend = sum(one.weight == "mend" for one in self.remarks)
        to_look_at = len(self.remarks) - to_mend
        if to_mend:
            return _("Not ready to hand in: {count} to put right.", count=to_mend)
        if to_look_at:
            return _("Ready to hand in, but have a look at {count} first.", count=to_look_at)
        return _("Ready to hand in.")

    @property
    def what_is_handed_in(self) -> Iterator[Message]:
        """How much, and what stays behind by itself."""
        size = -(-self.files.size // 1000)
        yield _("Files: {count}, {size} kB together.", count=self.files.count, size=size)
        if self.files.staying:
            names = ", ".join(self.files.staying[:8])
            yield _("Not handed in, and need not be: {names}.", names=names)

    @property
    def deadline(self) -> Message:
        """When to hand in, and how long it is to then."""
        if self.due is None:
            return _("The deadline is not known here. See your course's page.")
        left = self.due.left(self.checked_at)
        return _("Deadline: {due}, {left}.", due=self.due.text, left=left)


def preflight(
    folder: Path,
    name: str | None = None,
    *,
    now: datetime,
    log_name: str = LOG_NAME,
    unsaved: bool | None = None,
) -> Report:
    """Check the hand-in in ``folder``, at the moment ``now`` (with its time zone).

    ``name`` is the notebook's, where there are several. ``unsaved`` says what only the
    browser knows; None where nobody does, and then the times of the files are compared.
    Raises :class:`PreflightError` when there is nothing to check.
    """
    handout = read_handout(folder)
    notebook = read_notebook(find_notebook(folder, name, likely=handout.assignment))
    if _has_another(folder, notebook, handout.assignment):
        handout = HandOut(due=handout.due)
    handout = add_told_in(handout, notebook.raw)
    log, there = _log(folder / log_name)
    cells = notebook.cells
    tasks = task_states(cells, handout, log)
    files = look_at_files(folder)
    damage = _damage(notebook, handout)
    wanted = any(task.kind != "code" for task in tasks)
    renamed = not _has_another(folder, notebook, handout.assignment)
    found = (
        *remarks.of_name(notebook.path, handout.assignment if renamed else ""),
        *remarks.of_tasks(tasks),
        *remarks.of_cells(damage),
        *remarks.of_log(log, there=there, wanted=wanted),
        *remarks.of_files(files),
        *remarks.of_persons(identity_numbers(cells, log), contacts(cells, log)),
        *remarks.of_saving(unsaved=unsaved, older=_older(notebook, log)),
        *remarks.of_time(handout.due, now),
    )
    assignment = handout.assignment or notebook.path.stem
    return Report(notebook, assignment, handout.due, now, tasks, files, damage, found)


def _has_another(folder: Path, notebook: Notebook, assignment: str) -> bool:
    """Whether the assignment's own notebook lies here too, and this is some other."""
    own = f"{assignment}.ipynb"
    return assignment != "" and notebook.path.name != own and (folder / own).is_file()


def _damage(notebook: Notebook, handout: HandOut) -> Damage:
    tasks = [one.id for one in handout.tasks] or list(graded(notebook.cells))
    return find_damage(notebook.cells, handout.cells, _earlier(notebook.path), tasks)


def _earlier(path: Path) -> Iterator[tuple[Cell, ...]]:
    """Earlier copies of the notebook, the oldest first: it is the likeliest to be whole."""
    copies = sorted(
        (path.parent / CHECKPOINTS).glob("*.ipynb"), key=lambda one: one.lstat().st_mtime
    )
    for copy in copies[:20]:
        if copy.name.startswith((f"{path.stem}-checkpoint", f"{path.stem}-{COPY}-")):
            try:
                yield read_notebook(copy).cells
            except PreflightError:
                continue


def _log(path: Path) -> tuple[Log, bool]:
    if not path.exists():
        return Log(), False
    try:
        return read(path), True
    except LogError as error:
        return Log(problems=(error.message,), damaged=1), True


def _older(notebook: Notebook, log: Log) -> bool:
    """Whether the last answer is newer than the notebook, by the clock of this machine."""
    last = max((one.at for one in log.records if one.type in {"answer", "decision"}), default="")
    try:
        at = datetime.fromisoformat(last)
    except ValueError:
        return False
    return at.timestamp() > notebook.saved_at + _SLACK
