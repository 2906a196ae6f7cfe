"""A hand-in before it is graded: what of it is taken, and what in it has to be mended."""

from __future__ import annotations

from pallkit.hand_ins import (
    ALLOWED,
    Allowed,
    Finding,
    Inspected,
    MasterCell,
    MasterNotebook,
    Repaired,
    inspect_hand_in,
    repair_cells,
    shown,
)

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
    "shown",
]
