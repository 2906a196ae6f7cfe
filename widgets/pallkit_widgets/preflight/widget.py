"""«Sjekk før innlevering»: what a trainee can mend before handing in, in the notebook itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pallkit.errors import PallkitError
from pallkit.i18n import Message, _, render
from pallkit.preflight import Mended, PreflightError, Report, last_copy, mend, preflight, take_back
from pallkit_widgets.preflight.labels import LABELS
from pallkit_widgets.preflight.showing import report_view
from pallkit_widgets.shared.assets import module, stylesheet
from pallkit_widgets.shared.base import PallkitWidget
from pallkit_widgets.shared.journal import GRADING

_SCRIPTS = (
    "shared/dom.js",
    "shared/link.js",
    "shared/moments.js",
    "preflight/parts.js",
    "preflight/view.js",
)
_UNSAVED: Mapping[str, bool] = {"yes": True, "no": False}


class Preflight(PallkitWidget):
    """Check the hand-in in this folder, and offer to repair its notebook.

    ``assignment`` names the notebook where the folder has several; else it is the one that
    this runs in. ``log`` is the answer log beside it. A repair saves a copy first and can be
    undone. While the notebook is graded, nothing is looked at and nothing changed.
    """

    _esm = module(*_SCRIPTS)
    _css = stylesheet("preflight/style.css")
    LABELS = LABELS
    MESSAGES = {  # noqa: RUF012  # read only
        "check": {"unsaved": str},
        "mend": {"unsaved": str},
        "undo": {},
    }

    def __init__(
        self,
        assignment: str | None = None,
        *,
        lang: str = "nb",
        log: str | Path = "svar.jsonl",
    ) -> None:
        super().__init__(lang)
        self._name, self._log = assignment, Path(log)
        self._unsaved: bool | None = None
        self._look()

    def handle(self, message: Mapping[str, Any]) -> None:
        """Check, repair or undo."""
        self._unsaved = _UNSAVED.get(message.get("unsaved", ""))
        if message["type"] == "mend":
            self._look(self._mend())
        elif message["type"] == "undo":
            self._look(self._undo())
        else:
            self._look()

    def refuse(self, error: PallkitError, message: Mapping[str, Any]) -> None:
        """Say why a repair was not made; the notebook is then as it was."""
        del message
        self.show({**self.view, "told": "", "error": render(error.message, self.lang)})

    def _look(self, told: Message | None = None) -> None:
        report, failed = None, None
        try:
            report = self._checked()
        except PallkitError as error:
            failed = error.message
        self.show(
            {
                "failed": "" if failed is None else render(failed, self.lang),
                "report": None if report is None else report_view(report, self.lang),
                "undo": report is not None and _copy_of(report) is not None,
                "told": "" if told is None else render(told, self.lang),
                "error": "",
            }
        )

    def _checked(self) -> Report:
        if GRADING in os.environ:
            raise PreflightError(_("The notebook is being graded, and is not checked here."))
        return preflight(
            self._log.parent,
            self._name or _running_notebook(self._log.parent),
            now=datetime.now(UTC).astimezone(),
            log_name=self._log.name,
            unsaved=self._unsaved,
        )

    def _mend(self) -> Message:
        if self._unsaved:
            raise PreflightError(
                _("Save the notebook first (Ctrl+S, on a Mac ⌘S), so that nothing of it is lost.")
            )
        report = self._checked()
        done = mend(report.notebook, report.damage, now=report.checked_at)
        self._unsaved = None
        return _("The notebook is repaired. {reload}", reload=_how_to_reload(done))

    def _undo(self) -> Message:
        report = self._checked()
        done = take_back(report.notebook.path, now=report.checked_at)
        return _(
            "The notebook is as it was before the repair. {reload}", reload=_how_to_reload(done)
        )


def _how_to_reload(done: Mended) -> Message:
    return _(
        "Load it again now: File → Reload Notebook from Disk. If JupyterLab asks, choose Reload "
        "or Revert, never Overwrite. A copy of what stood there is in {copy}.",
        copy=done.copy.as_posix(),
    )


def _copy_of(report: Report) -> Path | None:
    return last_copy(report.notebook.path, now=report.checked_at)


def _running_notebook(folder: Path) -> str | None:
    """The notebook this kernel runs, where JupyterLab or VS Code tells it and it lies here."""
    for told in (os.environ.get("JPY_SESSION_NAME", ""), _told_by_vscode()):
        name = Path(told).name
        if name.endswith(".ipynb") and (folder / name).is_file():
            return name
    return None


def _told_by_vscode() -> str:
    from IPython import get_ipython  # noqa: PLC0415  # only where a kernel runs

    shell = get_ipython()
    told = shell.user_ns.get("__vsc_ipynb_file__") if shell is not None else None
    return told if isinstance(told, str) else ""
