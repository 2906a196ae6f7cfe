"""What persons think of answers: marks by rubric, second markers, differences and appeals."""

from __future__ import annotations

from pallkit_grading.manual.appeals import (
    Appeal,
    AppealNote,
    appeals,
    close_appeal,
    open_appeal,
)
from pallkit_grading.manual.formgrader import notice_formgrader
from pallkit_grading.manual.reading import FORMGRADER, ManualMark, mark_of, marks
from pallkit_grading.manual.saving import (
    ChangedMeanwhileError,
    ManualError,
    NewMark,
    Standing,
    save,
    standings,
)
from pallkit_grading.manual.second import (
    Difference,
    SecondMark,
    differences,
    save_second,
    second_marks,
    settle,
)
from pallkit_grading.manual.seen import note_seen, seen
from pallkit_grading.manual.timeline import Happened, timeline

__all__ = [
    "FORMGRADER",
    "Appeal",
    "AppealNote",
    "ChangedMeanwhileError",
    "Difference",
    "Happened",
    "ManualError",
    "ManualMark",
    "NewMark",
    "SecondMark",
    "Standing",
    "appeals",
    "close_appeal",
    "differences",
    "mark_of",
    "marks",
    "note_seen",
    "notice_formgrader",
    "open_appeal",
    "save",
    "save_second",
    "second_marks",
    "seen",
    "settle",
    "standings",
    "timeline",
]
