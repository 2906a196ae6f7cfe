"""Choosing among the cases: what was asked for, which cases it leaves, what else there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from pallkit import content
from pallkit.cases.values import LEVELS, PLACES
from pallkit.i18n import LANGUAGES, Message, _
from pallkit.privacy import holds_identity_number
from pallkit_app.server.folding import words
from pallkit_app.server.gallery import Card
from pallkit_app.server.site import LANGUAGE_NAMES

LONGEST_QUERY = 100
"""Characters of a search; the rest of a longer one is left out."""

# Minutes people set aside. Those are offered that some case needs more than the one before.
_TIMES = (10, 15, 20, 30, 40, 45, 50, 55, 60, 75, 90, 120, 180)

_FIRST = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asked for; an empty text asks for nothing. ``time`` is minutes at most."""

    q: str = ""
    topic: str = ""
    level: str = ""
    setting: str = ""
    time: str = ""
    language: str = ""

    @property
    def query(self) -> dict[str, str]:
        """What stands in the address."""
        asked = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in asked.items() if value}


FILTERS = tuple(field.name for field in fields(Wanted) if field.name != "q")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, and how many cases it would leave."""

    id: str
    name: str | Message
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """Something asked for that can be left out, and how many cases there would be then."""

    what: Message
    wanted: Wanted
    count: int


def tidy(text: str) -> str:
    """A search as we repeat it: printable, with single spaces, and not too long.

    One that holds an identity number is left out altogether, so that no address, link or
    page of ours carries it.
    """
    return "" if names_a_person(text) else _plain(text)[:LONGEST_QUERY].rstrip()


def names_a_person(text: str) -> bool:
    """Whether a search holds an identity number, as it was written or as we would repeat it."""
    return holds_identity_number(text) or holds_identity_number(_plain(text))


def _plain(text: str) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def read(asked: Mapping[str, str], every: Sequence[Card]) -> Wanted:
    """Read what the address asks for. A value that no case has is no filter.

    A time may be any number of minutes: an old link says what it said, whichever times are
    offered now.
    """
    known = {name: [value for value, _name in _values(name, every)] for name in FILTERS}
    found = {name: asked.get(name, "") for name in FILTERS}
    time = found.pop("time")
    kept = {name: value for name, value in found.items() if value in known[name]}
    if re.fullmatch(r"[1-9][0-9]{0,2}", time):
        kept["time"] = time
    return Wanted(q=tidy(asked.get("q", "")), **kept)


def matching(every: Iterable[Card], wanted: Wanted) -> list[Card]:
    """The cases that have all that is wanted: each filter, and each word of the search."""
    asked = [(_HAS[name], value) for name, value in wanted.query.items()]
    return [card for card in every if all(has(card, value) for has, value in asked)]


def choices(every: Sequence[Card], name: str, wanted: Wanted) -> list[Choice]:
    """The values of a filter that some case has, each counted beside the other filters."""
    chosen = getattr(wanted, name)
    values = _values(name, every)
    if name == "time" and chosen and chosen not in dict(values):
        values = sorted([*values, (chosen, _at_most(chosen))], key=lambda each: int(each[0]))
    return [
        Choice(
            id=value,
            name=called,
            count=len(matching(every, replace(wanted, **{name: value}))),
            chosen=value == chosen,
        )
        for value, called in values
    ]


def offers(every: Sequence[Card], wanted: Wanted) -> list[Offer]:
    """Each thing asked for that can be left out alone: a word of the search, or a filter."""
    found = [
        Offer(what, fewer, len(matching(every, fewer))) for what, fewer in _without(every, wanted)
    ]
    return sorted(found, key=lambda offer: -offer.count)


def first_topics(every: Sequence[Card]) -> list[Choice]:
    """The first topics of the table that some case has: a few ways into the gallery."""
    return choices(every, "topic", Wanted())[:_FIRST]


def asked_for(every: Sequence[Card], wanted: Wanted) -> list[Message]:
    """Everything asked for, in words."""
    return [what for what, _fewer in _without(every, wanted)]


def _without(every: Sequence[Card], wanted: Wanted) -> list[tuple[Message, Wanted]]:
    written = wanted.q.split(" ") if wanted.q else []
    found = [
        (
            _("the word “{word}”", word=word),
            replace(wanted, q=" ".join(written[:place] + written[place + 1 :])),
        )
        for place, word in enumerate(written)
    ]
    for name in FILTERS:
        value = getattr(wanted, name)
        if value:
            called = dict(_values(name, every)).get(value, value)
            found.append((_CALLED[name](called), replace(wanted, **{name: ""})))
    return found


def _values(name: str, every: Sequence[Card]) -> list[tuple[str, str | Message]]:
    """The ids of a filter that some case has, in the order of the format, with their names."""
    if name == "time":
        return [(str(each), _at_most(str(each))) for each in _times(every)]
    known: dict[str, str | Message] = {
        value: called for card in every for value, called in _ITEMS[name](card)
    }
    return [(value, known[value]) for value in _ORDER[name]() if value in known]


def _times(every: Sequence[Card]) -> list[int]:
    shorter = (0, *_TIMES)
    return [
        most
        for least, most in zip(shorter, _TIMES, strict=False)
        if any(least < card.minutes <= most for card in every)
    ]


def _at_most(minutes: str) -> Message:
    return _("At most {minutes} min", minutes=minutes)


def _level_items(card: Card) -> list[tuple[str, str | Message]]:
    return [(level, f"{level} – {called}") for level, called in card.levels]


_ITEMS: Mapping[str, Callable[[Card], Iterable[tuple[str, str | Message]]]] = {
    "topic": lambda card: card.topics,
    "level": _level_items,
    "setting": lambda card: card.settings,
    "language": lambda card: [(each, LANGUAGE_NAMES[each]) for each in card.languages],
}
_ORDER: Mapping[str, Callable[[], Iterable[str]]] = {
    "topic": lambda: content.table("topics"),
    "level": lambda: LEVELS,
    "setting": lambda: PLACES,
    "language": lambda: LANGUAGES,
}
_HAS: Mapping[str, Callable[[Card, str], bool]] = {
    "q": lambda card, value: all(word in card.text for word in words(value)),
    "topic": lambda card, value: value in dict(card.topics),
    "level": lambda card, value: value in dict(card.levels),
    "setting": lambda card, value: value in dict(card.settings),
    "time": lambda card, value: card.minutes <= int(value),
    "language": lambda card, value: value in card.languages,
}
_CALLED: Mapping[str, Callable[[str | Message], Message]] = {
    "topic": lambda called: _("the topic “{name}”", name=called),
    "level": lambda called: _("the level “{name}”", name=called),
    "setting": lambda called: _("the place “{name}”", name=called),
    "time": lambda called: _("the time “{name}”", name=called),
    "language": lambda called: _("the language “{name}”", name=called),
}
