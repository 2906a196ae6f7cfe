"""The words on the cards: conditions about the sheet, changes on it, and where to turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from pallkit.cases import Case, Prose
from pallkit.cases.steps import PumpStep, Step
from pallkit.doses import shown
from pallkit.i18n import Language, Message, _, number, render
from pallkit_app.guide.answers import unit_asked
from pallkit_app.guide.branches import points
from pallkit_app.guide.conditions import Conditions
from pallkit_app.guide.effects import all_words
from pallkit_app.handouts.markers import MARK
from pallkit_app.handouts.model import Onward, Pencil, Row, Then

_SPANS: Mapping[tuple[str, str], Callable[[Mapping[str, str]], Message]] = {
    ("", "<"): lambda known: _("Less than {high} {unit}", **known),
    ("", "<="): lambda known: _("{high} {unit} or less", **known),
    (">=", ""): lambda known: _("{low} {unit} or more", **known),
    (">", ""): lambda known: _("More than {low} {unit}", **known),
    (">=", "<="): lambda known: _("From {low} to {high} {unit}", **known),
    (">=", "<"): lambda known: _("{low} or more, but less than {high} {unit}", **known),
    (">", "<="): lambda known: _("More than {low}, up to {high} {unit}", **known),
    (">", "<"): lambda known: _("More than {low}, but less than {high} {unit}", **known),
}
"""A span of answers in words, by how its ends are."""


class SheetConditions(Conditions):
    """Says conditions as a table meets them: by the marks on its sheet."""

    def fact(self, name: str, *, holds: bool) -> Message:
        """A mark, crossed off or not."""
        if not name.startswith(MARK):
            return super().fact(name, holds=holds)
        letter = name.removeprefix(MARK)
        if holds:
            return _("mark {letter} is crossed off", letter=letter)
        return _("mark {letter} is not crossed off", letter=letter)


class Sayer:
    """Says what stands on the cards of one case in one language."""

    def __init__(self, case: Case, text: Prose, lang: Language) -> None:
        self.case, self.text, self.lang = case, text, lang
        self.conditions = SheetConditions(case, text, lang, {})

    def say(self, message: Message) -> str:
        """A message in the language of the cards."""
        return render(message, self.lang)

    def sure(self, step: Step) -> bool:
        """Whether it is asked how sure the table is."""
        return self.case.certainty or bool(getattr(step, "certainty", False))

    def to_do(self, pencil: Pencil) -> str:
        """What the table writes on its sheet: «Smerte −2 · 4 t senere · kryss av merke K»."""
        parts = all_words(pencil.effects, self.text, self.lang)
        parts += [self.say(_("cross off mark {letter}", letter=one)) for one in sorted(pencil.on)]
        parts += [self.say(_("rub out mark {letter}", letter=one)) for one in sorted(pencil.off)]
        return " · ".join(parts)

    def points(self, then: Then) -> str:
        """The points of what was chosen."""
        return points(then.score, self.lang)

    def onward(self, then: Then) -> Iterator[tuple[str, str]]:
        """Each way on as its condition in words, if any, and where it leads."""
        for at, one in enumerate(then.onward):
            when = "" if one.when is None else self.conditions.tell(one.when)
            if when:
                before = self.say(_("If {condition}:", condition=when))
            else:
                before = self.say(_("Otherwise:")) if at else ""
            yield before, self.turn_to(one)

    def turn_to(self, onward: Onward) -> str:
        """«Slå opp kort 14», or that the case ends."""
        if onward.card is None:
            return self.say(_("The case ends here."))
        return self.say(_("Turn to card {number}", number=onward.card))

    def span(self, row: Row, step: Step) -> str:
        """A row of a dose's key in words: «Mer enn 31,5, men under 45 mg/24 t»."""
        values = {
            "low": self._amount(row.low, step),
            "high": self._amount(row.high, step),
            "unit": unit_asked(step, self.lang),
        }
        ends = (
            "" if row.low is None else ">=" if row.low_in else ">",
            "" if row.high is None else "<=" if row.high_in else "<",
        )
        return self.say(_SPANS[ends](values))

    def _amount(self, amount: Decimal | None, step: Step) -> str:
        if amount is None:
            return ""
        # A rate has more decimals than a dose: a thousandth of it is a drop an hour.
        digits = Decimal("0.001") if isinstance(step, PumpStep) else Decimal("0.01")
        return number(shown(amount.quantize(digits)), self.lang)
