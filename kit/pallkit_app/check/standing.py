"""How a ratio set stands: what it points to is there, is in use, and is not itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from pallkit.i18n import _
from pallkit_app.check.bank import Bank, Spot
from pallkit_app.check.findings import Finding, rule
from pallkit_app.check.readers import stem
from pallkit_app.compile.strict_yaml import Document


@rule("replaced-set", _("A ratio set is replaced by another one, and never in a circle."))
def wrongly_replaced_sets(bank: Bank) -> Iterator[Finding]:
    """Whoever follows the notices comes to a set that is in force."""
    sets = sets_of(bank)
    for name, document in bank.ratio_sets:
        newer = _value(document).get("superseded_by")
        if newer is None:
            continue
        spot = Spot(name, document.line(("superseded_by",)))
        if not isinstance(newer, str) or newer == stem(name) or newer not in sets:
            yield Finding(
                spot,
                _("“{id}” is not another ratio set of the bank.", id=str(newer)),
                _("Write the id of one that is, or null."),
            )
        elif stem(name) in _after(newer, sets):
            yield Finding(
                spot,
                _("“{id}” is replaced by this set in turn.", id=newer),
                _("Remove “superseded_by” in the one that is in force."),
            )


@rule("withdrawn-set", _("A withdrawn ratio set points to another one that is in use."))
def wrongly_withdrawn_sets(bank: Bank) -> Iterator[Finding]:
    """Whoever comes to the old address is sent on, and not to a closed door."""
    sets = sets_of(bank)
    for name, document in bank.ratio_sets:
        instead = withdrawal(_value(document)).get("instead")
        if instead is None:
            continue
        spot = Spot(name, document.line(("withdrawn", "instead")))
        if instead == stem(name) or instead not in sets:
            yield Finding(
                spot,
                _("“{id}” is not another ratio set of the bank.", id=str(instead)),
                _("Write the id of one that is, or null."),
            )
        elif withdrawal(sets[instead]):
            yield Finding(
                spot,
                _("“{id}” is withdrawn, too.", id=str(instead)),
                _("Write the id of one that is in use, or null."),
            )


@rule("review-by", _("What should be looked over by a day has been, when the day comes."))
def overdue_content(bank: Bank) -> Iterator[Finding]:
    """Its pages say so to every reader from the day after."""
    today = datetime.now(tz=UTC).astimezone().date().isoformat()
    spots = [(Spot(name, one.line(("review_by",))), one) for name, one in bank.ratio_sets]
    spots += [
        (files.spot("case", ("review_by",)), files.documents["case"])
        for files in bank.cases
        if "case" in files.documents
    ]
    for spot, document in spots:
        day = _value(document).get("review_by")
        if isinstance(day, str) and day < today:
            yield Finding(
                spot,
                _("It should have been looked over by {day}.", day=day),
                _("Compare it with its sources, and write the next day."),
                warning=True,
            )


def sets_of(bank: Bank) -> dict[str, Mapping[str, Any]]:
    """Every readable ratio set as it stands, by the id that its file's name is."""
    return {stem(name): _value(document) for name, document in bank.ratio_sets}


def withdrawal(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a case or a set says of its withdrawal; empty where it is in use."""
    value = content.get("withdrawn")
    return value if isinstance(value, dict) else {}


def _after(set_id: str, sets: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The sets that have replaced a set, one after another, each once."""
    found: list[str] = []
    newer: object = set_id
    while isinstance(newer, str) and newer in sets and newer not in found:
        found.append(newer)
        newer = sets[newer].get("superseded_by")
    return found


def _value(document: Document) -> Mapping[str, Any]:
    return document.value if isinstance(document.value, dict) else {}
