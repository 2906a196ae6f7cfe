"""Make a deck of cards from a case: every step, every key, every answer, numbered and shuffled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from pallkit import content
from pallkit.cases import Case, State, begin, load
from pallkit.cases.conditions import Condition, Fact
from pallkit.cases.effects import Effects
from pallkit.cases.steps import (
    ON,
    ChoiceStep,
    ConsultStep,
    DoseStep,
    EstimateStep,
    PlainStep,
    PumpStep,
    Step,
    Way,
    question_way,
    ways_on,
)
from pallkit.cases.values import AXES, HIGHEST, Level
from pallkit_app.guide.layout import reading_order
from pallkit_app.handouts.markers import Made, OnPaper, crossed, make_marks
from pallkit_app.handouts.model import (
    Card,
    Change,
    Computed,
    Deck,
    Offer,
    Onward,
    Pencil,
    Sheet,
    Then,
)
from pallkit_app.handouts.rights import Right, rights
from pallkit_app.handouts.spans import Result, Spans

MARKS = "ABCDEFGH"
"""The letters of options and questions, apart from those of the marks."""
Key = tuple[str, str, str]
"""What a card is: its kind, its step and, for an answer, what was answered."""


def make_deck(case_id: str, level: Level | None = None) -> Deck:
    """Make the cards of a case as it is played at ``level``, else at its own.

    Raises :class:`pallkit.errors.ContentError` when there is no such case, and
    :class:`pallkit.errors.DecisionError` when it does not open at the level.
    """
    return _made(case_id, level, content.edition())


@lru_cache(maxsize=64)
def _made(case_id: str, level: Level | None, _edition: str) -> Deck:
    return _Maker(load(case_id), level).deck()


class _Maker:
    def __init__(self, case: Case, level: Level | None) -> None:
        self._case = case
        self._begun = begin(case, level)
        self._rights = rights(case, self._begun)
        derived = {
            (id_, at): right.pairs
            for id_, found in self._rights.items()
            for at, right in enumerate(found)
            if right.pairs
        }
        self._marks, self._derived = make_marks(case, self._begun, derived)
        self._sheet = _sheet(self._begun, self._marks.start)
        self._paper = OnPaper(self._marks, frozenset(self._sheet.figures), self._begun.level)
        self._circling = _circling(case)
        self._numbers: Mapping[Key, int] = {}

    def deck(self) -> Deck:
        steps = [self._case.by_id[id_] for id_ in reading_order(self._case)]
        keys = [key for step in steps for key in self._keys(step)]
        self._numbers = _dealt(self._case, keys)
        cards = [card for step in steps for card in self._cards(step)]
        return Deck(
            case_id=str(self._case.id),
            level=self._begun.level,
            cards={card.number: card for card in sorted(cards, key=lambda one: one.number)},
            sheet=self._sheet,
            marks=self._marks.all,
            meaning={letter: atom for atom, letter in self._marks.letters.items()},
            derived=self._marks.derived,
            danger=self._marks.letters.get(Fact("danger")),
            unsettled=tuple(id_ for id_, found in self._rights.items() if not found),
        )

    def _keys(self, step: Step) -> Iterator[Key]:
        yield "situation", str(step.id), ""
        if isinstance(step, PlainStep):
            if step.kind == "reflect":
                yield "answer", str(step.id), ""
        elif isinstance(step, ChoiceStep | ConsultStep):
            yield from (("answer", str(step.id), one) for one in self._offered(step))
        else:
            yield "key", str(step.id), ""
            yield from (("answer", str(step.id), one.name) for one in self._results(step))

    def _offered(self, step: ChoiceStep | ConsultStep) -> Mapping[str, Way]:
        """The options of a choice, or the questions, that are there at this level at all."""
        if isinstance(step, ChoiceStep):
            kept = [one for one in step.options if self._paper.read(one.when) is not False]
            return {str(one.id): one for one in kept or step.options}
        return {
            str(one.id): question_way(step, one)
            for one in step.questions
            if self._paper.read(one.when) is not False
        }

    def _results(self, step: Step) -> Sequence[Result]:
        if isinstance(step, DoseStep | PumpStep):
            return Spans(self._case, step).results(self._rights[str(step.id)])
        names = {str(name): way for name, way in step.outcomes.items()}  # type: ignore[union-attr]  # judged
        if isinstance(step, EstimateStep) and step.of is None:
            if not step.low:
                names.pop("too_low")
            if step.high in {None, HIGHEST}:
                names.pop("too_high")
        return [Result(name, way, name) for name, way in names.items()]

    def _cards(self, step: Step) -> Iterator[Card]:
        id_ = str(step.id)
        here = self._number("situation", id_)
        situation = Card(here, "situation", step, on=self._arriving(id_))
        if isinstance(step, PlainStep):
            yield from self._plain(step, situation)
        elif isinstance(step, ChoiceStep | ConsultStep):
            yield from self._offering(step, situation)
        else:
            key = self._number("key", id_)
            yield replace(situation, key=key)
            found = self._results(step)
            yield replace(
                Card(key, "key", step),
                outcomes={one.name: self._number("answer", id_, one.name) for one in found},
                computed=self._computed(step),
            )
            for one in found:
                number = self._number("answer", id_, one.name)
                then = self._then(step, one.choice, one.way, one)
                yield Card(number, "answer", step, one.choice, then=then)

    def _plain(self, step: PlainStep, situation: Card) -> Iterator[Card]:
        then = self._then(step, None, step)
        if step.kind == "reflect":
            number = self._number("answer", str(step.id))
            yield replace(situation, key=number)
            yield Card(number, "answer", step, then=then)
        else:
            yield replace(situation, then=then)

    def _offering(self, step: ChoiceStep | ConsultStep, situation: Card) -> Iterator[Card]:
        offered = self._offered(step)
        shown = step.options if isinstance(step, ChoiceStep) else step.questions
        asked = {str(one.id): one.when for one in shown}
        for_all = not any(self._paper.read(asked[one]) is not False for one in offered)
        yield replace(
            situation,
            offers=tuple(
                Offer(
                    one,
                    mark,
                    None if for_all else self._when(asked[one]),
                    self._number("answer", str(step.id), one),
                )
                for mark, one in zip(MARKS, offered, strict=False)
            ),
            then=None if isinstance(step, ChoiceStep) else self._then(step, ON, _leaving(step)),
        )
        for one, way in offered.items():
            then = self._then(step, one, way)
            yield Card(self._number("answer", str(step.id), one), "answer", step, one, then=then)

    def _then(self, step: Step, choice: str | None, way: Way, result: Result | None = None) -> Then:
        ratio = None if result is None else result.ratio
        made = Made(str(step.id), choice, way.danger, ratio)
        ratios = {} if ratio is None else {str(step.id): ratio}
        pencils = [self._pencil(made, way.effects)]
        if result is not None and result.band is not None:
            pencils.append(self._pencil(Made("", None), result.band.effects))
        for more in way.also:
            when = self._paper.read(more.when, ratios)
            if when is not False:
                pencil = self._pencil(Made("", None), more.effects)
                pencils.append(replace(pencil, when=None if when is True else when))
        onward = []
        for turn in way.turns:
            when = self._paper.read(turn.when, ratios)
            if when is not False:
                onward.append(Onward(None if when is True else when, self._aim(turn.next)))
        onward.append(Onward(None, self._aim(way.next)))
        last = next(at for at, one in enumerate(onward) if one.when is None)
        return Then(way.score, way.danger, tuple(pencils), tuple(onward[: last + 1]))

    def _pencil(self, made: Made, effects: Effects) -> Pencil:
        again = made.step in self._circling
        on, off = crossed(self._marks, made, effects, again=again)
        return Pencil(None, effects, tuple(self._changes(effects)), on, off)

    def _changes(self, effects: Effects) -> Iterator[Change]:
        figures = {
            **{str(item): by for item, by in effects.esas.items()},
            **{str(vital): by for vital, by in effects.vitals.items()},
            "clock": int(effects.clock),
            **{f"worry.{id_}": change.worry for id_, change in effects.people.items()},
        }
        for name, by in figures.items():
            if by and name in self._sheet.figures:
                yield Change(name, by)
        for name in self._sheet.words:
            word = getattr(effects, name)
            if word:
                yield Change(name, word=str(word))

    def _computed(self, step: Step) -> tuple[Computed, ...]:
        if not isinstance(step, DoseStep | PumpStep):
            return ()
        id_ = str(step.id)
        found: Sequence[Right] = self._rights[id_]
        letters = [self._derived.get((id_, at)) for at in range(len(found))]
        cards = {one.name: self._number("answer", id_, one.name) for one in self._results(step)}
        return Spans(self._case, step).keys(found, letters, cards)

    def _arriving(self, id_: str) -> frozenset[str]:
        return frozenset(
            letter for atom, letter in self._marks.letters.items() if atom.name == f"seen.{id_}"
        )

    def _when(self, when: str) -> Condition | None:
        found = self._paper.read(when)
        return None if isinstance(found, bool) else found

    def _aim(self, next_: str | None) -> int | None:
        return None if next_ is None else self._number("situation", str(next_))

    def _number(self, kind: str, step: str, result: str = "") -> int:
        return self._numbers[kind, step, result]


def _leaving(step: ConsultStep) -> Way:
    return Way(next=step.next, turns=step.turns)


def _sheet(begun: State, on: frozenset[str]) -> Sheet:
    figures = {
        **{str(item): value for item, value in begun.esas.items()},
        **{str(vital): value for vital, value in begun.vitals.items()},
        "clock": int(begun.clock),
        **{f"worry.{one.id}": one.worry for one in begun.people},
        **{f"points.{axis}": 0 for axis in AXES},
    }
    words = {name: str(getattr(begun, name)) for name in ("place", "consciousness", "frame")}
    return Sheet(figures, words, on)


def _dealt(case: Case, keys: Sequence[Key]) -> Mapping[Key, int]:
    """A number for every card: 1 for the first step, the others shuffled by a hash."""
    first = ("situation", str(case.first), "")
    others = sorted(
        (key for key in keys if key != first),
        key=lambda key: hashlib.sha256(" ".join((str(case.id), *key)).encode()).digest(),
    )
    return {key: at for at, key in enumerate([first, *others], 1)}


def _circling(case: Case) -> frozenset[str]:
    """The steps that can be decided at more than once: consults, and what a circle passes."""
    onward = {str(one.id): {str(to) for _c, to in ways_on(one) if to} for one in case.steps}
    found = {str(one.id) for one in case.steps if isinstance(one, ConsultStep)}
    for id_ in onward:
        there, waiting = set[str](), [id_]
        while waiting:
            new = onward[waiting.pop()] - there
            there |= new
            waiting += new
        if id_ in there:
            found.add(id_)
    return frozenset(found)
