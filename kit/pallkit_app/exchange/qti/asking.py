"""The interaction of each kind of step, and the rules by which an answer to it is judged."""

from __future__ import annotations

from pallkit.cases.judging import shown_order
from pallkit.cases.play import open_ways
from pallkit.cases.state import State
from pallkit.cases.steps import (
    ON,
    ChoiceStep,
    ConsultStep,
    DocumentStep,
    DoseStep,
    EstimateStep,
    MultiStep,
    OrderStep,
    Pick,
    PlainStep,
    PumpStep,
    Step,
)
from pallkit.i18n import _
from pallkit_app.exchange.qti.forms import form
from pallkit_app.exchange.qti.measures import estimate, typed
from pallkit_app.exchange.qti.outcomes import Result
from pallkit_app.exchange.qti.question import Asked, Wording, answered, best_points, named, own
from pallkit_app.exchange.qti.xml import (
    RESPONSE,
    Element,
    either,
    every,
    first_of,
    make,
    more,
    picked,
    same,
    unanswered,
    value,
    variable,
)

_NO_LEAD = 100  # more than there are things to tick


class Asking(Wording):
    """The questions of one case in one language."""

    def question(self, step: Step, state: State) -> Asked | None:
        """How ``step`` is asked in ``state``; None where there is nothing to answer."""
        asked: Asked | None = None
        if isinstance(step, PlainStep) and step.kind == "reflect":
            asked = self._thought(step)
        elif isinstance(step, ChoiceStep):
            asked = self._choice(step, state)
        elif isinstance(step, ConsultStep):
            asked = self._consult(step, state)
        elif isinstance(step, MultiStep):
            asked = self._multi(step)
        elif isinstance(step, EstimateStep):
            asked = estimate(self, step, state)
        elif isinstance(step, OrderStep):
            asked = self._order(step)
        elif isinstance(step, DocumentStep):
            asked = form(self, step)
        elif isinstance(step, DoseStep | PumpStep):
            asked = typed(self, step, state)
        return asked

    def _thought(self, step: PlainStep) -> Asked:
        told = Result(own("expert"), self.said.expert(step))
        rules = tuple(told.follows())
        return Asked((answered("string"),), (self.written(step.id, RESPONSE),), rules, (told,), 0)

    def _choice(self, step: ChoiceStep, state: State) -> Asked:
        offered = {choice for choice, _way in open_ways(step, state)}
        options = [one for one in step.options if one.id in offered]
        results = [self.result(step, one.id, one.score, danger=one.danger) for one in options]
        best = [one for one in options if one.best]
        ways = [(same(variable(RESPONSE), named(one.name)), one.follows()) for one in results]
        return Asked(
            (answered("identifier", right=[own(one.id) for one in best[:1]]),),
            (self.boxes(step, [one.id for one in options], most=1),),
            (first_of(*ways, otherwise=[]),),
            tuple(results),
            max((sum(one.score.values()) for one in best), default=0),
        )

    def _consult(self, step: ConsultStep, state: State) -> Asked:
        offered = [choice for choice, _way in open_ways(step, state) if choice != ON]
        asked = [one for one in step.questions if one.id in offered]
        results = [self.part(step, one.id, one.score, danger=one.danger) for one in asked]
        rules = [first_of((picked(one.name), one.follows()), otherwise=[]) for one in results]
        gains = sorted((one.points for one in results if one.points > 0), reverse=True)
        most = min(step.most, len(asked))
        limit = make("p", text=self.say(_("You can ask at most {most} of these.", most=most)))
        return Asked(
            (answered("identifier", "multiple"),),
            (limit, self.boxes(step, [one.id for one in asked], most=most, least=0)),
            tuple(rules),
            tuple(results),
            sum(gains[: step.most]),
            several=True,
        )

    def _multi(self, step: MultiStep) -> Asked:
        right = [pick for pick in step.picks if pick.right]
        ticks = [self.part(step, pick.id, pick.score, danger=pick.danger) for pick in step.picks]
        counted = [
            first_of((picked(tick.name), [*_counts(pick), *tick.follows()]), otherwise=[])
            for pick, tick in zip(step.picks, ticks, strict=True)
        ]
        results = self.outcomes(step)
        follow = {name: one.follows() for name, one in results.items()}
        half = (len(right) + 1) // 2
        some = every(
            make("qti-gt", variable("LEAD"), value("float", "0")),
            make("qti-gte", variable("HITS"), value("float", str(half))),
        )
        judged = first_of(
            (unanswered(), []),
            (same(variable(RESPONSE), make("qti-correct", identifier=RESPONSE)), follow["all"]),
            (some, follow["some"]),
            otherwise=follow["wrong"],
        )
        gained = sum(points for pick in right for points in pick.score.values())
        return Asked(
            (answered("identifier", "multiple", [own(pick.id) for pick in right]),),
            (self.boxes(step, [pick.id for pick in step.picks], most=0),),
            (*counted, judged),
            (*ticks, *results.values()),
            results["all"].points + gained,
            several=True,
            counts=("HITS", "LEAD"),
        )

    def _order(self, step: OrderStep) -> Asked:
        results = self.outcomes(step)
        follow = {name: one.follows() for name, one in results.items()}
        correct = same(variable(RESPONSE), make("qti-correct", identifier=RESPONSE))
        near = [same(variable(RESPONSE), _in_order(one)) for one in _nearly(step.items)]
        judged = first_of(
            (unanswered(), []),
            (correct, follow["right"]),
            (either(*near), follow["near"]),
            otherwise=follow["wrong"],
        )
        shown = make(
            "qti-order-interaction",
            self.prompt(step.id),
            *(self.box(step.id, one) for one in shown_order(step)),
            response_identifier=RESPONSE,
            shuffle="false",
            orientation="vertical",
        )
        return Asked(
            (answered("identifier", "ordered", [own(one) for one in step.items]),),
            (shown,),
            (judged,),
            tuple(results.values()),
            best_points(step, results),
        )


def _in_order(items: list[str]) -> Element:
    return make("qti-ordered", *(named(own(one)) for one in items))


def _nearly(items: tuple[str, ...]) -> list[list[str]]:
    """Every order with one pair of neighbours swapped."""
    found = []
    for at in range(len(items) - 1):
        swapped = list(items)
        swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]
        found.append(swapped)
    return found


def _counts(pick: Pick) -> list[Element]:
    """HITS are the right ones ticked, LEAD how many more than wrong ones; none with a danger."""
    if pick.right and not pick.danger:
        return [more("HITS", 1), more("LEAD", 1)]
    return [more("LEAD", -_NO_LEAD if pick.danger else -1)]
