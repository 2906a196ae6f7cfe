"""Mark one hand-in: answers from the data, code in a cage, and never in this process."""

from __future__ import annotations

from pallkit_grading.marking.hand_in import mark_hand_in
from pallkit_grading.marking.marked import Marked, MarkedNotebook, Scored
from pallkit_grading.marking.needs import needs_code

__all__ = ["Marked", "MarkedNotebook", "Scored", "mark_hand_in", "needs_code"]
