"""What may be mixed: only what a source says, and «not known» is an answer of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pallkit.errors import ConversionError
from pallkit.i18n import Language, Message, Words, _, render
from pallkit.opioids import Step
from pallkit.opioids.results import NO_SOURCE, Json
from pallkit.pump.results import Note, step
from pallkit.pump.rows import Diluting, Mixing
from pallkit.pump.table import diluent, drug_name, pump_table


class Verdict(StrEnum):
    """Whether a source says that things mix. Silence is never «compatible»."""

    COMPATIBLE = "compatible"
    INCOMPATIBLE = "incompatible"
    NOT_KNOWN = "not_known"

    @property
    def message(self) -> Message:
        """«kan blandes», «kan ikke blandes», «ikke kjent»."""
        return _VERDICTS[self]


_VERDICTS = {
    Verdict.COMPATIBLE: _("may be mixed"),
    Verdict.INCOMPATIBLE: _("may not be mixed"),
    Verdict.NOT_KNOWN: _("not known"),
}


@dataclass(frozen=True, slots=True)
class Compatibility:
    """A verdict with the source's statement; ``source`` stands in where no source was seen."""

    verdict: Verdict
    says: Message | Words
    source: str = NO_SOURCE

    @property
    def step(self) -> Step:
        """The verdict as a step of a receipt."""
        text = _("Mixing: {verdict}. {says}", verdict=self.verdict.message, says=self.says)
        return step(text, None, self.source)

    def to_json(self, lang: Language) -> Json:
        """``{"verdict", "text", "says", "source"}``."""
        return {
            "verdict": str(self.verdict),
            "text": render(self.verdict.message, lang),
            "says": render(self.says, lang),
            "source": self.source,
        }


def compatibility(drugs: Iterable[str]) -> Compatibility:
    """What is known of ``drugs`` (ids) in one syringe.

    Incompatible where a source says so of some of them; compatible where one source says
    so of all of them; else not known: that A goes with B and with C says nothing of B with
    C, nor of all three. Raises :class:`ConversionError` for fewer than two drugs.
    """
    asked = frozenset(drugs)
    if len(asked) < 2:
        raise ConversionError(_("Mixing takes two drugs or more. Name at least two."))
    rows = pump_table().mixing
    for row in rows:
        if row.verdict == "incompatible" and asked.issuperset(row.drugs):
            return _said(row)
    for row in rows:
        if row.verdict == "compatible" and asked.issubset(row.drugs):
            return _said(row)
    says = _("No source was seen for {drugs} together.", drugs=listed(sorted(asked)))
    return Compatibility(Verdict.NOT_KNOWN, says)


def in_diluent(drug: str, diluent_id: str) -> Compatibility:
    """What is known of a drug in a diluent. Raises :class:`ConversionError` for an unknown one."""
    chosen = diluent(diluent_id)
    for row in pump_table().diluting:
        if (row.drug, row.diluent) == (drug, chosen.id):
            return _said(row)
    says = _(
        "No source was seen for {drug} in {diluent}.", drug=drug_name(drug), diluent=chosen.name
    )
    return Compatibility(Verdict.NOT_KNOWN, says)


def cautions(drugs: Iterable[str]) -> tuple[Note, ...]:
    """What sources say of a drug whenever it is mixed with another."""
    asked = set(drugs)
    return tuple(Note(row.says, row.source) for row in pump_table().cautions if row.drug in asked)


def listed(drugs: Iterable[str]) -> Message:
    """The drugs by name: «morfin, midazolam»."""
    first, *rest = drugs
    names = _("{name}", name=drug_name(first))
    for one in rest:
        names = _("{first}, {second}", first=names, second=drug_name(one))
    return names


def _said(row: Mixing | Diluting) -> Compatibility:
    return Compatibility(Verdict(row.verdict), row.says, row.source)
