"""The conditions of a case in words a leader understands: «gruppa valgte B i steg 4».

A condition asks about ids; the leader has step numbers, letters and the words of the case.
What a group knows or has told somebody is said by the choices that make it so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import ascii_uppercase

from pallkit.cases import Case, Prose, names
from pallkit.cases.conditions import Between, Both, Compare, Condition, Fact, Not, read_condition
from pallkit.cases.effects import Effects
from pallkit.cases.steps import ON, ChoiceStep, ConsultStep, Step, effects_of, ways
from pallkit.i18n import Language, Message, _, render

_CODED: Mapping[str, tuple[Message, Mapping[str, Message]]] = {
    "place": (_("the place"), {str(key): text for key, text in names.PLACE.items()}),
    "consciousness": (
        _("the consciousness"),
        {str(key): text for key, text in names.CONSCIOUSNESS.items()},
    ),
    "frame": (_("the expected time left"), {str(key): text for key, text in names.FRAME.items()}),
}
_SIGNS: Mapping[str, str] = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}


class Conditions:
    """Says the conditions of one case in one language. ``numbers`` are those of the steps."""

    def __init__(self, case: Case, text: Prose, lang: Language, numbers: Mapping[str, int]) -> None:
        self._case, self._text, self._lang, self._numbers = case, text, lang, numbers

    def say(self, when: str) -> str:
        """The condition in words, without a full stop; nothing for no condition."""
        return self.tell(read_condition(when)) if when else ""

    def tell(self, condition: Condition) -> str:
        """A condition that has been read, in words."""
        return render(self._whole(condition), self._lang)

    def _whole(self, part: Condition, *, inside: str = "") -> Message | str:
        if isinstance(part, Both):
            left, right = (self._whole(one, inside=part.word) for one in (part.left, part.right))
            both = (
                _("{left} and {right}", left=left, right=right)
                if part.word == "and"
                else _("{left} or {right}", left=left, right=right)
            )
            return _("({condition})", condition=both) if inside not in {"", part.word} else both
        if isinstance(part, Not):
            if isinstance(part.part, Fact):
                return self.fact(part.part.name, holds=False)
            return _(
                "it is not so that {condition}", condition=self._whole(part.part, inside="not")
            )
        if isinstance(part, Fact):
            return self.fact(part.name, holds=True)
        return self._compared(part)

    def _compared(self, part: Compare | Between) -> Message:
        if isinstance(part, Between):
            return _(
                "{what} is from {low} to {high}",
                what=self._number(part.name),
                low=self._value(part.name, part.low),
                high=self._value(part.name, part.high),
            )
        if part.name.startswith("chose."):
            return self._chose(part.name.removeprefix("chose."), str(part.value), part.sign)
        if isinstance(part.value, str):
            return self._is(part.name, part.value, same=part.sign == "==")
        return _(
            "{what} {sign} {value}",
            what=self._number(part.name),
            sign=_SIGNS[part.sign],
            value=self._value(part.name, part.value),
        )

    def _is(self, name: str, value: str, *, same: bool) -> Message:
        if name == "level":
            if same:
                return _("the case is played at level {level}", level=value)
            return _("the case is not played at level {level}", level=value)
        what, word = self._word(name, value)
        if same:
            return _("{what} is “{value}”", what=what, value=word)
        return _("{what} is not “{value}”", what=what, value=word)

    def _chose(self, step: str, choice: str, sign: str) -> Message:
        mark = self.mark(self._case.by_id[step], choice)
        number = self._numbers[step]
        if sign == "==" and not isinstance(self._case.by_id[step], ChoiceStep | ConsultStep):
            return _("the answer in step {number} was {mark}", mark=mark, number=number)
        if sign == "==":
            return _("the group chose {mark} in step {number}", mark=mark, number=number)
        return _("the group chose otherwise than {mark} in step {number}", mark=mark, number=number)

    def _number(self, name: str) -> Message | str:
        head, _dot, tail = name.partition(".")
        if head == "worry":
            return _("the worry of {name} (0–10)", name=self._text.people[tail].name)
        if head == "points":
            return _("the sum of points for {axis}", axis=names.AXIS[tail])  # type: ignore[index]
        if head == "ratio":
            return _("given ÷ right in step {number}", number=self._numbers[tail])
        if name == "clock":
            return _("the case's clock")
        found = names.ESAS.get(name) or names.VITAL.get(name)  # type: ignore[call-overload]
        return found or name

    def _value(self, name: str, value: object) -> Message | str:
        figure = int(str(value).partition(".")[0])
        if name == "clock":
            return names.clock(figure, self._lang)
        if name in names.VITAL:
            return names.vital(name, figure, self._lang)  # type: ignore[arg-type]
        return names.figure(value)  # type: ignore[arg-type]  # a Decimal

    def _word(self, name: str, value: str) -> tuple[Message, Message | str]:
        head, _dot, tail = name.partition(".")
        if head == "wish":
            person = self._text.people[tail]
            return _("the wish of {name}", name=person.name), person.wishes.get(value, value)
        what, words = _CODED[name]
        return what, words.get(value, value)

    def fact(self, name: str, *, holds: bool) -> Message:
        """Something that is so, or that is not."""
        head, _dot, tail = name.partition(".")
        if head == "danger":
            return (
                _("something dangerous has been done")
                if holds
                else _("nothing dangerous has been done")
            )
        if head == "seen":
            number = self._numbers[tail]
            return (
                _("the group has been at step {number}", number=number)
                if holds
                else _("the group has not been at step {number}", number=number)
            )
        if head == "open":
            task = self._text.tasks[tail]
            return (
                _("the task “{task}” is open", task=task)
                if holds
                else _("the task “{task}” is not open", task=task)
            )
        if head == "on":
            medicine = self._text.regimen.get(tail, tail)
            return (
                _("“{medicine}” is on the medicine list", medicine=medicine)
                if holds
                else _("“{medicine}” is not on the medicine list", medicine=medicine)
            )
        return self._made_so(head, tail, holds=holds)

    def _made_so(self, head: str, tail: str, *, holds: bool) -> Message:
        """A fact the group knows or has told: by the choices that make it so."""
        person, _dot, fact = tail.rpartition(".")
        start = next((one.told for one in self._case.start.people if one.id == person), ())
        if head == "told" and fact in start:
            name = self._text.people[person].name
            return (
                _("{name} knows it from the start", name=name)
                if holds
                else _("{name} does not know it", name=name)
            )
        told = list(dict.fromkeys(self._makers(head, person, fact)))
        if len(told) == 1:
            (only,) = told
            return (
                _("the group has been by {choice}", choice=only)
                if holds
                else _("the group has not been by {choice}", choice=only)
            )
        choices = ", ".join(told)
        return (
            _("the group has been by one of these: {choices}", choices=choices)
            if holds
            else _("the group has been by none of these: {choices}", choices=choices)
        )

    def _makers(self, head: str, person: str, fact: str) -> Iterator[str]:
        for step in sorted(self._case.steps, key=lambda one: self._numbers.get(one.id, 0)):
            for choice, way in ways(step):
                if any(_makes(effects, head, person, fact) for effects in effects_of(way)):
                    place, mark = self._numbers[step.id], self.mark(step, choice)
                    told = (
                        _("{mark} in step {number}", mark=mark, number=place)
                        if mark
                        else _("step {number}", number=place)
                    )
                    yield render(told, self._lang)

    def mark(self, step: Step, choice: str | None) -> str:
        """What the guide calls a choice: its letter, or what the answer came to."""
        if choice is None:
            return ""
        if isinstance(step, ChoiceStep | ConsultStep):
            if choice == ON:
                return render(_("Go on"), self._lang)
            shown = step.options if isinstance(step, ChoiceStep) else step.questions
            return ascii_uppercase[[one.id for one in shown].index(choice)]  # type: ignore[arg-type]
        return render(_("“{answer}”", answer=names.outcome(step.kind, choice)), self._lang)


def _makes(effects: Effects, head: str, person: str, fact: str) -> bool:
    if head == "knows":
        return fact in effects.learn
    change = effects.people.get(person)  # type: ignore[call-overload]  # any id
    return change is not None and fact in change.told
