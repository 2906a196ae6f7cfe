"""What must hold in content, as rules: ``pallkit check`` runs them all.

A rule is a generator over a :class:`~pallkit_app.check.bank.Bank`; its docstring says why,
its ``holds`` what. A case that breaks its format is looked at by no other rule, so that one
slip is one finding.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.check import (  # noqa: F401  # importing a module registers its rules
    ampoules,
    catalogues,
    choices,
    conditions,
    consequences,
    courses,
    doses,
    files,
    giveaways,
    graph,
    module_cells,
    modules,
    notebooks,
    paying,
    prose,
    published,
    ratio_bands,
    readability,
    real_names,
    shapes,
    size,
    sources,
    standing,
    tables,
    translations,
    withdrawn,
    wording,
)
from pallkit_app.check.bank import opened
from pallkit_app.check.findings import RULES, Finding, Rule
from pallkit_app.check.own_course import is_own_course, own_course_findings
from pallkit_app.check.published import find_base

_NOT_OF_CASES = {one.__name__ for one in (catalogues, courses, modules, module_cells, notebooks)}
"""Rules that say nothing about a case, and need not run for the author of one."""

__all__ = ["RULES", "Finding", "Rule", "check", "find_root"]


def check(path: Path, *, without: Collection[str] = (), base: str | None = None) -> list[Finding]:
    """Return every finding below ``path``: a content root, or any file or folder inside one.

    A course in a folder of its own is looked at by itself (:mod:`.own_course`).
    ``base`` is a branch or commit of git to compare signed cases with.

    Raises :class:`ContentError` when there is no case bank there, or no rule of such a name.
    """
    unknown = sorted(set(without) - RULES.keys())
    if unknown:
        raise ContentError(
            _(
                "There is no rule “{name}”. “pallkit check --list” shows them.",
                name=", ".join(unknown),
            )
        )
    if is_own_course(path):
        return [one for one in own_course_findings(path) if one.rule not in without]
    root = find_root(path)
    below = path.resolve().relative_to(root).as_posix()
    commit = find_base(root, base) if base else None
    only = _one_case(below)
    with opened(root, base=commit, only=only) as bank:
        found = [
            finding
            for rule in RULES.values()
            if rule.id not in without and not (only and rule.run.__module__ in _NOT_OF_CASES)
            for finding in rule.findings(bank)
        ]
    found = [one for one in found if below == "." or _is_below(one.spot.file, below)]
    return sorted(found, key=lambda one: (one.spot.file, one.spot.line or 0))


def find_root(path: Path) -> Path:
    """Return the folder with ``casebank`` that ``path`` is, or lies in."""
    here = path.resolve()
    if here.exists():
        for folder in (here, *here.parents):
            if (folder / "casebank").is_dir():
                return folder
    raise ContentError(
        _(
            "There is no case bank in “{path}”. Give the folder that holds “casebank”.",
            path=str(path),
        )
    )


def _one_case(below: str) -> str | None:
    """The case that everything below a folder or file belongs to, if it is one."""
    found = re.match(r"casebank/cases/([^/]+)(/|$)", below)
    return found[1] if found else None


def _is_below(file: str, folder: str) -> bool:
    return file == folder or file.startswith(f"{folder}/")
