"""Files: readable, complete, and in the format."""

from __future__ import annotations

from collections.abc import Iterator

from pallkit.i18n import _
from pallkit_app.check.bank import Bank, Spot
from pallkit_app.check.findings import Finding, rule

_WRITTEN = ("case", "nb", "nn")


@rule("strict-yaml", _("Every YAML file can be read, and each value is what it looks like."))
def unreadable_files(bank: Bank) -> Iterator[Finding]:
    """Duplicate keys, anchors, tags, tabs and broken quotes, each with its line."""
    for name, error in bank.broken.items():
        yield Finding(Spot(name, error.line), error.problem)


@rule("case-files", _("A case folder has case.yaml, nb.yaml and nn.yaml."))
def missing_files(bank: Bank) -> Iterator[Finding]:
    """A file that is missing or misnamed would be passed over in silence."""
    for files in bank.cases:
        for stem in _WRITTEN:
            name = f"{files.folder}/{stem}.yaml"
            if not (bank.root / name).is_file():
                yield Finding(
                    Spot(name),
                    _("The file is missing."),
                    _("Write it; an existing case shows the form."),
                )
    for path in sorted((bank.root / "casebank").rglob("*.yml")):
        yield Finding(
            Spot(bank.name(path)),
            _("Files that end in .yml are not read."),
            _("Rename it to end in .yaml."),
        )


@rule("case-schema", _("case.yaml keeps to the case format."))
def schema_faults(bank: Bank) -> Iterator[Finding]:
    """Unknown keys, values of the wrong kind, ids of the wrong form, missing keys."""
    for files in bank.cases:
        for fault in files.read[1]:
            if fault.path != ("invented",):
                yield Finding(
                    files.spot("case", fault.path),
                    _("{where}: {why}", where=fault.where or "case.yaml", why=fault.message),
                )


@rule("case-id", _("A case's id is the name of its folder."))
def misnamed_cases(bank: Bank) -> Iterator[Finding]:
    """Links and logs name a case by its id."""
    for files, case in bank.sound_cases:
        if case.id != files.id:
            yield Finding(
                files.spot("case", ("id",)),
                _("The id is “{id}”, but the folder is “{folder}”.", id=case.id, folder=files.id),
                _("Let them be the same."),
            )


@rule("invented", _("Every case says that its patient is invented."))
def patients_not_invented(bank: Bank) -> Iterator[Finding]:
    """PallKit holds no real patients; an author confirms it in each case."""
    for files in bank.cases:
        if any(fault.path == ("invented",) for fault in files.read[1]):
            yield Finding(
                files.spot("case", ("invented",)),
                _("The case does not say “invented: true”."),
                _("Only invented patients belong here. Say so, or remove the case."),
            )
