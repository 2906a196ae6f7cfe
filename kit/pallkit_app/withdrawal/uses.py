"""What has used a case or a ratio set: assignments of courses, modules, and cases.

Files are read as they stand, without asking whether they are in their formats: a course that
is being written, or an older one of a leader's own, is looked through all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast

from pallkit.errors import ContentError
from pallkit.i18n import LANGUAGES, Language, _
from pallkit.signing import UsedIn
from pallkit_app.compile import strict_yaml
from pallkit_app.compile.strict_yaml import Document, Place
from pallkit_app.withdrawal.notebook import cells_naming, module_titles, title_in

What = Literal["case", "set"]
Read = Callable[[Path], Document]


@dataclass(frozen=True, slots=True)
class Use:
    """One assignment, module or case that uses it, and the places where it does.

    A place is a file with its line, or a notebook with the number of its cell. ``by_way_of``
    is the case through which a set is used.
    """

    noted: UsedIn
    places: tuple[str, ...]
    by_way_of: str = ""


def uses(what: What, id_: str, root: Path, courses: Iterable[Path] = ()) -> tuple[Use, ...]:
    """Everything below ``root``, and in the course folders given, that uses the case or set.

    Raises :class:`ContentError` where a folder given holds no course, or a file that is
    needed is not strict YAML.
    """
    given = tuple(courses)
    for folder in given:
        if not (folder / "course.yaml").is_file():
            raise ContentError(
                _("There is no course in “{folder}” (no course.yaml).", folder=str(folder))
            )
    shipped = sorted(path.parent for path in root.glob("courses/*/course.yaml"))
    return tuple(_Search(root, strict_yaml.load).all_uses(what, id_, (*shipped, *given)))


def uses_below(what: What, id_: str, root: Path, read: Read) -> tuple[Use, ...]:
    """The same below ``root`` alone, for a check that has read the files already."""
    folders = sorted(path.parent for path in root.glob("courses/*/course.yaml"))
    return tuple(_Search(root, read).all_uses(what, id_, folders))


@dataclass(frozen=True)
class _Search:
    root: Path
    read: Read

    def all_uses(self, what: What, id_: str, courses: Iterable[Path]) -> Iterator[Use]:
        folders = tuple(courses)
        found = list(self._directly(what, id_, folders))
        cases = list(self._cases(id_)) if what == "set" else []
        yield from (*found, *cases)
        known = {use.noted.id for use in found}
        for case in cases:
            for use in self._directly("case", case.noted.id, folders):
                if use.noted.id not in known:
                    yield replace(use, by_way_of=case.noted.id)

    def _directly(self, what: What, id_: str, courses: tuple[Path, ...]) -> Iterator[Use]:
        for folder in courses:
            yield from self._assignments(what, id_, folder)
        yield from self._modules(what, id_)

    def _assignments(self, what: What, id_: str, folder: Path) -> Iterator[Use]:
        course = self._mapping(folder / "course.yaml")
        named = course.get("assignments")
        for one in named if isinstance(named, list) else []:
            if not isinstance(one, dict) or "id" not in one:
                continue
            name = str(one["id"])
            notebooks = sorted((folder / "source" / name).glob("*.ipynb"))
            places = [
                *self._key_lines(what, id_, folder / "key" / f"{one.get('key')}.yaml"),
                *(place for path in notebooks for place in self._cells(what, id_, path)),
            ]
            if places:
                title = next(filter(None, map(title_in, notebooks)), name)
                lang = cast("Language", one.get("lang"))
                titles = {lang if lang in LANGUAGES else "nb": title}
                noted = UsedIn("assignment", name, titles, str(course.get("id", folder.name)))
                yield Use(noted, tuple(places))

    def _modules(self, what: What, id_: str) -> Iterator[Use]:
        found: dict[str, list[str]] = {}
        for path in sorted((self.root / "notebooks/modules").glob("*.ipynb")):
            places = list(self._cells(what, id_, path))
            if places:
                found.setdefault(path.name.split(".")[0], []).extend(places)
        for module, places in found.items():
            titles = module_titles(self.root / "notebooks/modules", module)
            yield Use(UsedIn("module", module, titles), tuple(places))

    def _cases(self, set_id: str) -> Iterator[Use]:
        for path in sorted(self.root.glob("casebank/cases/*/case.yaml")):
            lines = self._lines(path, "set", set_id)
            if lines:
                noted = UsedIn("case", path.parent.name, self._case_titles(path.parent))
                yield Use(noted, tuple(lines))

    def _case_titles(self, folder: Path) -> Mapping[Language, str]:
        titles = {lang: self._mapping(folder / f"{lang}.yaml").get("title") for lang in LANGUAGES}
        return {lang: str(title) for lang, title in titles.items() if title}

    def _key_lines(self, what: What, id_: str, path: Path) -> list[str]:
        return self._lines(path, what, id_) if path.is_file() else []

    def _lines(self, path: Path, key: str, value: str) -> list[str]:
        document = self.read(path)
        places = _places(document.value, key, value, ())
        return [f"{self._name(path)}:{document.line(place)}" for place in places]

    def _cells(self, what: What, id_: str, path: Path) -> Iterator[str]:
        for number in cells_naming(what, id_, path):
            yield f"{self._name(path)}#{number}"

    def _mapping(self, path: Path) -> dict[str, Any]:
        value = self.read(path).value if path.is_file() else None
        return value if isinstance(value, dict) else {}

    def _name(self, path: Path) -> str:
        inside = path.is_relative_to(self.root)
        return path.relative_to(self.root).as_posix() if inside else str(path)


def _places(value: object, key: str, wanted: str, place: Place) -> Iterator[Place]:
    """Every place where a mapping has ``key: wanted``."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key and inner == wanted:
                yield (*place, name)
            else:
                yield from _places(inner, key, wanted, (*place, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _places(inner, key, wanted, (*place, index))
