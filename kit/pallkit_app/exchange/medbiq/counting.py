"""What the counters of a package mean in a case: points, symptoms, the clock, danger.

A counter is known by our id, else by its name in any of our languages, else by the order:
visible counters that nobody knows take the axes nobody took. Each guess is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pallkit.cases.names import AXIS, ESAS
from pallkit.cases.values import AXES, ESAS_ITEMS, HIGHEST
from pallkit.i18n import LANGUAGES, Message, _, render
from pallkit_app.exchange.loss import Losses
from pallkit_app.exchange.medbiq.model import Action, Counter, CounterRule
from pallkit_app.exchange.medbiq.names import CLOCK, DANGER
from pallkit_app.exchange.package import shown

_SIGNS = {"eq": "==", "neq": "!=", "leq": "<=", "lt": "<", "geq": ">=", "gt": ">"}
_LONGEST_CLOCK = 99_999  # minutes a case file can tell of at once


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a counter stands for; ``name`` is an axis or a symptom, ``start`` where it begins."""

    kind: Literal["axis", "esas", "clock", "danger"]
    name: str
    start: int = 0


@dataclass(slots=True)
class Change:
    """What following a link, or coming to a node, does."""

    score: dict[str, int] = field(default_factory=dict)
    esas: dict[str, int] = field(default_factory=dict)
    clock: int = 0
    danger: bool = False

    def add(self, other: Change) -> None:
        """Do the other one too."""
        for axis, points in other.score.items():
            self.score[axis] = self.score.get(axis, 0) + points
        for item, value in other.esas.items():
            self.esas[item] = self.esas.get(item, 0) + value
        self.clock += other.clock
        self.danger = self.danger or other.danger

    def touches(self, name: str) -> bool:
        """Whether it changes this axis or symptom."""
        return bool(self.score.get(name) or self.esas.get(name))

    @property
    def points(self) -> bool:
        """Whether it counts in the score, which only a decision can."""
        return self.danger or any(self.score.values())

    def judged(self) -> dict[str, object]:
        """The keys of a case file that only a decision can have."""
        score = {axis: points for axis, points in self.score.items() if points}
        return {**({"score": score} if score else {}), **({"danger": True} if self.danger else {})}

    def effects(self) -> dict[str, object]:
        """The key ``effects`` of a case file, where there are any."""
        esas = {item: value for item, value in self.esas.items() if value}
        clock = f"+{min(self.clock, _LONGEST_CLOCK)} min"
        made = {**({"clock": clock} if self.clock else {}), **({"esas": esas} if esas else {})}
        return {"effects": made} if made else {}


@dataclass(frozen=True, slots=True)
class Sending:
    """A rule: when ``about`` (an axis or a symptom) has come to ``when``, go to ``node``."""

    about: str
    when: str
    node: str


class Counting:
    """Reads actions by what their counters mean."""

    def __init__(self, counters: Sequence[Counter], losses: Losses) -> None:
        self._losses = losses
        self._labels = {one.id: one.label for one in counters}
        self._meanings = dict(_meanings(counters, losses))
        self._rules = [(one.id, rule) for one in counters for rule in one.rules]

    def change(self, actions: Iterable[Action]) -> Change:
        """What the actions come to."""
        made = Change()
        for action in actions:
            meaning = self._meanings.get(action.counter)
            if meaning is None:
                continue  # told of once, with the counter
            if action.operator == "=":
                self._tell(action.counter, _("a rule sets a counter to a value"))
                continue
            value = action.value if action.operator == "+" else -action.value
            made.add(self._one(meaning, value, action.counter))
        return made

    def start(self) -> dict[str, int]:
        """The symptoms that the package has counters for, as they are at the start."""
        found = {}
        for id_, meaning in self._meanings.items():
            if meaning.kind == "esas":
                found[meaning.name] = max(0, min(HIGHEST, meaning.start))
                if found[meaning.name] != meaning.start:
                    self._tell(id_, _("a symptom begins outside 0 to 10"))
        return found

    @property
    def minutes(self) -> int:
        """Where the clock begins."""
        begins = [one.start for one in self._meanings.values() if one.kind == "clock"]
        return max(0, min(_LONGEST_CLOCK, begins[0])) if begins else 0

    def rules(self) -> Iterable[Sending]:
        """Each rule that sends the player somewhere by a counter."""
        for id_, rule in self._rules:
            meaning = self._meanings.get(id_)
            asked = _condition(meaning, rule) if meaning is not None else None
            if meaning is None or asked is None or rule.redirect is None:
                self._tell(id_, _("a rule of a counter does nothing here"))
            else:
                yield Sending(meaning.name, asked, rule.redirect)

    def _one(self, meaning: Meaning, value: int, counter: str) -> Change:
        if meaning.kind == "axis":
            return Change(score={meaning.name: value})
        if meaning.kind == "esas":
            return Change(esas={meaning.name: value})
        if value < 0:
            self._tell(counter, _("a rule turns the clock or the dangerous acts back"))
            return Change()
        return Change(clock=value) if meaning.kind == "clock" else Change(danger=value > 0)

    def _tell(self, counter: str, what: Message) -> None:
        label = shown(self._labels.get(counter, counter))
        self._losses.add(
            None, "dropped", "counter", _("{what}: “{counter}”", what=what, counter=label)
        )


def _condition(meaning: Meaning, rule: CounterRule) -> str | None:
    sign = _SIGNS[rule.relation]
    if meaning.kind == "axis":
        return f"points.{meaning.name} {sign} {rule.value - meaning.start}"
    return f"{meaning.name} {sign} {rule.value}" if meaning.kind == "esas" else None


def _meanings(counters: Sequence[Counter], losses: Losses) -> Iterable[tuple[str, Meaning]]:
    known = {one.id: _known(one) for one in counters}
    taken = {one for one in known.values() if one is not None}
    free = [axis for axis in AXES if ("axis", axis) not in taken]
    used: set[tuple[str, str]] = set()
    for counter in counters:
        found = known[counter.id]
        if found is None and counter.visible and free:
            found = ("axis", free.pop(0))
            what = _(
                "the counter “{counter}” is read as points for {axis}",
                counter=shown(counter.label),
                axis=AXIS[found[1]],
            )
            losses.add(None, "simplified", "counter", what)
        if found is None or found in used:
            what = _("the counter “{counter}”", counter=shown(counter.label))
            losses.add(None, "dropped", "counter", what)
            continue
        used.add(found)
        kind, name = found
        yield counter.id, Meaning(kind, name, counter.start)  # type: ignore[arg-type]  # a kind


def _known(counter: Counter) -> tuple[str, str] | None:
    if counter.id in _BY_ID:
        return _BY_ID[counter.id]
    return _BY_NAME.get(counter.label.casefold())


_BY_ID: Mapping[str, tuple[str, str]] = {
    **{axis: ("axis", axis) for axis in AXES},
    **{f"esas.{item}": ("esas", item) for item in ESAS_ITEMS},
    DANGER: ("danger", DANGER),
    CLOCK: ("clock", CLOCK),
}
_BY_NAME: Mapping[str, tuple[str, str]] = {
    **{render(AXIS[axis], lang).casefold(): ("axis", axis) for axis in AXES for lang in LANGUAGES},
    **{
        render(ESAS[item], lang).casefold(): ("esas", item)
        for item in ESAS_ITEMS
        for lang in LANGUAGES
    },
}
