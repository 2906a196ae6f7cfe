"""A course's hand-ins, trainee by trainee and task by task.

Every log is judged here again, by trusted code in a process of its own: what a trainee's
notebook made of itself while nbgrader ran it is compared with this, not believed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from pallkit_grading.course import LOG_NAME
from pallkit_grading.gradebook import Grade, read_grades
from pallkit_grading.judge import judge_file
from pallkit_grading.judgement import Judgement
from pallkit_grading.key import CodeTask, Key, Task


@dataclass(frozen=True, slots=True)
class Result:
    """One task of one trainee: our judgement, and the gradebook's grade where it has one."""

    trainee: str
    judgement: Judgement
    grade: Grade | None

    @property
    def points(self) -> Decimal | None:
        """A person's grade first, then ours. None: not graded, or not graded yet."""
        if self.grade is not None and self.grade.manual is not None:
            return self.grade.manual
        return self.judgement.points

    @property
    def needs_grading(self) -> bool:
        """Whether a person has to look: a text without a grade, or a task not graded."""
        return self.points is None

    @property
    def disagrees(self) -> bool:
        """Whether nbgrader's automatic score is another than ours.

        It ran the trainee's notebook, so it is the one that may have been talked to.
        """
        if self.grade is None or self.grade.auto is None or self.judgement.outcome == "by_hand":
            return False
        return self.grade.auto != (self.judgement.points or Decimal(0))


def results(folder: Path, key: Key, assignment: str) -> Iterator[Result]:
    """Judge every hand-in of an assignment that nbgrader has collected in ``folder``."""
    tasks = key.of(assignment)
    handed_in = sorted((folder / "submitted").glob(f"*/{assignment}"))
    grades = read_grades(folder, assignment)
    for hand_in in handed_in:
        trainee = hand_in.parent.name
        for task in tasks:
            judgement = judge_file(task, hand_in / LOG_NAME, trainee=trainee)
            grade = grades.get((trainee, str(task.id)))
            yield Result(trainee, _ran(task, judgement, grade), grade)


def _ran(task: Task, judgement: Judgement, grade: Grade | None) -> Judgement:
    """Code is not run here: what it gave when it was graded stands in the gradebook."""
    if not isinstance(task, CodeTask) or grade is None or grade.auto is None:
        return judgement
    return replace(judgement, outcome="graded", points=grade.auto, lines=())
