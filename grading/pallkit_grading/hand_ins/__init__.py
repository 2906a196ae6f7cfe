"""A hand-in before it is graded: what of it is taken, and what in it has to be mended."""

from __future__ import annotations

from pallkit_grading.hand_ins.inspecting import (
    ALLOWED,
    Allowed,
    Finding,
    Inspected,
    inspect_hand_in,
)
from pallkit_grading.hand_ins.repairing import MasterCell, MasterNotebook, Repaired, repair_cells

__all__ = [
    "ALLOWED",
    "Allowed",
    "Finding",
    "Inspected",
    "MasterCell",
    "MasterNotebook",
    "Repaired",
    "inspect_hand_in",
    "repair_cells",
]
