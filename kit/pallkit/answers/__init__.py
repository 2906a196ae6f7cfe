"""The answer log `svar.jsonl`: what a trainee decided and answered, as they worked.

Training on invented patients; not clinical decision support. One record a line, only ever
added to. It is handed in beside the notebook and judged by replaying it: no score is kept
in it, and one written there would count for nothing. Standard library only, since it is
written in the trainee's kernel and read in the grader.
"""

from __future__ import annotations

from pallkit.answers.log import Held, Log, append, held, read
from pallkit.answers.reading import Answer, answers, decisions, latest, shown_to
from pallkit.answers.record import MAX_TEXT, SUREST, Record, record

__all__ = [
    "MAX_TEXT",
    "SUREST",
    "Answer",
    "Held",
    "Log",
    "Record",
    "answers",
    "append",
    "decisions",
    "held",
    "latest",
    "read",
    "record",
    "shown_to",
]
