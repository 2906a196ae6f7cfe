"""What pip cannot install: venv on Debian, a Chromium, and the libraries that make PDFs.

Root on a Debian machine (a container, CI) gets them from apt. Anyone else is told what to
install; the tests that need it then fail and name it, they are never skipped.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

from words import say, stop, text

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LIBRARIES = {  # WeasyPrint opens the first three, Playwright's Node the last; and Debian's names
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libatomic.so.1": "libatomic1",
}
FONT = "fonts-dejavu-core"  # a bare container has no font at all, and then no letters


def may_use_apt() -> bool:
    """Whether we are root on a machine with apt."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(*packages: str) -> bool:
    """Install Debian packages, and say so; False, with the reason shown, when it failed."""
    say("apt", packages=" ".join(packages))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    done = _run(install, quiet)
    if done.returncode:  # the usual cause: the machine has never listed its packages
        _run(["apt-get", "update"], quiet)
        done = _run(install, quiet)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["?"])[-1]
        print(text("apt_failed", packages=" ".join(packages), reason=reason), file=sys.stderr)
    return done.returncode == 0


def ensure_venv(python: str) -> None:
    """See to it that ``python`` can make an environment with pip in it."""
    if _has_venv(python):
        return
    debian_default = Path("/usr/bin/python3").resolve() == Path(python).resolve()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    package = "python3-venv" if debian_default else f"python{version}-venv"
    if may_use_apt() and apt_install(package) and _has_venv(python):
        return
    stop("venv_missing", package=package)


def ensure_browser(venv_python: Path) -> None:
    """Find a Chromium for the browser tests, or get one."""
    if any(map(shutil.which, BROWSERS)) or _playwright_has_one(venv_python):
        return
    if may_use_apt() and apt_install("chromium", FONT):
        return
    say("fetching_browser")
    subprocess.run([venv_python, "-m", "playwright", "install", "chromium"], check=False)
    if not _playwright_has_one(venv_python):
        say("no_browser")


def ensure_libraries() -> None:
    """Find the libraries that PDFs and Playwright need, or get them."""
    packages = _missing_packages()
    if not packages:
        return
    if may_use_apt() and apt_install(*packages, FONT):
        return
    say("no_libraries", packages=" ".join(packages))


def _missing_packages() -> list[str]:
    missing = []
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def _has_venv(python: str) -> bool:
    return _run([python, "-c", "import ensurepip, venv"]).returncode == 0


def _playwright_has_one(venv_python: Path) -> bool:
    ask = (
        "from pathlib import Path\n"
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as play:\n"
        "    raise SystemExit(not Path(play.chromium.executable_path).exists())\n"
    )
    return _run([str(venv_python), "-c", ask]).returncode == 0


def _run(command: list[str], env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
