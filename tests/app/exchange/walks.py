"""Random ways through a case, with answers as a learner types them: for exchange tests."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from pallkit.cases import begin, play
from pallkit.cases.dosing import solve, solve_pump
from pallkit.cases.judging import FIELD, shown_order
from pallkit.cases.model import Case, load
from pallkit.cases.play import open_ways
from pallkit.cases.state import State
from pallkit.cases.steps import (
    ChoiceStep,
    ConsultStep,
    DocumentStep,
    DoseStep,
    EstimateStep,
    MultiStep,
    OrderStep,
    PumpStep,
    Step,
)
from pallkit.cases.values import Level
from pallkit_app.exchange.unrolled import Unrolled, unroll

Decision = dict[str, str]
LONGEST = 60


@cache
def unrolled(case_id: str, level: Level | None = None) -> Unrolled:
    """A case of the bank as a graph, worked out once for all tests."""
    return unroll(load(case_id), level)


def best_way(case_id: str, level: Level | None = None) -> list[Decision]:
    """The decisions of one who does the best thing at every step."""
    graph = unrolled(case_id, level)
    made: list[Decision] = []
    next_node: int | None = 0
    while next_node is not None:
        node = graph.nodes[next_node]
        edge = node.edge(node.best)
        made.append(dict(edge.decision))
        next_node = edge.next
    return made


def random_way(case: Case, chance: random.Random, level: Level | None = None) -> list[Decision]:
    """Decisions from the beginning to an end (or to where it has gone in circles for long)."""
    state, made = begin(case, level), list[Decision]()
    while state.step is not None and len(made) < LONGEST:
        decision = random_answer(case.by_id[state.step], state, chance)
        if not made and len(case.open_levels) > 1:
            decision["level"] = state.level
        state, _events = play(case, state, decision)
        made.append(decision)
    return made


def random_answer(step: Step, state: State, chance: random.Random) -> Decision:
    """Some answer that can be given at ``step``, now and then with how sure one is of it."""
    decision: Decision = {"step": step.id}
    if isinstance(step, ChoiceStep | ConsultStep):
        ways = [str(choice) for choice, _way in open_ways(step, state)]
        decision["option"] = chance.choice(ways)
    elif isinstance(step, DoseStep | PumpStep):
        part = "dose" if isinstance(step, DoseStep) else "rate"
        decision[part] = random_dose(step, state, chance)
    elif isinstance(step, MultiStep):
        ids = [str(pick.id) for pick in step.picks]
        right = [str(pick.id) for pick in step.picks if pick.right]
        some = chance.sample(ids, chance.randint(1, len(ids)))
        picked = right if chance.random() < 0.3 else some
        decision["picks"] = ",".join(one for one in ids if one in picked)
    elif isinstance(step, EstimateStep):
        decision["value"] = str(chance.randint(0, 10))
    elif isinstance(step, OrderStep):
        tries = [
            list(step.items),
            list(shown_order(step)),
            chance.sample(step.items, len(step.items)),
        ]
        decision["order"] = ",".join(chance.choice(tries))
    elif isinstance(step, DocumentStep):
        decision |= _filled(step, chance)
    elif step.kind == "reflect" and chance.random() < 0.8:
        decision["text"] = chance.choice(["Å sitte ned.", "", "  to linjer\nher <b>", "ja"])
    if "option" not in decision and step.kind not in {"info", "gather", "reflect", "document"}:
        decision |= _sure(chance)
    return decision


def random_dose(step: DoseStep | PumpStep, state: State, chance: random.Random) -> str:
    """A dose at or near the right one, or far off, with its unit."""
    right = solve(step, state) if isinstance(step, DoseStep) else solve_pump(step, state)
    low, high = right.bounds
    share = chance.choice(["1", "1", "0.5", "2", "0.95", "1.05", "1.5", "3", "0.1", "10", "0"])
    amount = chance.choice([low, high]) * Decimal(share)
    digits = chance.choice(["0.01", "0.1", "1", "0.0001"])
    amount = amount.quantize(Decimal(digits), ROUND_HALF_UP)
    text = format(amount.normalize(), "f")
    if len(text.partition(".")[2]) == 3 and text[0] != "0":
        text = format(amount.quantize(Decimal("0.01")).normalize(), "f")
    return f"{text.replace('.', chance.choice('.,'))} {step.answer_unit}"


def distinct_ways(
    case: Case, seed: str, count: int, level: Level | None = None
) -> Iterator[list[Decision]]:
    """``count`` random ways, the same each time the test is run."""
    chance = random.Random(f"{case.id} {seed}")  # noqa: S311  # a seeded walk, not a secret
    for _number in range(count):
        yield random_way(case, chance, level)


def _filled(step: DocumentStep, chance: random.Random) -> Decision:
    of_kind: dict[str, Callable[[tuple[str, ...]], str]] = {
        "text": lambda _options: chance.choice(["Være hjemme", "", "  ", "ja & nei"]),
        "choice": lambda options: chance.choice(["", *options]),
        "tick": lambda _options: chance.choice(["", "yes"]),
    }
    filled = {FIELD + one.id: of_kind[one.kind](tuple(one.options)) for one in step.fields}
    if chance.random() < 0.4:
        filled |= {FIELD + one.id: one.right for one in step.fields if one.right is not None}
        filled |= {FIELD + one.id: "noe" for one in step.fields if one.kind == "text"}
    return {key: text for key, text in filled.items() if text}


def _sure(chance: random.Random) -> Decision:
    return {"sure": str(chance.choice([50, 60, 70, 80, 90, 100]))} if chance.random() < 0.5 else {}
