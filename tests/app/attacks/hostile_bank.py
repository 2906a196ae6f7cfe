"""Content in which every text tries to be more than text: as a stranger's, or a careless author's.

The server has no setting for another case bank. It is given one from outside, in all its
processes, by the module that Python imports first.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pallkit_app.compile import content_root
from pallkit_app.compile.build import compile_content

MARK = "<img src=x onerror=hit()>"
MARKUP = (
    f"{MARK}<script>hit()</script></script></title></style><svg onload=hit()>'\"><a href="
    "javascript:hit()>y</a>{{constructor.constructor('hit()')()}}{% x %}${hit()}&lt;b&gt;"
    "\u2028\u2029\u202e\u2066<!--<iframe srcdoc='<script>parent.hit()</script>'>"
)
MARKDOWN = (
    f"{MARKUP}\n\n[x](javascript:hit()) ![x](//elsewhere.example/x) <javascript:hit()> "
    "[y](//elsewhere.example 'x\" onclick=hit() x=\"')\n\n```\n</pre><script>hit()</script>\n```\n"
)
ADDRESS = "javascript:hit()//elsewhere.example"
TABLES: dict[str, tuple[str, ...]] = {
    "sources.json": ("title", "publisher", "date", "note"),
    "topics.json": ("nb", "nn", "en"),
    "reductions.json": ("nb", "nn", "en"),
    "safety.json": ("nb", "nn", "en"),
    "ratio_sets/*.json": ("title", "publisher", "nb", "nn", "en"),
}
# What Markdown is read in; a text elsewhere is one line.
RICH = {"text", "feedback", "expert", "patient", "before", "silent", "closing", "about"}
FIRST = """
from pathlib import Path
from pallkit import content
content._COMPILED = Path({folder!r})
content._SHIPPED = content._Shipped()
content._compilers = tuple
"""


def compiled(folder: Path) -> Path:
    """The content, compiled anew, with all its texts made hostile."""
    bank = folder / "compiled"
    compile_content(content_root(), bank)
    for pattern, keys in TABLES.items():
        for file in bank.glob(pattern):
            _rewrite(file, lambda key, text, keys=keys: _in_table(key, text, keys))
    for file in bank.glob("cases/*/[en][bn].json"):
        _rewrite(file, _in_prose)
    return bank


def notebooks(folder: Path) -> Path:
    """A copy of the notebooks, with the modules' texts made hostile."""
    root = folder / "notebooks"
    shutil.copytree(content_root() / "notebooks", root)
    for file in root.glob("modules/*.ipynb"):
        notebook = json.loads(file.read_text("utf-8"))
        notebook["metadata"]["pallkit"] |= {
            name: f"{text}{MARKUP}"
            for name, text in notebook["metadata"]["pallkit"].items()
            if name in {"title", "summary"}
        }
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = f"{''.join(cell['source'])}\n\n## {MARKUP}\n\n{MARKDOWN}"
        file.write_text(json.dumps(notebook), "utf-8")
    return root


def read_first(bank: Path, folder: Path) -> dict[str, str]:
    """The environment in which every Python reads ``bank``; of the server alone, not of ours."""
    first = folder / "first"
    first.mkdir()
    (first / "sitecustomize.py").write_text(FIRST.format(folder=str(bank)), "utf-8")
    return {"PYTHONPATH": os.pathsep.join(filter(None, [str(first), os.environ.get("PYTHONPATH")]))}


def _in_table(key: str, text: str, keys: tuple[str, ...]) -> str:
    if key in {"url", "address"}:
        return ADDRESS
    return f"{text}{MARKUP}" if key in keys else text


def _in_prose(key: str, text: str) -> str:
    if key == "lang":
        return text
    return f"{text}{MARKDOWN if key in RICH else MARKUP}"


def _rewrite(file: Path, change: Callable[[str, str], str]) -> None:
    def changed(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: changed(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [changed(part, key) for part in value]
        return change(key, value) if isinstance(value, str) else value

    stat = file.stat()
    file.write_text(json.dumps(changed(json.loads(file.read_text("utf-8")))), "utf-8")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
