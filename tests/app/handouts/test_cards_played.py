"""A table with cards and a pencil comes to the same as the engine, on every way through a case."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.app.handouts.paper import Table, sit_down
from tests.kit.rich_bank import RICH, rich_bank

from pallkit import content
from pallkit.cases import State, begin, load
from pallkit.cases.judging import example_fields, example_order, shown_order
from pallkit.cases.play import open_ways, play
from pallkit.cases.steps import (
    OUTCOME_NAMES,
    ChoiceStep,
    ConsultStep,
    DocumentStep,
    DoseStep,
    MultiStep,
    OrderStep,
    PlainStep,
    PumpStep,
    Step,
)
from pallkit.cases.values import Level
from pallkit_app.check.explore import ahead_of
from pallkit_app.handouts.deck import make_deck
from pallkit_app.handouts.model import Deck

LEVELS = [(id_, level) for id_ in content.case_ids() for level in load(id_).open_levels]
SLICE = 80
"""States of a case that are played in the short test; the whole one plays them all."""
Answer = tuple[object, dict[str, Any]]
"""What a table answers, and the same as a decision to the engine."""


@pytest.mark.parametrize(("case_id", "level"), LEVELS)
def test_cards_and_engine_come_to_the_same_on_every_way(
    case_id: str, level: Level, *, whole: bool
) -> None:
    case, deck = load(case_id), make_deck(case_id, level)
    ahead = ahead_of(case)
    waiting, dice = [(begin(case, level), sit_down(deck))], Random(case_id)  # noqa: S311  # dice
    seen, ends, cards = set[object](), 0, set[int]()
    while waiting and (whole or len(seen) < SLICE):
        state, table = next_of(waiting, cards, dice)
        same(state, table)
        if state.step is None:
            ends += 1
            continue
        every = table.at not in cards
        cards.add(table.card.number)
        key = (ahead[state.step].key(state), state.asked.get(state.step, ()))
        if key in seen:
            continue
        seen.add(key)
        for answer, decision in answers(case.by_id[state.step], state, table, every=every):
            after, other = play(case, state, {"step": state.step, **decision})[0], table.copy()
            other.decide(answer)
            waiting.append((after, other))
    assert ends
    if whole:
        assert cards == {one.number for one in deck.cards.values() if one.kind == "situation"}


def test_a_case_with_every_kind_of_step_is_played_to_the_same(tmp_path: Path) -> None:
    with rich_bank(tmp_path / "bank"):
        assert {step.kind for step in load(RICH).steps} >= set(OUTCOME_NAMES)
        for level in load(RICH).open_levels:
            test_cards_and_engine_come_to_the_same_on_every_way(RICH, level, whole=True)


def next_of(
    waiting: list[tuple[State, Table]], cards: set[int], dice: Random
) -> tuple[State, Table]:
    """The newest at a card not met yet, so that a slice has most of them; else any."""
    new = [at for at, (_state, table) in enumerate(waiting) if table.at not in cards]
    return waiting.pop(new[-1] if new else dice.randrange(len(waiting)))


def same(state: State, table: Table) -> None:
    """The sheet says what the engine knows."""
    assert (table.at is None) == (state.step is None)
    if table.at is not None:
        assert table.card.step.id == state.step
    for name, figure in table.figures.items():
        assert Decimal(figure) == state.value(name), name
    for name, word in table.words.items():
        assert word == state.value(name), name
    assert table.dangers == len(state.dangers)


def answers(step: Step, state: State, table: Table, *, every: bool) -> Iterator[Answer]:
    """Every option, and examples of every outcome; where ``every``, all that can be answered."""
    if isinstance(step, PlainStep):
        yield None, {}
    elif isinstance(step, ChoiceStep | ConsultStep):
        offered = [choice for choice, _way in open_ways(step, state)]
        assert sorted(table.open()) == sorted(one for one in offered if one != "on")
        yield from ((choice, {"option": choice}) for choice in offered)
    elif isinstance(step, DoseStep | PumpStep):
        yield from amounts(step, table, every=every)
    elif isinstance(step, MultiStep | OrderStep | DocumentStep):
        yield from several(step, every=every)
    else:
        values = range(0, 11, 1 if every else 2)
        yield from ((value, {"value": str(value)}) for value in values)


def several(step: MultiStep | OrderStep | DocumentStep, *, every: bool) -> Iterator[Answer]:
    """Ticks, orders and forms."""
    if isinstance(step, MultiStep):
        ids = [pick.id for pick in step.picks]
        sizes = range(1, len(ids) + 1) if every else ()
        right = [pick.id for pick in step.picks if pick.right]
        tried = [one for size in sizes for one in combinations(ids, size)]
        for picked in [*tried, ids, ids[:1], right, right[:-1]]:
            yield tuple(picked), {"picks": ",".join(picked)}
    elif isinstance(step, OrderStep):
        orders = [example_order(step, name) for name in OUTCOME_NAMES["order"]]
        for order in [*filter(None, orders), shown_order(step)]:
            yield order, {"order": ",".join(order)}
    else:
        for name in OUTCOME_NAMES["document"]:
            fields = example_fields(step, name)
            if fields is not None:
                yield fields, {f"field.{id_}": text for id_, text in fields.items()}


def amounts(step: DoseStep | PumpStep, table: Table, *, every: bool) -> Iterator[Answer]:
    """The right answer, half, twice, and a hair's breadth on both sides of every limit."""
    assert table.card.key is not None
    key = table.deck.cards[table.card.key]
    found = next(one for one in key.computed if table.holds(one.when))
    limits = {row.high for row in found.rows if row.high is not None and every}
    tried = {found.bounds[0], found.bounds[0] / 2, found.bounds[1] * 2, found.bounds[1] * 9}
    tried |= {limit * share for limit in limits for share in (Decimal("0.999"), Decimal("1.001"))}
    for amount in sorted({round(one, 4) for one in tried}):
        typed = str(amount).replace(".", ",")
        if isinstance(step, DoseStep):
            yield amount, {"dose": f"{typed} {step.answer_unit}"}
        else:
            yield amount, {"rate": f"{typed} {step.answer_unit}"}


@pytest.mark.parametrize("case_id", content.case_ids())
def test_the_numbers_tell_nothing_and_are_the_same_every_time(case_id: str) -> None:
    deck = make_deck(case_id)
    assert sorted(deck.cards) == list(range(1, len(deck.cards) + 1))
    assert deck.cards[1].step.id == load(case_id).first
    order = [deck.cards[number].step.id for number in sorted(deck.cards)]
    steps = [step.id for step in load(case_id).steps]
    places = [steps.index(one) for one in order]
    assert places != sorted(places)


@pytest.mark.parametrize("case_id", content.case_ids())
def test_every_card_is_led_to_and_every_way_has_a_card(case_id: str) -> None:
    deck = make_deck(case_id)
    assert led_to(deck) | {1} == set(deck.cards)


def led_to(deck: Deck) -> set[int]:
    found = set[int]()
    for card in deck.cards.values():
        found |= {one.card for one in card.offers}
        found |= {row.card for one in card.computed for row in one.rows}
        found |= set(card.outcomes.values()) if not card.computed else set()
        found |= {card.key} if card.key is not None else set()
        if card.then is not None:
            found |= {one.card for one in card.then.onward if one.card is not None}
    return found
