"""nbgrader's own collecting, which follows links with the leader's rights, made to refuse them.

A trainee on a shared machine writes in the exchange. ``nbgrader collect`` copies what lies
there, and a link would bring any file that the course leader can read into the hand-in.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect

from pallkit.i18n import _
from pallkit_grading.hand_ins import inspect_hand_in
from pallkit_grading.packages.told import Collected, keep_collected


class Collect(ExchangeCollect):  # type: ignore[misc]  # nbgrader ships no types
    """Collects only ordinary files of a bearable size; a line for each other to the leader."""

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy one hand-in without following a link, and keep what was found for the trainee."""
        del log
        source, target = Path(src), Path(dest)
        if source.is_symlink():
            self.log.warning("%s", _("The hand-in {name} is a link. Skipped.", name=source.name))
            return
        found = inspect_hand_in(source)
        for path in found.files:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / path, target / path, follow_symlinks=False)
        target.mkdir(parents=True, exist_ok=True)
        lines = tuple(one.line for one in found.findings)
        for line in lines:
            self.log.warning("%s: %s", target.parent.name, line)
        folder = Path(self.coursedir.root)
        keep_collected(folder, target.name, target.parent.name, Collected("", lines))
