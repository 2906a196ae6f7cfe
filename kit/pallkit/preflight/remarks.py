"""What a check tells: one thing that is not as it should be, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from pallkit.answers import Log
from pallkit.hand_ins import shown
from pallkit.i18n import Message, _
from pallkit.preflight.answered import Standing, TaskState
from pallkit.preflight.damage import Damage
from pallkit.preflight.files import Files
from pallkit.preflight.handout import Due

Weight = Literal["mend", "look"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing, and what to do about it.

    ``mend``: the hand-in is not ready before it is put right; ``look``: it is for the trainee
    to judge. ``remedy`` is None where the one who shows it knows what to offer. ``task`` is
    the id of the task it is about, if it is about one.
    """

    code: str
    weight: Weight
    text: Message
    remedy: Message | None
    task: str = ""


def of_name(path: Path, assignment: str) -> Iterator[Remark]:
    """The notebook is called as its assignment, or no one will find it."""
    if assignment and path.stem != assignment:
        wanted = f"{assignment}.ipynb"
        yield Remark(
            "renamed",
            "mend",
            _("The notebook is called “{file}”.", file=shown(Path(path.name))),
            _("Call it “{file}” again, or it is not found when it is graded.", file=wanted),
        )


def of_tasks(tasks: Sequence[TaskState]) -> Iterator[Remark]:
    """Tasks that are not answered, or not so that it can be read."""
    for task in tasks:
        if task.standing == "unreadable" and task.why is not None:
            text = _("{task}: the answer cannot be read. {why}", task=task.title, why=task.why)
            remedy = _("Write it again, with its unit, and save.")
            yield Remark("unreadable", "mend", text, remedy, task.id)
        elif task.standing in _TOLD:
            told, remedy = _TOLD[task.standing]
            text = _("{task}: {standing}", task=task.title, standing=told)
            yield Remark(task.standing, "mend", text, remedy, task.id)


def of_log(log: Log, *, there: bool, wanted: bool) -> Iterator[Remark]:
    """The answer log is there, and all of it can be read."""
    if wanted and not there:
        yield Remark(
            "no-log",
            "mend",
            _("There is no answer log (svar.jsonl) beside the notebook."),
            _("Run all the cells, and answer in the fields. Do not move the notebook alone."),
        )
    elif not log.intact:
        yield Remark(
            "log-damaged",
            "mend",
            _("A part of the answer log cannot be read."),
            _("See that each answer stands in its field, and save once more those that do not."),
        )


def of_cells(damage: Damage) -> Iterator[Remark]:
    """Cells that the grader knows are as they were handed out."""
    for text in damage.mending:
        yield Remark("cell", "mend", text, None)
    for text in damage.lost:
        yield Remark(
            "cell-lost",
            "mend",
            text,
            _(
                "It is put right before grading, and no saved answer is lost. To mend it "
                "yourself, take the notebook from the course once more and keep svar.jsonl."
            ),
        )


def of_files(files: Files) -> Iterator[Remark]:
    """Every file in the folder is one that is taken."""
    for one in files.refused:
        yield Remark(
            "file",
            "mend",
            _("“{file}” is not taken: {why}", file=one.file, why=one.why),
            _("Move it out of the folder. One very large file can stop the whole hand-in."),
        )


def of_persons(numbers: Sequence[Message], contacts: Sequence[Message]) -> Iterator[Remark]:
    """Nothing is about a real person."""
    for place in numbers:
        yield Remark(
            "identity-number",
            "mend",
            _("Looks like an identity number (11 digits): {place}.", place=place),
            _("Take it out. Hand in nothing about a real person."),
        )
    for place in contacts:
        yield Remark(
            "contact",
            "look",
            _("Looks like an e-mail address or a telephone number: {place}.", place=place),
            _("Take it out if it is a real person's."),
        )


def of_time(due: Due | None, now: datetime) -> Iterator[Remark]:
    """It is not too late."""
    if due is not None and now > due.at:
        yield Remark(
            "late",
            "look",
            _("The deadline was {due}.", due=due.text),
            _("Hand in all the same, and tell the course leader."),
        )


def of_saving(*, unsaved: bool | None, older: bool) -> Iterator[Remark]:
    """What stands in the notebook is what is handed in.

    ``unsaved`` is what the browser says; None where none does, and then it counts whether the
    notebook is ``older`` than the last answer.
    """
    save = _("Save it (Ctrl+S, on a Mac ⌘S). Answers in the fields are saved already.")
    if unsaved:
        text = _("The notebook has changes that are not saved.")
        yield Remark("unsaved", "look", text, save)
    elif unsaved is None and older:
        text = _("The notebook has not been saved since your last answer.")
        yield Remark("saved-before", "look", text, save)


_TOLD: Mapping[Standing, tuple[Message, Message]] = {
    "missing": (_("not answered."), _("Answer it, and save the answer.")),
    "begun": (_("the case is not played to its end."), _("Go on until the debrief is shown.")),
    "withdrawn": (
        _("you have taken your answer back, so none counts."),
        _("Save an answer again."),
    ),
}
