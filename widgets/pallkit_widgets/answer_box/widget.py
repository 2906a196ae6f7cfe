"""A trainee's answer to one task: saved in the log, shown again, taken back if need be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from pallkit.answers import MAX_TEXT, Answer, Log, answers, latest, record
from pallkit.doses import read_measure, read_number, read_quantity
from pallkit.errors import PallkitError
from pallkit.i18n import Message, _, render
from pallkit_widgets.answer_box.labels import LABELS
from pallkit_widgets.shared.assets import module, stylesheet
from pallkit_widgets.shared.base import PallkitWidget
from pallkit_widgets.shared.fields import with_unit, without_unit
from pallkit_widgets.shared.journal import Journal

Kind = Literal["dose", "number", "text"]


class AnswerError(PallkitError):
    """The answer could not be saved as it is written."""


class AnswerBox(PallkitWidget):
    """A field for the answer to ``task``; the last answer not taken back counts.

    ``kind`` "dose" takes an amount with its unit (only the number, if ``unit`` stands
    beside the field), "number" a plain number, "text" free text. What cannot be read is
    not saved. Answers are kept in ``log`` beside the notebook; with ``log=None`` nothing
    is ever written, and nothing outlives the page.
    """

    _esm = module("shared/dom.js", "shared/link.js", "answer_box/parts.js", "answer_box/view.js")
    _css = stylesheet("answer_box/style.css")
    LABELS = LABELS
    MESSAGES = {"save": {"text": str}, "withdraw": {"number": int}}  # noqa: RUF012  # read only

    def __init__(  # noqa: PLR0913  # what a notebook cell says of its task, by name
        self,
        task: str,
        kind: Kind = "dose",
        *,
        unit: str | None = None,
        label: str | None = None,
        lang: str = "nb",
        log: str | Path | None = "svar.jsonl",
    ) -> None:
        super().__init__(lang)
        if kind not in _READERS:
            raise ValueError(f"kind is one of {', '.join(_READERS)}, not {kind!r}")
        self.task, self.kind, self.unit, self.label = task, kind, unit, label
        self._journal = None if log is None else Journal(Path(log), task)
        self._log = Log()
        try:
            self._log = self._journal.open() if self._journal else Log()
            self._paint(note=None if self._log.intact else self._log.problems[-1])
        except PallkitError as error:
            self._paint(note=error.message)

    def __repr__(self) -> str:
        counting = latest(self._log, self.task)
        return f"{self.task}: {counting.text if counting else '–'}"

    def handle(self, message: Mapping[str, Any]) -> None:
        """Save an answer, or take back the one that counts."""
        counting = latest(self._log, self.task)
        if message["type"] == "save":
            text = self._read(message["text"])
            if counting is None or counting.text != text:  # saved twice is one answer
                self._add("answer", text)
        elif message["type"] == "withdraw" and counting and counting.number == message["number"]:
            self._add("withdrawn", counting.number)
        self._paint(done=message["type"])

    def refuse(self, error: PallkitError, message: Mapping[str, Any]) -> None:
        """Say why it was not saved; what was typed stays in the browser."""
        del message  # the field still holds it
        self._paint(error=error.message)

    def _read(self, typed: str) -> str:
        text = with_unit(typed, self.unit if self.kind == "dose" else None)
        if not text:
            raise AnswerError(_("Write an answer before you save."))
        _READERS[self.kind](text, self.unit)
        return text

    def _add(self, kind: str, value: str | int) -> None:
        if self._journal is None:
            entry = record(kind, self.task, value)
            self._log = Log((*self._log.records, entry))
        else:
            self._log = self._journal.add(kind, value)

    def _paint(
        self, *, note: Message | None = None, error: Message | None = None, done: str | None = None
    ) -> None:
        counting = latest(self._log, self.task)
        self.show(
            {
                "kind": self.kind,
                "label": self.label,
                "unit": self.unit,
                "most": MAX_TEXT if self.kind == "text" else 100,
                "kept": self._journal is not None,
                "text": without_unit(counting.text, self.unit) if counting else "",
                "answers": [_answer_view(one) for one in answers(self._log, self.task)],
                "note": None if note is None else render(note, self.lang),
                "error": None if error is None else render(error, self.lang),
                "done": done,
            }
        )


def _answer_view(answer: Answer) -> dict[str, Any]:
    return {
        "number": answer.number,
        "text": answer.text,
        "at": answer.at,
        "counts": answer.counts,
        "withdrawn": answer.withdrawn,
    }


def _read_dose(text: str, unit: str | None) -> None:
    quantity = read_quantity(text)
    if unit:
        quantity.to(read_measure(unit))


def _read_number(text: str, _unit: str | None) -> None:
    read_number(text)


def _read_text(text: str, _unit: str | None) -> None:
    if len(text) > MAX_TEXT:
        raise AnswerError(
            _("The text is too long. Write at most {most} characters.", most=MAX_TEXT)
        )


_READERS: Mapping[str, Callable[[str, str | None], None]] = {
    "dose": _read_dose,
    "number": _read_number,
    "text": _read_text,
}
