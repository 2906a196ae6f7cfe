"""What one hand-in's code may use, and which walls stand around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Wall = Literal["user", "pid", "net", "ipc", "mount", "privileges", "resources", "group", "clean"]
"""One defence. Every wall stands; a test takes one away to see that an attack then succeeds.

user        a user namespace of its own, and no root in it
pid         its own processes only: others are neither seen nor signalled
net         no network, not even this machine's own
ipc         no shared memory with others
mount       a file system with what Python needs, read-only, and a small place to write
privileges  an unprivileged user, no capabilities, none to be had
resources   limits on time, memory, processes, open files and file sizes
group       a control group that bounds memory and processes together, where one can be had
clean       no environment, no open files, no old random numbers
"""

CUT = "\n[…]\n"
"""Stands where a cell showed more than is kept."""

WALLS: frozenset[Wall] = frozenset(get_args(Wall))


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that the code of one hand-in may use.

    ``seconds`` by the clock, for all its cells together. ``memory_mb`` is what it may use
    beside what the warm process already held; each process has it, and all of them together
    where the machine lends a control group. ``disk_mb`` is the place to write, ``file_mb``
    one file in it, ``output_kb`` everything that its cells show.
    """

    seconds: float = 60
    memory_mb: int = 1024
    processes: int = 32
    open_files: int = 256
    file_mb: int = 64
    disk_mb: int = 128
    output_kb: int = 1024


@dataclass(frozen=True, slots=True)
class Plan:
    """How to build the cage of one hand-in: plain values that can travel to the warm process.

    ``visible`` are the folders and files that the code may read, at their own places.
    ``groups`` are the folders of a control group that were made for it.
    """

    limits: Limits
    visible: tuple[str, ...]
    groups: tuple[str, ...] = ()
    walls: frozenset[Wall] = WALLS
