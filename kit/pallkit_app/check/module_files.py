"""The teaching modules under check: their notebooks, read without trusting them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pallkit_app.check.bank import Bank, Spot

FOLDER = "notebooks/modules"
LANGS = ("nb", "nn")


@dataclass(frozen=True, slots=True)
class ModuleCell:
    """A cell of a module."""

    id: str
    kind: str
    text: str

    @property
    def is_text(self) -> bool:
        """Whether the cell is Markdown."""
        return self.kind == "markdown"


@dataclass(frozen=True, slots=True)
class ModuleFile:
    """One module in one language; ``about`` is its ``metadata.pallkit`` as it stands."""

    name: str
    about: Mapping[str, Any]
    metadata: Mapping[str, Any]
    cells: tuple[ModuleCell, ...]

    @property
    def stem(self) -> str:
        """The id and the language that the file's name gives."""
        return self.name.rsplit("/", 1)[-1].removesuffix(".ipynb")

    @property
    def texts(self) -> tuple[ModuleCell, ...]:
        """The Markdown cells."""
        return tuple(cell for cell in self.cells if cell.is_text)

    @property
    def codes(self) -> tuple[ModuleCell, ...]:
        """All other cells."""
        return tuple(cell for cell in self.cells if not cell.is_text)

    def names(self, key: str) -> list[str]:
        """Return a list of ids in the metadata; empty where it is something else."""
        value = self.about.get(key)
        return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []

    def spot(self, cell: ModuleCell | None = None) -> Spot:
        """Return the spot of a cell, or of the whole module."""
        return Spot(self.name if cell is None else f"{self.name}#{cell.id}")


def modules(bank: Bank) -> Iterator[ModuleFile]:
    """Yield every module that can be read; others are the rule notebook-readable's."""
    for path in sorted((bank.root / FOLDER).glob("*.ipynb")):
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            about = raw["metadata"].get("pallkit")
            yield ModuleFile(
                bank.name(path),
                about if isinstance(about, dict) else {},
                raw["metadata"],
                tuple(_cell(each) for each in raw["cells"]),
            )
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            continue


def pairs(bank: Bank) -> Iterator[tuple[ModuleFile, ModuleFile]]:
    """Yield each module that is written in both languages: bokmål, nynorsk."""
    found = {module.stem: module for module in modules(bank)}
    for stem, module in found.items():
        other = found.get(re.sub(r"\.nb$", ".nn", stem))
        if stem.endswith(".nb") and other is not None:
            yield module, other


def _cell(raw: Mapping[str, Any]) -> ModuleCell:
    return ModuleCell(str(raw.get("id", "")), raw["cell_type"], "".join(raw["source"]))
