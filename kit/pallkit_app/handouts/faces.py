"""The faces of the cards: each card's texts in pieces, dealt out over as many as they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from pallkit.i18n import _
from pallkit_app.handouts.blocks import Blocks
from pallkit_app.handouts.fit import Block, Style, packed
from pallkit_app.handouts.model import Card, Deck
from pallkit_app.handouts.said import Sayer

KIND = {
    "situation": _("Situation"),
    "key": _("Key"),
    "answer": _("Answer"),
}


@dataclass(frozen=True, slots=True)
class Format:
    """A size of card: millimetres, and the styles of its texts by name."""

    name: str
    width: float
    height: float
    margin: float
    head: float
    foot: float
    styles: Mapping[str, Style]
    tight: bool = False

    @property
    def room(self) -> float:
        """Millimetres from the first line to the foot."""
        return self.height - 2 * self.margin - self.head - self.foot

    @property
    def inner(self) -> float:
        """Millimetres from the left to the right edge of the texts."""
        return self.width - 2 * self.margin


A5 = Format(
    "a5",
    148.5,
    210,
    margin=12,
    head=12,
    foot=14,
    styles={
        "title": Style(15, 1.2, 2.6, bold=True),
        "text": Style(12, 1.42, 2.6),
        "item": Style(12, 1.42, 0.9, indent=5),
        "ask": Style(12, 1.35, 2.6, bold=True),
        "help": Style(9.6, 1.35, 2.2),
        "small": Style(9.2, 1.35, 1.0, indent=7),
        "offer": Style(11.4, 1.34, 3.6, indent=26),
        "row": Style(11, 1.34, 2.0, indent=26),
        "do": Style(10.6, 1.34, 3.0, indent=6),
        "turn": Style(12, 1.3, 2.4),
    },
)
A6 = Format(
    "a6",
    105,
    148.5,
    margin=9,
    head=11,
    foot=10,
    styles={
        "title": Style(10.5, 1.25, 1.8, bold=True),
        "text": Style(9.6, 1.4, 1.8),
        "item": Style(9.6, 1.4, 0.9, indent=5),
        "ask": Style(9.8, 1.35, 1.8, bold=True),
        "help": Style(8.4, 1.32, 1.4),
        "small": Style(8.4, 1.32, 0.8, indent=5),
        "offer": Style(9.4, 1.32, 2.4, indent=24),
        "row": Style(9.4, 1.32, 1.6, indent=24),
        "do": Style(8.9, 1.34, 2.4, indent=6),
        "turn": Style(9.6, 1.3, 2.0),
    },
)
ONTO = 6.0
"""Millimetres of the line that says which card a card goes on at."""
TIGHT = replace(
    A5,
    tight=True,
    styles={
        name: replace(style, points=style.points * 0.9, after=style.after * 0.8)
        for name, style in A5.styles.items()
    },
)
"""A large card in a smaller type, for what then needs no second card."""
FORMATS: Mapping[str, Sequence[Format]] = {
    "situation": (A5, TIGHT),
    "key": (A5, TIGHT),
    "answer": (A6,),
}


@dataclass(frozen=True, slots=True)
class Face:
    """One printed card. ``label`` is its number, with a letter where the card takes several.

    ``onto`` is the label of the card it goes on to; empty on the last.
    """

    card: Card
    label: str
    onto: str
    kind: str
    format: Format
    blocks: tuple[Block, ...]


def faces(deck: Deck, sayer: Sayer) -> Iterator[Face]:
    """Every printed card of a deck, in the order of the numbers."""
    for card in deck.cards.values():
        yield from _faces(deck, card, sayer)


def _faces(deck: Deck, card: Card, sayer: Sayer) -> Iterator[Face]:
    size, dealt = _dealt(deck, card, sayer)
    labels = [str(card.number)]
    labels += [f"{card.number}{letter}" for letter in "bcdefgh"[: len(dealt) - 1]]
    for at, some in enumerate(dealt):
        onto = labels[at + 1] if at + 1 < len(labels) else ""
        yield Face(card, labels[at], onto, sayer.say(KIND[card.kind]), size, tuple(some))


def _dealt(deck: Deck, card: Card, sayer: Sayer) -> tuple[Format, list[list[Block]]]:
    """The pieces on one card in the first size that holds them, else on several."""
    for size in FORMATS[card.kind]:
        blocks = list(Blocks(deck, card, sayer, size.styles, size.inner).all())
        dealt = packed(blocks, size.room)
        if len(dealt) == 1:
            return size, dealt
    size = FORMATS[card.kind][0]
    blocks = list(Blocks(deck, card, sayer, size.styles, size.inner).all())
    return size, packed(blocks, size.room - ONTO)


def joined(blocks: tuple[Block, ...]) -> Markup:
    """The pieces of a card as one."""
    return Markup("\n").join(escape(block.html) for block in blocks)
