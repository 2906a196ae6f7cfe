"""Count opioids as oral morphine, or change them, with every step shown. For practice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pallkit.doses import (
    Dose,
    Preparation,
    preparation_text,
    read_dose,
    read_preparation,
)
from pallkit.errors import PallkitError
from pallkit.i18n import Message, _, render
from pallkit.opioids import (
    ORAL_MORPHINE,
    Conversion,
    Omeq,
    Range,
    Reduction,
    Refusal,
    convert,
    omeq,
    ratio_set,
    read_reduction,
)
from pallkit.opioids.results import json_number
from pallkit_widgets.calculator import choices
from pallkit_widgets.calculator.labels import LABELS
from pallkit_widgets.shared.assets import module, stylesheet
from pallkit_widgets.shared.base import PallkitWidget
from pallkit_widgets.shared.fields import with_unit
from pallkit_widgets.shared.sources import name_sources

MOST_ROWS = 8
_ROW = {"drug": str, "route": str, "dose": str}
_SCRIPTS = (
    "shared/dom.js",
    "shared/link.js",
    "shared/receipt.js",
    "calculator/form.js",
    "calculator/answer.js",
    "calculator/view.js",
)


class FieldError(PallkitError):
    """What is wrong in the form, and in which field: «row-2», «table», «to», «reduction»."""

    def __init__(self, field: str, message: Message) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class _Request:
    doses: Sequence[Dose]
    table: str
    to: Preparation | None
    reduction: Reduction | None


class OpioidCalculator(PallkitWidget):
    """The calculator of the browser page and of notebooks.

    It holds no arithmetic: :mod:`pallkit.opioids` computes, and refuses. Only tables whose
    original was read are listed at first; a reduction is never chosen for the learner.
    """

    _esm = module(*_SCRIPTS)
    _css = stylesheet("calculator/style.css")
    LABELS = LABELS
    MESSAGES = {  # noqa: RUF012  # read only
        "calculate": {"rows": list, "set": str, "to": str, "reduce": dict}
    }

    def __init__(self, lang: str = "nb") -> None:
        super().__init__(lang)
        self._asked: Mapping[str, Any] | None = None
        self._paint()

    def handle(self, message: Mapping[str, Any]) -> None:
        """Calculate; in another language, what was asked last is answered again."""
        if message["type"] == "calculate":
            self._asked = message
        if self._asked is None:
            self._paint()
            return
        try:
            request = self._read_form(self._asked)
            table = ratio_set(request.table)
            done = (
                omeq(request.doses, table)
                if request.to is None
                else convert(request.doses, request.to, table, request.reduction)
            )
        except FieldError as error:
            self.refuse(error, message)
        else:
            self._paint(result={**self._result(done), "ratio_set": table.to_json(self.lang)})

    def refuse(self, error: PallkitError, message: Mapping[str, Any]) -> None:
        """Show what is wrong beside its field."""
        del message  # the browser still holds the form
        field = error.field if isinstance(error, FieldError) else "form"
        self._paint(error={"field": field, "text": render(error.message, self.lang)})

    def _read_form(self, message: Mapping[str, Any]) -> _Request:
        doses = [
            self._read_row(number, row)
            for number, row in enumerate(_rows(message["rows"]), start=1)
            if any(text.strip() for text in row.values())
        ]
        if not doses:
            raise FieldError("row-1", _("Choose a drug and a route, and write a dose."))
        if not message["set"]:
            raise FieldError("table", _("Choose a conversion table."))
        to = _in_field("to", read_preparation, message["to"]) if message["to"] else None
        reduction = None if to is None else _read_reduction(message["reduce"])
        return _Request(doses, message["set"], to, reduction)

    def _read_row(self, number: int, row: Mapping[str, str]) -> Dose:
        field = f"row-{number}"
        if not (row["drug"] and row["route"] and row["dose"].strip()):
            raise FieldError(field, _("Choose a drug and a route, and write a dose."))
        known = {choices.code(one): one for one in choices.preparations()}
        preparation = known.get(f"{row['drug']} {row['route']}")
        if preparation is None:
            raise FieldError(field, _("Choose a drug and a route from the lists."))
        name = preparation_text(preparation, self.lang)
        dose: Dose = _in_field(field, read_dose, f"{name} {row['dose']}")
        _in_field(field, Dose.daily, dose)
        return dose

    def _paint(self, **shown: Any) -> None:
        view = {
            "drugs": choices.drugs_view(self.lang),
            "targets": choices.targets_view(self.lang),
            "sets": choices.sets_view(self.lang),
            "rules": choices.rules_view(self.lang),
            "most_rows": MOST_ROWS,
            "result": None,
            "error": None,
        }
        self.show({**view, **shown})

    def _result(self, done: Conversion | Omeq | Refusal) -> dict[str, Any]:
        answer = done.to_json(self.lang)
        answer["steps"] = name_sources(answer["steps"], self.lang)
        if isinstance(done, Conversion):
            answer["main"] = self._amount(done.target, done.to)
            if done.oral_morphine is not None:
                answer["total"] = self._amount(done.oral_morphine, ORAL_MORPHINE)
        elif isinstance(done, Omeq):
            answer["main"] = self._amount(done.oral_morphine, ORAL_MORPHINE)
        return answer

    def _amount(self, value: Range, of: Preparation) -> dict[str, Any]:
        """An amount as text and, for the line it is drawn on, as numbers."""
        unit = of.measure.message
        middle = value if value.point is None else Range.exactly(value.point)
        parts = {"low": value.low, "point": value.point, "high": value.high}
        return {
            "name": preparation_text(of, self.lang),
            "text": render(_("{amount} {unit}", amount=value.message, unit=unit), self.lang),
            "amount": render(_("{amount} {unit}", amount=middle.message, unit=unit), self.lang),
            **{key: None if part is None else json_number(part) for key, part in parts.items()},
            "shown": {
                key: None if part is None else render(Range.exactly(part).message, self.lang)
                for key, part in parts.items()
            },
        }


def _rows(raw: list[object]) -> list[Mapping[str, str]]:
    """The rows of the form, or an error where the browser sends something else."""
    rows = [row for row in raw if isinstance(row, Mapping) and row.keys() == _ROW.keys()]
    fits = all(isinstance(text, str) for row in rows for text in row.values())
    if len(rows) != len(raw) or len(raw) > MOST_ROWS or not fits:
        raise FieldError("form", _("The form could not be read. Reload the page."))
    return rows


def _read_reduction(raw: Mapping[str, Any]) -> Reduction | None:
    kind, value = raw.get("kind"), raw.get("value")
    if kind == "none":
        return None
    if kind not in {"number", "rule"} or not isinstance(value, str):
        raise FieldError("reduction", _("Choose a reduction, or none."))
    if not value.strip():
        raise FieldError("reduction", _("Write a percentage, or choose none."))
    text = with_unit(value, "%") if kind == "number" else value
    reduction: Reduction = _in_field("reduction", read_reduction, text)
    return reduction


def _in_field(field: str, read: Any, text: Any) -> Any:
    try:
        return read(text)
    except PallkitError as error:
        raise FieldError(field, error.message) from None
