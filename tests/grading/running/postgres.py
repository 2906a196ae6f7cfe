"""A PostgreSQL server of the tests' own: never the machine's, and gone when they are done."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=16MB")


class NoServerError(Exception):
    """There is no PostgreSQL server here and none could be installed; says why."""


@dataclass(frozen=True)
class Server:
    """Where it listens, and what to say to be let in."""

    port: int
    password: str

    def address(self, database: str, password: str | None = None) -> str:
        """As the leader gives it to ``--db``."""
        return f"postgresql://leder:{password or self.password}@127.0.0.1:{self.port}/{database}"


@contextmanager
def running_server() -> Iterator[Server]:
    """A server on a free port, run by one who is not root. Raises :class:`NoServerError`."""
    programs = _programs()
    # Not in pytest's own folder: root's are closed to others, and a socket's path must be short.
    with tempfile.TemporaryDirectory(prefix="pallkit-pg-") as name:
        folder, owner = Path(name), _owner()
        server = Server(_free_port(), secrets.token_urlsafe(12))
        secret = folder / "password"
        secret.write_text(server.password)
        for path in (folder, secret):
            shutil.chown(path, owner)
        data = folder / "data"
        run = _Run(owner, folder)
        run(
            programs / "initdb", "-D", data, "-U", "leder", "-A", "scram-sha-256",
            "--pwfile", secret, "-E", "UTF8", "--locale", "C", "--no-sync",
        )  # fmt: skip
        options = [f"-c {one}" for one in (*FAST, "listen_addresses=127.0.0.1")]
        options += [f"-p {server.port}", f"-k {folder}"]
        log = folder / "log"
        run(programs / "pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", " ".join(options))
        try:
            yield server
        finally:
            run(programs / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)


@dataclass(frozen=True)
class _Run:
    owner: str
    folder: Path

    def __call__(self, *command: object) -> None:
        # The server keeps what it inherits, and a pipe would never come to its end.
        with (self.folder / "out").open("w+b") as out:
            done = subprocess.run(
                [str(one) for one in command],
                cwd=self.folder,
                user=self.owner if os.getuid() == 0 else None,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
                stdout=out,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=120,
            )
            out.seek(0)
            said = out.read().decode(errors="replace").strip().splitlines()
        if done.returncode:
            raise NoServerError(f"{command[0]} failed: {said[-1] if said else done.returncode}")


def _programs() -> Path:
    """Where the server's programs are; Debian's are installed where that may be done."""
    found = _installed()
    if found is None:
        why = _install()
        found = _installed()
        if found is None:
            raise NoServerError(f"PostgreSQL's server is not installed, and {why}")
    return found


def _installed() -> Path | None:
    known = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if known:
        return known[-1].parent
    other = shutil.which("initdb")
    return Path(other).resolve().parent if other else None


def _install() -> str:
    """Install Debian's server; answers why there is none afterwards, if there is none."""
    if os.getuid() != 0:
        return "only root can install it: apt-get install postgresql"
    if shutil.which("apt-get") is None:
        return "this machine has no apt-get to install it with"
    said = ""
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    for command in (
        ["dpkg", "--configure", "-a"],  # an installation that was cut off stops every later one
        [*apt, "update"],
        [*apt, "install", "-y", "--no-install-recommends", "postgresql"],
    ):
        done = subprocess.run(
            command,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        said = (done.stderr.strip().splitlines() or ["–"])[-1]
    return f"apt-get could not install it: {said}"


def _owner() -> str:
    """Who runs it: the server refuses to be run by root."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid()).pw_name
    names = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
