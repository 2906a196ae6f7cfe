"""What pays most: the best answer, at every kind of step, and never a dangerous act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from pallkit.cases.judging import judge_picks
from pallkit.cases.steps import BEST, ChoiceStep, ConsultStep, MultiStep, PlainStep, Step
from pallkit.i18n import _
from pallkit_app.check.bank import Bank
from pallkit_app.check.findings import Finding, rule

_MOST_PICKS = 9  # more than these have their own rule, and would take long to try


@rule("right-is-best", _("The best answer to a step pays more than any other."))
def answers_that_do_not_pay(bank: Bank) -> Iterator[Finding]:
    """A wrong dose, or half of the right boxes, must never give more points than all is right."""
    for files, case in bank.sound_cases:
        for number, step in enumerate(case.steps):
            points = payments(step)
            best = BEST.get(step.kind, "")
            others = [most for name, (_least, most) in points.items() if name != best]
            if best in points and others and points[best][0] <= max(others):
                yield Finding(
                    files.spot("case", ("steps", number, "outcomes")),
                    _("Another answer gives as many points as the best one."),
                    _("Give “{best}” the highest score.", best=best),
                )


@rule(
    "danger-pays", _("The best answer is never dangerous, and no option pays more than the best.")
)
def dangers_that_pay(bank: Bank) -> Iterator[Finding]:
    """What the debrief praises must be what the points praise, and safe."""
    for files, case in bank.sound_cases:
        for number, step in enumerate(case.steps):
            if isinstance(step, ChoiceStep):
                best = [sum(one.score.values()) for one in step.options if one.best]
                for at, option in enumerate(step.options):
                    if best and not option.best and sum(option.score.values()) > max(best):
                        yield Finding(
                            files.spot("case", ("steps", number, "options", at, "score")),
                            _("“{id}” gives more points than the best option.", id=option.id),
                            _("Lower its score, or mark it as best."),
                        )
            elif not isinstance(step, PlainStep | ConsultStep):
                for name, outcome in step.outcomes.items():
                    if name == BEST[step.kind] and outcome.danger:
                        yield Finding(
                            files.spot("case", ("steps", number, "outcomes", str(name))),
                            _("The best outcome is marked as dangerous."),
                            _("Remove “danger: true” here."),
                        )


def payments(step: Step) -> Mapping[str, tuple[int, int]]:
    """The least and the most points of each outcome; nothing at steps that are not judged."""
    if isinstance(step, PlainStep | ChoiceStep | ConsultStep):
        return {}
    own = {str(name): sum(outcome.score.values()) for name, outcome in step.outcomes.items()}
    if not isinstance(step, MultiStep):
        return {name: (points, points) for name, points in own.items()}
    return _ticked(step, own)


def _ticked(step: MultiStep, own: Mapping[str, int]) -> Mapping[str, tuple[int, int]]:
    picks = step.picks[:_MOST_PICKS]
    found: dict[str, tuple[int, int]] = {}
    for count in range(1, len(picks) + 1):
        for ticked in combinations(picks, count):
            name = judge_picks(step, [pick.id for pick in ticked])
            points = own[name] + sum(sum(pick.score.values()) for pick in ticked)
            low, high = found.get(name, (points, points))
            found[name] = (min(low, points), max(high, points))
    return found
