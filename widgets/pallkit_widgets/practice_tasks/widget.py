"""Practice tasks, one at a time: answer, see what went wrong, and take the next."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pallkit.errors import PallkitError
from pallkit.i18n import Message, _, render
from pallkit.opioids.tasks_shape import LEVELS, Level
from pallkit.pump.tasks_series import practice_tasks
from pallkit_widgets.practice_tasks.attempts import Attempt
from pallkit_widgets.practice_tasks.labels import LABELS
from pallkit_widgets.practice_tasks.shown import task_set
from pallkit_widgets.shared.assets import module, stylesheet
from pallkit_widgets.shared.base import PallkitWidget

MOST_TASKS = 20
LONGEST_SEED = 40
_SCRIPTS = (
    "shared/dom.js",
    "shared/link.js",
    "shared/print.js",
    "shared/receipt.js",
    "practice_tasks/progress.js",
    "practice_tasks/task.js",
    "practice_tasks/result.js",
    "practice_tasks/settings.js",
    "practice_tasks/view.js",
)
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
"""Of a new seed: none that is taken for another when it is read aloud or written on a board."""


class TaskError(PallkitError):
    """What was asked for cannot be done; ``field`` is "answer" or "seed"."""

    def __init__(self, field: Literal["answer", "seed"], message: Message) -> None:
        super().__init__(message)
        self.field = field


class PracticeTasks(PallkitWidget):
    """A set of ``count`` tasks made from ``seed``: the same tasks for all who have the seed.

    ``kinds`` are taken in turn: counting, switching, rescue, to-pump, pump-rate,
    pump-reservoir, pump-bolus, mixture. A mistake is named where exactly one known mistake
    gives the number that was answered. Nothing is kept when the page is left.
    """

    _esm = module(*_SCRIPTS)
    _css = stylesheet("practice_tasks/style.css")
    LABELS = LABELS
    MESSAGES = {  # noqa: RUF012  # read only
        "check": {"task": int, "text": str},
        "choose": {"task": int, "choice": int},
        "choices": {"task": int, "shown": bool},
        "go": {"task": int},
        "fetch": {"seed": str, "level": str},
        "another": {},
    }

    def __init__(
        self,
        kinds: Sequence[str] = ("counting", "switching"),
        level: Level = "A",
        count: int = 6,
        seed: str = "omregning",
        lang: str = "nb",
    ) -> None:
        super().__init__(lang)
        if level not in LEVELS:
            raise ValueError(f"level is one of {', '.join(LEVELS)}, not {level!r}")
        if not 1 <= count <= MOST_TASKS:
            raise ValueError(f"count is from 1 to {MOST_TASKS}, not {count}")
        self.kinds, self.count = tuple(kinds), count
        self._error: tuple[str, Message] | None = None
        self._make(_read_seed(seed), level)
        self._paint()

    def __repr__(self) -> str:
        """Say which tasks they were where no widget can be shown."""
        return f"PracticeTasks: {self.seed}, {self.level}"

    def handle(self, message: Mapping[str, Any]) -> None:
        """Do what the learner asked for; of a task that is not there, nothing."""
        kind = message["type"]
        if kind == "fetch":
            self._make(_read_seed(message["seed"]), _read_level(message["level"]))
        elif kind == "another":
            self._make("".join(secrets.choice(_LETTERS) for _letter in range(5)), self.level)
        elif kind != "language" and 0 <= message["task"] < self.count:
            self._try(message)
        self._paint(done=kind)

    def refuse(self, error: PallkitError, message: Mapping[str, Any]) -> None:
        """Say what is wrong, beside the field it is about; what was typed stays."""
        field = error.field if isinstance(error, TaskError) else "answer"
        if message["type"] == "fetch":
            field = "seed"
        self._error = (field, error.message)
        self._paint(done=message["type"])

    def _make(self, seed: str, level: Level) -> None:
        made = practice_tasks(seed, self.count, level, self.kinds)
        self.seed, self.level = seed, level
        self._attempts = [Attempt(task) for task in made]
        self._at = 0
        self._error = None

    def _try(self, message: Mapping[str, Any]) -> None:
        self._error, self._at = None, message["task"]
        attempt = self._attempts[self._at]
        if message["type"] == "check":
            attempt.check(message["text"])
        elif message["type"] == "choices":
            attempt.choosing = message["shown"]
        elif message["type"] == "choose":
            if not 0 <= message["choice"] < len(attempt.task.choices):
                raise TaskError("answer", _("Choose one of the answers, then check it."))
            attempt.choose(message["choice"])

    def _paint(self, *, done: str | None = None) -> None:
        error = None
        if self._error is not None:
            field, text = self._error
            error = {"field": field, "text": render(text, self.lang)}
        parts = task_set(self._attempts, self._at, self.lang)
        self.show({**parts, "seed": self.seed, "level": self.level, "error": error, "done": done})


def _read_seed(typed: str) -> str:
    """The seed as all would write it: small letters, one space between words."""
    seed = " ".join(typed.casefold().split())
    if not seed:
        raise TaskError("seed", _("Write a word for the task set, for example kurs 1."))
    if len(seed) > LONGEST_SEED or not seed.isprintable():
        raise TaskError(
            "seed", _("A task set has at most {most} letters or digits.", most=LONGEST_SEED)
        )
    return seed


def _read_level(text: str) -> Level:
    found = next((one for one in LEVELS if one == text), None)
    if found is None:
        raise TaskError("seed", _("Choose a level: A, B or C."))
    return found
