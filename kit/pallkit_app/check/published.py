"""What has been signed and handed out keeps its answers until it gets a new version.

Compared with another state of the repository (``pallkit check --base main``): the answer logs
of learners name ids, and a signature is for a version.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pallkit.cases.model import Case, structure
from pallkit.doses.structuring import structure as structure_value
from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit.opioids import RatioSet
from pallkit_app.check.bank import Bank, Spot
from pallkit_app.check.findings import Finding, rule
from pallkit_app.compile.strict_yaml import parse


@rule("published-answer", _("A signed case is the same as in the base, or has a new version."))
def changed_in_place(bank: Bank) -> Iterator[Finding]:
    """A learner's answer must mean tomorrow what it meant when it was given."""
    if bank.base is None:
        return
    for files, case in bank.sound_cases:
        before = _before(bank.root, bank.base, f"{files.folder}/case.yaml")
        if before is None or before.draft or before.version != case.version:
            continue
        if _rules(before) != _rules(case):
            yield Finding(
                files.spot("case", ("version",)),
                _(
                    "Version {version} is signed, and is not as it was in {base}: {what}.",
                    version=case.version,
                    base=bank.base[:10],
                    what=_what(before, case),
                ),
                _("Give the case the next version, and have it signed anew."),
            )


@rule("published-set", _("A signed ratio set is as in the base, or has a new version."))
def sets_changed_in_place(bank: Bank) -> Iterator[Finding]:
    """Whoever has signed has signed these very figures."""
    if bank.base is None:
        return
    for name, document in bank.ratio_sets:
        before, after = _set_before(bank, bank.base, name), _as_set(document.value, name)
        if before is None or after is None or before.draft or before.version != after.version:
            continue
        if _figures(before) != _figures(after):
            yield Finding(
                Spot(name, document.line(("version",))),
                _(
                    "Version {version} is signed, and is not as it was in {base}.",
                    version=after.version,
                    base=bank.base[:10],
                ),
                _("Give the set the next version, and have it signed anew."),
            )


def find_base(root: Path, base: str) -> str:
    """The commit that ``base`` names.

    Raises :class:`ContentError` where git knows no such name, or there is no git.
    """
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    if found is None:
        raise ContentError(
            _(
                "git knows no “{base}” here. Name a branch or a commit of this repository.",
                base=base,
            )
        )
    return found.strip()


def _before(root: Path, base: str, name: str) -> Case | None:
    text = _git(root, "show", f"{base}:./{name}")
    if text is None:
        return None
    try:
        return structure(parse(text, name).value)
    except ContentError:
        return None  # it was broken then; nobody can have signed it


def _set_before(bank: Bank, base: str, name: str) -> RatioSet | None:
    text = _git(bank.root, "show", f"{base}:./{name}")
    try:
        return None if text is None else _as_set(parse(text, name).value, name)
    except ContentError:
        return None


def _as_set(raw: object, name: str) -> RatioSet | None:
    try:
        return structure_value(raw, RatioSet, where=name)
    except ContentError:
        return None  # another rule's finding


def _figures(table: RatioSet) -> RatioSet:
    return replace(table, reviewed=None, review_by=None, withdrawn=None, superseded_by=None)


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603  # fixed words, and a name given after its option
            ["git", "-C", str(root), *arguments],  # noqa: S607  # the author's own git
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None


def _rules(case: Case) -> Case:
    """The case without what may change under a signature: the signature, dates, withdrawal."""
    return replace(case, reviewed=None, review_by=None, withdrawn=None)


def _what(before: Case, after: Case) -> str:
    if before.by_id.keys() != after.by_id.keys():
        return ", ".join(sorted(before.by_id.keys() ^ after.by_id.keys()))
    changed = [id_ for id_, step in before.by_id.items() if after.by_id[id_] != step]
    return ", ".join(changed) or "start"
