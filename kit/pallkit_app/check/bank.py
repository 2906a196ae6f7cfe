"""The content under check: every file read once, with the line of every value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from babel.messages.catalog import Catalog

from pallkit import content
from pallkit.cases.model import Case, structure
from pallkit.cases.schema import SchemaError, SchemaFault
from pallkit.errors import ContentError
from pallkit_app.check.explore import Explored, explore
from pallkit_app.check.readers import RATIO_SETS, broken_tables
from pallkit_app.compile.build import compile_content
from pallkit_app.compile.catalogues import extract
from pallkit_app.compile.catalogues import read as read_catalogue
from pallkit_app.compile.strict_yaml import Document, Place, YamlError, load


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a finding is: a file below the root, its line, and the step it is about."""

    file: str
    line: int | None = None
    step: str | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass
class CaseFiles:
    """The files of one case. What cannot be read is absent here and found by its own rule."""

    id: str
    folder: str
    documents: Mapping[str, Document]

    @cached_property
    def read(self) -> tuple[Case | None, tuple[SchemaFault, ...]]:
        """The case, or every place that breaks the format."""
        try:
            return structure(self.documents["case"].value), ()
        except SchemaError as error:
            return None, error.faults
        except KeyError:
            return None, ()

    @property
    def case(self) -> Case | None:
        """The structured case, where its file keeps to the format."""
        return self.read[0]

    @cached_property
    def explored(self) -> Explored:
        """What its doses do in every state; nothing where the file breaks the format."""
        return explore(self.case) if self.case else Explored()

    def prose(self, lang: str) -> Mapping[str, Any]:
        """Return the prose in ``lang`` as read; empty where there is none."""
        document = self.documents.get(lang)
        value = document.value if document else None
        return value if isinstance(value, dict) else {}

    def spot(self, stem: str, place: Place = (), step: str | None = None) -> Spot:
        """Return the spot of ``place`` in one of the case's files, naming the step it is in."""
        document = self.documents.get(stem)
        return Spot(
            f"{self.folder}/{stem}.yaml",
            document.line(place) if document else None,
            step or self._step(stem, place),
        )

    def _step(self, stem: str, place: Place) -> str | None:
        if len(place) < 2 or place[0] != "steps":
            return None
        if stem != "case":
            return str(place[1])
        try:
            return str(self.documents["case"].value["steps"][place[1]]["id"])  # type: ignore[index]
        except (KeyError, TypeError, IndexError):
            return None


@dataclass
class Bank:
    """All content below ``root``, its YAML parsed and compiled to a folder of its own."""

    root: Path
    documents: Mapping[str, Document]
    broken: Mapping[str, YamlError]
    base: str | None = None  # the commit to compare with, if any
    only: str | None = None  # the one case to look at, if not all
    _texts: dict[str, Catalog] = field(default_factory=dict)
    _translations: dict[Path, Catalog] = field(default_factory=dict)

    @cached_property
    def cases(self) -> tuple[CaseFiles, ...]:
        """Every folder below casebank/cases, in alphabetical order."""
        parent = self.root / "casebank/cases"
        folders = sorted(parent.iterdir()) if parent.is_dir() else []
        return tuple(
            CaseFiles(folder.name, self.name(folder), self._below(folder))
            for folder in folders
            if folder.is_dir()
            and not folder.name.startswith(".")
            and self.only in {None, folder.name}
        )

    @property
    def sound_cases(self) -> Iterator[tuple[CaseFiles, Case]]:
        """The cases that keep to the format, so that a rule can look at what they say."""
        for files in self.cases:
            if files.case is not None:
                yield files, files.case

    @property
    def ratio_sets(self) -> Iterator[tuple[str, Document]]:
        """Every readable ratio set: its file and what stands in it."""
        for name, document in self.documents.items():
            if name.startswith(RATIO_SETS):
                yield name, document

    @cached_property
    def broken_tables(self) -> Mapping[str, ContentError]:
        """Ratio sets, drugs and reductions that break their format, by file."""
        return dict(broken_tables(self.documents))

    @property
    def computable_cases(self) -> Iterator[tuple[CaseFiles, Case]]:
        """The sound cases, once the tables their doses are computed by are sound too."""
        return iter(()) if self.broken_tables else self.sound_cases

    def table(self, name: str) -> Document:
        """Return one of the case bank's tables; an empty document where it cannot be read."""
        return self.documents.get(f"casebank/{name}.yaml", Document(None, {}))

    def ids(self, table: str) -> frozenset[str]:
        """Return the ids a table defines."""
        value = self.table(table).value
        if isinstance(value, dict):
            return frozenset(value)
        entries = value if isinstance(value, list) else []
        return frozenset(
            str(entry["id"]) for entry in entries if isinstance(entry, dict) and "id" in entry
        )

    def texts(self, package: str) -> Catalog:
        """Return the texts that are marked for translation in a package, collected once."""
        if package not in self._texts:
            self._texts[package] = extract(package, self.root)
        return self._texts[package]

    def translations(self, path: Path) -> Catalog:
        """Read a catalogue once; an empty one where there is no such file."""
        if path not in self._translations:
            self._translations[path] = read_catalogue(path) if path.exists() else Catalog()
        return self._translations[path]

    def name(self, path: Path) -> str:
        """Return what findings call ``path``: its place below the root."""
        return path.relative_to(self.root).as_posix()

    def _below(self, folder: Path) -> dict[str, Document]:
        prefix = self.name(folder) + "/"
        return {
            Path(name).stem: document
            for name, document in self.documents.items()
            if name.startswith(prefix)
        }


@contextmanager
def opened(root: Path, *, base: str | None = None, only: str | None = None) -> Iterator[Bank]:
    """Read all content below ``root``; inside, :mod:`pallkit.content` reads it too."""
    documents: dict[str, Document] = {}
    broken: dict[str, YamlError] = {}

    def read(path: Path, name: str) -> object:
        try:
            documents[name] = load(path, name)
        except YamlError as error:
            broken[name] = error
            raise
        return documents[name].value

    with TemporaryDirectory(prefix="pallkit-check-") as compiled:
        compile_content(root, Path(compiled), read=read)
        for path in _uncompiled(root):
            with suppress(YamlError):  # kept in `broken`
                read(path, path.relative_to(root).as_posix())
        with content.reading(Path(compiled)):
            yield Bank(root, documents, broken, base, only)


def _uncompiled(root: Path) -> Iterator[Path]:
    """Return the YAML that only checks and course tools read."""
    yield from root.glob("casebank/same_in_nb_and_nn.yaml")
    yield from sorted(root.glob("casebank/cases/*/translated.yaml"))
    yield from sorted(root.glob("courses/*/course.yaml"))
    yield from sorted(root.glob("courses/*/key/*.yaml"))
