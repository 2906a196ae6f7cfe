"""The answers to steps that judge, one for each outcome, worked out where the case stands.

The standard has links and no calculation. So a dose step becomes a choice between the doses
that come to each outcome: the right one, half of it, twice it, on the shortest way there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from pallkit.cases import Case, Prose
from pallkit.cases.conditions import names_in, read_condition
from pallkit.cases.dosing import EXAMPLES
from pallkit.cases.play import begin, open_ways, take
from pallkit.cases.settling import Settled, settle_outcome
from pallkit.cases.state import PumpSolution, State
from pallkit.cases.steps import (
    ChoiceStep,
    ConsultStep,
    DocumentStep,
    EstimateStep,
    MultiStep,
    OrderStep,
    PlainStep,
    PumpStep,
    Step,
    Way,
    outcome_of,
)
from pallkit.cases.values import Axis, Level
from pallkit.doses.writing import quantity_text
from pallkit.errors import PallkitError
from pallkit.i18n import Language, Message, _, render

MOST_STATES = 2000
"""States tried in looking for the way to each step."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its id and label, what follows, and what is said of it.

    ``score`` is the answer's, where it is more than the way's own.
    """

    id: str
    label: str
    way: Way
    feedback: str
    score: Mapping[Axis, int] | None = None
    danger: bool = False


def judged_answers(case: Case, texts: Prose, level: Level) -> dict[str, tuple[Answer, ...]]:
    """The answers to each judged step that can be reached, by step id."""
    found = {}
    for step_id, state in _first_states(case, level).items():
        step = case.by_id[step_id]
        if not isinstance(step, PlainStep | ChoiceStep | ConsultStep):
            found[step_id] = tuple(_answers(case, texts, step, state))
    return found


def settled_level(when: str, case: Case, level: Level) -> bool | None:
    """Whether a condition holds, where only the level decides it; None where more does."""
    if not when:
        return True
    condition = read_condition(when)
    if set(names_in(condition)) != {"level"}:
        return None
    return condition.holds(begin(case, level))


def _answers(case: Case, texts: Prose, step: Step, state: State) -> list[Answer]:
    if isinstance(step, PlainStep | ChoiceStep | ConsultStep):
        return []
    written = texts.steps[step.id]
    made = []
    for name in step.outcomes:
        settled = settle_outcome(case, step, state, str(name))
        if settled is None:
            continue
        label = _label(step, settled, str(name), texts) or render(_OUTCOMES[str(name)], texts.lang)
        event = settled.event
        made.append(
            Answer(
                str(name).replace("_", "-"),
                label,
                outcome_of(step, str(name)),
                written.outcomes[str(name)],
                event.score,
                danger=event.danger,
            )
        )
    # By label: the right one does not always stand first.
    return sorted(made, key=lambda one: one.label)


_OUTCOMES: Mapping[str, Message] = {
    "all": _("All the right ones"),
    "some": _("Some of the right ones"),
    "wrong": _("Something else"),
    "right": _("The right one"),
    "near": _("Nearly right"),
    "too_low": _("Lower than that"),
    "too_high": _("Higher than that"),
    "complete": _("I have filled in all that was asked for."),
    "incomplete": _("I have left something out."),
}


def _label(step: Step, settled: Settled, name: str, texts: Prose) -> str:
    written = texts.steps[step.id]
    if settled.dose is not None:
        return quantity_text(settled.dose.quantity, texts.lang)
    if isinstance(step, PumpStep) and isinstance(settled.event.solution, PumpSolution):
        rate = settled.event.solution.rate * EXAMPLES[name]
        return render(_("{rate} mL/h", rate=round(rate, 2).normalize()), texts.lang)
    if isinstance(step, MultiStep | OrderStep):
        between = "; " if isinstance(step, MultiStep) else " → "
        return between.join(written.options[one].label for one in settled.event.picked or ())
    if isinstance(step, EstimateStep):
        return _estimate(settled, name, texts.lang)
    assert isinstance(step, DocumentStep)  # noqa: S101  # all that is left
    return ""


def _estimate(settled: Settled, name: str, lang: Language) -> str:
    low, high = settled.event.spread or (0, 10)
    if name == "right":
        return render(_("From {low} to {high}", low=low, high=high), lang)
    if name == "too_low":
        return render(_("Lower than {low}", low=low), lang)
    return render(_("Higher than {high}", high=high), lang)


def _first_states(case: Case, level: Level) -> dict[str, State]:
    """For each step a state it is met in, by a shortest way: for the labels of its answers."""
    found: dict[str, State] = {}
    waiting = deque([begin(case, level)])
    tried = 0
    while waiting and tried < MOST_STATES:
        state = waiting.popleft()
        step_id = state.step
        if step_id is None or (step_id in found and not _asking(case, state)):
            continue
        tried += 1
        found.setdefault(step_id, state)
        step = case.by_id[step_id]
        for choice, _way in open_ways(step, state):
            try:
                after = take(case, state, choice)
            except PallkitError:
                continue  # a dose that cannot be worked out has its own rule in the linter
            if after is not None:
                waiting.append(after)
    return found


def _asking(case: Case, state: State) -> bool:
    """Whether questions have just been put: going on from there is another way on."""
    step = case.by_id[str(state.step)]
    return isinstance(step, ConsultStep) and bool(state.asked.get(step.id))
