"""Every task of every trainee in a course, one row each, in the two languages together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from pallkit.answers import latest, read
from pallkit.errors import PallkitError
from pallkit.i18n import Language, render
from pallkit_grading.book.rows import Student, students
from pallkit_grading.course import LOG_NAME, Assignment, Course
from pallkit_grading.feedback_data import Released, read_released
from pallkit_grading.judge import judge_file
from pallkit_grading.key import CodeTask, Task
from pallkit_grading.scores import CourseBook, Scores, State, TaskScore, scores_of


@dataclass(frozen=True, slots=True)
class Row:
    """One task of one trainee. ``points`` is None unless it is graded, and never 0 for that.

    ``mistake`` is the engine's error class, ``sure`` how sure the trainee was (0 to 10) and
    ``right`` whether the answer gave all the points; None where that is not known.
    """

    set: str
    trainee: str
    group: str
    task: str
    state: State
    points: Decimal | None
    most: Decimal
    mistake: str | None = None
    danger: bool = False
    sure: int | None = None
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class TaskSet:
    """The tasks of one key: their titles in the reader's language, and whether points count."""

    id: str
    title: str
    titles: Mapping[str, str]
    graded: bool


@dataclass(frozen=True)
class Report:
    """What a report is made from; the same for the page and the tables."""

    course: Course
    lang: Language
    rows: tuple[Row, ...]
    sets: tuple[TaskSet, ...]
    states: Mapping[tuple[str, str], State]
    goals: Mapping[str, tuple[str, ...]]
    students: Mapping[str, Student]

    @cached_property
    def trainees(self) -> tuple[str, ...]:
        """Everybody the gradebook knows, by name."""
        return tuple(sorted({trainee for trainee, _set in self.states}))

    def name(self, trainee: str) -> str:
        """The trainee's name, or the id where no name is known."""
        person = self.students.get(trainee, Student(trainee))
        return " ".join(filter(None, (person.first_name, person.last_name))) or trainee


def read_report(of: CourseBook, lang: Language) -> Report:
    """Read every set of tasks of the course that has been handed out."""
    keys: dict[str, Assignment] = {}
    for one in of.course.assignments:
        if one.key not in keys or one.lang == lang:
            keys[str(one.key)] = one
    rows: list[Row] = []
    sets: list[TaskSet] = []
    states: dict[tuple[str, str], State] = {}
    goals: dict[str, tuple[str, ...]] = {}
    for key, assignment in keys.items():
        released = read_released(of.folder, str(assignment.id))
        sets.append(_set(key, assignment, released))
        tasks = {str(task.id): task for task in of.key.of(str(assignment.id))}
        goals |= {id_: tuple(map(str, task.goals)) for id_, task in tasks.items()}
        for scores in scores_of(of, key):
            states[scores.trainee, key] = scores.state
            rows += _rows(of, key, scores, tasks)
    return Report(of.course, lang, tuple(rows), tuple(sets), states, goals, students(of.book))


def _set(key: str, assignment: Assignment, released: Released) -> TaskSet:
    return TaskSet(key, released.title or key, released.headings, assignment.graded)


def _rows(of: CourseBook, key: str, scores: Scores, tasks: Mapping[str, Task]) -> Iterator[Row]:
    for score in scores.tasks:
        row = Row(
            key,
            scores.trainee,
            _group(of, scores),
            score.task,
            score.state,
            score.points,
            score.most,
        )
        task = tasks.get(score.task)
        yield row if task is None else _judged(of, scores, score, task, row)


def _group(of: CourseBook, scores: Scores) -> str:
    """The first group the trainee is in, whatever it is for; nothing where there is none."""
    for group in of.rules.groups:
        if scores.trainee in group.members:
            return str(group.id)
    return ""


def _judged(of: CourseBook, scores: Scores, score: TaskScore, task: Task, row: Row) -> Row:
    """The row with what the answers say beside the points; as it is where none can be read."""
    if scores.hand_in is None or isinstance(task, CodeTask):
        return row
    folder = of.folder / "autograded" / scores.hand_in.trainee / scores.hand_in.assignment
    try:
        judged = judge_file(task, folder / LOG_NAME, trainee=scores.hand_in.trainee)
        answer = latest(read(folder / LOG_NAME), score.task)
    except PallkitError:
        return row
    graded = judged.outcome == "graded" and answer is not None
    return replace(
        row,
        mistake=judged.mistake,
        danger=judged.danger,
        sure=None if answer is None else answer.sure,
        right=judged.points == judged.most if graded else None,
    )


def goal_texts(report: Report) -> Mapping[str, str]:
    """The course's goals in the reader's language, in its order."""
    return {str(goal.id): render(goal.text, report.lang) for goal in report.course.goals}
