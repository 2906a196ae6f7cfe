"""A control group for each cage, where the machine lends one: memory and processes together.

Without one each process has its own limit, and a hand-in that forks can use them all at
once; :func:`lender` answers None then, and the run says so.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pallkit_grading.sandbox.limits import Limits

_MOUNTED = Path("/sys/fs/cgroup")
_MB = 1024 * 1024
_PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Lender:
    """The folders below which control groups may be made. ``version`` 1 has one a resource."""

    version: int
    folders: tuple[Path, ...]

    def lend(self, name: str, limits: Limits) -> Group:
        """Make a group. Raises OSError when the machine does not let us after all."""
        made = [folder / name for folder in self.folders]
        for folder in made:
            folder.mkdir()
            for file, value in self._settings(limits).items():
                # Each folder has only its own controller's files; swap is not always counted.
                if (folder / file).exists():
                    (folder / file).write_text(str(value), encoding="ascii")
        return Group(tuple(made))

    def _settings(self, limits: Limits) -> Mapping[str, int]:
        # Above the limit of one process, which then gets an error it can show and is not killed.
        memory = limits.memory_mb * _MB * 5 // 4 + 64 * _MB
        if self.version == 1:
            return {
                "memory.limit_in_bytes": memory,
                "memory.memsw.limit_in_bytes": memory,
                "pids.max": limits.processes,
            }
        return {"memory.max": memory, "memory.swap.max": 0, "pids.max": limits.processes}


@dataclass(frozen=True, slots=True)
class Group:
    """The control group of one cage."""

    folders: tuple[Path, ...]

    def ran_out_of_memory(self) -> bool:
        """Whether the kernel ended a process in it for using too much."""
        for folder in self.folders:
            for file in ("memory.oom_control", "memory.events"):
                with contextlib.suppress(OSError):
                    lines = (folder / file).read_text(encoding="ascii").splitlines()
                    if any(line.startswith("oom_kill ") and line[9:] != "0" for line in lines):
                        return True
        return False

    def give_back(self) -> None:
        """Remove it, once its last process is gone."""
        end = time.monotonic() + _PATIENCE
        for folder in self.folders:
            while folder.exists():
                try:
                    folder.rmdir()
                except OSError:
                    if time.monotonic() > end:
                        break
                    time.sleep(0.005)


def lender() -> Lender | None:
    """Where this process may make control groups; None where it may not."""
    if (_MOUNTED / "cgroup.controllers").is_file():
        own = _own_group_of_version_2()
        return Lender(2, (own,)) if own else None
    folders = tuple(_MOUNTED / name for name in ("memory", "pids"))
    usable = all((one / "cgroup.procs").is_file() and os.access(one, os.W_OK) for one in folders)
    return Lender(1, folders) if usable else None


def _own_group_of_version_2() -> Path | None:
    """Our own group's folder, if it was delegated to us with memory and pids."""
    for line in Path("/proc/self/cgroup").read_text(encoding="ascii").splitlines():
        number, _names, path = line.split(":", 2)
        folder = _MOUNTED / path.lstrip("/")
        control = folder / "cgroup.subtree_control"
        if number != "0" or not os.access(control, os.W_OK) or not os.access(folder, os.W_OK):
            continue
        if {"memory", "pids"} <= set(control.read_text(encoding="ascii").split()):
            return folder
    return None
