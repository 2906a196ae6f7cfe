"""«Sjekk før innlevering»: what a trainee can find out before handing in, and mend.

Training on invented patients; not clinical decision support. Pure but for the files of the
trainee's own folder, which are read within bounds and never followed out of it::

    handout      oppgave.json: what was handed out, and when it is due
    notebook     the notebook, found and read
    calls        which boxes and cases its cells show
    answered     where each task stands
    damage       which cells are not as they were handed out
    files        what of the folder is taken
    persons      what could be about a real person
    checking     all of it in one report
    mending      the notebook put right, after a copy
"""

from __future__ import annotations

from pallkit.preflight.answered import Standing, TaskState
from pallkit.preflight.checking import LOG_NAME, Report, preflight
from pallkit.preflight.damage import released_cells
from pallkit.preflight.handout import (
    HANDOUT_FILE,
    NOTEBOOK_KEY,
    Asked,
    Due,
    HandOut,
    add_told_in,
    read_handout,
)
from pallkit.preflight.mending import Mended, last_copy, mend, take_back
from pallkit.preflight.notebook import PreflightError, find_notebook, read_notebook
from pallkit.preflight.remarks import Remark

__all__ = [
    "HANDOUT_FILE",
    "LOG_NAME",
    "NOTEBOOK_KEY",
    "Asked",
    "Due",
    "HandOut",
    "Mended",
    "PreflightError",
    "Remark",
    "Report",
    "Standing",
    "TaskState",
    "add_told_in",
    "find_notebook",
    "last_copy",
    "mend",
    "preflight",
    "read_handout",
    "read_notebook",
    "released_cells",
    "take_back",
]
