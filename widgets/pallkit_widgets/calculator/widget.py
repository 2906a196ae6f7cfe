"""Count opioids as oral morphine, change them, compare tables, or be asked. For practice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pallkit.errors import ContentError, PallkitError
from pallkit.i18n import _, render
from pallkit.opioids import RatioSet, added_ratio_sets, ratio_set, ratio_set_ids
from pallkit_widgets.calculator import choices
from pallkit_widgets.calculator.address import Mode, Start, read_start, write_start
from pallkit_widgets.calculator.answers import answer_view
from pallkit_widgets.calculator.comparison import comparison_view
from pallkit_widgets.calculator.form import MOST_ROWS, Asked, Form, ask, read_form
from pallkit_widgets.calculator.labels import LABELS
from pallkit_widgets.calculator.practice import question_view, verdict
from pallkit_widgets.shared.assets import module, stylesheet
from pallkit_widgets.shared.base import PallkitWidget
from pallkit_widgets.shared.fields import FieldError

_SCRIPTS = (
    "shared/dom.js",
    "shared/link.js",
    "shared/print.js",
    "shared/address.js",
    "shared/notices.js",
    "shared/range.js",
    "shared/refusal.js",
    "calculator/fields.js",
    "calculator/state.js",
    "calculator/rows.js",
    "calculator/extras.js",
    "calculator/form.js",
    "calculator/steps.js",
    "calculator/notes.js",
    "calculator/share.js",
    "calculator/answer.js",
    "calculator/practice.js",
    "calculator/compare.js",
    "calculator/view.js",
)


@dataclass(frozen=True, slots=True)
class _Doing:
    """What is on show: the form it was asked with, how, and a learner's own answer."""

    form: Form
    mode: Mode
    answer: str | None = None


class OpioidCalculator(PallkitWidget):
    """The calculator of the browser page and of notebooks.

    It holds no arithmetic: :mod:`pallkit.opioids` computes, and refuses. Only tables whose
    original was read are listed at first; a reduction is never chosen for the learner.
    ``start`` is a form as a link carries it (:mod:`pallkit_widgets.calculator.address`): with
    ``mode=practice`` the learner is asked before anything is shown. One that cannot be read
    leaves an empty form and a line that says why.
    """

    _esm = module(*_SCRIPTS)
    _css = stylesheet("shared/range.css", "calculator/style.css", "calculator/answer.css")
    LABELS = LABELS
    MESSAGES = {  # noqa: RUF012  # read only
        "calculate": {"form": dict},
        "compare": {"form": dict},
        "practice": {"form": dict},
        "answer": {"answer": str},
    }

    def __init__(self, lang: str = "nb", *, start: str = "") -> None:
        super().__init__(lang)
        self._doing: _Doing | None = None
        self._form = Form()
        self._tables, self._broken = _all_tables()
        self._trouble: PallkitError | None = None
        self._open(start)

    def handle(self, message: Mapping[str, Any]) -> None:
        """Answer, compare or ask; in another language, what is on show is said again."""
        kind = message["type"]
        self._trouble = None if kind != "language" else self._trouble
        if kind == "answer":
            if self._doing is None or self._doing.mode != "practice":
                return
            self._do(replace(self._doing, answer=message["answer"]))
        elif kind == "language":
            self._again()
        else:
            modes: dict[str, Mode] = {"compare": "compare", "practice": "practice"}
            self._do(_Doing(read_form(message["form"]), modes.get(kind, "calculate")))

    def refuse(self, error: PallkitError, message: Mapping[str, Any]) -> None:
        """Show what is wrong beside its field; the browser still holds what was typed."""
        field = error.field if isinstance(error, FieldError) else "form"
        told = {"field": field, "text": render(error.message, self.lang)}
        if message.get("type") == "answer" and self._doing is not None:
            self._show(self._doing, error=told)
        else:
            self._doing = None
            self._paint(error=told)

    def _open(self, start: str) -> None:
        """Fill in the form from a link, which anybody may have written."""
        if not start.strip():
            self._paint()
            return
        try:
            asked = read_start(start)
            self._form = asked.form
            if asked.form.set or asked.mode == "compare":
                self._do(_Doing(asked.form, asked.mode))
            else:
                self._paint(mode=asked.mode)
        except FieldError as error:
            self.refuse(error, {})
        except PallkitError as error:
            self._trouble, self._form = error, Start(Form()).form
            self._paint()

    def _again(self) -> None:
        if self._doing is None:
            self._paint()
        else:
            self._do(self._doing)

    def _do(self, doing: _Doing) -> None:
        shown = self._answer(doing)
        self._doing, self._form = doing, doing.form
        self._paint(mode=doing.mode, q=write_start(doing.form, doing.mode, self.lang), **shown)

    def _show(self, doing: _Doing, **more: Any) -> None:
        """Show the question again, with what is wrong in the answer to it."""
        asked = replace(doing, answer=None)
        q = write_start(doing.form, doing.mode, self.lang)
        self._paint(mode=doing.mode, q=q, **self._answer(asked), **more)

    def _answer(self, doing: _Doing) -> dict[str, Any]:
        asked = ask(doing.form, self._tables, table_needed=doing.mode != "compare")
        shown: dict[str, Any] = {}
        if doing.mode == "practice":
            shown["practice"] = self._practice(doing, asked)
            if doing.answer is None:
                return shown
        if asked.table is not None:
            answer = asked.question(asked.table).answer()
            shown["result"] = answer_view(asked, asked.table, answer, self.lang)
        if doing.mode == "compare":
            shown["comparison"] = comparison_view(asked, self._tables.values(), self.lang)
        return shown

    def _practice(self, doing: _Doing, asked: Asked) -> dict[str, Any]:
        assert asked.table is not None  # noqa: S101  # a table is needed to practise
        question = asked.question(asked.table)
        shown = question_view(asked, question, self.lang)
        if doing.answer is not None:
            shown["verdict"] = verdict(question, question.answer(), doing.answer, self.lang)
        return shown

    def _paint(self, **shown: Any) -> None:
        tables = self._tables.values()
        among = choices.preparations(table for table in tables if table.local)
        view = {
            "drugs": choices.drugs_view(self.lang, among),
            "targets": choices.targets_view(self.lang, among),
            "sets": choices.sets_view(self.lang, tables),
            "rules": choices.rules_view(self.lang),
            "rescue_rules": choices.rescue_view(self.lang),
            "flags": choices.flags_view(self.lang),
            "most_rows": MOST_ROWS,
            "form": self._form.to_json(),
            "mode": "calculate",
            "q": "",
            "notice": self._notice(),
            "result": None,
            "practice": None,
            "comparison": None,
            "error": None,
        }
        self.show({**view, **shown})

    def _notice(self) -> str | None:
        """What the reader must know before anything else: a broken link, or a broken table."""
        if self._trouble is not None:
            text = _(
                "The link could not be read, so the form is empty. {why}", why=self._trouble.message
            )
            return render(text, self.lang)
        if self._broken:
            return render(
                _(
                    "The practice tables that were added here cannot be read. Whoever runs the "
                    "page can see why with “pallkit sets check”."
                ),
                self.lang,
            )
        return None


def _all_tables() -> tuple[dict[str, RatioSet], bool]:
    """Every table by id, those that were added here last; and whether those cannot be read."""
    bank = {set_id: ratio_set(set_id) for set_id in ratio_set_ids()}
    try:
        return bank | {table.id: table for table in added_ratio_sets()}, False
    except ContentError:
        return bank, True
