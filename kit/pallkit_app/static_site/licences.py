"""Whose work the copy carries, and on what terms: ``licences.txt`` at its top."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from pallkit_app.static_site.runtime import Runtime

_RULE = "\n" + "-" * 72 + "\n"


def licences(libraries: tuple[str, ...], runtime: Runtime) -> str:
    """The text of the file: Pyodide's terms and sources, and each library's own licence."""
    package = json.loads((runtime.pyodide / "package.json").read_text("utf-8"))
    first = (
        f"PallKit: BSD-3-Clause (program) and CC-BY-4.0 (texts).\n\n"
        f"Pyodide {package['version']}: {package['license']}, unchanged but for its packing. "
        f"Source: https://github.com/pyodide/pyodide/tree/{package['version']}\n"
        "It contains CPython (PSF-2.0, https://docs.python.org/3/license.html) and libraries of "
        "Emscripten (MIT or NCSA, https://emscripten.org).\n\n"
        "Designsystemet: MIT. Inter: SIL Open Font License 1.1.\n"
    )
    return _RULE.join((first, *_each(libraries)))


def _each(libraries: tuple[str, ...]) -> Iterator[str]:
    for name in libraries:
        found = distribution(name)
        texts = [
            Path(str(found.locate_file(file))).read_text("utf-8")
            for file in found.files or ()
            if ".dist-info" in str(file) and file.name.upper().startswith(("LICEN", "COPYING"))
        ]
        yield "\n".join((f"{name} {found.version}", *texts))
