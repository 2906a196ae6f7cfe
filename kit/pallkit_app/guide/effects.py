"""What a choice does, in words: changes, not the figures before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pallkit.cases import Prose, names
from pallkit.cases.effects import Band, Effects
from pallkit.i18n import Language, Message, _, number, render


@dataclass(frozen=True, slots=True)
class BandTold:
    """One band of a teaching rule: how much was given, and what follows."""

    given: str
    effects: str


def bands(rule: Sequence[Band], text: Prose, lang: Language) -> tuple[BandTold, ...]:
    """A case's teaching rule for a wrong dose, band by band."""
    return tuple(
        BandTold(render(_given(band), lang), " · ".join(all_words(band.effects, text, lang)))
        for band in rule
    )


def _given(band: Band) -> Message:
    low, high = band.at_least, band.below
    if low is not None and high is not None:
        return _("{low} times the right answer or more, but less than {high}", low=low, high=high)
    if low is not None:
        return _("{low} times the right answer or more", low=low)
    if high is not None:
        return _("less than {high} times the right answer", high=high)
    return _("any answer")


def all_words(effects: Effects, text: Prose, lang: Language) -> list[str]:
    """Everything that follows, for effects that have no state to compare with."""
    return [*_body_words(effects, lang), *more_words(effects, text, lang)]


def _body_words(effects: Effects, lang: Language) -> Iterator[str]:
    for item, change in effects.esas.items():
        yield f"{render(names.ESAS[item], lang)} {_signed(change)}"
    for vital, change in effects.vitals.items():
        tenths = vital == "temperature"
        sign = "+" if change > 0 else "−"
        shown = number(Decimal(abs(change)) / 10 if tenths else abs(change), lang)
        yield f"{render(names.VITAL[vital], lang)} {sign}{shown}"
    if effects.consciousness:
        yield render(names.CONSCIOUSNESS[effects.consciousness], lang)
    if effects.clock:
        yield render(_("{span} later", span=names.span(effects.clock, lang)), lang)
    if effects.place:
        yield render(names.PLACE[effects.place], lang)


def more_words(effects: Effects, text: Prose, lang: Language) -> list[str]:
    """What changes beyond the body, the clock and the place: people, tasks, time left, drugs."""
    return [render(one, lang) for one in _more(effects, text)]


def _more(effects: Effects, text: Prose) -> Iterator[Message]:
    if effects.frame:
        yield _("Expected time left: {frame}", frame=names.FRAME[effects.frame])
    for id_, change in effects.people.items():
        name = text.people[id_].name
        if change.worry:
            yield _("The worry of {name} {change}", name=name, change=_signed(change.worry))
        if change.wish:
            yield _(
                "{name} now wants: {wish}", name=name, wish=text.people[id_].wishes[change.wish]
            )
    for task in effects.tasks.open:
        yield _("New task: {task}", task=text.tasks[task])
    for task in effects.tasks.close:
        yield _("Done: {task}", task=text.tasks[task])
    for id_ in effects.regimen.stop:
        yield _("Off the medicine list: {medicine}", medicine=text.regimen.get(id_, id_))
    for entry in effects.regimen.start:
        yield _("On the medicine list: {medicine}", medicine=text.regimen.get(entry.id, entry.id))


def _signed(change: int) -> str:
    return f"{'+' if change > 0 else '−'}{abs(change)}"
