"""Build the cage that a hand-in's code runs in, from the inside, wall by wall.

Three processes, all forked from the warm one, each more shut in than the one before:

keeper   joins the control group, leaves the namespaces it was born in, reports the end
init     the first process of the new namespaces: makes the file system, gives up root. When
         it ends, the kernel ends everything in them, also what was left in the background
learner  gives up what is left, and runs the hand-in's cells

Started by root, the mounting is done as root before root is given up, since an unprivileged
user cannot see a Python that is installed below /root. Started by anyone else, a user
namespace lends the rights to mount.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
from pathlib import Path

from pallkit_grading.sandbox import linux
from pallkit_grading.sandbox.limits import Plan, Wall

HOME = "/hand-in"
"""The folder that holds a copy of the hand-in; it is gone with the cage."""

_NOBODY = 65534  # Debian's, and everybody's, user without rights
_INSIDE = 1000  # the learner's number in the cage; it has no rights outside
_MB = 1024 * 1024
_DEVICES = ("null", "zero", "full", "random", "urandom")
_NAMESPACES: dict[Wall, int] = {
    "pid": linux.CLONE_NEWPID,
    "net": linux.CLONE_NEWNET,
    "ipc": linux.CLONE_NEWIPC | linux.CLONE_NEWUTS,
    "mount": linux.CLONE_NEWNS,
}


def leave(plan: Plan) -> None:
    """As the keeper: join the control group, and leave the namespaces it was born in.

    Process numbers change first for what is forked hereafter. Raises OSError when the
    machine does not allow it.
    """
    for group in plan.groups:
        (Path(group) / "cgroup.procs").write_text(str(os.getpid()), encoding="ascii")
    flags = 0
    for wall, flag in _NAMESPACES.items():
        flags |= flag if wall in plan.walls else 0
    if os.geteuid() == 0:
        linux.unshare(flags)
    elif "user" in plan.walls:
        _into_user_namespace(flags)


def settle(plan: Plan) -> None:
    """As init: make the file system, then give up root and the way to any right."""
    if "mount" in plan.walls:
        _furnish(plan)
    if os.geteuid() == 0 and "user" in plan.walls:
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
        _into_user_namespace(0)
    if "user" in plan.walls:
        # A namespace within this one would lend rights, and with them more of the kernel.
        with contextlib.suppress(OSError):
            Path("/proc/sys/user/max_user_namespaces").write_text("0", encoding="ascii")
    linux.die_with_parent(signal.SIGKILL)
    linux.be_dumpable(on=False)


def shut(plan: Plan) -> None:
    """As the learner: give up the last rights and set the limits. Nothing undoes this."""
    linux.die_with_parent(signal.SIGKILL)
    if "user" in plan.walls:
        linux.drop_capabilities()
    if "resources" in plan.walls:
        _limit(plan)
    if "mount" in plan.walls:
        os.chdir(HOME)


def _into_user_namespace(flags: int) -> None:
    user, group = os.geteuid(), os.getegid()
    linux.be_dumpable(on=True)  # else the maps below belong to root
    linux.unshare(linux.CLONE_NEWUSER | flags)
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{_INSIDE} {user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{_INSIDE} {group} 1", encoding="ascii")


def _furnish(plan: Plan) -> None:
    """A root in memory, with what Python needs mounted in it to be read only."""
    root = "/sys"  # every system has it, and nothing to show lies below it
    linux.make_private("/")
    size = f"size={plan.limits.disk_mb * _MB},nr_inodes=20000,mode=755"
    linux.mount("tmpfs", root, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, size)
    for path in plan.visible:
        _show(path, root)
    _devices(root)
    os.makedirs(f"{root}/proc")  # noqa: PTH103
    _processes(f"{root}/proc", own="pid" in plan.walls)
    for folder in (HOME, "/tmp", "/dev/shm"):  # noqa: S108  # in the cage
        os.makedirs(root + folder, exist_ok=True)  # noqa: PTH103
        os.chmod(root + folder, 0o1777)  # noqa: PTH101, S103  # the learner's own, in a cage of its own
    Path(root, "etc").mkdir(exist_ok=True)
    passwd = f"learner:x:{_INSIDE}:{_INSIDE}::{HOME}:/bin/sh\n"
    Path(root, "etc/passwd").write_text(passwd, encoding="ascii")
    os.makedirs(f"{root}/.old")  # noqa: PTH103
    linux.change_root(root, f"{root}/.old")


def _show(path: str, root: str) -> None:
    target = root + path
    if os.path.islink(path):  # noqa: PTH114  # such as /lib
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        os.symlink(os.readlink(path), target)  # noqa: PTH211, PTH115
        return
    _place(path, target)
    linux.bind_read_only(path, target)


def _devices(root: str) -> None:
    for name in _DEVICES:
        _place(f"/dev/{name}", f"{root}/dev/{name}")
        linux.bind(f"/dev/{name}", f"{root}/dev/{name}")


def _place(path: str, target: str) -> None:
    """An empty folder or file to mount on."""
    if os.path.isdir(path):  # noqa: PTH112
        os.makedirs(target, exist_ok=True)  # noqa: PTH103
        return
    os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
    Path(target).touch()


def _processes(target: str, *, own: bool) -> None:
    flags = linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC
    if not own:
        linux.bind("/proc", target)
        return
    # Some containers hide parts of /proc, and then no new one may be mounted: Python does without.
    with contextlib.suppress(PermissionError):
        linux.mount("proc", target, "proc", flags)


def _limit(plan: Plan) -> None:
    limits = plan.limits
    seconds = int(limits.seconds) + 1
    for kind, most in (
        (resource.RLIMIT_AS, _address_space() + limits.memory_mb * _MB),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_FSIZE, limits.file_mb * _MB),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, allowed))


def _address_space() -> int:
    """Bytes of address space that the warm process already had."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:  # no /proc in the cage: as much as a warm process has at most
        return 2048 * _MB
    return int(pages) * resource.getpagesize()
