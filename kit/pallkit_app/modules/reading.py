"""A module's notebook, as a page needs it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import cattrs

from pallkit.cases.model import Level, Review
from pallkit.errors import ContentError
from pallkit.i18n import DEFAULT, Language, _

_MISFIT = (cattrs.BaseValidationError, cattrs.StructureHandlerNotFoundError)
# In the order a reader who begins should meet them; any others come after.
_ORDER = ("omregning-av-opioider", "smertepumpe", "den-doende-pasienten")
_FILE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)\.(nb|nn)\.ipynb")


@dataclass(frozen=True, slots=True)
class About:
    """What a module says of itself: its notebook's ``metadata.pallkit``."""

    id: str
    lang: Language
    version: int
    title: str
    summary: str
    minutes: int
    level: Level
    topics: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: Review | None

    @property
    def draft(self) -> bool:
        """Whether nobody has signed this version."""
        return self.reviewed is None or self.reviewed.version != self.version


@dataclass(frozen=True, slots=True)
class Part:
    """One cell: a text, or (``widget`` names it) the place of a tool."""

    id: str
    text: str = ""
    widget: str = ""


@dataclass(frozen=True, slots=True)
class Module:
    """A module in one language. ``lead`` is what stands between its title and its goals."""

    about: About
    lead: str
    parts: tuple[Part, ...]

    @property
    def notebook(self) -> str:
        """The file's name."""
        return f"{self.about.id}.{self.about.lang}.ipynb"


def module_ids(folder: Path) -> tuple[str, ...]:
    """Every module in ``folder``, in the order they are offered."""
    found = {
        name[1]
        for path in (folder.iterdir() if folder.is_dir() else ())
        if (name := _FILE.fullmatch(path.name))
    }
    places = {known: place for place, known in enumerate(_ORDER)}
    return tuple(sorted(found, key=lambda name: (places.get(name, len(places)), name)))


def read_module(folder: Path, module_id: str, lang: Language) -> Module:
    """Read a module, in bokmål where it is not written in ``lang``.

    Raises :class:`ContentError` when there is no such module, or it is not in the format.
    """
    for code in (lang, DEFAULT):
        path = folder / f"{module_id}.{code}.ipynb"
        if _FILE.fullmatch(path.name) and path.is_file():
            return _read(path, path.stat().st_mtime_ns)
    raise ContentError(_("There is no module “{id}”.", id=module_id))


def opened(text: str) -> tuple[str, str]:
    """Split a module's first cell into its title with the lead, and its goals."""
    top, mark, goals = text.partition("\n## ")
    return top, f"## {goals}" if mark else ""


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> Module:
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        about = cattrs.structure(notebook["metadata"]["pallkit"], About)
        first, *rest = (_part(cell) for cell in notebook["cells"])
        top, goals = opened(first.text)
        lead = top.partition("\n")[2].strip()
        return Module(about, lead, (replace(first, text=goals), *rest))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, *_MISFIT) as error:
        raise ContentError(
            _("“{file}” is not a module. “pallkit check” says why.", file=path.name)
        ) from error


def _part(cell: Mapping[str, Any]) -> Part:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return Part(cell["id"], text=source)
    return Part(cell["id"], widget=_called(ast.parse(source)))


def _called(code: ast.Module) -> str:
    """Name what the last line calls; without a call there is nothing to show."""
    last = code.body[-1]
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        return ast.unparse(last.value.func)
    raise ValueError("no call")
