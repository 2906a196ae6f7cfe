"""One task's part of the answer log, as a widget in a notebook keeps it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from pallkit.answers import Log, decisions, held, read, record
from pallkit.errors import LogError
from pallkit.i18n import _

GRADING = "NBGRADER_EXECUTION"
"""Set by nbgrader while it runs a notebook to grade or validate it. What is handed in must
then stay as it was handed in: a log made there would turn «not graded» into 0 points."""

Decisions = tuple[dict[str, str], ...]


class MovedOnError(LogError):
    """Another window has added decisions that this one has not shown."""

    def __init__(self, standing: Decisions) -> None:
        super().__init__(_("The case has gone on in another window. Here is where it stands now."))
        self.standing = standing


class Journal:
    """The log of a notebook, seen from one task. Only ever added to, and never when graded."""

    def __init__(self, path: Path, task: str) -> None:
        self.path, self.task = path, task
        self.notebook = Path(os.environ.get("JPY_SESSION_NAME", "")).name
        self.closed = GRADING in os.environ

    def open(self, trainee: str | None = None) -> Log:
        """Read the log and note, once, that the task has been shown.

        With ``trainee``, that it was made for that one.
        """
        value = None if trainee is None else {"trainee": trainee}
        if self.closed:
            return read(self.path) if self.path.exists() else Log()
        with held(self.path) as log:
            found = log.read()
            if any(
                (entry.type, entry.task, entry.value) == ("opened", self.task, value)
                for entry in found.records
            ):
                return found
            opened = record("opened", self.task, value, notebook=self.notebook)
            log.append(opened)
        return replace(found, records=(*found.records, opened))

    def add(self, kind: str, value: object = None, *, seen: Decisions | None = None) -> Log:
        """Add a record and answer the log with it.

        With ``seen``, the decisions this window shows, nothing is added when another
        window has gone on since: :class:`MovedOnError` then has where the case stands.
        """
        entry = record(kind, self.task, value, notebook=self.notebook)
        if self.closed:
            raise LogError(_("The notebook is being graded. Nothing can be changed now."))
        with held(self.path) as log:
            found = log.read()
            if seen is not None and decisions(found, self.task) != seen:
                raise MovedOnError(decisions(found, self.task))
            log.append(entry)
        return replace(found, records=(*found.records, entry))
