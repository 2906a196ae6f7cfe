"""Running pip: one moving line instead of its pages, and one line when it stops.

pip refuses an editable install together with hashes, so the lock goes first, with hashes, and
the package itself after it, with the build tools that the lock brought.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from words import say, stop, text

NEVER_IMPORTED = r"[\\/](tests?|_vendored|third_party|node_modules)[\\/]"
LOG = "pallkit-install.log"
NO_NETWORK = re.compile(
    r"NewConnectionError|NameResolutionError|Temporary failure in name resolution"
    r"|Name or service not known|nodename nor servname|Network is unreachable|No route to host"
    r"|ConnectTimeout|ReadTimeout|Connection (?:refused|reset)|ProxyError|from versions: none"
    r"|could not fetch|getaddrinfo|ENOTFOUND|ECONNREFUSED|EAI_AGAIN"
)


def locked(python: Path, lock: Path, message: str) -> None:
    """Install a lock. It is complete, so pip need not resolve anything (``--no-deps``)."""
    count = len(_names(lock.read_text("utf-8")))
    say(message, count=count)
    arguments = ["--require-hashes", "--no-deps", "--no-compile", "-r", str(lock)]
    _pip(python, arguments, count=count)
    # Compiled here, on every core: whoever may not write in .venv would else wait at each start.
    libraries = next((python.parent.parent / "lib").glob("python3.*/site-packages"))
    subprocess.run(
        [python, "-m", "compileall", "-qq", "-j", "0", "-x", NEVER_IMPORTED, libraries],
        capture_output=True,
        check=False,
    )


def drop_unlocked(python: Path, locks: list[Path]) -> None:
    """Remove what an older lock brought and no lock names now: it could still be imported."""
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=False,
    )
    locked_names = {name for lock in locks for name in _names(lock.read_text("utf-8"))}
    extra = _names(listed.stdout) - locked_names - {"pip", "setuptools", "wheel", "pallkit"}
    if extra:
        remove = [str(python), "-m", "pip", "uninstall", "-y", "-q", *sorted(extra)]
        subprocess.run(remove, capture_output=True, check=False)


def _names(pins: str) -> set[str]:
    found = re.findall(r"^([\w.-]+)==", pins, re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in found}


def editable(python: Path, root: Path) -> None:
    """Install the checkout itself; the build hook fetches the CSS and compiles content."""
    _pip(python, ["--no-deps", "--no-build-isolation", "-e", str(root)], count=0)


def _pip(python: Path, arguments: list[str], *, count: int) -> None:
    log = python.parent.parent / LOG
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    with (
        log.open("w", encoding="utf-8") as kept,
        subprocess.Popen(
            [*command, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        progress = _Progress(count)
        for line in process.stdout or ():
            kept.write(line)
            progress.follow(line)
        progress.end()
    if process.returncode:
        _explain(log)


class _Progress:
    """Shows pip's place in the list: one moving line, or a line now and then in a log."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.seen = 0
        self.moving = sys.stdout.isatty()

    def follow(self, line: str) -> None:
        if line.startswith(("Collecting ", "Processing ")):
            self.seen += 1
            name = re.split(r"==|-\d", Path(line.split()[1]).name, maxsplit=1)[0]
            if self.moving:
                print(f"\r\x1b[K  {self.seen}/{self.count} {name}", end="", flush=True)
            elif self.seen % 25 == 0:
                print(f"  {self.seen}/{self.count}", flush=True)
        elif "Retrying (Retry(total=4" in line:
            self.end()
            say("no_answer")
        elif line.startswith("Installing collected packages") and self.count:
            self.end()
            print(f"  {text('unpacking')}", flush=True)

    def end(self) -> None:
        if self.moving and self.seen:
            print("\r\x1b[K", end="", flush=True)


def _explain(log: Path) -> None:
    output = log.read_text("utf-8")
    if "No space left on device" in output:
        stop("disk_full")
    if "DO NOT MATCH THE HASHES" in output:
        stop("wrong_hash", log=log)
    if NO_NETWORK.search(output):
        stop("no_network", log=log)
    hook = re.search(r"RuntimeError: (.*?)\s*\[end of output\]", output, re.DOTALL)
    errors = [line.strip() for line in output.splitlines() if "error" in line.lower()]
    reason = " ".join(hook[1].split()) if hook else (errors or ["pip"])[-1]
    stop("install_failed", reason=reason, log=log)
