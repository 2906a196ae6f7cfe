"""Marks on the table's own sheet: what a group has done or knows, as a letter to cross off.

A condition such as ``knows.plan and chose.vurder == vent`` would give the case away if it stood
on a card. Each fact in it gets a letter without a meaning; a card says “cross off mark K”,
a later one “if mark K is crossed off”. Figures (pain, the clock, a worry) and plain words (where
the patient is) stand on the sheet already, and are asked for as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pallkit.cases import Case, State
from pallkit.cases.conditions import (
    Between,
    Both,
    Compare,
    Condition,
    Fact,
    Not,
    kind_of,
    read_condition,
)
from pallkit.cases.effects import Effects
from pallkit.cases.steps import Step, conditions_of

LETTERS = "KLMNPRSTUVWXYZ"
"""Apart from the letters of the options, and without those that look like figures."""
MARK = "mark."
"""What the name of a mark begins with in a condition on paper."""
_WORDS_ON_SHEET = frozenset({"place", "consciousness", "frame"})
_MARKED = frozenset({"knows", "told", "open", "on", "seen", "chose", "wish", "danger", "ratio"})

Atom = Fact | Compare
"""The smallest thing a mark can stand for."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The letters of a case. ``derived`` are marks for which of several right doses is meant.

    A derived mark is crossed off with any of its (step, choice) pairs.
    """

    letters: Mapping[Atom, str]
    derived: Mapping[str, frozenset[tuple[str, str | None]]]
    start: frozenset[str]

    @property
    def all(self) -> tuple[str, ...]:
        """Every letter in use, in the order of the alphabet."""
        found = [*self.letters.values(), *self.derived]
        return tuple(sorted(found, key=lambda one: (len(one), one)))


def make_marks(
    case: Case,
    begun: State,
    derived: Mapping[tuple[str, int], frozenset[tuple[str, str | None]]],
) -> tuple[Marks, Mapping[tuple[str, int], str]]:
    """Give every fact asked for in ``case`` a letter, and each of ``derived`` one.

    The letters are dealt out by a hash, so that their order tells nothing; the second answer
    is the letter of each key of ``derived``.
    """
    atoms = {
        atom
        for step, atom in asked_for(case)
        if atom.name != f"ratio.{step.id}"  # a dose's own card is for one ratio only
    }
    names: list[Atom | tuple[str, int]] = [*atoms, *derived]
    names.sort(key=lambda one: hashlib.sha256(f"{case.id} {one}".encode()).digest())
    letters = dict(zip(names, _letters(), strict=False))
    own = {one: letter for one, letter in letters.items() if not isinstance(one, tuple)}
    more = {one: letter for one, letter in letters.items() if isinstance(one, tuple)}
    start = frozenset(letter for atom, letter in own.items() if atom.holds(begun))
    marks = Marks(own, {letter: derived[key] for key, letter in more.items()}, start)
    return marks, more


def asked_for(case: Case) -> Iterator[tuple[Step, Atom]]:
    """Every fact that a condition of a step asks for, with the step."""
    for step in case.steps:
        for _at, when in conditions_of(step):
            yield from ((step, atom) for atom in _in(when))


def _letters() -> Iterator[str]:
    yield from LETTERS
    yield from (first + second for first in LETTERS for second in LETTERS)


def _in(when: str) -> Iterator[Atom]:
    """The facts of a condition that the sheet has no figure or word for."""
    waiting: list[Condition] = [read_condition(when)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Not):
            waiting.append(part.part)
        elif isinstance(part, Both):
            waiting += [part.left, part.right]
        elif isinstance(part, Fact | Compare) and part.name.partition(".")[0] in _MARKED:
            yield part


@dataclass(frozen=True, slots=True)
class OnPaper:
    """Turns a case's conditions into conditions about the table's sheet.

    ``figures`` are the names of the figures that stand on the sheet at ``level``.
    """

    marks: Marks
    figures: frozenset[str]
    level: str

    def read(self, when: str, ratios: Mapping[str, Decimal] | None = None) -> Condition | bool:
        """The condition as the table can answer it, or whether it holds if that is settled.

        ``ratios`` are given ÷ right at dose steps, where a card is for just such an answer.
        """
        return self._part(read_condition(when), ratios or {}) if when else True

    def _part(self, part: Condition, ratios: Mapping[str, Decimal]) -> Condition | bool:
        if isinstance(part, Not):
            inner = self._part(part.part, ratios)
            return not inner if isinstance(inner, bool) else Not(inner)
        if isinstance(part, Both):
            left, right = self._part(part.left, ratios), self._part(part.right, ratios)
            return _joined(part.word, left, right)
        return self._atom(part, ratios)

    def _atom(
        self, part: Compare | Between | Fact, ratios: Mapping[str, Decimal]
    ) -> Condition | bool:
        if isinstance(part, Compare) and part.name == "level":
            return (self.level == part.value) is (part.sign == "==")
        head, _dot, tail = part.name.partition(".")
        if head == "ratio" and tail in ratios:
            return part.holds(Known({part.name: ratios[tail]}))
        if isinstance(part, Fact | Compare) and part in self.marks.letters:
            return Fact(MARK + self.marks.letters[part])
        if kind_of(part.name) == "number" and part.name not in self.figures:
            return False  # a vital sign that the case does not follow is never known
        return part


def _joined(
    word: Literal["and", "or"],
    left: Condition | bool,  # noqa: FBT001  # settled, not a switch
    right: Condition | bool,  # noqa: FBT001  # as above
) -> Condition | bool:
    """The two parts joined; what is settled settles the whole, or falls away."""
    if isinstance(left, bool):
        return right if left is (word == "and") else left
    if isinstance(right, bool):
        return left if right is (word == "and") else right
    return Both(word, left, right)


@dataclass(frozen=True, slots=True)
class Known:
    """Figures to ask a condition of, and nothing else."""

    found: Mapping[str, Decimal]

    def value(self, name: str) -> Decimal | None:
        """The figure, or None where it is not known."""
        return self.found.get(name)


@dataclass(frozen=True, slots=True)
class Made:
    """What a decision makes so, as far as marks can ask for it."""

    step: str
    choice: str | None
    danger: bool = False
    ratio: Decimal | None = None


def crossed(
    marks: Marks, made: Made, effects: Effects, *, again: bool
) -> tuple[frozenset[str], frozenset[str]]:
    """The letters to cross off, and those to rub out, after a decision and its effects.

    ``again``: the step can be met more than once, so an earlier choice may have to be undone.
    """
    on, off = set[str](), set[str]()
    for atom, letter in marks.letters.items():
        holds = _after(atom, made, effects)
        if holds:
            on.add(letter)
        elif holds is False and (again or not atom.name.startswith(("chose.", "ratio."))):
            off.add(letter)
    for letter, pairs in marks.derived.items():
        if (made.step, made.choice) in pairs:
            on.add(letter)
    return frozenset(on), frozenset(off)


def _after(atom: Atom, made: Made, effects: Effects) -> bool | None:
    """Whether the atom is so after this decision; None where it changes nothing about it."""
    head, _dot, tail = atom.name.partition(".")
    if isinstance(atom, Compare):
        return _compared(atom, made, effects)
    if head in {"open", "on"}:
        return _listed(head, tail, effects)
    person, _dot, fact = tail.partition(".")
    change = effects.people.get(person)  # type: ignore[call-overload]  # any id
    so = {
        "danger": made.danger,
        "knows": tail in effects.learn,
        "told": change is not None and fact in change.told,
        "seen": False,  # crossed off where one arrives
    }
    return so[head] or None


def _listed(head: str, tail: str, effects: Effects) -> bool | None:
    """Whether a task is open, or a medicine on the list, after ``effects``."""
    if head == "open":
        return False if tail in effects.tasks.close else (tail in effects.tasks.open or None)
    if tail in [entry.id for entry in effects.regimen.start]:
        return True
    return False if tail in effects.regimen.stop else None


def _compared(atom: Compare, made: Made, effects: Effects) -> bool | None:
    head, _dot, tail = atom.name.partition(".")
    if head == "chose" and tail == made.step and made.choice is not None:
        return (atom.value == made.choice) is (atom.sign == "==")
    if head == "ratio" and tail == made.step and made.ratio is not None:
        return atom.holds(Known({atom.name: made.ratio}))
    change = effects.people.get(tail) if head == "wish" else None  # type: ignore[call-overload]
    if change is not None and change.wish is not None:
        return (change.wish == atom.value) is (atom.sign == "==")
    return None
