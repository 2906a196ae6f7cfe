"""Mark one hand-in: answers from the data, code in a cage, and never in this process."""

from __future__ import annotations

from pallkit_grading.marking.hand_in import Marked, MarkedNotebook, Scored, mark_hand_in

__all__ = ["Marked", "MarkedNotebook", "Scored", "mark_hand_in"]
