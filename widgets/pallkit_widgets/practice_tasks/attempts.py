"""What a learner has done with one task."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from pallkit.opioids.mistakes import Diagnosis
from pallkit.opioids.tasks_shape import PracticeTask

State = Literal["open", "right", "mended", "wrong"]


@dataclass
class Attempt:
    """A task with the answers given to it; the last verdict is shown, all are remembered."""

    task: PracticeTask
    typed: str = ""
    amount: Decimal | None = None
    chosen: int | None = None
    choosing: bool = False
    verdicts: list[Diagnosis] = field(default_factory=list)

    def check(self, typed: str) -> None:
        """Judge what was typed. Raises :class:`pallkit.errors.DoseError`, and keeps the text."""
        self.typed = typed
        self._judge(self.task.read(typed))

    def choose(self, choice: int) -> None:
        """Judge one of the task's choices."""
        self.chosen = choice
        self._judge(self.task.choices[choice])

    def _judge(self, amount: Decimal) -> None:
        if amount == self.amount:
            return  # checked twice is one answer
        self.amount = amount
        self.verdicts.append(self.task.verdict_on(amount))

    @property
    def state(self) -> State:
        """How it stands: right at once, right after another try, wrong, or not tried."""
        if not self.verdicts:
            return "open"
        if self.verdicts[-1].verdict == "right":
            return "right" if self.verdicts[0].verdict == "right" else "mended"
        return "wrong"
