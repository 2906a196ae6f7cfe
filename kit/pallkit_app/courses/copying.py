"""Copy a course template out of PallKit, to be changed and run."""

from __future__ import annotations

import shutil
from pathlib import Path

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.compile import content_root
from pallkit_app.courses.reading import COURSE_FILE, compile_key
from pallkit_app.courses.rules import RULES_FILE
from pallkit_app.failures import why
from pallkit_grading.source_rules import strays

PARTS = (COURSE_FILE, "nbgrader_config.py", RULES_FILE, "source", "key")
"""What a template consists of. A gradebook or hand-ins beside it are not copied."""

_NO_RULES = Path(__file__).with_name("rules_template.yaml")
"""What a course that has no rules of its own starts with: all of it in comments."""


def templates() -> tuple[str, ...]:
    """The names of the courses that come with PallKit."""
    return tuple(sorted(path.parent.name for path in _courses().glob(f"*/{COURSE_FILE}")))


def copy_course(name: str, target: Path) -> None:
    """Copy the template ``name`` to ``target``, a folder that is new or empty.

    Raises :class:`ContentError` when there is no such template, when ``target`` holds
    anything, or when an answer log or a key lies in the template's source.
    """
    if name not in templates():
        raise ContentError(
            _(
                "There is no course “{name}”. Choose one of: {names}.",
                name=name,
                names=", ".join(templates()),
            )
        )
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ContentError(
            _("{folder} is not empty. Choose a folder that does not exist yet.", folder=str(target))
        )
    template = _courses() / name
    for fault in strays(template / "source"):
        raise ContentError(fault)
    try:
        _copy(template, target)
    except OSError as error:
        raise ContentError(
            _("{folder} cannot be written: {why}.", folder=str(target), why=why(error))
        ) from error
    compile_key(target)


def _copy(template: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    skip = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__", "*.pyc")
    for part in PARTS:
        if (template / part).is_dir():
            shutil.copytree(template / part, target / part, ignore=skip)
        else:
            own = template / part
            empty = part == RULES_FILE and not own.exists()
            shutil.copy(_NO_RULES if empty else own, target / part)


def _courses() -> Path:
    return content_root() / "courses"
