"""The amount in a written dose: number, unit, what it is per, how many times.

The words that are left over name the drug and the route, and are given back in order.
"""

from __future__ import annotations

from dataclasses import dataclass

from pallkit.doses.liquids import Liquid, Parts
from pallkit.doses.numbers import read_number
from pallkit.doses.quantities import Per, Quantity, Unit
from pallkit.doses.tokens import Token, tokens
from pallkit.errors import DoseError
from pallkit.i18n import Message, _

_UNITS: dict[str, Unit] = {
    **dict.fromkeys(("mg", "milligram", "milligrams"), "mg"),
    **dict.fromkeys(("µg", "mcg", "ug", "mikrogram", "microgram", "micrograms"), "µg"),
}
_HOUR = frozenset({"t", "h", "hr", "time", "timen", "timer", "timar", "hour", "hours"})
_DAY = frozenset({"d", "døgn", "døgnet", "dag", "dagen", "day", "die"})
_DAILY = frozenset({"daglig", "dagleg", "daily"})
_ONE_DOSE = frozenset({"dose", "dosen"})
_PER = frozenset({"per", "pr", "i", "om", "a"})
_TIMES = frozenset({"gang", "ganger", "gong", "gonger", "ggr", "times"})
_EVERY = frozenset({"hver", "kvar", "hvert", "kvart", "every", "q"})
_CHANGED = frozenset({"skiftes", "skiftast", "byttes", "bytast", "changed", "skift", "change"})
_DAYS = _DAY | {"dager", "dagar", "days"}
_ML = frozenset({"ml", "milliliter", "millilitre"})
_DROPS = frozenset({"dråpe", "dråper", "drope", "dropar", "drop", "drops"})
_LONGEST_CHANGE = 336
_ONCE = {"once": 1, "twice": 2}
MOST_TIMES = 48


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity, how many times a day where that is written, and the words left over.

    ``liquid`` is what it was written as, where that was a volume; ``change_hours`` how often
    a patch is changed.
    """

    quantity: Quantity
    times: int | None
    words: tuple[str, ...]
    liquid: Liquid | None = None
    change_hours: int | None = None


def read_amount(text: str) -> Amount:
    """Read the amount in ``text``; raises :class:`DoseError` for what has no one meaning."""
    return _Reader(text).read()


class _Reader:
    """One pass from left to right. Each ``_read_…`` takes its tokens or leaves them."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.left = list(tokens(text))
        self.words: list[str] = []
        self.per: Per | None = None
        self.times: int | None = None
        self.change: int | None = None

    def read(self) -> Amount:
        self._skip_words()
        liquid = self._read_liquid() if self._at_liquid() else None
        if liquid is None:
            amount, unit = read_number(self._next("number", self._no_amount()).text), None
        else:
            amount, unit = liquid.amount, liquid.unit
        unit = unit or self._read_unit()
        while self.left:
            if not (self._read_per() or self._read_times() or self._read_change()):
                self._read_word()
        quantity = Quantity(amount, unit, self.per or "dose")
        return Amount(quantity, self.times, tuple(self.words), liquid, self.change)

    def _skip_words(self) -> None:
        while self.left and self.left[0].kind == "word":
            self.words.append(self.left.pop(0).text)

    def _at_liquid(self) -> bool:
        """Whether a number comes next that belongs to a strength, a volume or drops."""
        if not self.left or self.left[0].kind != "number":
            return False
        unit = self._word(1)
        return unit in _ML | _DROPS or (unit in _UNITS and self._per_ml(2) > 0)

    def _read_liquid(self) -> Liquid:
        """«2 mg/mL 5 mL», «20 mg/mL dråper 10 dråper 20 dråper/mL»."""
        parts = Parts(self.text)
        while self._at_liquid():
            value = read_number(self.left.pop(0).text)
            unit = self.left.pop(0).text
            per_ml = self._per_ml(0)
            del self.left[:per_ml]
            if unit in _UNITS:
                parts.add_strength(value, _UNITS[unit])
            elif unit in _ML and per_ml:
                raise DoseError(self._unread("mL/mL"))
            elif unit in _ML:
                parts.add("volume", value)
            else:
                parts.add("drops_per_ml" if per_ml else "drops", value)
            self._skip_forms()
        return parts.whole()

    def _skip_forms(self) -> None:
        """Words between the parts of a liquid, as in «20 mg/mL dråper 10 dråper»."""
        ahead = next((at for at, one in enumerate(self.left) if one.kind != "word"), None)
        if ahead is None or self.left[ahead].kind != "number" or self._word(0) == "x":
            return
        for token in self.left[:ahead]:
            if token.text in _EVERY | _CHANGED | _PER:
                return
        if self._word(ahead + 1) in _ML | _DROPS | _UNITS.keys():
            kept = [token.text for token in self.left[:ahead] if token.text not in _DROPS]
            self.words += kept
            del self.left[:ahead]

    def _per_ml(self, at: int) -> int:
        """How many tokens from ``at`` say «/mL» or «per mL»: 2, or 0."""
        slash = len(self.left) > at and self.left[at] == Token("sign", "/")
        return 2 if (slash or self._word(at) in _PER) and self._word(at + 1) in _ML else 0

    def _read_change(self) -> bool:
        """«skiftes hver 72. time», «byttes hvert 3. døgn», "changed every 72 h"."""
        if self._word() not in _CHANGED:
            return False
        odd = _(
            "How often a patch is changed could not be read in “{text}”. Write for example: "
            "changed every 72 h.",
            text=self.text,
        )
        self.left.pop(0)
        if not self._drop(_EVERY) or self.change is not None:
            raise DoseError(odd)
        number = read_number(self._next("number", odd).text.removesuffix("."))
        hours = number if self._word() in _HOUR else number * 24
        if not (self._drop(_HOUR) or self._drop(_DAYS)):
            raise DoseError(odd)
        if hours != int(hours) or not 1 <= hours <= _LONGEST_CHANGE:
            raise DoseError(odd)
        self.change = int(hours)
        return True

    def _next(self, kind: str, otherwise: Message) -> Token:
        if not self.left or self.left[0].kind != kind:
            raise DoseError(otherwise)
        return self.left.pop(0)

    def _no_amount(self) -> Message:
        if not self.text:
            return _("Nothing is written. Write for example morphine po 30 mg x 2.")
        return _(
            "The amount is missing in “{text}”. Write a number and a unit, for example 30 mg.",
            text=self.text,
        )

    def _read_unit(self) -> Unit:
        missing = _(
            "The unit is missing after the number in “{text}”. Write for example 20 mg x 2, "
            "40 mg/24 h or 25 µg/h.",
            text=self.text,
        )
        word = self._next("word", missing).text
        if word == "x":
            raise DoseError(missing)
        if word not in _UNITS:
            raise DoseError(_("“{word}” is not a unit PallKit reads. Write mg or µg.", word=word))
        return _UNITS[word]

    def _read_per(self) -> bool:
        """«/24 t», «/d», «per time», «daglig»."""
        if self._word() in _DAILY:
            self.left.pop(0)
            self._set_per("24h")
            return True
        slash = self.left[0] == Token("sign", "/")
        if not slash and not (self._word() in _PER and self._period(1)):
            return False
        period = self._period(1)
        if period is None:
            raise DoseError(self._unread("/"))
        per, length = period
        del self.left[: 1 + length]
        self._set_per(per)
        return True

    def _period(self, at: int) -> tuple[Per, int] | None:
        """What the tokens from ``at`` say a time is, and how many tokens that took."""
        word, after = self._word(at), self._word(at + 1)
        if word in _HOUR:
            return "h", 1
        if word in _DAY:
            return "24h", 1
        if word in _ONE_DOSE:
            return "dose", 1
        if len(self.left) > at and self.left[at] == Token("number", "24") and after in _HOUR:
            return "24h", 2
        return None

    def _set_per(self, per: Per) -> None:
        if self.per is not None:
            raise DoseError(self._twice())
        if self.times is None:
            self.per = per
        elif per != "24h":
            raise DoseError(self._twice())

    def _read_times(self) -> bool:
        """«x 2», «2 ganger», «hver 8. time», "q8h", "twice"."""
        word = self._word()
        if self.left[0] == Token("sign", "x") or word == "x":
            self.left.pop(0)
            self._set_times(self._count())
            self._drop(_TIMES)
            return True
        if self.left[0].kind == "number" and self._word(1) in _TIMES:
            self._set_times(self._count())
            return self._drop(_TIMES)
        if word in _ONCE:
            self.left.pop(0)
            self._set_times(_ONCE[word])
            return True
        return self._read_interval() if word in _EVERY else False

    def _read_interval(self) -> bool:
        self.left.pop(0)
        hours = self._count(dot=True)
        if not self._drop(_HOUR) or 24 % hours:
            raise DoseError(
                _(
                    "“{text}” does not divide 24 hours evenly. Write the sum for 24 hours, for "
                    "example 60 mg/24 h.",
                    text=self.text,
                )
            )
        self._set_times(24 // hours)
        return True

    def _count(self, *, dot: bool = False) -> int:
        odd = _(
            "How many times a day must be a whole number from 1 to {most}, as in 20 mg x 2.",
            most=MOST_TIMES,
        )
        written = self._next("number", odd).text
        number = read_number(written.removesuffix(".") if dot else written)
        if number != int(number) or not 1 <= number <= MOST_TIMES:
            raise DoseError(odd)
        return int(number)

    def _set_times(self, times: int) -> None:
        if self.times is not None or self.per is not None:
            raise DoseError(self._twice())
        self.times = times

    def _twice(self) -> Message:
        return _(
            "“{text}” says twice how often or for how long. Write one of them: 20 mg x 2, or "
            "40 mg/24 h.",
            text=self.text,
        )

    def _read_word(self) -> None:
        token = self.left.pop(0)
        if token.kind != "word":
            raise DoseError(self._unread(token.text))
        self.words.append(token.text)

    def _unread(self, piece: str) -> Message:
        return _(
            "“{piece}” in “{text}” could not be read. Write for example morphine po 30 mg x 2.",
            piece=piece,
            text=self.text,
        )

    def _word(self, at: int = 0) -> str | None:
        fits = len(self.left) > at and self.left[at].kind == "word"
        return self.left[at].text if fits else None

    def _drop(self, words: frozenset[str]) -> bool:
        if self._word() in words:
            self.left.pop(0)
            return True
        return False
