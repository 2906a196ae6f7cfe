"""The files of a case that is being written: when they were saved, and what is wrong in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pallkit.cases.model import structure
from pallkit.errors import PallkitError
from pallkit.i18n import Language, render
from pallkit_app.check import check
from pallkit_app.compile.strict_yaml import load


class Watched:
    """The files of a case: when they were last saved, and what is wrong in them then."""

    def __init__(self, folder: Path, lang: Language) -> None:
        self.folder = folder
        self.lang = lang
        self._seen = -1
        self._state: dict[str, Any] = {}

    def state(self) -> dict[str, Any]:
        """What the page needs: a stamp that changes on save, findings, and if it can be played."""
        stamp = max((path.stat().st_mtime_ns for path in self.folder.glob("*.yaml")), default=0)
        if stamp != self._seen:
            self._state = {"stamp": str(stamp)} | self._look()
            self._seen = stamp
        return self._state

    def _look(self) -> dict[str, Any]:
        lines = [render(finding.line, self.lang) for finding in check(self.folder)]
        try:
            structure(load(self.folder / "case.yaml").value)
            load(self.folder / "nb.yaml")
        except (PallkitError, OSError):  # what it was is among the findings
            return {"playable": False, "lines": lines}
        return {"playable": True, "lines": lines}
