"""The table cards as pages: for the leader, the table's sheet and forms, then the cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pallkit.cases import Case, names
from pallkit.cases.model import ESAS_ITEMS
from pallkit.cases.steps import DocumentStep, EstimateStep
from pallkit.cases.values import AXES, Level
from pallkit.i18n import Language, Message, _, render
from pallkit_app.guide.conditions import Conditions
from pallkit_app.guide.layout import reading_order
from pallkit_app.guide.view import Guide, make_guide
from pallkit_app.handouts.common import page
from pallkit_app.handouts.deck import make_deck
from pallkit_app.handouts.faces import Face, faces, joined
from pallkit_app.handouts.model import Deck
from pallkit_app.handouts.said import Sayer

_RULES: Sequence[Message] = (
    _("Begin with card 1. One of you reads it aloud."),
    _("Agree, write your answer on this sheet, and turn to the card it leads to. No other."),
    _("An answer's card says what changes. Write the new figures here, in the order they stand."),
    _("No figure goes below 0, and none of the symptoms above 10."),
    _("A card may ask for a mark, or for a figure on this sheet: take the first line that fits."),
    _("Does a card go on (14, then 14b)? Read both before you do anything."),
)
_PREPARE: Sequence[Message] = (
    _(
        "Print on one side, in actual size (100 %), on thick paper if you have it: one set for "
        "each table. Cut along the broken lines."
    ),
    _(
        "Keep the large and the small cards in two piles, in the order of the numbers, face down. "
        "The numbers are shuffled, so that the order gives nothing away."
    ),
    _("Each table also gets its own sheet, with the forms, and a pencil with a rubber."),
    _("Keep this page, the leader guide and the marking sheet to yourself."),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line on the table's sheet: what it is, and how it stands at the start."""

    name: str
    start: str


def cards_html(
    case_id: str, lang: Language, *, level: Level | None = None, paged: bool = False
) -> str:
    """Write the table cards of a case as HTML.

    Raises :class:`pallkit.errors.ContentError` when there is no such case, and
    :class:`pallkit.errors.DecisionError` when it does not open at ``level``.
    """
    deck, guide = make_deck(case_id, level), make_guide(case_id, lang)
    sayer = Sayer(guide.case, guide.text, lang)
    drawn = list(faces(deck, sayer))
    large = [face for face in drawn if face.format.name == "a5"]
    small = [face for face in drawn if face.format.name == "a6"]
    sheets = [("a5", large[at : at + 2]) for at in range(0, len(large), 2)]
    sheets += [("a6", small[at : at + 4]) for at in range(0, len(small), 4)]
    return page(
        "cards",
        guide,
        paged=paged,
        deck=deck,
        sheets=sheets,
        joined=joined,
        counts=_counts(large, small, lang),
        rules=[render(one, lang) for one in _RULES],
        prepare=[render(one, lang) for one in _PREPARE],
        unlike=[render(one, lang) for one in _unlike(guide.case, deck, guide)],
        index=list(_index(deck, guide)),
        marks=list(_marks(deck, guide)),
        lines=_lines(deck, guide),
        axes=[render(names.AXIS[axis], lang) for axis in AXES],
        forms=list(_forms(deck, guide)),
        sure=guide.case.certainty or any(getattr(one, "certainty", 0) for one in guide.case.steps),
    )


def _counts(large: Sequence[Face], small: Sequence[Face], lang: Language) -> str:
    told = _(
        "{large} large cards on {large_sheets} sheets, {small} small ones on {small_sheets}.",
        large=len(large),
        large_sheets=-(-len(large) // 2),
        small=len(small),
        small_sheets=-(-len(small) // 4),
    )
    return render(told, lang)


def _unlike(case: Case, deck: Deck, guide: Guide) -> Iterator[Message]:
    """What paper does otherwise than the screen, as far as it goes for this case."""
    yield _(
        "The screen keeps the figures, the paper leaves that to the table. A slip of the pencil "
        "can send a table another way: let it go on, and take it up afterwards."
    )
    yield _("The curves and the debrief of the screen: use the marking and the debrief sheet.")
    if any(step.hint for step in guide.steps):
        yield _("The hints stand in the leader guide only. Read one out if a table is stuck.")
    for step in case.steps:
        if isinstance(step, EstimateStep) and step.of is not None:
            yield _(
                "Card {number}: the figure to be estimated stands on the sheet, where the screen "
                "hides it. Let the table cover the line.",
                number=deck.situation(str(step.id)).number,
            )
    if any(card.computed for card in deck.cards.values()):
        yield _(
            "A dose is written in the unit asked for. An answer that falls exactly on a limit of "
            "the key may come out otherwise than on the screen."
        )
    for id_ in deck.unsettled:
        yield _(
            "Card {number}: the right dose depends on what the table did before. Work it out with "
            "“pallkit convert”, or use the one in the leader guide.",
            number=deck.situation(id_).number,
        )
    if len(case.open_levels) > 1:
        yield _("These cards are for level {level} only.", level=deck.level)


def _index(deck: Deck, guide: Guide) -> Iterator[Mapping[str, Any]]:
    for step in guide.steps:
        own = [card for card in deck.cards.values() if card.step.id == step.id]
        yield {
            "step": step,
            "situation": deck.situation(step.id).number,
            "key": ", ".join(str(card.number) for card in own if card.kind == "key"),
            "answers": ", ".join(str(card.number) for card in own if card.kind == "answer"),
        }


def _marks(deck: Deck, guide: Guide) -> Iterator[tuple[str, str, bool]]:
    """Each mark, what it stands for in the words of the leader guide, and if it is set at once."""
    numbers = {id_: at for at, id_ in enumerate(reading_order(guide.case), 1)}
    says = Conditions(guide.case, guide.text, guide.lang, numbers)
    for letter in deck.marks:
        atom = deck.meaning.get(letter)
        if atom is not None:
            yield letter, says.tell(atom), letter in deck.sheet.on
        else:
            told = ", ".join(
                f"{says.mark(guide.case.by_id[step], choice)} ({numbers[step]})"
                for step, choice in sorted(deck.derived[letter])
            )
            yield letter, told, False


def _lines(deck: Deck, guide: Guide) -> Mapping[str, list[Line]]:
    """The lines of the table's sheet, by group; a group that is not followed is empty."""
    lang, sheet = guide.lang, deck.sheet
    vitals = [name for name in names.VITAL if name in sheet.figures]
    people = {f"worry.{one.id}": guide.text.people[one.id].name for one in guide.case.start.people}
    asked = {change.name for change in _changes(deck)}
    words = {"consciousness": names.CONSCIOUSNESS, "frame": names.FRAME, "place": names.PLACE}
    return {
        "symptoms": [
            Line(render(names.ESAS[item], lang), str(sheet.figures[item])) for item in ESAS_ITEMS
        ],
        "signs": [
            Line(render(names.VITAL[one], lang), names.vital(one, sheet.figures[one], lang))
            for one in vitals
        ],
        "worry": [
            Line(name, str(sheet.figures[key])) for key, name in people.items() if key in asked
        ],
        "clock": [Line("", names.clock(sheet.figures["clock"], lang))],
        **{
            key: [Line("", render(told[sheet.words[key]], lang))]  # type: ignore[index]  # its own
            if key == "place" or key in asked
            else []
            for key, told in words.items()
        },
    }


def _changes(deck: Deck) -> Iterator[Any]:
    for card in deck.cards.values():
        for pencil in card.then.pencils if card.then else ():
            yield from pencil.changes


def _forms(deck: Deck, guide: Guide) -> Iterator[Mapping[str, Any]]:
    for step in guide.steps:
        if isinstance(guide.case.by_id[step.id], DocumentStep):
            yield {"step": step, "card": deck.situation(step.id).number}
