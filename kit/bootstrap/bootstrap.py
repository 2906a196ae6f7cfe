"""The make targets. Standard library only: this runs before anything is installed.

``start.sh`` finds the Python, this does the rest. Exit status: that of what was run, or 2 when
it could not run; then the last line says why and what to do.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import environment
import machine
from environment import PYTHON, ROOT, VENV, run_tool
from words import BootstrapError, say, stop, use_utf8

ASSIGNMENT = "omregning-i-praksis"
# Each notebook's kernel from one warm process: pallkit_app.warm.
FORKED = "--KernelProvisionerFactory.default_provisioner_name=pallkit-warm"
CHECKS = {
    "ruff check": ("ruff", "check"),
    "ruff format": ("ruff", "format", "--check"),
    "mypy": ("mypy",),
    "mypy kit/bootstrap": ("mypy", "--config-file", "pyproject.toml", "kit/bootstrap"),
    "import-linter": ("lint-imports",),
    "pallkit check": ("pallkit", "check"),
}
# Two at a time, a file's tests in one place: they share a server. ARGS="-n 0" undoes it.
SIDE_BY_SIDE = ("-n", "2", "--dist", "loadfile")
WHOLE = ("--whole", "--timeout=3600")
NO_TESTS = 5  # pytest's word for having found nothing to run
BUILT = (
    ".venv", ".cache", "build", "dist", "kit/pallkit/_compiled", "widgets/pallkit_widgets/_static",
    ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache",
)  # fmt: skip


def install() -> int:
    """Make the environment."""
    environment.install()
    return 0


def run(port: str = "8866") -> int:
    """Start the server; Ctrl-C goes straight to it."""
    _refuse_bad_port(port)
    environment.install()
    os.execv(VENV / "bin/pallkit", ["pallkit", "serve", "--port", port])


def test(*arguments: str) -> int:
    """Run every test; the long ones a seeded slice."""
    _prepare_tests()
    return _pytest(*SIDE_BY_SIDE, *arguments)


def test_all(*arguments: str) -> int:
    """Run every test whole: first the short ones, then the long ones that wait for nothing."""
    _prepare_tests()
    runs = (
        ("--long=none", *SIDE_BY_SIDE),
        (*WHOLE, "--long=beside", *SIDE_BY_SIDE),
        (*WHOLE, "--long=alone", "-n", "0"),
    )
    found_any = False
    for options in runs:
        status = _pytest(*options, *arguments)
        if status not in (0, NO_TESTS):
            return status
        found_any |= status == 0
    return 0 if found_any else NO_TESTS


def _prepare_tests() -> None:
    environment.install(tests=True)
    machine.ensure_libraries()
    machine.ensure_browser(PYTHON)


def _pytest(*options: str) -> int:
    return run_tool("python", "-m", "pytest", *options)


def lab() -> int:
    """Open JupyterLab on a copy of the example assignment, as a trainee gets it."""
    environment.install()
    folder = ROOT / "lab"
    if not folder.is_dir():
        _release_assignment(folder)
    say("lab_made", folder=folder)
    _switch_off_news()
    port, token = _free_port(8888), secrets.token_urlsafe(16)
    print(f"http://127.0.0.1:{port}/lab/tree/{ASSIGNMENT}.ipynb?token={token}", flush=True)
    options = [f"--port={port}", "--ServerApp.port_retries=0", "--log-level=WARN", FORKED]
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        options += ["--no-browser"]
    if os.geteuid() == 0:
        options += ["--allow-root"]
    env = {"JUPYTER_TOKEN": token, "PYTHONWARNINGS": "ignore"}
    return run_tool("jupyter", "lab", *options, f"{ASSIGNMENT}.ipynb", cwd=folder, env=env)


def screenshots(*arguments: str) -> int:
    """Take pictures of every page, to be looked at."""
    _prepare_tests()
    return run_tool("python", "-m", "pallkit_app.screenshots", *arguments)


def check() -> int:
    """Check code and content with every tool, and say at the end which found faults."""
    environment.install(tests=True)
    found = {name: run_tool(*command) for name, command in CHECKS.items()}
    for name, status in found.items():
        say("check_failed" if status else "check_ok", name=name)
    return int(any(found.values()))


def lock(*arguments: str) -> int:
    """Write both locks: hashes, no addresses. ``make lock ARGS=--upgrade`` takes newer versions."""
    environment.install(tests=True)
    compile_lock = (
        "uv", "pip", "compile", "--universal", "--python-version", "3.11.2",
        "--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet", *arguments,
    )  # fmt: skip
    runtime = ("pyproject.toml", "--group", "build", "-o", "requirements.txt")
    tests = ("--group", "test", "-c", "requirements.txt", "-o", "requirements-test.txt")
    return run_tool(*compile_lock, *runtime) or run_tool(*compile_lock, *tests)


def clean() -> int:
    """Remove what was built; nobody's answers, courses or ``lab`` folder."""
    for name in BUILT:
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for built in ROOT.glob("*/pallkit*/locale/*/LC_MESSAGES/*.mo"):
        built.unlink()
    return 0


def _release_assignment(folder: Path) -> None:
    """Put into ``folder`` what a trainee is given: no key, no solution, no empty exchange."""
    course = ROOT / ".cache" / "lab-course"
    shutil.rmtree(course, ignore_errors=True)
    status = run_tool("pallkit", "course", "new", str(course), "--from", "spesialist", quiet=True)
    generate = ("nbgrader", "generate_assignment", ASSIGNMENT, "--log-level=ERROR")
    if status or run_tool(*generate, cwd=course):
        stop("lab_failed", folder=course)
    shutil.copytree(course / "release" / ASSIGNMENT, folder)


def _switch_off_news() -> None:
    """A trainee is asked nothing about news, and JupyterLab asks the net nothing."""
    config = VENV / "etc/jupyter/labconfig/page_config.json"
    config.parent.mkdir(parents=True, exist_ok=True)
    news = "@jupyterlab/apputils-extension:announcements"
    config.write_text(json.dumps({"disabledExtensions": {news: True}}), "utf-8")


def _free_port(wanted: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _refuse_bad_port(port: str) -> None:
    """Before an installation that takes minutes, not after it."""
    if not port.isascii() or not port.isdigit() or not 1024 <= int(port) <= 65535:
        stop("port_wrong", port=port)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError:
            stop("port_taken", port=port, other=9000 if port != "9000" else 9001)


COMMANDS: dict[str, Callable[..., int]] = {
    "install": install,
    "run": run,
    "test": test,
    "test-all": test_all,
    "lab": lab,
    "screenshots": screenshots,
    "check": check,
    "lock": lock,
    "clean": clean,
}


def main(name: str, *arguments: str) -> int:
    """Run one target."""
    use_utf8()
    try:
        return COMMANDS[name](*arguments)
    except BootstrapError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
