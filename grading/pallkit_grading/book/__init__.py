"""nbgrader's gradebook: opened quickly, read, and written a hand-in at a time."""

from __future__ import annotations

from pallkit_grading.book.masters import masters
from pallkit_grading.book.opening import open_book
from pallkit_grading.book.recording import recorded, write_hand_in

__all__ = ["MasterNotebook", "masters", "open_book", "recorded", "write_hand_in"]
