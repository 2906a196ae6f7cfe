"""Read a course's ``rules.yaml``, and the groups that its roster was imported with."""

from __future__ import annotations

from pathlib import Path

from pallkit.cases.schema import SchemaError
from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.compile import strict_yaml
from pallkit_app.courses.reading import read_course
from pallkit_grading.course import Course
from pallkit_grading.rules import Rules, rules_of
from pallkit_grading.rules_file import Group, RulesFile, structure_rules

RULES_FILE = "rules.yaml"
"""Written by the course's leader, and never by a program."""

GROUPS_FILE = "groups.yaml"
"""Written by ``pallkit course roster import``, and never by hand."""


def read_rules(folder: Path, course: Course | None = None) -> Rules:
    """The rules of the course in ``folder``; none where there is no such file.

    :class:`ContentError` names the file and the line that breaks the format, or that names
    what the course does not have.
    """
    return check_groups(folder, course or read_course(folder), read_groups(folder))


def check_groups(folder: Path, course: Course, imported: tuple[Group, ...]) -> Rules:
    """The rules as they would be with these groups from the roster; raises as reading does."""
    written, document = _read(folder, RULES_FILE)
    try:
        return rules_of(written, course, imported)
    except SchemaError as error:
        raise _at(RULES_FILE, document, error) from error


def read_groups(folder: Path) -> tuple[Group, ...]:
    """The groups that came with the roster."""
    return _read(folder, GROUPS_FILE)[0].groups


def _read(folder: Path, name: str) -> tuple[RulesFile, strict_yaml.Document]:
    path = folder / name
    if not path.is_file():
        return RulesFile(), strict_yaml.Document(None, {})
    document = strict_yaml.load(path, name)
    try:
        return structure_rules(document.value), document
    except SchemaError as error:
        raise _at(name, document, error) from error


def _at(name: str, document: strict_yaml.Document, error: SchemaError) -> ContentError:
    first = error.faults[0]
    return ContentError(
        _(
            "{file}:{line}: {where}: {why}",
            file=name,
            line=document.line(first.path),
            where=first.where or _("the file"),
            why=first.message,
        )
    )
