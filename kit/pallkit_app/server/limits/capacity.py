"""How many sessions this machine has room for."""

from __future__ import annotations

import sys
from pathlib import Path

import psutil

FEWEST = 4
# Of the free memory; the rest is for the server itself, page caches and whoever else is there.
_SHARE = 0.8
# The server holds a websocket, ZeroMQ's sockets and a descriptor of the process of each session
# open: 15 were measured, and 18 where all start at once (tests/bench/bench_sessions.py).
FILES_A_SESSION = 24
_OWN_FILES = 200
_CGROUPS = Path("/sys/fs/cgroup")


def sessions(bytes_each: int) -> int:
    """Sessions that fit in the memory that is free now and the files we may open."""
    fit = int(free_memory() * _SHARE) // bytes_each
    return max(FEWEST, min(fit, _files_for()))


def free_memory(group: Path | None = None) -> int:
    """Bytes we may still take: of the machine, or of the control group we run in.

    A service or a container may have been given far less than the machine has
    (systemd's MemoryMax, a container's limit).
    """
    left = int(psutil.virtual_memory().available)
    for folder in _groups() if group is None else [group]:
        most, used = _number(folder / "memory.max"), _number(folder / "memory.current")
        if most is not None and used is not None:
            left = min(left, max(0, most - used))
    return left


def raise_open_files() -> int:
    """Let this process open as many files as it may, and return the number."""
    if sys.platform == "win32":
        return 8192
    import resource  # noqa: PLC0415  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return min(soft, 65_536) if soft != resource.RLIM_INFINITY else 65_536
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


def _files_for() -> int:
    return (raise_open_files() - _OWN_FILES) // FILES_A_SESSION


def _groups() -> list[Path]:
    """Our control group (version 2) and those around it, from the inside out."""
    try:
        lines = Path("/proc/self/cgroup").read_text("ascii").splitlines()
    except OSError:
        return []
    path = next((line[3:] for line in lines if line.startswith("0::/")), None)
    if path is None:
        return []
    own = _CGROUPS / path.strip("/")
    return [own, *(each for each in own.parents if each.is_relative_to(_CGROUPS))]


def _number(file: Path) -> int | None:
    try:
        return int(file.read_text("ascii"))
    except (OSError, ValueError):  # no limit is written «max»
        return None
