"""The system calls that Python's standard library lacks, with Linux's own names.

Every function raises :class:`OSError` with the call's name when the kernel says no. See the
manual pages unshare(2), mount(2), mount_setattr(2), pivot_root(2), prctl(2), capset(2).
"""

from __future__ import annotations

import ctypes
import os

CLONE_NEWNS = 0x0002_0000
CLONE_NEWUTS = 0x0400_0000
CLONE_NEWIPC = 0x0800_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWPID = 0x2000_0000
CLONE_NEWNET = 0x4000_0000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x4_0000

_MNT_DETACH = 2
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_MOUNT_ATTR_RDONLY, _MOUNT_ATTR_NOSUID, _MOUNT_ATTR_NODEV = 1, 2, 4
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38
_LINUX_CAPABILITY_VERSION_3 = 0x2008_0522
# Numbers of calls without a wrapper in older C libraries; the same on every architecture
# for mount_setattr, and by architecture for pivot_root.
_SYS_MOUNT_SETATTR = 442
_SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}

_libc = ctypes.CDLL(None, use_errno=True)


class _MountAttr(ctypes.Structure):
    _fields_ = (
        ("attr_set", ctypes.c_uint64),
        ("attr_clr", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns_fd", ctypes.c_uint64),
    )


class _CapHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapData(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def unshare(flags: int) -> None:
    """Leave the namespaces of ``flags`` for new ones."""
    _check(_libc.unshare(ctypes.c_int(flags)), "unshare")


def mount(source: str, target: str, kind: str, flags: int = 0, options: str = "") -> None:
    """Mount a file system of its own kind, “tmpfs” or “proc”."""
    _mount(source.encode(), target, kind.encode(), flags, options.encode())


def make_private(target: str) -> None:
    """Let no mount below ``target`` be seen outside this namespace."""
    _mount(None, target, None, MS_REC | MS_PRIVATE, None)


def bind_read_only(source: str, target: str) -> None:
    """Show ``source`` and all that is mounted below it at ``target``, to be read only."""
    bind(source, target)
    wanted = _MountAttr(_MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID | _MOUNT_ATTR_NODEV, 0, 0, 0)
    call = _libc.syscall(
        ctypes.c_long(_SYS_MOUNT_SETATTR),
        ctypes.c_int(_AT_FDCWD),
        ctypes.c_char_p(os.fsencode(target)),
        ctypes.c_uint(_AT_RECURSIVE),
        ctypes.byref(wanted),
        ctypes.c_size_t(ctypes.sizeof(wanted)),
    )
    _check(call, "mount_setattr")


def bind(source: str, target: str) -> None:
    """Show ``source`` at ``target`` as it is: for a device."""
    _mount(os.fsencode(source), target, None, MS_BIND | MS_REC, None)


def change_root(new: str, put_old: str) -> None:
    """Make ``new`` the root, and let go of all that was outside it."""
    number = _SYS_PIVOT_ROOT.get(os.uname().machine)
    if number is None:
        raise OSError(f"pivot_root: no number is known for {os.uname().machine}")
    call = _libc.syscall(
        ctypes.c_long(number),
        ctypes.c_char_p(os.fsencode(new)),
        ctypes.c_char_p(os.fsencode(put_old)),
    )
    _check(call, "pivot_root")
    os.chdir("/")
    inside = "/" + os.path.relpath(put_old, new)
    _check(_libc.umount2(ctypes.c_char_p(os.fsencode(inside)), _MNT_DETACH), "umount2")
    os.rmdir(inside)  # noqa: PTH106  # Path would import more into a child that was just forked


def die_with_parent(signal: int) -> None:
    """Get ``signal`` when the thread that forked this process ends."""
    _prctl(_PR_SET_PDEATHSIG, signal)


def be_dumpable(*, on: bool) -> None:
    """Whether others of the same user may look into this process."""
    _prctl(_PR_SET_DUMPABLE, int(on))


def drop_capabilities() -> None:
    """Give up every capability, and that any program could give one back."""
    last = int(_read("/proc/sys/kernel/cap_last_cap", "40"))
    for capability in range(last + 1):
        _prctl(_PR_CAPBSET_DROP, capability)
    header = _CapHeader(_LINUX_CAPABILITY_VERSION_3, 0)
    none = (_CapData * 2)()
    _check(_libc.capset(ctypes.byref(header), ctypes.byref(none)), "capset")
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def _read(path: str, otherwise: str) -> str:
    try:
        with open(path, encoding="ascii") as file:  # noqa: PTH123  # as above
            return file.read()
    except OSError:
        return otherwise


def _prctl(option: int, value: int) -> None:
    zero = ctypes.c_ulong(0)
    call = _libc.prctl(ctypes.c_int(option), ctypes.c_ulong(value), zero, zero, zero)
    _check(call, "prctl")


def _mount(
    source: bytes | None, target: str, kind: bytes | None, flags: int, options: bytes | None
) -> None:
    call = _libc.mount(
        ctypes.c_char_p(source),
        ctypes.c_char_p(os.fsencode(target)),
        ctypes.c_char_p(kind),
        ctypes.c_ulong(flags),
        ctypes.c_char_p(options),
    )
    _check(call, "mount")


def _check(status: int, call: str) -> None:
    if status < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")
