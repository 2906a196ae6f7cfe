"""A case as cards: what stands on each, as data that can be played without the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from pallkit.cases.conditions import Condition
from pallkit.cases.effects import Effects
from pallkit.cases.steps import Step
from pallkit.cases.values import Axis, Level
from pallkit.doses import Measure
from pallkit.opioids import Receipt

Kind = Literal["situation", "key", "answer"]
"""A situation is read aloud, a key is turned when an answer is written, an answer follows."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change on the table's sheet, by the name a condition asks for it by.

    ``amount`` is added to a figure and held within its scale; ``word`` replaces a word.
    """

    name: str
    amount: int = 0
    word: str = ""


@dataclass(frozen=True, slots=True)
class Pencil:
    """What the table does to its sheet, where ``when`` holds; always where it is None."""

    when: Condition | None = None
    effects: Effects = field(default_factory=Effects)
    changes: tuple[Change, ...] = ()
    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Onward:
    """The card to turn to where ``when`` holds; ``card`` None is the end of the case."""

    when: Condition | None
    card: int | None


@dataclass(frozen=True, slots=True)
class Then:
    """What follows: points, the sheet in the order of ``pencils``, and the first way that holds."""

    score: Mapping[Axis, int] = field(default_factory=dict)
    danger: bool = False
    pencils: tuple[Pencil, ...] = ()
    onward: tuple[Onward, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """An option or a question on a situation card, and the card it leads to."""

    id: str
    mark: str
    when: Condition | None
    card: int


@dataclass(frozen=True, slots=True)
class Row:
    """A span of answers at a dose or a pump, and the card they lead to; None is open."""

    low: Decimal | None
    low_in: bool
    high: Decimal | None
    high_in: bool
    card: int

    def holds(self, given: Decimal) -> bool:
        """Whether an answer is within the span."""
        above = self.low is None or given > self.low or (self.low_in and given == self.low)
        below = self.high is None or given < self.high or (self.high_in and given == self.high)
        return above and below


@dataclass(frozen=True, slots=True)
class Computed:
    """One right answer, the condition it is right under, and what each answer leads to."""

    when: Condition | None
    bounds: tuple[Decimal, Decimal]
    measure: Measure | None
    receipt: Receipt
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One numbered card.

    A situation has ``offers`` (a choice, or questions to ask, of which ``most``), a ``key`` to
    turn when an answer is written, or ``then`` at once. A key has ``computed`` for doses, else
    ``outcomes`` by name. ``on`` are the marks to cross off on arriving.
    """

    number: int
    kind: Kind
    step: Step
    result: str | None = None
    on: frozenset[str] = frozenset()
    offers: tuple[Offer, ...] = ()
    key: int | None = None
    then: Then | None = None
    computed: tuple[Computed, ...] = ()
    outcomes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table's own sheet when the case opens: figures, words, and marks crossed off."""

    figures: Mapping[str, int]
    words: Mapping[str, str]
    on: frozenset[str]


@dataclass(frozen=True, slots=True)
class Deck:
    """All cards of a case at a level, by number; play begins at card 1.

    ``meaning`` is what each mark stands for, ``derived`` the (step, choice) pairs of the marks
    that tell two right doses apart. ``danger`` is the mark for a dangerous act, where the case
    asks for it; ``unsettled`` are the dose steps whose right answer paper cannot tell.
    """

    case_id: str
    level: Level
    cards: Mapping[int, Card]
    sheet: Sheet
    marks: tuple[str, ...]
    meaning: Mapping[str, Condition]
    derived: Mapping[str, frozenset[tuple[str, str | None]]]
    danger: str | None = None
    unsettled: tuple[str, ...] = ()

    @property
    def first(self) -> int:
        """The card that play begins with."""
        return 1

    def situation(self, step: str) -> Card:
        """The card of a step."""
        return next(
            card
            for card in self.cards.values()
            if card.kind == "situation" and card.step.id == step
        )
