"""What sources say about pumps, from ``casebank/pump.yaml``: every row with its source."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pallkit import content
from pallkit.doses import Drug, drugs
from pallkit.doses.structuring import structure
from pallkit.errors import ConversionError, DoseError
from pallkit.i18n import Words, _

Seen = Literal["compatible", "incompatible"]


@dataclass(frozen=True, slots=True)
class PumpDrug:
    """A drug that is mixed with opioids in a pump, by its names."""

    id: str
    name: Words
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mixing:
    """What a source says of drugs in one syringe; ``says`` is its statement in our words."""

    drugs: tuple[str, ...]
    verdict: Seen
    source: str
    says: Words

    def __post_init__(self) -> None:
        if len(set(self.drugs)) < 2:
            message = "a mixture has two drugs or more"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Diluent:
    """What a reservoir can be filled up with."""

    id: str
    name: Words


@dataclass(frozen=True, slots=True)
class Diluting:
    """What a source says of one drug in one diluent."""

    drug: str
    diluent: str
    verdict: Seen
    source: str
    says: Words


@dataclass(frozen=True, slots=True)
class Caution:
    """What a source says of a drug whenever it is mixed with another."""

    drug: str
    source: str
    says: Words


@dataclass(frozen=True, slots=True)
class Lockout:
    """Minutes between boluses under the skin: never below ``at_least``, best ``low``-``high``."""

    at_least: Decimal
    low: Decimal
    high: Decimal
    source: str

    def __post_init__(self) -> None:
        _rising(self.at_least, self.low, self.high)


@dataclass(frozen=True, slots=True)
class HourLimit:
    """How many times the hourly need an hour limit often is, by one source."""

    low: Decimal
    high: Decimal
    source: str

    def __post_init__(self) -> None:
        _rising(self.low, self.high)


@dataclass(frozen=True, slots=True)
class NurseGiven:
    """The rescue dose a nurse gives: 24 hours over ``divide_by``, at most ``every`` minutes."""

    divide_by: Decimal
    every: Decimal
    source: str

    def __post_init__(self) -> None:
        _rising(self.divide_by)
        _rising(self.every)


@dataclass(frozen=True, slots=True)
class Most:
    """An upper figure and who gives it."""

    most: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Site:
    """What one place under the skin takes: ``rate`` in mL/h, ``dose`` in mL at once."""

    rate: Most
    dose: Most


@dataclass(frozen=True, slots=True)
class Keeps:
    """How long a product keeps in a reservoir, in hours, undiluted or diluted."""

    hours: Decimal
    diluted: bool
    says: Words


@dataclass(frozen=True, slots=True)
class Product:
    """A product with the strengths (mg/mL) that were seen, and how long it keeps, if known."""

    id: str
    drug: str
    name: Words
    strengths: tuple[Decimal, ...]
    source: str
    keeps: tuple[Keeps, ...] = ()
    hygiene: Words | None = None

    def __post_init__(self) -> None:
        _rising(*self.strengths)


@dataclass(frozen=True, slots=True)
class DayRange:
    """mg in 24 hours that a source prints for adults; None where it prints nothing."""

    drug: str
    source: str
    low: Decimal | None = None
    high: Decimal | None = None
    most: Decimal | None = None
    use: Words | None = None

    def __post_init__(self) -> None:
        _rising(*(value for value in (self.low, self.high, self.most) if value is not None))


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

    def __post_init__(self) -> None:
        known = {one.id for one in self.drugs} | set(drugs())
        named = {drug for row in self.mixing for drug in row.drugs}
        for rows in (self.diluting, self.cautions, self.products, self.ranges):
            named |= {row.drug for row in rows}
        if named - known:
            message = f"unknown drugs: {', '.join(sorted(named - known))}"
            raise ValueError(message)
        unknown = {row.diluent for row in self.diluting} - {one.id for one in self.diluents}
        if unknown:
            message = f"unknown diluents: {', '.join(sorted(unknown))}"
            raise ValueError(message)


def _rising(*figures: Decimal) -> None:
    if list(figures) != sorted(figures) or (figures and figures[0] <= 0):
        message = f"{' ≤ '.join(map(str, figures))} does not hold, or is not above 0"
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
