"""The ways on from a step: what is chosen, what is said of it, where it leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from markupsafe import Markup

from pallkit.cases import Case, Prose, State, names
from pallkit.cases.applying import apply
from pallkit.cases.prose import OptionProse, StepProse
from pallkit.cases.settling import settle_outcome
from pallkit.cases.steps import (
    ChoiceStep,
    ConsultStep,
    Option,
    PlainStep,
    Question,
    Step,
    Way,
    is_best,
    ways,
)
from pallkit.cases.values import Axis
from pallkit.cases.view_effects import effects_text
from pallkit.i18n import Language, render
from pallkit.texts import to_html
from pallkit_app.guide.conditions import Conditions
from pallkit_app.guide.effects import all_words, more_words
from pallkit_app.guide.labels import GO_ON, OUTCOME_MARKS


@dataclass(frozen=True, slots=True)
class Onward:
    """Where a way leads. ``when`` is the condition of a turn; empty for the usual next step."""

    when: str
    next_id: str | None
    number: int | None
    title: str


@dataclass(frozen=True, slots=True)
class Branch:
    """One way on from a step. ``mark`` is its letter; empty where there is no choice.

    ``who`` is asked at a consult step; ``offered`` is the condition it is offered under;
    ``under`` pairs conditions with what they add; ``onward`` is empty for a question, after
    which the group is at the same step still.
    """

    mark: str
    label: str
    who: str
    offered: str
    feedback: Markup
    best: bool
    danger: bool
    points: str
    effects: str
    under: tuple[tuple[str, str], ...]
    onward: tuple[Onward, ...]

    @property
    def ends(self) -> bool:
        """Whether the case can end with this choice."""
        return any(one.next_id is None for one in self.onward)


class Branches:
    """Tells the ways on from the steps of one case in one language."""

    def __init__(self, case: Case, text: Prose, lang: Language, numbers: Mapping[str, int]) -> None:
        self._case, self._text, self._lang, self._numbers = case, text, lang, numbers
        self._conditions = Conditions(case, text, lang, numbers)

    def of(self, step: Step, state: State) -> Iterator[Branch]:
        """Every way on from ``step``, open or not, as it goes where it is met in ``state``."""
        for choice, way in ways(step):
            said = _said(step, self._text.steps[step.id], choice)
            asked = _asked(step, choice)
            yield Branch(
                mark=_mark(step, choice),
                label=said.label or self._own_label(step, choice),
                who="" if asked is None else self._who(asked),
                offered=self._conditions.say(_when(way, asked)),
                feedback=Markup(to_html(said.feedback)),  # noqa: S704  # safe HTML
                best=is_best(step, choice),
                danger=way.danger,
                points=points(way.score, self._lang),
                effects=" · ".join(self._effects(step, state, choice, way)),
                under=tuple(self._under(way)),
                onward=() if asked is not None else tuple(self._onward(way)),
            )

    def _own_label(self, step: Step, choice: str | None) -> str:
        if isinstance(step, PlainStep):
            return ""
        if isinstance(step, ConsultStep):
            return render(GO_ON, self._lang)
        return render(names.outcome(step.kind, str(choice)), self._lang)

    def _who(self, asked: Question) -> str:
        known = self._text.people.get(asked.who)
        role = names.ROLE.get(asked.who)  # type: ignore[call-overload]  # any id
        return known.name if known else render(role, self._lang) if role else str(asked.who)

    def _effects(self, step: Step, state: State, choice: str | None, way: Way) -> Iterator[str]:
        # A dose ordered here may go on the medicine list, so an example of it is remembered.
        if not isinstance(step, PlainStep | ChoiceStep | ConsultStep):
            settled = settle_outcome(self._case, step, state, str(choice))
            state = state if settled is None else settled.remember(state)
        body = effects_text(state, apply(state, way.effects), self._lang)
        yield from filter(None, [body])
        yield from more_words(way.effects, self._text, self._lang)

    def _under(self, way: Way) -> Iterator[tuple[str, str]]:
        for more in way.also:
            follows = " · ".join(all_words(more.effects, self._text, self._lang))
            yield self._conditions.say(more.when), follows

    def _onward(self, way: Way) -> Iterator[Onward]:
        for turn in way.turns:
            yield self._to(turn.next, self._conditions.say(turn.when))
        yield self._to(way.next, "")

    def _to(self, next_: str | None, when: str) -> Onward:
        if next_ is None:
            return Onward(when, None, None, "")
        return Onward(when, next_, self._numbers[next_], self._text.steps[next_].title)


def points(score: Mapping[Axis, int], lang: Language) -> str:
    """The points of a choice: «Trygghet +2, Tid −1». No points, no words."""
    return ", ".join(
        f"{render(names.AXIS[axis], lang)} {'+' if points > 0 else '−'}{abs(points)}"
        for axis, points in score.items()
        if points
    )


def _mark(step: Step, choice: str | None) -> str:
    if isinstance(step, ChoiceStep):
        return _letter([one.id for one in step.options], choice)
    if isinstance(step, ConsultStep):
        return _letter([one.id for one in step.questions], choice) or "→"
    return OUTCOME_MARKS.get(str(choice), "")


def _letter(ids: Sequence[str], choice: str | None) -> str:
    return ascii_uppercase[ids.index(choice)] if choice in ids else ""


def _said(step: Step, written: StepProse, choice: str | None) -> OptionProse:
    """What is said of a choice; nothing at a plain step, or of going on."""
    if isinstance(step, ChoiceStep | ConsultStep):
        return written.options.get(str(choice), OptionProse(""))
    return OptionProse("", written.outcomes.get(str(choice), ""))


def _asked(step: Step, choice: str | None) -> Question | None:
    questions = step.questions if isinstance(step, ConsultStep) else ()
    return next((one for one in questions if one.id == choice), None)


def _when(way: Way, asked: Question | None) -> str:
    if asked is not None:
        return asked.when
    return way.when if isinstance(way, Option) else ""
