"""A table that plays with cards and a pencil: it reads the deck's data, and no engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from pallkit.cases.conditions import Condition
from pallkit.cases.steps import (
    ConsultStep,
    DocumentStep,
    EstimateStep,
    MultiStep,
    OrderStep,
)
from pallkit_app.handouts.model import Card, Deck, Pencil, Then

SCALES = {
    "respiratory_rate": (0, 60),
    "pulse": (0, 220),
    "systolic": (0, 260),
    "saturation": (0, 100),
    "temperature": (300, 430),
    "clock": (0, 10**9),
}
"""Where a figure on the sheet stops; all others go from 0 to 10, and points anywhere."""


@dataclass
class Table:
    """One table with its deck and its sheet, standing at the card ``at``; None is the end."""

    deck: Deck
    at: int | None = None
    figures: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    asked: dict[int, tuple[str, ...]] = field(default_factory=dict)
    dangers: int = 0

    def copy(self) -> Table:
        return Table(
            self.deck,
            self.at,
            dict(self.figures),
            dict(self.words),
            set(self.marks),
            dict(self.asked),
            self.dangers,
        )

    def value(self, name: str) -> Decimal | str | bool | None:
        if name.startswith("mark."):
            return name.removeprefix("mark.") in self.marks
        if name in self.words:
            return self.words[name]
        return Decimal(self.figures[name])

    @property
    def card(self) -> Card:
        assert self.at is not None
        return self.deck.cards[self.at]

    def open(self) -> list[str]:
        """The options, or the questions left, that the card offers now."""
        card = self.card
        if isinstance(card.step, ConsultStep):
            put = self.asked.get(card.number, ())
            if len(put) >= card.step.most:
                return []
            return [one.id for one in card.offers if one.id not in put and self.holds(one.when)]
        held = [one.id for one in card.offers if self.holds(one.when)]
        return held or [one.id for one in card.offers]

    def holds(self, when: Condition | None) -> bool:
        return when is None or when.holds(self)

    def go(self, number: int | None) -> None:
        self.at = number
        if number is not None:
            self.marks |= self.card.on

    def decide(self, answer: object) -> None:
        """Answer the situation the table is at, and follow the cards to the next situation."""
        card = self.card
        assert card.kind == "situation"
        if card.offers:
            self._choose(card, answer)
        elif card.key is None:
            assert card.then is not None
            self.follow(card.then)
        else:
            self.at = card.key
            if self.card.kind == "key":
                self.at = self.turn(self.card, answer)
            self.answer()

    def answer(self) -> None:
        assert self.card.kind == "answer"
        then = self.card.then
        assert then is not None
        self.follow(then)

    def _choose(self, card: Card, answer: object) -> None:
        if answer == "on":
            assert card.then is not None
            self.asked.pop(card.number, None)
            self.follow(card.then)
            return
        assert answer in self.open()
        if isinstance(card.step, ConsultStep):
            self.asked[card.number] = (*self.asked.get(card.number, ()), str(answer))
        self.at = next(one.card for one in card.offers if one.id == answer)
        self.answer()

    def turn(self, key: Card, answer: object) -> int:
        """The card a key sends the table to."""
        if key.computed:
            found = next(one for one in key.computed if self.holds(one.when))
            return next(row.card for row in found.rows if row.holds(Decimal(str(answer))))
        return key.outcomes[self.judged(key, answer)]

    def judged(self, key: Card, answer: object) -> str:
        step = key.step
        if isinstance(step, MultiStep):
            return self._ticked(step, answer)
        if isinstance(step, EstimateStep):
            return self._estimated(step, answer)
        if isinstance(step, OrderStep):
            assert isinstance(answer, tuple)
            right = tuple(step.items)
            swapped = [
                (*right[:at], right[at + 1], right[at], *right[at + 2 :])
                for at in range(len(right) - 1)
            ]
            return "right" if answer == right else "near" if answer in swapped else "wrong"
        assert isinstance(step, DocumentStep)
        assert isinstance(answer, dict)
        done = all(answer.get(one.id) for one in step.fields if one.required)
        right_ones = all(answer.get(one.id) == one.right for one in step.fields if one.right)
        return "complete" if done and right_ones else "incomplete"

    def _ticked(self, step: MultiStep, answer: object) -> str:
        assert isinstance(answer, tuple)
        ticked = [pick for pick in step.picks if pick.id in answer]
        for pick in ticked:
            for axis, points in pick.score.items():
                self.figures[f"points.{axis}"] += points
        dangerous = any(pick.danger for pick in ticked)
        if dangerous and self.deck.danger:
            self.marks.add(self.deck.danger)
        self.dangers += dangerous
        right = sum(pick.right for pick in step.picks)
        hits = sum(pick.right for pick in ticked)
        misses = len(ticked) - hits
        if hits == right and not misses:
            return "all"
        return "some" if not dangerous and hits > misses and hits * 2 >= right else "wrong"

    def _estimated(self, step: EstimateStep, answer: object) -> str:
        value = int(str(answer))
        if step.of is None:
            low, high = step.low or 0, 10 if step.high is None else step.high
        else:
            own = self.figures[step.of]
            low, high = own - 1, own + 1
        return "too_low" if value < low else "too_high" if value > high else "right"

    def follow(self, then: Then) -> None:
        for axis, points in then.score.items():
            self.figures[f"points.{axis}"] += points
        self.dangers += then.danger
        for pencil in then.pencils:
            if self.holds(pencil.when):
                self.write(pencil)
        self.go(next(one.card for one in then.onward if self.holds(one.when)))

    def write(self, pencil: Pencil) -> None:
        for change in pencil.changes:
            if change.word:
                self.words[change.name] = change.word
            else:
                low, high = SCALES.get(change.name, (0, 10))
                moved = self.figures[change.name] + change.amount
                self.figures[change.name] = max(low, min(high, moved))
        self.marks -= pencil.off
        self.marks |= pencil.on


def sit_down(deck: Deck) -> Table:
    """A table with a fresh sheet and card 1 before it."""
    table = Table(
        deck,
        figures=dict(deck.sheet.figures),
        words=dict(deck.sheet.words),
        marks=set(deck.sheet.on),
    )
    table.go(deck.first)
    return table
