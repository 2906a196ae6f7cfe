"""A systemd of the tests' own, with our unit and little else: a root file system that is thrown
away, its own processes and cgroups, and the machine's network, so that we can ask PallKit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from tests.app.server_process import eventually

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path("/lib/systemd/systemd")
HERE = "[Service]\nProtectHome=tmpfs\nBindReadOnlyPaths={places}\nEnvironment=PALLKIT_LANG=en\n"
TARGET = "[Unit]\nRequires=pallkit.service\nAfter=pallkit.service\n"
BOOT = """
set -e
mount --make-rprivate /
mount -t tmpfs tmpfs {scratch}
mkdir {scratch}/upper {scratch}/work {scratch}/root
layers=lowerdir=/,upperdir={scratch}/upper,workdir={scratch}/work
mount -t overlay overlay -o $layers {scratch}/root
cd {scratch}/root
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount --rbind /dev dev
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
for place in {places}; do
    mkdir -p ".$place"; mount --bind "$place" ".$place"; mount -o remount,ro,bind ".$place"
done
rm -rf etc/systemd/system/*.wants
mkdir -p run/lock etc/systemd/system/pallkit.service.d
cp {units}/pallkit.service {units}/try.target etc/systemd/system/
cp {units}/here.conf etc/systemd/system/pallkit.service.d/
mkdir .old; pivot_root . .old; umount -l /.old
exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin {program} --system \
    --unit=try.target --log-target=journal-or-kmsg
"""


class NoSystemdError(Exception):
    """No systemd can be started here; says why."""


@dataclass(frozen=True)
class Machine:
    """What runs: ask its systemd."""

    init: int

    def __call__(self, *command: str) -> str:
        """What a command says inside; it may fail."""
        enter = ["nsenter", "-t", str(self.init), "-m", "-p", "-C", "-r", "-w", "env", "-i"]
        clean = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "SYSTEMD_PAGER=", "LC_ALL=C.UTF-8"]
        done = subprocess.run(
            [*enter, *clean, *command], capture_output=True, text=True, check=False, timeout=120
        )
        return done.stdout + done.stderr

    @property
    def main(self) -> psutil.Process | None:
        """PallKit's own process, seen from outside."""
        for each in psutil.Process(self.init).children():
            with suppress(psutil.NoSuchProcess):  # it, or its last breath
                if "serve" in each.cmdline():
                    return each
        return None


@contextmanager
def booted(unit: str) -> Iterator[Machine]:
    """Boot, and end all of it after. Raises :class:`NoSystemdError`."""
    if os.getuid() != 0:
        raise NoSystemdError("only root can start a systemd of its own")
    ensure_systemd()
    group = _cgroup()
    with tempfile.TemporaryDirectory(prefix="pallkit-boot-") as name:
        script = _written(Path(name), unit)
        apart = "unshare --mount --pid --fork --cgroup --ipc --uts --kill-child"
        start = f"echo $$ > {group}/cgroup.procs; exec {apart} sh {script}"
        with subprocess.Popen(["sh", "-c", start], stderr=subprocess.PIPE, text=True) as process:
            try:
                yield _awaited(process)
            finally:
                process.kill()
                process.wait(timeout=20)
                eventually(lambda: _removed(group), what="the cgroups of the tests' systemd go")


def _written(folder: Path, unit: str) -> Path:
    scratch = folder / "scratch"
    scratch.mkdir()
    places = f"{ROOT} {sys.base_prefix}"
    (folder / "pallkit.service").write_text(unit, "utf-8")
    (folder / "try.target").write_text(TARGET, "utf-8")
    (folder / "here.conf").write_text(HERE.format(places=places), "utf-8")
    script = folder / "boot.sh"
    filled = BOOT.format(scratch=scratch, units=folder, places=places, program=PROGRAM)
    script.write_text(filled, "utf-8")
    return script


def _awaited(process: subprocess.Popen[str]) -> Machine:
    def init() -> psutil.Process | None:
        if process.poll() is not None:
            said = process.stderr.read() if process.stderr else ""
            raise NoSystemdError(f"systemd did not start: {said.strip()}")
        found = psutil.Process(process.pid).children()
        return found[0] if found and "systemd" in found[0].name() else None

    eventually(lambda: init() is not None, what="systemd is the first process")
    found = init()
    assert found is not None
    machine = Machine(found.pid)
    eventually(
        lambda: "active" in machine("systemctl", "is-active", "try.target"),
        within=60,
        what="the unit is started",
    )
    return machine


def ensure_systemd() -> None:
    """Install it where that may be done; raises :class:`NoSystemdError`."""
    if PROGRAM.exists():
        return
    if shutil.which("apt-get") is None:
        raise NoSystemdError("systemd is not installed, and there is no apt-get")
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    for command in (
        ["dpkg", "--configure", "-a"],
        [*apt, "update"],
        [*apt, "install", "-y", "--no-install-recommends", "systemd"],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    if not PROGRAM.exists():
        raise NoSystemdError(f"systemd could not be installed: {done.stderr.strip()[-300:]}")


def _cgroup() -> Path:
    """A new cgroup of the unified kind, which systemd takes for all there is."""
    for top in (Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup/unified")):
        if (top / "cgroup.procs").is_file() and (top / "cgroup.controllers").is_file():
            group = top / f"pallkit-boot-{os.getpid()}"
            group.mkdir()
            return group
    raise NoSystemdError("there are no unified cgroups here")


def _removed(group: Path) -> bool:
    for path in sorted(group.rglob("*/"), key=lambda path: len(path.parts), reverse=True):
        _try_rmdir(path)
    return _try_rmdir(group)


def _try_rmdir(path: Path) -> bool:
    try:
        path.rmdir()
    except OSError:  # a process has not ended yet
        return False
    return True
