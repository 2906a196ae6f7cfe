"""Which drug and which route the words of a dose name."""

from __future__ import annotations

import difflib

from pallkit.doses.drugs import named, unknown
from pallkit.doses.model import Preparation
from pallkit.doses.routes import NEURAXIAL_WORDS, ROUTE_WORDS, Route
from pallkit.errors import DoseError
from pallkit.i18n import Message, _

# The form a drug comes in changes how often it is taken, not what 24 hours of it amount to.
_FORMS = frozenset(
    {
        "depot",
        "depottablett",
        "depottabletter",
        "depottablettar",
        "tablett",
        "tabletter",
        "tablettar",
        "tablet",
        "tablets",
        "depotkapsel",
        "depotkapsler",
        "depotkapslar",
        "kapsel",
        "kapsler",
        "kapslar",
        "capsule",
        "capsules",
        "mikstur",
        "mixture",
        "dråper",
        "dropar",
        "drops",
        "løsning",
        "løysing",
        "solution",
    }
)


def name_preparation(words: tuple[str, ...], text: str) -> Preparation:
    """Find the one drug and the one route; refuse any word that is neither.

    Raises :class:`DoseError`: for no drug or several, no route or several, a route that no
    ratio covers, or an unknown word (with the nearest known ones, never chosen for you).
    """
    routes, rest = _take_routes(words)
    drugs = [word for word in rest if named(word)]
    strangers = [word for word in rest if not named(word) and word not in _FORMS]
    _refuse_neuraxial(strangers)
    if strangers:
        raise unknown(strangers[0]) if not drugs else _stranger(strangers[0])
    if len({named(word) for word in drugs}) != 1:
        raise DoseError(_wrong_drugs(drugs, text))
    if len(set(routes)) != 1:
        raise DoseError(_wrong_routes(routes, drugs[0]))
    identity = named(drugs[0])
    assert identity is not None  # noqa: S101  # it was found above
    return Preparation(identity, routes[0])


def _take_routes(words: tuple[str, ...]) -> tuple[list[Route], list[str]]:
    routes: list[Route] = []
    rest: list[str] = []
    left = list(words)
    while left:
        pair = " ".join(left[:2])
        if pair in ROUTE_WORDS and len(left) > 1:
            routes.append(ROUTE_WORDS[pair])
            del left[:2]
        elif left[0] in ROUTE_WORDS:
            routes.append(ROUTE_WORDS[left.pop(0)])
        else:
            rest.append(left.pop(0))
    return routes, rest


def _refuse_neuraxial(words: list[str]) -> None:
    found = next((word for word in words if word in NEURAXIAL_WORDS), None)
    if found is not None:
        raise DoseError(
            _(
                "“{word}” doses are not converted: the drug acts near the spinal cord in far "
                "smaller amounts, and no ratio set here covers it.",
                word=found,
            )
        )


def _stranger(word: str) -> DoseError:
    near = difflib.get_close_matches(word, ROUTE_WORDS, n=2, cutoff=0.7)
    if near:
        return DoseError(
            _(
                "“{word}” could not be read. Did you mean {near}?",
                word=word,
                near=", ".join(near),
            )
        )
    return DoseError(
        _(
            "“{word}” could not be read. Write the drug, the route, the amount and how often, "
            "for example morphine po 30 mg x 2.",
            word=word,
        )
    )


def _wrong_drugs(drugs: list[str], text: str) -> Message:
    if drugs:
        return _("“{text}” names more than one drug. Write one dose at a time.", text=text.strip())
    return _("The drug is missing in “{text}”. Write for example morphine po.", text=text.strip())


def _wrong_routes(routes: list[Route], drug: str) -> Message:
    if routes:
        return _(
            "Two routes are named for {drug}: {first} and {second}. Write one.",
            drug=drug,
            first=routes[0].message,
            second=next(route for route in routes if route is not routes[0]).message,
        )
    return _(
        "How is {drug} given? Add the route: po, sc, iv, im, sl, patch, buccal, nasal or rectal.",
        drug=drug,
    )
