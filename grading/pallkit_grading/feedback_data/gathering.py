"""Gather the feedback on a hand-in: the gradebook's points, and why, judged once more.

The points are the gradebook's, since those count. What is said of them is judged again from
the answers that were graded, and where the two differ there is no page: a page that gives one
score and explains another helps nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pallkit.errors import PallkitError
from pallkit.i18n import LANGUAGES, Language, Message, _, render
from pallkit_grading.book.history import Told, told
from pallkit_grading.book.rows import GradeRow, Recorded, Student, recorded_rows, students
from pallkit_grading.course import LOG_NAME, Assignment
from pallkit_grading.feedback_data.answers import code_answers, played
from pallkit_grading.feedback_data.code import said_of_code
from pallkit_grading.feedback_data.model import (
    Criterion,
    Feedback,
    Late,
    Line,
    Listed,
    State,
    TaskFeedback,
)
from pallkit_grading.feedback_data.released import Released, read_released
from pallkit_grading.judge import judge_file
from pallkit_grading.judgement import Judgement
from pallkit_grading.key import CaseTask, ChoiceTask, CodeTask, RankingTask, Task, TextTask
from pallkit_grading.manual import Happened, ManualMark, marks, timeline
from pallkit_grading.right_answer import right_answer
from pallkit_grading.rules import Rules
from pallkit_grading.scores import CourseBook, Scores, TaskScore, scores_of

_NO_MARK = ManualMark(Decimal(0), {}, "", "", None)


class StaleScoreError(PallkitError):
    """The gradebook's score is another than the key gives now; grade again first."""


@dataclass(frozen=True, slots=True)
class Source:
    """What the feedback on an assignment is gathered from: read once for everybody."""

    of: CourseBook
    assignment: Assignment
    released: Released
    scores: Mapping[str, Scores]
    rows: Recorded
    marks: Mapping[tuple[str, str], ManualMark]
    told: Mapping[str, Told]
    history: Sequence[Happened]
    students: Mapping[str, Student]

    def __iter__(self) -> Iterator[str]:
        """Those whose hand-in of the assignment is recorded, by name."""
        for trainee, scores in self.scores.items():
            of = scores.hand_in
            if of and of.assignment == self.name and (of.trainee, self.name) in self.rows:
                yield trainee

    @property
    def name(self) -> str:
        """The assignment's id."""
        return str(self.assignment.id)


def read_source(of: CourseBook, name: str) -> Source:
    """Read everything about an assignment; :class:`ContentError` if the course has none such."""
    of.key.of(name)  # says which there are
    session = of.book.db
    return Source(
        of,
        next(one for one in of.course.assignments if one.id == name),
        read_released(of.folder, name),
        {one.trainee: one for one in scores_of(of, name)},
        recorded_rows(of.book, (name,)),
        marks(session, name),
        told(session, name),
        [one for one in timeline(session, name) if one.kind != "second"],
        students(of.book),
    )


def gather(source: Source, trainee: str) -> Feedback:
    """The feedback for one trainee of those in ``source``.

    Raises :class:`StaleScoreError` when the gradebook's automatic score is not the key's.
    """
    scores = source.scores[trainee]
    assert scores.hand_in is not None  # noqa: S101  # whoever is in the source has handed in
    hand_in = _HandIn(source, trainee, scores.hand_in.trainee)
    given = {one.task: one for one in scores.tasks}
    order = [one for one in source.released.order if one in given]
    person = source.students.get(trainee, Student(trainee))
    return Feedback(
        source.of.course,
        source.assignment,
        source.released.title or source.name,
        trainee,
        " ".join(filter(None, (person.first_name, person.last_name))),
        scores.hand_in.time.at,
        tuple(hand_in.task(given[one]) for one in dict.fromkeys([*order, *given])),
        _told(source.told.get(hand_in.owner), scores.notes),
        _late(source.of.rules, scores),
        tuple(one for one in source.history if one.trainee == hand_in.owner),
        len(scores.members) > 1,
    )


@dataclass(frozen=True, slots=True)
class _HandIn:
    """One hand-in; ``owner`` is whose folder it lies in, of a group another member perhaps."""

    source: Source
    trainee: str
    owner: str

    @property
    def folder(self) -> Path:
        return self.source.of.folder / "autograded" / self.owner / self.source.name

    def task(self, score: TaskScore) -> TaskFeedback:
        """The feedback on one task; on one that no key knows, the points and what was written."""
        name, released = score.task, self.source.released
        mark = self.source.marks.get((self.owner, name), _NO_MARK)
        task = {str(one.id): one for one in self.source.of.key.of(self.source.name)}.get(name)
        coded = task is None or isinstance(task, CodeTask)
        judged = None if task is None or coded else self._judged(task, name)
        lost = judged is not None and judged.outcome == "not_graded" and not score.by_person
        points = None if lost else score.points
        state: State = "not_graded" if lost else "waiting" if points is None else "graded"
        return TaskFeedback(
            name,
            released.headings.get(name) or name,
            score.most,
            points,
            state,
            self._code(name) if judged is None else self._said(name, judged.answer),
            code=coded,
            listed=_listed(task),
            lines=self._lines(task, judged),
            **self._right(task),
            flags=() if judged is None else judged.flags,
            rubric=tuple(_criteria(task, mark)) if isinstance(task, TextTask) else (),
            comments=(mark.comment,) if mark.comment else (),
            note=None if task is None else task.note,
            case=played(task, self.folder / LOG_NAME, self.source.assignment.lang)
            if isinstance(task, CaseTask)
            else None,
        )

    def _judged(self, task: Task, name: str) -> Judgement:
        judged = judge_file(task, self.folder / LOG_NAME, trainee=self.owner)
        row = self.source.rows[self.owner, self.source.name].grades.get(name)
        if row is not None and judged.outcome != "by_hand" and _is_stale(row, judged):
            raise StaleScoreError(
                _(
                    "{trainee}: “{task}” has {here} points in the gradebook, and the key gives "
                    "{there} now. Grade again, or look at the hand-in, before feedback is made.",
                    trainee=self.trainee,
                    task=name,
                    here="–" if row.auto is None else row.auto,
                    there="–" if judged.points is None else judged.points,
                )
            )
        return judged

    def _said(self, name: str, answer: str | Message | None) -> Line | None:
        return self.source.released.said(name, answer) if isinstance(answer, str) else answer

    def _lines(self, task: Task | None, judged: Judgement | None) -> tuple[Line, ...]:
        """What is said of the answer; that a person grades it is the page's own to say."""
        if isinstance(task, CodeTask):
            return said_of_code(task, self.folder, self.source.assignment.lang)
        return () if judged is None or judged.outcome == "by_hand" else judged.lines

    def _right(self, task: Task | None) -> Mapping[str, Any]:
        """What was asked and would have been right. Of code not: that would be its tests."""
        if task is None or isinstance(task, CodeTask):
            return {}
        try:
            right = right_answer(task, self.owner)
        except PallkitError:
            return {}  # the key is wrong then, and the judgement says so
        if right is None:
            return {}
        answer = right.answer
        said = (
            self.source.released.said(str(task.id), answer) if isinstance(answer, str) else answer
        )
        return {"question": right.question, "right": said, "receipt": right.steps}

    def _code(self, name: str) -> str | None:
        """What was written in the answer cells that belong to a graded cell."""
        found = code_answers(self.folder)
        cells = (name, *self.source.released.before.get(name, ()))
        stubs = self.source.released.stubs
        written = [
            found[cell]
            for cell in reversed(cells)
            if found.get(cell, "").strip() and found[cell] != stubs.get(cell)
        ]
        return "\n\n".join(written) or None


def _listed(task: Task | None) -> Listed | None:
    if isinstance(task, RankingTask):
        return "in_order"
    return "picked" if isinstance(task, ChoiceTask) and task.several else None


def _is_stale(row: GradeRow, judged: Judgement) -> bool:
    """Whether the automatic score is not what the answers give: by another key, or forged."""
    if row.manual is not None or row.auto is None:
        return False
    return row.auto != (judged.points or Decimal(0))


def _criteria(task: TextTask, mark: ManualMark) -> Iterator[Criterion]:
    for row in task.rubric:
        chosen = mark.rubric.get(str(row.id))
        level = next((one for one in row.levels if one.points == chosen), None)
        yield Criterion(
            row.title,
            None if level is None else level.text,
            None if level is None else level.points,
            max(one.points for one in row.levels),
        )


def _told(known: Told | None, notes: Sequence[Message]) -> tuple[Mapping[Language, str], ...]:
    said = [{lang: render(note, lang) for lang in LANGUAGES} for note in notes]
    return (*(known.lines if known else ()), *said)


def _late(rules: Rules, scores: Scores) -> Late | None:
    if not scores.penalty or scores.hand_in is None:
        return None
    due = rules.due(scores.hand_in.assignment, scores.hand_in.trainee)
    if rules.late is None or due is None:
        return Late(scores.penalty, None)
    rule = _(
        "Each begun day after the deadline takes {share} % of the points. At least {floor} % of "
        "them are kept.",
        share=(rules.late.per_day * 100).normalize(),
        floor=(rules.late.floor * 100).normalize(),
    )
    return Late(scores.penalty, rule)
