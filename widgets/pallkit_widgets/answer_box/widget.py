"""A trainee's answer to one task: saved in the log, shown again, taken back if need be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pallkit.answers import SUREST, Answer, Log, answers, latest, record
from pallkit.errors import PallkitError
from pallkit.i18n import Message, render
from pallkit_widgets.answer_box.kinds import Field, Kind
from pallkit_widgets.answer_box.labels import LABELS
from pallkit_widgets.answer_box.own_task import OwnTask, own_task
from pallkit_widgets.shared.assets import module, stylesheet
from pallkit_widgets.shared.base import LARGEST_MESSAGE, PallkitWidget
from pallkit_widgets.shared.journal import Journal

_SCRIPTS = (
    "shared/dom.js",
    "shared/link.js",
    "shared/moments.js",
    "shared/picking.js",
    "shared/ordering.js",
    "answer_box/fields.js",
    "answer_box/parts.js",
    "answer_box/view.js",
)

MOST_UNLOGGED = 100
"""Answers, and what was said of them, that a box without a log remembers."""


class AnswerBox(PallkitWidget):
    """A field for the answer to ``task``; the last answer not taken back counts.

    ``kind`` "dose" takes an amount with its unit (only the number, if ``unit`` stands
    beside the field), "number" a plain number (``unit`` only stands there to be read),
    "text" free text. "choice" takes one of ``options`` (id: label), or as many as one
    likes with ``several``; "ranking" puts them in order. With ``certainty``, one may also
    say how sure one is, from 0 to 10. With ``variant`` (:mod:`pallkit.variants`), a dose is
    asked for in a task of the trainee's own, shown above the field. What cannot be read is
    not saved. Answers are kept in ``log`` beside the notebook; with ``log=None`` nothing is
    ever written, and nothing outlives the page.
    """

    _esm = module(*_SCRIPTS)
    _css = stylesheet("shared/controls.css", "answer_box/style.css")
    LABELS = LABELS
    MESSAGES = {  # noqa: RUF012  # read only
        "save": {"text": str},
        "save_sure": {"text": str, "sure": int},
        "withdraw": {"number": int},
    }

    def __init__(  # noqa: PLR0913  # what a notebook cell says of its task, by name
        self,
        task: str,
        kind: Kind = "dose",
        *,
        unit: str | None = None,
        options: Mapping[str, str] | None = None,
        several: bool = False,
        variant: Mapping[str, object] | None = None,
        certainty: bool = False,
        label: str | None = None,
        lang: str = "nb",
        log: str | Path | None = "svar.jsonl",
    ) -> None:
        super().__init__(lang)
        self.task, self.label, self.certainty = task, label, certainty
        if variant is not None and kind != "dose":
            raise ValueError("only a dose can have a variant")
        self.field = Field(kind, unit, dict(options or {}), several)
        self._journal = None if log is None else Journal(Path(log), task)
        self._log = Log()
        self._own: OwnTask | None = None
        self._no_task: PallkitError | None = None
        try:
            self._begin(variant)
            self._paint(note=None if self._log.intact else self._log.problems[-1])
        except PallkitError as error:
            self._no_task = error if variant is not None and self._own is None else None
            self._paint(note=error.message)

    def __repr__(self) -> str:
        counting = latest(self._log, self.task)
        return f"{self.task}: {self._line(counting) if counting else '–'}"

    def in_words(self, kept: str) -> str:
        """A kept answer as a trainee reads it in plain text; several picks a line each."""
        text = self.field.shown(kept)
        if not self.field.options or "\n" not in text:
            return text
        mark = "– " if self.field.kind == "choice" else ""
        return "".join(f"\n  {mark}{line}" for line in text.splitlines())

    def handle(self, message: Mapping[str, Any]) -> None:
        """Save an answer, or take back the one that counts."""
        if self._no_task is not None:
            raise self._no_task
        counting = latest(self._log, self.task)
        if message["type"] in {"save", "save_sure"}:
            self._save(self.field.read(message["text"]), counting, message.get("sure"))
        elif message["type"] == "withdraw" and counting and counting.number == message["number"]:
            self._add("withdrawn", counting.number)
        self._paint(done=message["type"])

    def refuse(self, error: PallkitError, message: Mapping[str, Any]) -> None:
        """Say why it was not saved; what was typed stays in the browser."""
        del message  # the field still holds it
        self._paint(error=error.message)

    def _begin(self, variant: Mapping[str, object] | None) -> None:
        """Note in the log that the task is shown, and for whom it was drawn."""
        if variant is not None:
            self._own = own_task(self.task, variant, self._journal)
            unit = self.field.unit or self._own.unit(self.lang)
            self.field = replace(self.field, unit=unit)
        if self._journal is not None:
            self._log = self._journal.open(self._own.trainee if self._own else None)

    def _save(self, text: str, counting: Answer | None, sure: int | None) -> None:
        if counting is None or counting.text != text:  # saved twice is one answer
            self._add("answer", text)
            counting = None
        if self.certainty and sure is not None and (counting is None or counting.sure != sure):
            self._add("certainty", sure)

    def _add(self, kind: str, value: str | int) -> None:
        if self._journal is None:
            entry = record(kind, self.task, value)
            self._log = _bounded(Log((*self._log.records, entry)), self.task)
        else:
            self._log = self._journal.add(kind, value)

    def _paint(
        self, *, note: Message | None = None, error: Message | None = None, done: str | None = None
    ) -> None:
        counting = latest(self._log, self.task)
        field = self.field
        self.show(
            {
                "kind": field.kind,
                "several": field.several,
                "options": [{"id": id_, "label": text} for id_, text in field.options.items()],
                "question_html": self._own.html(self.lang) if self._own else None,
                "label": self.label,
                "unit": field.unit,
                "most": field.most,
                "surest": SUREST if self.certainty else None,
                "kept": self._journal is not None,
                "text": field.typed(counting.text) if counting else "",
                "sure": counting.sure if counting else None,
                "answers": [self._answer_view(one) for one in answers(self._log, self.task)],
                "note": None if note is None else render(note, self.lang),
                "error": None if error is None else render(error, self.lang),
                "done": done,
            }
        )

    def _answer_view(self, answer: Answer) -> dict[str, Any]:
        return {
            "number": answer.number,
            "text": self.field.shown(answer.text),
            "sure": answer.sure,
            "at": answer.at,
            "counts": answer.counts,
            "withdrawn": answer.withdrawn,
        }

    def _line(self, answer: Answer) -> str:
        return "; ".join(self.field.shown(answer.text).splitlines())


def _bounded(log: Log, task: str) -> Log:
    """``log``, or of one that has grown large the answer that counts alone.

    For what is kept in memory only: a page can be sent answers for hours.
    """
    texts = sum(len(str(entry.value)) for entry in log.records)
    if len(log.records) <= MOST_UNLOGGED and texts <= LARGEST_MESSAGE:
        return log
    counting = latest(log, task)
    if counting is None:
        return Log()
    at = datetime.fromisoformat(counting.at)
    sure = () if counting.sure is None else (record("certainty", task, counting.sure, at=at),)
    return Log((record("answer", task, counting.text, at=at), *sure))
