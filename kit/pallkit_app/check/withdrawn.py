"""What is withdrawn is not used by what is in use, and sends the reader on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pallkit.cases.steps import ConvertTask, DoseStep
from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit_app.check.bank import Bank, CaseFiles, Spot
from pallkit_app.check.findings import Finding, rule
from pallkit_app.check.standing import sets_of, withdrawal
from pallkit_app.compile.strict_yaml import Document
from pallkit_app.withdrawal.uses import What, uses_below


@rule("withdrawn-instead", _("A withdrawn case points to another case that is in use."))
def withdrawn_cases(bank: Bank) -> Iterator[Finding]:
    """Whoever comes to the old address is sent on."""
    known = {path.name for path in (bank.root / "casebank/cases").iterdir()}
    for files, case in bank.sound_cases:
        instead = case.withdrawn.instead if case.withdrawn else None
        if instead is None:
            continue
        spot = files.spot("case", ("withdrawn", "instead"))
        if instead == case.id or instead not in known:
            yield Finding(
                spot,
                _("“{id}” is not another case of the bank.", id=instead),
                _("Write the id of one that is, or null."),
            )
        elif withdrawal(_case(bank, instead)):
            yield Finding(
                spot,
                _("“{id}” is withdrawn, too.", id=str(instead)),
                _("Write the id of one that is in use, or null."),
            )


@rule("set-in-force", _("A case that is in use counts by ratio sets that are in use."))
def cases_by_withdrawn_sets(bank: Bank) -> Iterator[Finding]:
    """A learner is not marked by figures that were taken back; one replaced is a warning."""
    sets = sets_of(bank)
    for files, case in bank.sound_cases:
        if case.withdrawn is not None:
            continue
        for number, step in enumerate(case.steps):
            if isinstance(step, DoseStep) and isinstance(step.task, ConvertTask):
                named = sets.get(str(step.task.set), {})
                yield from _not_in_force(files, number, str(step.task.set), named)


@rule("withdrawn-use", _("No assignment and no module uses what is withdrawn."))
def uses_of_withdrawn(bank: Bank) -> Iterator[Finding]:
    """Each of them meets the learner with a notice that it should not be used.

    A key that two languages share is told of once.
    """
    yield from dict.fromkeys(_uses_of_withdrawn(bank))


def _uses_of_withdrawn(bank: Bank) -> Iterator[Finding]:
    for what, id_, content in _withdrawn(bank):
        problem = _SAID[what](id_)
        remedy = _remedy(withdrawal(content).get("instead"))
        try:
            found = uses_below(what, id_, bank.root, _reader(bank))
        except ContentError:
            continue  # a broken course is told of by its own rule
        for use in found:
            if use.noted.kind != "case" and not use.by_way_of:
                for place in use.places:
                    yield Finding(_spot(place), problem, remedy, warning=True)


def _not_in_force(
    files: CaseFiles, number: int, name: str, content: Mapping[str, Any]
) -> Iterator[Finding]:
    spot = files.spot("case", ("steps", number, "task", "set"))
    if withdrawal(content):
        instead = withdrawal(content).get("instead")
        yield Finding(spot, _("The ratio set “{id}” is withdrawn.", id=name), _remedy(instead))
    elif content.get("superseded_by") is not None:
        newer = str(content["superseded_by"])
        yield Finding(
            spot,
            _("The ratio set “{id}” has been replaced by “{newer}”.", id=name, newer=newer),
            _("Compute the doses by “{newer}”, and read the texts again.", newer=newer),
            warning=True,
        )


def _remedy(instead: object) -> Message:
    if instead is None:
        return _("Choose another one, and read the texts again.")
    return _("Use “{id}”, and read the texts again.", id=str(instead))


def _withdrawn(bank: Bank) -> Iterator[tuple[What, str, Mapping[str, Any]]]:
    for set_id, content in sets_of(bank).items():
        if withdrawal(content):
            yield "set", set_id, content
    for path in sorted((bank.root / "casebank/cases").glob("*/case.yaml")):
        content = _case(bank, path.parent.name)
        if withdrawal(content):
            yield "case", path.parent.name, content


def _case(bank: Bank, case_id: str) -> Mapping[str, Any]:
    document = bank.documents.get(f"casebank/cases/{case_id}/case.yaml")
    return document.value if document and isinstance(document.value, dict) else {}


def _reader(bank: Bank) -> Any:
    def read(path: Path) -> Document:
        return bank.documents.get(bank.name(path), Document(None, {}))

    return read


def _spot(place: str) -> Spot:
    """A place with a line («key/x.yaml:14»), or with a cell («x.ipynb#4»)."""
    file, colon, line = place.rpartition(":")
    return Spot(file, int(line)) if colon else Spot(place)


_SAID = {
    "set": lambda id_: _("The ratio set “{id}” is withdrawn.", id=id_),
    "case": lambda id_: _("The case “{id}” is withdrawn.", id=id_),
}
