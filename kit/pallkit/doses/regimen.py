"""Several doses together: what is fixed, what is as needed, and how much of that was taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pallkit.doses.model import Dose
from pallkit.doses.numbers import read_number
from pallkit.doses.reading import read_dose
from pallkit.doses.writing import dose_message
from pallkit.errors import DoseError
from pallkit.i18n import Message, _

Use = Literal["fixed", "as_needed"]

_NEEDED = re.compile(r"\b(ved behov|as needed|behov|prn|v/b)\b", re.IGNORECASE)
_GIVEN = re.compile(
    r",?\s*\b(gitt|gjeve|gitte|given)\s+(?P<count>\d{1,2}|én|ein|éin|en|once)(?![\d.,])"
    r"(\s+(ganger|gang|gonger|gong|times|time))?"
    r"(\s+(siste døgn|siste døgnet|in the last 24 hours))?",
    re.IGNORECASE,
)
_MOST_GIVEN = 48


@dataclass(frozen=True, slots=True)
class RegimenLine:
    """One line of a medicine list. ``given`` counts as-needed doses taken the last 24 hours."""

    dose: Dose
    use: Use = "fixed"
    given: int = 0

    def __post_init__(self) -> None:
        single = self.dose.quantity.per == "dose" and self.dose.times is None
        if self.use == "as_needed" and not single:
            raise DoseError(
                _("A dose as needed is written as one dose, for example morphine po 10 mg.")
            )
        if self.given < 0 or (self.use == "fixed" and self.given):
            raise DoseError(_("Only doses as needed are counted as taken, and never below 0."))

    def daily(self) -> Dose | None:
        """The dose as it adds up in 24 hours; None for an as-needed dose that nobody took."""
        if self.use == "fixed":
            return self.dose
        return self.dose.given(self.given) if self.given else None

    @property
    def message(self) -> Message:
        """«morfin po 10 mg ved behov, gitt 3 ganger siste døgn»."""
        if self.use == "fixed":
            return dose_message(self.dose)
        if self.given == 1:
            return _(
                "{dose} as needed, given once in the last 24 hours", dose=dose_message(self.dose)
            )
        return _(
            "{dose} as needed, given {given} times in the last 24 hours",
            dose=dose_message(self.dose),
            given=self.given,
        )


def read_line(text: str) -> RegimenLine:
    """Read one line: «morfin po 30 mg x 2», «morfin po 10 mg ved behov, gitt 3 ganger».

    Raises :class:`DoseError`. How many doses were taken is 0 where it is not written.
    """
    given = _GIVEN.search(text)
    dose, needed = _NEEDED.subn(" ", _GIVEN.sub(" ", text, count=1))
    if given and not needed:
        raise DoseError(
            _("“{text}” says how many were given, but not that it is as needed.", text=text.strip())
        )
    if not needed:
        return RegimenLine(read_dose(text))
    count = 0
    if given:
        written = given["count"]
        count = int(read_number(written)) if written.isdigit() else 1
    if count > _MOST_GIVEN:
        raise DoseError(_("More than {most} doses in 24 hours is a slip.", most=_MOST_GIVEN))
    return RegimenLine(read_dose(dose), "as_needed", count)


def read_regimen(text: str) -> tuple[RegimenLine, ...]:
    """Read a medicine list, one dose a line (or between semicolons); empty lines are skipped."""
    lines = (line.strip() for line in re.split(r"[\n;]", text))
    return tuple(read_line(line) for line in lines if line)


def daily_doses(lines: Iterable[RegimenLine]) -> tuple[Dose, ...]:
    """What ``lines`` add up to in 24 hours, in their order."""
    return tuple(dose for line in lines if (dose := line.daily()) is not None)
