"""What of the file system a cage may read: this Python, what it imports, and the system's own."""

from __future__ import annotations

import importlib.util
import os
import sys
from functools import cache
from pathlib import Path

_SYSTEM = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/alternatives",
    "/etc/fonts",
)

OWN_PACKAGES = ("pallkit", "pallkit_widgets", "pallkit_grading")


@cache
def visible_paths() -> tuple[str, ...]:
    """The folders and files, none inside another.

    Of an editable install that is its packages, not the checkout around them.
    """
    own = [sys.prefix, sys.base_prefix, *packages_outside()]
    found = [path for path in (*_SYSTEM, *map(os.path.realpath, own)) if os.path.lexists(path)]
    kept: list[str] = []
    for path in sorted(found, key=len):
        if not any(_inside(path, other) for other in kept):
            kept.append(path)
    return tuple(kept)


def is_visible(path: Path) -> bool:
    """Whether code in a cage could read what lies at ``path``."""
    real = os.path.realpath(path)
    return any(_inside(real, other) for other in visible_paths())


def packages_outside() -> list[str]:
    """Where our own packages lie, when that is outside this Python: an editable install.

    Not the whole import path: it may name the folder that the hand-ins lie in.
    """
    own = [os.path.realpath(one) for one in (sys.prefix, sys.base_prefix)]
    specs = [importlib.util.find_spec(name) for name in OWN_PACKAGES]
    files = [spec.origin for spec in specs if spec is not None and spec.origin is not None]
    folders = dict.fromkeys(os.path.realpath(Path(file).parent.parent) for file in files)
    return [path for path in folders if not any(_inside(path, one) for one in own)]


def _inside(path: str, other: str) -> bool:
    return path == other or path.startswith(other.rstrip("/") + "/")
