"""What Python finds in the browser: our packages, the few they stand on, all as bytecode."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import distribution
from pathlib import Path

from pallkit.i18n import _
from pallkit_app.compile import package_folder
from pallkit_app.static_site.errors import SiteError
from pallkit_app.static_site.runtime import Runtime, cache_folder

_LOCK = "pyodide-lock.json"
_BROWSER = Path(__file__).parent / "browser"
_COMPILE = _BROWSER / "compile.mjs"
_PAGES = Path(__file__).parent / "pages"
# Pure Python, in the versions that PallKit itself was installed and tested with.
LIBRARIES = ("attrs", "cattrs", "markdown-it-py", "mdurl", "traitlets", "typing-extensions")
_OURS = ("pallkit", "pallkit_widgets")
# The page has scripts and styles; content and catalogues are read compiled.
_TAKEN = (".py", ".json", ".mo")
# Of the standard library: what a browser has no use for, and what only developers have.
_NEVER = (
    *("_pyrepl/", "concurrent/futures/process.py", "ctypes/", "doctest.py", "ensurepip/"),
    *("ftplib.py", "idlelib/", "imaplib.py", "multiprocessing/", "pdb.py", "poplib.py"),
    *("pydoc.py", "pydoc_data/", "smtplib.py", "sqlite3/", "tarfile.py", "unittest/", "venv/"),
    *("wsgiref/", "xmlrpc/"),
)


def lay_runtime(runtime: Runtime, files: Path) -> str:
    """Lay Pyodide and its library, as bytecode, in ``files``; returns the folder's name."""
    with tempfile.TemporaryDirectory(prefix="pallkit-site-") as scratch:
        folder = Path(scratch)
        with zipfile.ZipFile(runtime.pyodide / "python_stdlib.zip") as library:
            names = [name for name in library.namelist() if not name.startswith(_NEVER)]
            sources = {name: library.read(name) for name in names if not name.endswith("/")}
        shutil.copyfile(compiled("library", sources, runtime), folder / "python_stdlib.zip")
        wasm = (runtime.pyodide / "pyodide.asm.wasm").read_bytes()
        (folder / "pyodide.asm.wasm.packed").write_bytes(gzip.compress(wasm, 9, mtime=0))
        shutil.copyfile(runtime.pyodide / "pyodide.asm.js", folder / "pyodide.asm.js")
        # Some file servers know no .mjs; and there is no map beside it to look for.
        script = (runtime.pyodide / "pyodide.mjs").read_text("utf-8")
        (folder / "pyodide.js").write_text(script.partition("//# sourceMappingURL")[0], "utf-8")
        # Of the list of packages only what it says of Pyodide itself: nothing else can be fetched.
        lock = json.loads((runtime.pyodide / _LOCK).read_text("utf-8")) | {"packages": {}}
        (folder / _LOCK).write_text(json.dumps(lock), "utf-8")
        return named_by_content(folder, files, "runtime")


def lay_packages(runtime: Runtime, files: Path) -> str:
    """Lay our packages and the pages' scripts in ``files``; returns the folder's name."""
    with tempfile.TemporaryDirectory(prefix="pallkit-site-") as scratch:
        folder = Path(scratch)
        shutil.copyfile(compiled("pallkit", dict(_sources()), runtime), folder / "pallkit.zip")
        for path in _PAGES.glob("*.*"):
            if path.name != "service-worker.js":
                shutil.copyfile(path, folder / path.name)
        return named_by_content(folder, files, "python")


def compiled(name: str, sources: Mapping[str, bytes], runtime: Runtime) -> Path:
    """Zip ``sources`` with each .py compiled by the browser's own Python; the last zip is kept."""
    with tempfile.TemporaryDirectory(prefix="pallkit-site-") as scratch:
        packed = Path(scratch, "in.zip")
        with zipfile.ZipFile(packed, "w") as kept:
            for path in sorted(sources):
                kept.writestr(zipfile.ZipInfo(path), sources[path])
        digest = hashlib.sha256(packed.read_bytes() + _COMPILE.read_bytes())
        digest.update((runtime.pyodide / _LOCK).read_bytes())
        home = cache_folder() / f"{name}-{digest.hexdigest()[:16]}.zip"
        if not home.is_file():
            done = runtime.node(_COMPILE, runtime.pyodide, scratch)
            if done.returncode:
                raise _not_compiled(done)
            for older in cache_folder().glob(f"{name}-*.zip"):
                older.unlink(missing_ok=True)
            shutil.move(Path(scratch, "out.zip"), home)
    return home


def _not_compiled(done: subprocess.CompletedProcess[str]) -> SiteError:
    said = done.stderr.strip().splitlines()
    return SiteError(
        _(
            "Python for the browser could not be compiled: {line}",
            line=said[-1][:200] if said else str(done.returncode),
        )
    )


def named_by_content(folder: Path, files: Path, name: str) -> str:
    """Copy a folder into ``files`` under a name that is another when any file is another."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    called = f"{name}-{digest.hexdigest()[:12]}"
    shutil.copytree(folder, files / called)
    (files / called).chmod(0o755)  # a scratch folder is for its owner alone
    return called


def _sources() -> Iterator[tuple[str, bytes]]:
    for name in LIBRARIES:
        found = distribution(name)
        for file in found.files or ():
            if file.suffix == ".py" and ".." not in file.parts:
                yield file.as_posix(), Path(str(found.locate_file(file))).read_bytes()
    for name in _OURS:
        folder = package_folder(name)
        for path in sorted(folder.rglob("*.*")):
            if path.suffix in _TAKEN and path.is_file():
                yield f"{name}/{path.relative_to(folder).as_posix()}", path.read_bytes()
    yield "pallkit_widgets/shared/assets.py", (_BROWSER / "assets.py").read_bytes()
    for module in ("anywidget.py", "pallkit_page.py"):
        yield module, (_BROWSER / module).read_bytes()
