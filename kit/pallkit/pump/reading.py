"""Read what a learner types about a pump: «10 mg/mL», «100 mL», «20 min», «0,25 mL/t».

The same rules as for doses: nothing is guessed, and every word must be understood.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pallkit.doses import read_number, read_quantity
from pallkit.doses.quantities import MG_PER_DOSE
from pallkit.doses.tokens import Token, tokens
from pallkit.errors import DoseError
from pallkit.i18n import Message, _

_PER = (Token("sign", "/"), Token("word", "per"), Token("word", "pr"))
_ML = dict.fromkeys(("ml", "milliliter", "millilitre", "millilitres"), Decimal(1))
_MG = {
    **dict.fromkeys(("mg", "milligram", "milligrams"), Decimal(1)),
    **dict.fromkeys(("µg", "mcg", "ug", "mikrogram", "microgram", "micrograms"), Decimal("0.001")),
}
_HOUR = dict.fromkeys(("t", "h", "hr", "time", "timen", "timer", "timar", "hour", "hours"), 60)
_MINUTES = {
    **dict.fromkeys(("min", "minutt", "minutter", "minuttar", "minute", "minutes"), 1),
    **_HOUR,
    **dict.fromkeys(("d", "døgn", "dag", "dager", "dagar", "day", "days"), 24 * 60),
}


def read_concentration(text: str) -> Decimal:
    """Read «10 mg/mL» or «500 mg/100 mL», in mg/mL. Raises :class:`DoseError`."""
    wanted = _("“{text}” is not a concentration. Write for example 10 mg/mL.", text=text.strip())
    left = _Left(text, wanted)
    amount = left.number() * left.unit(_MG)
    left.per()
    volume = left.number() if left.at_number() else Decimal(1)
    left.unit(_ML)
    left.end()
    if not volume:
        raise DoseError(wanted)
    return amount / volume


def read_volume(text: str) -> Decimal:
    """Read «100 mL», in mL. Raises :class:`DoseError`."""
    left = _Left(text, _("“{text}” is not a volume. Write for example 100 mL.", text=text.strip()))
    volume = left.number() * left.unit(_ML)
    left.end()
    return volume


def read_rate(text: str) -> Decimal:
    """Read «0,25 mL/t», in mL/h. Raises :class:`DoseError`."""
    left = _Left(text, _("“{text}” is not a rate. Write for example 0.25 mL/h.", text=text.strip()))
    volume = left.number() * left.unit(_ML)
    left.per()
    left.unit({word: Decimal(1) for word in _HOUR})
    left.end()
    return volume


def read_minutes(text: str) -> Decimal:
    """Read «20 min» or «1,5 t», in minutes. Raises :class:`DoseError`."""
    left = _Left(
        text, _("“{text}” is not a time. Write for example 20 min or 24 h.", text=text.strip())
    )
    time = left.number() * left.unit({word: Decimal(factor) for word, factor in _MINUTES.items()})
    left.end()
    return time


def read_bolus(text: str) -> Decimal:
    """Read what one press gives: «2 mg», in mg. Raises :class:`DoseError`."""
    return read_quantity(text).to(MG_PER_DOSE).amount


def read_hour_limit(text: str) -> Decimal:
    """Read a ceiling for 60 minutes: «12 mg» or «12 mg/t», in mg. Raises :class:`DoseError`."""
    quantity = read_quantity(text)
    if quantity.per == "24h":
        raise DoseError(_("The hour limit is for 60 minutes. Write for example 12 mg/h."))
    return quantity.amount * _MG[quantity.unit]


@dataclass
class _Left:
    """The pieces of a text not read yet, and what to say when the next one does not fit."""

    text: str
    wanted: Message

    def __post_init__(self) -> None:
        self._pieces = list(tokens(self.text))

    def at_number(self) -> bool:
        return bool(self._pieces) and self._pieces[0].kind == "number"

    def number(self) -> Decimal:
        return read_number(self._next("number").text)

    def unit(self, units: dict[str, Decimal]) -> Decimal:
        word = self._next("word").text
        if word not in units:
            raise DoseError(self.wanted)
        return units[word]

    def per(self) -> None:
        if not self._pieces or self._pieces.pop(0) not in _PER:
            raise DoseError(self.wanted)

    def end(self) -> None:
        if self._pieces:
            raise DoseError(self.wanted)

    def _next(self, kind: str) -> Token:
        if not self._pieces or self._pieces[0].kind != kind:
            raise DoseError(self.wanted)
        return self._pieces.pop(0)
