"""The marking sheet: what six tables chose, what it gives, and what is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pallkit.cases import begin, names
from pallkit.cases.debrief import continue_well
from pallkit.cases.steps import ConsultStep, MultiStep, PlainStep, Step, ways
from pallkit.cases.values import AXES, Axis, Level
from pallkit.i18n import Language, render
from pallkit_app.guide.steps import GuideStep
from pallkit_app.guide.view import Guide, make_guide
from pallkit_app.handouts.common import page
from pallkit_app.handouts.deck import make_deck
from pallkit_app.handouts.model import Deck

TABLES = 6
"""Tables there is room for: 36 to 42 people."""


@dataclass(frozen=True, slots=True)
class Row:
    """Something a table may have chosen, with its points by axis: «+2», «−1» or nothing."""

    mark: str
    label: str
    best: bool
    danger: bool
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A step where a table answers. ``cards`` are those of its situation and its key.

    ``several``: the right answer is another after another choice.
    """

    step: GuideStep
    cards: str
    rows: tuple[Row, ...]
    several: bool

    @property
    def right_ones(self) -> list[tuple[int, str]]:
        """What was to be ticked, with its number on the card."""
        return [(at, one.label) for at, one in enumerate(self.step.items, 1) if one.right]


def marking_html(
    case_id: str, lang: Language, *, level: Level | None = None, paged: bool = False
) -> str:
    """Write the marking sheet of a case as HTML; the card numbers are those of ``level``.

    Raises :class:`pallkit.errors.ContentError` when there is no such case.
    """
    guide, deck = make_guide(case_id, lang), make_deck(case_id, level)
    return page(
        "marking",
        guide,
        paged=paged,
        deck=deck,
        axes=[render(names.AXIS[axis], lang) for axis in AXES],
        decisions=list(_decisions(guide, deck)),
        best=_row_points(continue_well(guide.case, begin(guide.case)).score),
        tables=range(1, TABLES + 1),
    )


def _decisions(guide: Guide, deck: Deck) -> Iterator[Decision]:
    for told in guide.steps:
        step = guide.case.by_id[told.id]
        if isinstance(step, PlainStep):
            continue
        own = [card for card in deck.cards.values() if card.step.id == told.id]
        numbers = [card.number for card in own if card.kind == "situation"]
        numbers += [card.number for card in own if card.kind == "key"]
        rows = tuple(_rows(guide, step, told))
        several = len({one.bounds for card in own for one in card.computed}) > 1
        yield Decision(told, ", ".join(map(str, numbers)), rows, several)


def _rows(guide: Guide, step: Step, told: GuideStep) -> Iterator[Row]:
    if isinstance(step, MultiStep):
        for at, pick in enumerate(step.picks, 1):
            if any(pick.score.values()) or pick.danger:
                label = guide.text.steps[told.id].options[pick.id].label
                yield Row(str(at), label, pick.right, pick.danger, _row_points(pick.score))
    for branch, (_choice, way) in zip(told.branches, ways(step), strict=True):
        if isinstance(step, ConsultStep) and not branch.who:
            continue
        label = f"{branch.who}: {branch.label}" if branch.who else branch.label
        yield Row(branch.mark, _short(label), branch.best, way.danger, _row_points(way.score))


def _short(label: str, most: int = 110) -> str:
    """The label, cut at a word where it is long: the leader has it whole in the guide."""
    if len(label) <= most:
        return label
    return label[:most].rsplit(" ", 1)[0].rstrip(",.;:–") + " …"


def _row_points(score: Mapping[Axis, int]) -> tuple[str, ...]:
    return tuple(_signed(score.get(axis, 0)) for axis in AXES)


def _signed(points: int) -> str:
    return "" if not points else f"{'+' if points > 0 else '−'}{abs(points)}"
