"""The environment in ``.venv``: made once, brought up to date only when a lock has changed.

What is installed is written in ``.venv/pallkit.json``, part by part, after that part is done:
an interrupted installation goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pip_run
from machine import ensure_venv
from words import say, stop

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "pallkit.json"
STYLES = ROOT / "widgets/pallkit_widgets/_static/designsystemet-version"  # written last of them
CLIENT = ROOT / "kit/pallkit_app/server/delivery/_built/client-version"  # likewise
LOCKS = ("requirements.txt", "requirements-test.txt")
OLDEST, NEWEST = (3, 11), (3, 14)  # every locked package has a wheel for these


def install(*, tests: bool = False) -> None:
    """Bring ``.venv`` up to date with the locks and the build files."""
    with _one_at_a_time():
        stamp = _usable_environment()
        fresh = _part(stamp, LOCKS[0], "packages")
        if tests:
            fresh = _part(stamp, LOCKS[1], "test_packages") or fresh
        if fresh:
            pip_run.drop_unlocked(PYTHON, [ROOT / lock for lock in LOCKS])
        wanted = _package_hash()
        if stamp.get("package") != wanted or not (STYLES.exists() and CLIENT.exists()):
            say("building")
            pip_run.editable(PYTHON, ROOT)
            _write(stamp, "package", wanted)
        elif _stale_catalogues():
            # A file at fault is named on the screen and stops nobody from looking at the others.
            subprocess.run([PYTHON, "-m", "pallkit_app.compile"], cwd=ROOT, check=False)
        if fresh:
            say("ready")


def run_tool(
    *command: str, cwd: Path = ROOT, env: dict[str, str] | None = None, quiet: bool = False
) -> int:
    """Run a program of the environment with its errors shown; its exit status."""
    return subprocess.run(
        [VENV / "bin" / command[0], *command[1:]],
        cwd=cwd,
        # Jupyter finds its parts by PATH: ours first, as in an activated environment.
        env={
            **os.environ,
            "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}",
            **(env or {}),
        },
        stdout=subprocess.DEVNULL if quiet else None,
        check=False,
    ).returncode


def _usable_environment() -> dict[str, str]:
    """The stamp of an environment that works; an empty one after making it anew."""
    stamp: dict[str, str] = {}
    if STAMP.is_file():
        stamp = json.loads(STAMP.read_text("utf-8"))
    # A moved folder leaves scripts that start a Python elsewhere: then make it anew.
    if stamp.get("place") == str(VENV) and _works():
        return stamp
    _make()
    stamp = {}
    _write(stamp, "place", str(VENV))
    return stamp


def _works() -> bool:
    if not PYTHON.exists():
        return False
    done = subprocess.run([PYTHON, "-I", "-S", "-c", ""], capture_output=True, check=False)
    return done.returncode == 0


def _make() -> None:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        stop("python_version", version=sys.version.split()[0])
    ensure_venv(sys.executable)
    say("venv")
    if VENV.exists():
        shutil.rmtree(VENV)
    done = subprocess.run(
        [sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = (done.stderr + done.stdout).strip().splitlines() or ["?"]
        shutil.rmtree(VENV, ignore_errors=True)
        stop("venv_failed", folder=VENV, reason=lines[-1])


def _part(stamp: dict[str, str], lock: str, message: str) -> bool:
    path = ROOT / lock
    wanted = hashlib.sha256(path.read_bytes()).hexdigest()
    if stamp.get(lock) == wanted:
        return False
    pip_run.locked(PYTHON, path, message)
    _write(stamp, lock, wanted)
    return True


def _package_hash() -> str:
    """What an editable install depends on; source files are seen without a new one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    parts = [project["build-system"], project["project"], project["tool"]["hatch"]]
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True).encode())
    digest.update((ROOT / "kit/bootstrap/build_hook.py").read_bytes())
    digest.update((ROOT / "widgets/styles/package-lock.json").read_bytes())
    for source in (ROOT / "kit/client/package-lock.json", *sorted(ROOT.glob("kit/client/src/*"))):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _stale_catalogues() -> bool:
    for folder in ("kit", "widgets", "grading"):
        for source in (ROOT / folder).glob("*/locale/*/LC_MESSAGES/*.po"):
            built = source.with_suffix(".mo")
            if not built.exists() or built.stat().st_mtime < source.stat().st_mtime:
                return True
    return False


def _write(stamp: dict[str, str], part: str, value: str) -> None:
    stamp[part] = value
    STAMP.write_text(json.dumps(stamp, indent=1), "utf-8")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    import fcntl  # noqa: PLC0415  # make, and so this, is for Linux and macOS

    folder = ROOT / ".cache"
    folder.mkdir(exist_ok=True)
    with (folder / "install.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
