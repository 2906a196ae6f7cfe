"""The drugs PallKit knows, from ``casebank/drugs.yaml``."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pallkit import content
from pallkit.doses.structuring import structure
from pallkit.errors import DoseError
from pallkit.i18n import Words, _


@dataclass(frozen=True, slots=True)
class NominalPatch:
    """A patch whose printed strength is not its rate: 12 µg/h on the box means 12.5."""

    printed: Decimal
    rate: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class FixedStart:
    """A patch whose start strength (µg/h) is fixed by its product text, whatever the ratio."""

    rate: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Brand:
    """A trade name that is sold in Norway, and the source that names it."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug by its id, its names and the ATC codes that a named source shows for it.

    ``lock`` is set for a drug that only specialists should switch to and that the engine
    therefore refuses. ``patches`` are printed strengths that mean something else.
    """

    id: str
    name: Words
    also: tuple[str, ...] = ()
    atc: tuple[str, ...] = ()
    lock: str | None = None
    patches: tuple[NominalPatch, ...] = ()
    patch_start: FixedStart | None = None
    brands: tuple[Brand, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it may be read by, without ATC codes."""
        brands = (brand.name for brand in self.brands)
        return tuple(dict.fromkeys((self.name.nb, self.name.nn, self.name.en, *self.also, *brands)))


def drugs() -> dict[str, Drug]:
    """Every drug by id."""
    return _table().by_id


def drug(identity: str) -> Drug:
    """The drug with this id, such as "morphine"; KeyError when content names another."""
    return _table().by_id[identity]


def named(word: str) -> str | None:
    """The id of the drug with this name or ATC code, in any language and letter case."""
    return _table().by_name.get(word.casefold())


def unknown(word: str) -> DoseError:
    """Say that no drug has this name, and which names are near it."""
    near = difflib.get_close_matches(word.casefold(), _table().spoken, n=3, cutoff=0.6)
    if near:
        return DoseError(
            _(
                "“{word}” is not a drug PallKit knows. Did you mean {near}?",
                word=word,
                near=", ".join(near),
            )
        )
    return DoseError(
        _("“{word}” is not a drug PallKit knows. Write the drug's generic name.", word=word)
    )


@dataclass(frozen=True, slots=True)
class _Table:
    by_id: dict[str, Drug]
    by_name: dict[str, str]
    spoken: tuple[str, ...]


def _table() -> _Table:
    return _tabulate(content.edition())


@lru_cache(maxsize=2)
def _tabulate(_edition: str) -> _Table:
    known = structure(content.table("drugs"), tuple[Drug, ...], where="drugs.yaml")
    spoken = {name.casefold(): one.id for one in known for name in one.names}
    codes = {code.casefold(): one.id for one in known for code in one.atc}
    return _Table({one.id: one for one in known}, {**codes, **spoken}, tuple(spoken))
