"""The files of a hand-in: what is taken, what is refused and why, and what stays behind."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from pallkit.hand_ins import ALLOWED, Finding, inspect_hand_in, shown

STAYS = (".ipynb_checkpoints", "__pycache__", "*.pyc", "feedback", "*.zip")
"""What nbgrader and ``pallkit handin`` leave behind by themselves (nbgrader's own list, and
earlier packages)."""


@dataclass(frozen=True, slots=True)
class Files:
    """How much is handed in, what is refused, and what stays in the folder."""

    count: int
    size: int
    refused: tuple[Finding, ...]
    staying: tuple[str, ...]


def look_at_files(folder: Path) -> Files:
    """Look at everything in ``folder`` by the grader's rules, and open nothing else."""
    found = inspect_hand_in(folder, ALLOWED)
    taken = [path for path in found.files if not _stays(path)]
    size = sum(os.lstat(folder / path).st_size for path in taken)
    staying = {path.parts[0] for path in found.files if _stays(path)}
    return Files(
        len(taken), size, found.findings, tuple(shown(Path(one)) for one in sorted(staying))
    )


def _stays(path: Path) -> bool:
    return any(fnmatch(part, pattern) for part in path.parts for pattern in STAYS)
