"""What a trainee is told of a hand-in: gathered here as data, written as a page by the app.

Nothing in it is a graded cell's own text, and of what a cell printed only lines that the key
itself could have said: tests and tracebacks never reach a page.
"""

from __future__ import annotations

from pallkit_grading.feedback_data.gathering import Source, StaleScoreError, gather, read_source
from pallkit_grading.feedback_data.model import CaseFeedback, Criterion, Feedback, TaskFeedback
from pallkit_grading.feedback_data.released import Released, read_released

__all__ = [
    "CaseFeedback",
    "Criterion",
    "Feedback",
    "Released",
    "Source",
    "StaleScoreError",
    "TaskFeedback",
    "gather",
    "read_released",
    "read_source",
]
