"""A hand-in as a folder of files: what of it is taken, and what in it has to be mended.

The same for the trainee who checks a hand-in and for the one who grades it. Standard library
only, since it runs in a trainee's kernel, on any system.
"""

from __future__ import annotations

from pallkit.hand_ins.inspecting import (
    ALLOWED,
    Allowed,
    Finding,
    Inspected,
    inspect_hand_in,
    shown,
)
from pallkit.hand_ins.repairing import MasterCell, MasterNotebook, Repaired, repair_cells

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
