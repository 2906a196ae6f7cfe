"""Play a case: one decision at a time, with feedback, and a debrief at the end."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pallkit.answers import decisions
from pallkit.cases.judging import FIELD
from pallkit.cases.model import load
from pallkit.cases.values import Level
from pallkit.cases.view import player_view
from pallkit.errors import DecisionError, LogError, PallkitError
from pallkit.i18n import Message, _, render
from pallkit.privacy import IdentityNumberError
from pallkit_widgets.case_player.labels import LABELS
from pallkit_widgets.shared.assets import module, stylesheet
from pallkit_widgets.shared.base import PallkitWidget
from pallkit_widgets.shared.fields import with_unit
from pallkit_widgets.shared.journal import Decisions, Journal, MovedOnError
from pallkit_widgets.shared.sources import name_sources

_SCRIPTS = (
    "shared/dom.js",
    "shared/link.js",
    "shared/print.js",
    "shared/notices.js",
    "shared/receipt.js",
    "shared/picking.js",
    "shared/ordering.js",
    "case_player/parts.js",
    "case_player/chart.js",
    "case_player/controls.js",
    "case_player/answered.js",
    "case_player/feedback.js",
    "case_player/form.js",
    "case_player/certainty.js",
    "case_player/picking.js",
    "case_player/typing.js",
    "case_player/ordering.js",
    "case_player/document.js",
    "case_player/consult.js",
    "case_player/step.js",
    "case_player/status.js",
    "case_player/header.js",
    "case_player/calibration.js",
    "case_player/path.js",
    "case_player/debrief.js",
    "case_player/view.js",
)

_PARTS: Mapping[str, tuple[str, ...]] = {
    "reflect": ("text",),
    "choice": ("option", "sure"),
    "multi": ("picks", "sure"),
    "dose": ("dose", "sure"),
    "pump": ("rate", "sure"),
    "estimate": ("value", "sure"),
    "order": ("order", "sure"),
    "consult": ("option",),
}
"""What is taken from a decision at each kind of step; of a form, its own fields."""
_STALE = _(
    "What is saved for this case no longer fits it, because the case has been changed. "
    "It is kept in the log, and you begin again here."
)


class CasePlayer(PallkitWidget):
    """A case in the browser. The decisions are its only state; all else is recomputed.

    With ``log`` every decision is kept in that answer log under ``task`` (the case's id
    unless given), and shown again when the notebook is reopened. Without it nothing is
    ever written: that is how a Voila page uses it.

    ``level`` is the one to open at, where the case has several. With a log it is fixed;
    otherwise the learner can choose until the first decision, which keeps it.
    """

    _esm = module(*_SCRIPTS)
    _css = stylesheet(
        "shared/controls.css",
        "case_player/style.css",
        "case_player/answers.css",
        "case_player/answered.css",
        "case_player/status.css",
        "case_player/debrief.css",
    )
    LABELS = LABELS
    MESSAGES = {  # noqa: RUF012
        "decide": {"decision": dict},
        "level": {"level": str},
        "undo": {},
        "restart": {},
    }

    def __init__(
        self,
        case_id: str,
        lang: str = "nb",
        level: str | None = None,
        *,
        log: str | Path | None = None,
        task: str | None = None,
    ) -> None:
        super().__init__(lang)
        self.case_id = case_id
        self.decisions: Decisions = ()
        self._journal = None if log is None else Journal(Path(log), task or case_id)
        self._logged: Decisions = ()
        self._levels: tuple[Level, ...] = ()
        self._level: Level | None = None
        self._may_choose = False
        try:
            self._open(level)
        except PallkitError as error:
            self.show({"note": render(error.message, self.lang), "focus": "error"})

    def __repr__(self) -> str:
        return f"{self.case_id}: {len(self.decisions)}"

    def handle(self, message: Mapping[str, Any]) -> None:
        """Decide, take back, start again, or show the same in another language."""
        kind = message["type"]
        if "case" not in self.view:  # it could not be shown; only reloading helps
            self.show(self.view)
        elif kind == "decide":
            self._decide(message["decision"])
        elif kind == "level":
            self._set_level(message["level"])
        elif kind == "undo" and self.decisions:
            self._move("undo", None, self.decisions[:-1], focus="step")
        elif kind == "restart" and self.decisions:
            self._move("restart", None, (), focus="step")
        else:
            self._paint(focus="step")

    def refuse(self, error: PallkitError, message: Mapping[str, Any]) -> None:
        """Show what is wrong by the field it is about, with what was typed still there."""
        if "case" not in self.view:
            self.show(self.view)
        elif isinstance(error, MovedOnError):
            self.decisions = self._logged = error.standing
            self._paint(focus="step", note=error.message)
        elif message["type"] == "decide" and not isinstance(error, LogError):
            # An identity number is not sent back, though the browser's field still holds it.
            shown = not isinstance(error, IdentityNumberError)
            typed = _typed(message["decision"]) if shown else None
            self._paint(focus="error", error=error.message, typed=typed)
        else:
            self._paint(focus="error", note=error.message, typed=_typed(message.get("decision")))

    def _open(self, level: str | None) -> None:
        self._levels = load(self.case_id).open_levels
        self._level = self._known(level)
        # A level that a task is given at is the task's: it is not for the learner to change.
        self._may_choose = len(self._levels) > 1 and (self._journal is None or self._level is None)
        note = None if not level or self._level else _no_level(level)
        if self._journal is None:
            self._paint(note=note)
            return
        log = self._journal.open()
        self._logged = decisions(log, self._journal.task)
        note = note if log.intact else log.problems[-1]
        try:
            self.decisions = self._logged
            self._paint(note=note)
        except DecisionError:
            self.decisions = ()
            self._paint(note=_STALE)

    def _known(self, level: str | None) -> Level | None:
        return next((one for one in self._levels if one == level), None)

    def _set_level(self, asked: str) -> None:
        if self._may_choose and not self.decisions:
            self._level = self._known(asked) or self._level
        self._paint(focus="step" if self.decisions else "level")

    def _decide(self, raw: Mapping[str, Any]) -> None:
        step = self.view["step"] or {}
        parts = ("step", *_PARTS.get(step.get("kind", ""), ()), *_fields(step))
        decision = {key: raw[key] for key in parts if isinstance(raw.get(key), str)}
        for key in {"dose", "rate"} & decision.keys():
            decision[key] = with_unit(decision[key], step.get("unit"))
        if not self.decisions and len(self._levels) > 1:
            decision["level"] = self.view["level"]
        self._move("decision", decision, (*self.decisions, decision), focus="feedback")

    def _move(self, kind: str, value: object, then: Decisions, *, focus: str) -> None:
        """Go on to the decisions ``then``: tried first, then saved, then shown."""
        view = self._describe(then)
        if self._journal is not None:
            self._save(self._journal, kind, value, then)
        self.decisions = then
        self.show({**view, "focus": focus, "note": None})

    def _save(self, journal: Journal, kind: str, value: object, then: Decisions) -> None:
        if self._logged != self.decisions:  # what was saved did not fit: see _STALE
            journal.add("restart", seen=self._logged)
            self._logged = ()
        journal.add(kind, value, seen=self._logged)
        self._logged = then

    def _paint(
        self,
        *,
        focus: str = "step",
        note: Message | None = None,
        error: Message | None = None,
        typed: str | None = None,
    ) -> None:
        view = self._describe(self.decisions, error=error, typed=typed)
        text = None if note is None else render(note, self.lang)
        self.show({**view, "focus": focus, "note": text})

    def _describe(self, made: Decisions, **about: Any) -> dict[str, Any]:
        view = player_view(self.case_id, made, self.lang, level=self._level, **about)
        view["choose_level"] = self._may_choose and not made
        for part in (view["feedback"], *(view["debrief"] or {"path": ()})["path"]):
            if part and part["receipt"]:
                part["receipt"] = name_sources(part["receipt"], self.lang)
        return view


def _no_level(level: str) -> Message:
    return _(
        "The case does not open at level {level}. It is shown at its own level.", level=level[:20]
    )


def _fields(step: Mapping[str, Any]) -> list[str]:
    return [FIELD + field["id"] for field in step.get("fields", ())]


def _typed(decision: object) -> str | None:
    if not isinstance(decision, Mapping):
        return None
    typed = (decision.get(key) for key in ("dose", "rate", "text"))
    return next((text for text in typed if isinstance(text, str)), None)
