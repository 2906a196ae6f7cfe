"""One step as the leader meets it: what to read, what to let decide, what to reveal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from string import ascii_uppercase
from typing import Any

from markupsafe import Markup

from pallkit.cases import Case, Prose, State, names
from pallkit.cases.dosing import solve
from pallkit.cases.prose import StepProse
from pallkit.cases.steps import (
    ON,
    ChoiceStep,
    ConsultStep,
    DoseStep,
    Option,
    Outcome,
    PlainStep,
    Question,
    Step,
    is_best,
)
from pallkit.cases.values import Axis
from pallkit.cases.view_effects import effects_text
from pallkit.doses import measure_text, read_measure, shown
from pallkit.i18n import Language, _, number, render
from pallkit.texts import to_html
from pallkit_app.guide.labels import KIND, OUTCOME_MARKS
from pallkit_app.guide.routes import best_path, moves


@dataclass(frozen=True, slots=True)
class Branch:
    """One way on from a step. ``mark`` is its letter; empty where there is no choice."""

    mark: str
    label: str
    feedback: Markup
    best: bool
    danger: bool
    on_path: bool
    points: str
    effects: str
    next_id: str | None
    next_number: int | None
    next_title: str


@dataclass(frozen=True, slots=True)
class RightDose:
    """A computed answer: «40 mg/24 t», what is accepted, and the steps of the sum."""

    amount: str
    tolerance: str
    receipt: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class GuideStep:
    """A step of the guide. ``start`` is minutes from the start; None on a detour."""

    id: str
    number: int
    kind: str
    kind_name: str
    title: str
    minutes: int
    start: int | None
    on_path: bool
    read: Markup
    ask: str
    hint: str
    unit: str
    branches: tuple[Branch, ...]
    right: RightDose | None
    expert: Markup
    questions: tuple[str, ...]
    sources: tuple[int, ...]

    @property
    def ends(self) -> bool:
        """Whether the case can end with this step."""
        return any(branch.next_id is None for branch in self.branches)


class Teller:
    """Tells a case step by step in one language, numbered in reading order."""

    def __init__(
        self,
        case: Case,
        text: Prose,
        lang: Language,
        *,
        order: Sequence[str],
        sources: Sequence[str],
    ) -> None:
        self._case, self._text, self._lang = case, text, lang
        self._numbers = {id_: at for at, id_ in enumerate(order, 1)}
        self._sources = {id_: at for at, id_ in enumerate(sources, 1)}
        path = best_path(case)
        ends = accumulate(case.by_id[id_].minutes for id_ in path)
        self._starts = dict(zip(path, [0, *ends], strict=False))

    def step(self, id_: str, state: State) -> GuideStep:
        """Tell the step ``id_``, met in ``state``."""
        step, written = self._case.by_id[id_], self._text.steps[id_]
        return GuideStep(
            id=id_,
            number=self._numbers[id_],
            kind=step.kind,
            kind_name=render(KIND[step.kind], self._lang),
            title=written.title,
            minutes=step.minutes,
            start=self._starts.get(id_),
            on_path=id_ in self._starts,
            read=Markup(to_html(written.text)),  # noqa: S704  # to_html answers safe HTML
            ask=written.ask,
            hint=written.hint,
            unit=_unit(step, self._lang),
            branches=tuple(self._branches(step, written, state)),
            right=self._right(step, state),
            expert=Markup(to_html(written.expert)),  # noqa: S704  # as above
            questions=tuple(self._text.guide.questions.get(id_, ())),
            sources=tuple(self._sources[source] for source in step.sources),
        )

    def _branches(self, step: Step, written: StepProse, state: State) -> list[Branch]:
        ways = _ways(step, written, self._lang)
        return [
            self._branch(ways[choice], state, after, on_path=best)
            for choice, best, after in moves(self._case, state)
        ]

    def _branch(self, way: _Told, before: State, after: State, *, on_path: bool) -> Branch:
        next_ = after.step
        return Branch(
            mark=way.mark,
            label=way.label,
            feedback=Markup(to_html(way.feedback)),  # noqa: S704  # to_html answers safe HTML
            best=way.best,
            danger=way.danger,
            on_path=on_path,
            points=_points(way.score, self._lang),
            effects=effects_text(before, after, self._lang),
            next_id=next_,
            next_number=None if next_ is None else self._numbers[next_],
            next_title="" if next_ is None else self._text.steps[next_].title,
        )

    def _right(self, step: Step, state: State) -> RightDose | None:
        if not isinstance(step, DoseStep):
            return None
        solution = solve(step, state)
        amounts = dict.fromkeys(number(shown(bound), self._lang) for bound in solution.bounds)
        return RightDose(
            amount=f"{'–'.join(amounts)} {measure_text(solution.measure, self._lang)}",
            tolerance=f"± {number(step.tolerance * 100, self._lang)} %",
            receipt=tuple(
                {**row, "source": self._sources.get(row["source"])}
                for row in solution.receipt.to_json(self._lang)
            ),
        )


@dataclass(frozen=True, slots=True)
class _Told:
    mark: str
    label: str
    feedback: str
    best: bool
    danger: bool
    score: Mapping[Axis, int]


def _ways(step: Step, written: StepProse, lang: Language) -> Mapping[str | None, _Told]:
    """What is said of each choice; a plain step has one way, of which nothing is said."""
    if isinstance(step, PlainStep):
        return {None: _Told("", "", "", best=False, danger=False, score={})}
    if isinstance(step, ChoiceStep):
        return {
            option.id: _told_option(letter, option, written)
            for letter, option in zip(ascii_uppercase, step.options, strict=False)
        }
    if isinstance(step, ConsultStep):
        return {
            **{
                asked.id: _told_question(letter, asked, written)
                for letter, asked in zip(ascii_uppercase, step.questions, strict=False)
            },
            ON: _Told("→", render(_("Go on"), lang), "", best=False, danger=False, score={}),
        }
    return {
        str(name): _told_outcome(step, str(name), outcome, written, lang)
        for name, outcome in step.outcomes.items()
    }


def _told_option(letter: str, option: Option, written: StepProse) -> _Told:
    said = written.options[option.id]
    return _Told(letter, said.label, said.feedback, option.best, option.danger, option.score)


def _told_question(letter: str, asked: Question, written: StepProse) -> _Told:
    said = written.options[asked.id]
    return _Told(
        letter, said.label, said.feedback, best=False, danger=asked.danger, score=asked.score
    )


def _told_outcome(
    step: Step, name: str, outcome: Outcome, written: StepProse, lang: Language
) -> _Told:
    return _Told(
        OUTCOME_MARKS[name],
        render(names.outcome(step.kind, name), lang),
        written.outcomes[name],
        is_best(step, name),
        outcome.danger,
        outcome.score,
    )


def _points(score: Mapping[Axis, int], lang: Language) -> str:
    """The points of a choice: «Trygghet +2, Tid −1». No points, no words."""
    return ", ".join(
        f"{render(names.AXIS[axis], lang)} {'+' if points > 0 else '−'}{abs(points)}"
        for axis, points in score.items()
        if points
    )


def _unit(step: Step, lang: Language) -> str:
    if not isinstance(step, DoseStep):
        return ""
    return measure_text(read_measure(step.answer_unit), lang)
