"""Set a pump, fill it, and come to it from doses by mouth; with pictures. For practice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pallkit.errors import PallkitError
from pallkit.i18n import _, render
from pallkit.opioids import Refusal
from pallkit.pump import mix, press, program, side_by_side
from pallkit_widgets.pump_calculator import address, choices, reading
from pallkit_widgets.pump_calculator.forms import (
    SECTIONS,
    Form,
    Section,
    checked,
    empty,
)
from pallkit_widgets.pump_calculator.labels import LABELS
from pallkit_widgets.pump_calculator.showing import doses_view, mixture_view, pump_view, refused
from pallkit_widgets.pump_calculator.starts import starts_view
from pallkit_widgets.shared.assets import module, stylesheet
from pallkit_widgets.shared.base import PallkitWidget
from pallkit_widgets.shared.fields import FieldError

_SCRIPTS = (
    *("shared/dom.js", "shared/link.js", "shared/receipt.js", "shared/print.js"),
    *("shared/address.js", "shared/refusal.js", "shared/range.js", "shared/tabs.js"),
    *(
        f"pump_calculator/{name}.js"
        for name in (
            *("fields", "forms", "mixture_form", "start_form", "reservoir", "timeline", "hour"),
            *("notes", "pump_answer", "mixture_answer", "start_answer", "tools", "view"),
        )
    ),
)
_STYLES = (
    "shared/range.css",
    "shared/tabs.css",
    "pump_calculator/style.css",
    "pump_calculator/pictures.css",
)


class PumpCalculator(PallkitWidget):
    """Three forms about a pump under the skin: its settings, its contents, its dose.

    It holds no arithmetic: :mod:`pallkit.pump` computes, and refuses. ``start`` is a line
    as :mod:`.address` reads it, from a page's address and so from anybody: what cannot be
    read leaves the forms empty and says why.
    """

    _esm = module(*_SCRIPTS)
    _css = stylesheet(*_STYLES)
    LABELS = LABELS
    MESSAGES = {section: {"form": dict} for section in SECTIONS}  # noqa: RUF012  # read only

    def __init__(self, lang: str = "nb", start: str = "") -> None:
        super().__init__(lang)
        self._asked: dict[Section, Form] = {}
        self._forms: dict[Section, dict[str, Any]] = {one: empty(one) for one in SECTIONS}
        self._section: Section = "pump"
        self._problem: PallkitError | None = None
        if start:
            self._open(start)
        self._paint()

    def handle(self, message: Mapping[str, Any]) -> None:
        """Answer one form; in another language, all that was asked is answered again."""
        kind = message["type"]
        if kind in SECTIONS:
            self._section = kind
            self._problem = None
            self._asked[kind] = message["form"]
        self._paint()

    def refuse(self, error: PallkitError, message: Mapping[str, Any]) -> None:
        """Show what is wrong with a whole message; the browser still holds the forms."""
        section = message["type"] if message["type"] in SECTIONS else self._section
        self._asked.pop(section, None)
        self._paint({section: {"field": "form", "text": render(error.message, self.lang)}})

    def _open(self, start: str) -> None:
        try:
            section, form = address.read(start)
        except PallkitError as error:
            self._problem = error
            return
        self._section = section
        self._forms[section] = form
        self._asked[section] = form

    def _paint(self, errors: Mapping[str, Any] | None = None) -> None:
        answers: dict[str, Any] = dict.fromkeys(SECTIONS)
        faults: dict[str, Any] = dict.fromkeys(SECTIONS) | dict(errors or {})
        for section, form in self._asked.items():
            try:
                answers[section] = self._answer(section, checked(section, form))
            except PallkitError as error:
                field = error.field if isinstance(error, FieldError) else "form"
                faults[section] = {"field": field, "text": render(error.message, self.lang)}
        self.show(
            {
                **choices.view(self.lang),
                "section": self._section,
                "forms": self._forms,
                "answers": answers,
                "errors": faults,
                "problem": self._problem_text(),
                "q": self._state(answers[self._section]),
            }
        )

    def _answer(self, section: Section, form: Form) -> dict[str, Any]:
        if section == "pump":
            done = program(reading.read_pump(form, self.lang))
            return (
                refused(done, self.lang)
                if isinstance(done, Refusal)
                else pump_view(done, self.lang)
            )
        if section == "mixture":
            return self._mixture(form)
        asked = reading.read_start(form)
        answers = side_by_side(asked.doses, asked.to, asked.sets, asked.reduction)
        doses = doses_view(asked.doses, self.lang)
        return {**starts_view(answers, asked.to, self.lang), "doses": doses}

    def _mixture(self, form: Form) -> dict[str, Any]:
        parts, reservoir, diluent, hours = reading.read_mixture(form)
        done = mix(parts, reservoir=reservoir, diluent=diluent, hours=hours)
        if isinstance(done, Refusal):
            return refused(done, self.lang)
        asked = reading.read_button(form, done)
        button = None if asked is None else press(done, *asked)
        return mixture_view(done, button, diluent, self.lang)

    def _problem_text(self) -> str | None:
        if self._problem is None:
            return None
        text = _(
            "What stands in the address could not be read, so the forms are empty. {why}",
            why=self._problem.message,
        )
        return render(text, self.lang)

    def _state(self, answer: object) -> str:
        """The line for the address, once there is an answer to share."""
        if answer is None:
            return ""
        return address.written(self._section, self._asked[self._section], self.lang)
