"""A task of one's own: each trainee is asked another question of the same kind.

Training on invented patients; not clinical decision support. The task is drawn by
:func:`pallkit.opioids.make_task` from the names of the task and the trainee alone, so the
notebook shows and the grader works out the same one, and nothing needs to be stored.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import get_args

from pallkit import content
from pallkit.errors import ContentError, PallkitError
from pallkit.i18n import Language, _, render
from pallkit.opioids import Task, make_task
from pallkit.opioids.recipes import KINDS, RECIPES, Kind
from pallkit.opioids.tasks_shape import LEVELS, Level

TRAINEE_VARIABLE = "PALLKIT_TRAINEE"
"""The environment variable that says who the trainee is, before anything else does."""

TRAINEE_FILE = "deltaker.json"
"""The file beside a notebook that says so: ``{"trainee": "…", "course": "…"}``."""

_TRIES = 400
_LARGEST = 64 * 1024
_NAME = re.compile(r"[^\x00-\x1f\x7f/\\]{1,120}")


@dataclass(frozen=True, slots=True)
class Variant:
    """What to draw: a task at this ``level``, by this ratio ``set``, of one of these ``kinds``.

    Without a set or without kinds, whichever the level has.
    """

    level: Level = "A"
    set: str | None = None
    kinds: tuple[Kind, ...] = ()


def read_variant(settings: Mapping[str, object]) -> Variant:
    """Read ``{"level": "B", "set": "klb-2008", "kinds": ["rescue"]}``, as a notebook has it.

    Raises :class:`ContentError` for anything else, and where no such task can be drawn.
    """
    level = settings.get("level", "A")
    of, kinds = settings.get("set"), settings.get("kinds", ())
    known = set(settings) <= {"level", "set", "kinds"} and level in LEVELS
    listed = isinstance(kinds, list | tuple) and all(one in KINDS for one in kinds)
    if not known or not listed or not isinstance(of, str | None):
        raise ContentError(
            _(
                "A variant has a level ({levels}), a ratio set and kinds ({kinds}), and nothing "
                "else.",
                levels=", ".join(LEVELS),
                kinds=", ".join(KINDS),
            )
        )
    variant = Variant(
        next(one for one in get_args(Level) if one == level),
        of,
        tuple(one for one in KINDS if one in kinds),  # type: ignore[operator]  # looked at above
    )
    variant_task("", "", variant)
    return variant


def variant_task(task: str, trainee: str, variant: Variant) -> Task:
    """The trainee's own task: the same on every machine and in every language.

    It changes when the tables it is worked out by do. Raises :class:`ContentError` when
    no task is like ``variant``.
    """
    return _drawn(seed_of(task, trainee), variant, content.edition())


def seed_of(task: str, trainee: str) -> str:
    """The seed of a trainee's own task; it does not tell the trainee's name."""
    return hashlib.sha256(f"{task}\0{trainee}".encode("utf-8", "replace")).hexdigest()[:16]


def variant_text(task: Task, lang: Language) -> str:
    """The question in words, as Markdown: what an invented patient gets, and what is asked."""
    opening, *rest = (render(line, lang) for line in task.prompt)
    given = [f"- {line}" for line in rest[: len(task.given)]]
    return "\n".join([opening, "", *given, "", " ".join(rest[len(task.given) :])])


def own_name(folder: Path | None = None) -> str:
    """Who the trainee is, in their own session: what the folder of their hand-in will be called.

    The environment says so first, then the file in ``folder`` (where the notebook is), then
    nbgrader's own rule: the login name, and on a hub where all are “jovyan” the hub's name.
    Raises :class:`PallkitError` when the file is there and says nothing that can be used.
    """
    told = os.environ.get(TRAINEE_VARIABLE, "").strip()
    if _NAME.fullmatch(told):
        return told
    path = (folder or Path()) / TRAINEE_FILE
    if path.exists():
        return _name_in(path)
    return _login_name()


def _login_name() -> str:
    if sys.platform != "win32":
        import pwd  # noqa: PLC0415  # not on Windows

        try:
            name = pwd.getpwuid(os.getuid())[0]
        except KeyError:  # a container's user without a name
            name = "jovyan"
    else:
        name = getpass.getuser()
    return os.environ.get("JUPYTERHUB_USER", name) if name == "jovyan" else name


def _name_in(path: Path) -> str:
    try:
        with path.open("rb") as file:
            told = json.loads(file.read(_LARGEST))["trainee"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        told = None
    if not isinstance(told, str) or not _NAME.fullmatch(told.strip()):
        raise PallkitError(
            _(
                "“{file}” does not say who you are. Take it from your course once more.",
                file=path.name,
            )
        )
    return told.strip()


@lru_cache(maxsize=1024)
def _drawn(seed: str, variant: Variant, _edition: object) -> Task:
    kinds = _kinds(variant)
    for number in range(_TRIES if kinds else 0):
        task = make_task(f"{seed} {number}" if number else seed, variant.level, kinds)
        if variant.set in {None, task.question.table.id}:
            return task
    raise ContentError(
        _(
            "There is no task at the level {level} by the ratio set “{set}” of these kinds. Name "
            "others, or none.",
            level=variant.level,
            set=variant.set or "–",
        )
    )


def _kinds(variant: Variant) -> list[Kind]:
    """The kinds wanted that have a recipe at the level and by the set."""
    have = {
        recipe.kind
        for recipe in RECIPES[variant.level]
        if variant.set in {None, recipe.table}
        and (recipe.kind in variant.kinds or not variant.kinds)
    }
    return [one for one in KINDS if one in have]
