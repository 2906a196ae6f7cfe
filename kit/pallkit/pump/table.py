"""What sources say about pumps, from ``casebank/pump.yaml``: every row with its source."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import lru_cache

from pallkit import content
from pallkit.doses import Drug, drugs
from pallkit.doses.structuring import structure
from pallkit.errors import ConversionError, DoseError
from pallkit.i18n import Words, _
from pallkit.pump.rows import (
    AsNeeded,
    Caution,
    DayRange,
    Diluent,
    Diluting,
    HourLimit,
    Lockout,
    Mixing,
    NurseGiven,
    Product,
    PumpDrug,
    Site,
)


@dataclass(frozen=True, slots=True)
class PumpTable:
    """All of ``casebank/pump.yaml``."""

    drugs: tuple[PumpDrug, ...]
    mixing: tuple[Mixing, ...]
    diluents: tuple[Diluent, ...]
    diluting: tuple[Diluting, ...]
    cautions: tuple[Caution, ...]
    lockout: Lockout
    hour_limit: HourLimit
    nurse_given: NurseGiven
    site: Site
    products: tuple[Product, ...]
    ranges: tuple[DayRange, ...]
    as_needed: tuple[AsNeeded, ...]

    def __post_init__(self) -> None:
        known = {one.id for one in self.drugs} | set(drugs())
        named = {drug for row in self.mixing for drug in row.drugs}
        for rows in (
            self.diluting,
            self.cautions,
            self.products,
            self.ranges,
            self.as_needed,
        ):
            named |= {row.drug for row in rows}
        if named - known:
            message = f"unknown drugs: {', '.join(sorted(named - known))}"
            raise ValueError(message)
        unknown = {row.diluent for row in self.diluting} - {one.id for one in self.diluents}
        if unknown:
            message = f"unknown diluents: {', '.join(sorted(unknown))}"
            raise ValueError(message)


def pump_table() -> PumpTable:
    """The table as the case bank has it now."""
    return _load(content.edition())


def drug_name(identity: str) -> Words:
    """The name of an opioid or of a drug that is mixed with one; KeyError for any other."""
    return _names()[identity]


def known_drugs() -> dict[str, Words]:
    """Every drug that can go into a mixture, by id: the opioids first."""
    return dict(_names())


def read_drug(text: str) -> str:
    """The id of the drug named in ``text``, in any language. Raises :class:`DoseError`."""
    spoken = _spoken()
    word = text.strip().casefold()
    if word in spoken:
        return spoken[word]
    near = difflib.get_close_matches(word, spoken, n=3, cutoff=0.6)
    if near:
        raise DoseError(
            _(
                "“{word}” is not a drug PallKit knows. Did you mean {near}?",
                word=text.strip(),
                near=", ".join(near),
            )
        )
    raise DoseError(
        _(
            "“{word}” is not a drug PallKit knows. Write the drug's generic name.",
            word=text.strip(),
        )
    )


def diluent(identity: str) -> Diluent:
    """The diluent with this id. Raises :class:`ConversionError` when there is none."""
    known = {one.id: one for one in pump_table().diluents}
    if identity not in known:
        raise ConversionError(
            _(
                "“{name}” is not a diluent PallKit knows. Choose one of: {known}.",
                name=identity,
                known=", ".join(known),
            )
        )
    return known[identity]


def product(identity: str) -> Product:
    """The product with this id. Raises :class:`ConversionError` when there is none."""
    known = {one.id: one for one in pump_table().products}
    if identity not in known:
        raise ConversionError(
            _(
                "“{name}” is not a product PallKit knows. Choose one of: {known}.",
                name=identity,
                known=", ".join(known),
            )
        )
    return known[identity]


def products_of(drug: str) -> tuple[Product, ...]:
    """The products of a drug whose strengths were seen in a source; none is a fair answer."""
    return tuple(one for one in pump_table().products if one.drug == drug)


def printed(drug: str) -> tuple[DayRange | AsNeeded, ...]:
    """What sources print of a drug for adults, for 24 hours and as needed; () for none seen."""
    table = pump_table()
    return tuple(
        row for rows in (table.ranges, table.as_needed) for row in rows if row.drug == drug
    )


def _names() -> dict[str, Words]:
    opioids = {one.id: one.name for one in drugs().values()}
    return opioids | {one.id: one.name for one in pump_table().drugs}


def _spoken() -> dict[str, str]:
    every: list[Drug | PumpDrug] = [*drugs().values(), *pump_table().drugs]
    return {
        word.casefold(): one.id
        for one in every
        for word in (one.name.nb, one.name.nn, one.name.en, *one.also)
    }


@lru_cache(maxsize=2)
def _load(_edition: str) -> PumpTable:
    return structure(content.table("pump"), PumpTable, where="pump.yaml")
