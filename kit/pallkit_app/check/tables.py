"""Ratio sets, drugs and reductions: in their format, with figures that agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from cattrs import transform_error
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit_app.check.bank import Bank, Spot
from pallkit_app.check.findings import Finding, rule
from pallkit_app.check.readers import stem
from pallkit_app.compile.strict_yaml import Document, Place

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_AT = re.compile(r" @ \$((?:\.\w+|\[[^\]]*\])*)$")


@rule("table-schema", _("Ratio sets, drugs and reductions keep to their formats."))
def table_faults(bank: Bank) -> Iterator[Finding]:
    """Unknown and missing keys, figures that are not figures, a ratio of 0."""
    for name, error in bank.broken_tables.items():
        yield from _format_faults(name, bank.documents[name], error)


@rule("ratio-set-id", _("A ratio set's id is the name of its file."))
def misnamed_ratio_sets(bank: Bank) -> Iterator[Finding]:
    """Cases and commands name a ratio set by its id."""
    for name, document in bank.ratio_sets:
        value = document.value
        if isinstance(value, dict) and value.get("id", stem(name)) != stem(name):
            yield Finding(
                Spot(name, document.line(("id",))),
                _(
                    "The id is “{id}”, but the file is “{file}”.",
                    id=str(value["id"]),
                    file=stem(name),
                ),
                _("Let them be the same."),
            )


@rule("unknown-drug", _("Every drug of a ratio set stands in casebank/drugs.yaml."))
def unknown_drugs(bank: Bank) -> Iterator[Finding]:
    """A drug without a name cannot be written by anybody."""
    known = bank.ids("drugs")
    for name, document in bank.ratio_sets:
        for index, row in _rows(document):
            if isinstance(row.get("drug"), str) and row["drug"] not in known:
                yield Finding(
                    Spot(name, document.line(("rows", index, "drug"))),
                    _("“{drug}” is not a known drug.", drug=str(row["drug"])),
                    _("Check the spelling, or add the drug to casebank/drugs.yaml."),
                )


@rule("ratio-range", _("In every row low ≤ ratio ≤ high."))
def ratios_outside_their_range(bank: Bank) -> Iterator[Finding]:
    """A slip of the pen in one of the three figures."""
    for name, document in bank.ratio_sets:
        for index, row in _rows(document):
            if not _in_order(row):
                low, ratio, high = (str(row.get(key, "–")) for key in ("low", "ratio", "high"))
                yield Finding(
                    Spot(name, document.line(("rows", index))),
                    _("{low} ≤ {ratio} ≤ {high} does not hold.", low=low, ratio=ratio, high=high),
                    _("Compare the three figures with the source."),
                )


@rule("ratio-pair", _("A printed pair of doses agrees with the printed ratio."))
def pairs_that_disagree(bank: Bank) -> Iterator[Finding]:
    """Sources print rounded doses, so a disagreement is to be looked at, not a fault."""
    for name, document in bank.ratio_sets:
        for index, row in _rows(document):
            pair = row.get("printed")
            ratio = _figure(row.get("ratio"))
            if not isinstance(pair, dict) or ratio is None:
                continue
            dose, morphine = _figure(pair.get("dose")), _figure(pair.get("morphine"))
            if dose and morphine is not None and dose * ratio != morphine:
                yield Finding(
                    Spot(name, document.line(("rows", index))),
                    _(
                        "The pair {dose} = {morphine} and the ratio {ratio} disagree ({dose} × "
                        "{ratio} = {product}).",
                        dose=dose,
                        morphine=morphine,
                        ratio=ratio,
                        product=dose * ratio,
                    ),
                    _("Look in the source whether it prints a rounded dose."),
                    warning=True,
                )


def _format_faults(name: str, document: Document, error: ContentError) -> Iterator[Finding]:
    cause = error.__cause__
    if not isinstance(cause, BaseValidationError):
        yield Finding(Spot(name), error.message)
        return
    for detail in transform_error(cause, format_exception=_describe):
        place = _place(detail)
        if not _is_range_fault(document, place):
            yield Finding(
                Spot(name, document.line(place)),
                _("{where}: {why}", where=_written(place) or name, why=_why(detail)),
                _("Compare with the other entries in the file."),
            )


def _describe(error: BaseException, _kind: object) -> str:
    if isinstance(error, ForbiddenExtraKeysError):
        return f"extra {', '.join(sorted(error.extra_fields))}"
    if isinstance(error, KeyError):
        return f"missing {error.args[0]}"
    return f"value {error}"


def _why(detail: str) -> Message:
    kind, what = _AT.sub("", detail).split(" ", 1)
    if kind == "extra":
        return _("unknown key: {keys}.", keys=what)
    if kind == "missing":
        return _("the key “{key}” is missing.", key=what)
    return _("the value cannot be used ({reason}).", reason=what)


def _place(detail: str) -> Place:
    found = _AT.search(detail)
    parts = re.findall(r"\.(\w+)|\[([^\]]*)\]", found[1]) if found else []
    return tuple(
        name or (int(index) if index.isdigit() else index.strip("'\"")) for name, index in parts
    )


def _written(place: Place) -> str:
    return ".".join(str(part) for part in place)


def _is_range_fault(document: Document, place: Place) -> bool:
    """Whether the place is a row that :func:`ratios_outside_their_range` tells of."""
    return any(
        place[:2] == ("rows", index) and not _in_order(row) for index, row in _rows(document)
    )


def _rows(document: Document) -> Iterator[tuple[int, dict[str, object]]]:
    value = document.value
    rows = value.get("rows") if isinstance(value, dict) else None
    for index, row in enumerate(rows if isinstance(rows, list) else []):
        if isinstance(row, dict):
            yield index, row


def _in_order(row: dict[str, object]) -> bool:
    figures = [_figure(row.get(key)) for key in ("low", "ratio", "high")]
    known = [figure for figure in figures if figure is not None]
    return known == sorted(known)


def _figure(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return Decimal(str(value)) if _NUMBER.fullmatch(str(value)) else None
