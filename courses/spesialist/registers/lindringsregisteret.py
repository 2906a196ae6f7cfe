"""Make «Lindringsregisteret», an invented quality register to practise on.

    python courses/spesialist/registers/lindringsregisteret.py

writes the same file beside both notebooks of module 6, byte for byte the same every time. No
patient, unit or figure in it comes from anywhere: the counts in :data:`UNITS` were chosen so that

* one large unit has the lower share relieved, but the higher one among the moderate and among
  the severe: it has more patients in severe pain
* the smallest unit has the highest share, of nine patients
* the unit that looks better among the large lacks every fourth measurement on day three

and so that the file has what registers have: 99 for «not answered», blanks, rows entered
twice, and the same unit written in several ways.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

SEED = 20261122
NAME = "lindringsregisteret.csv"
ASSIGNMENT = "kvalitet-og-forskning"
NOT_ANSWERED = "99"
COLUMNS = ("pasient", "enhet", "alder", "diagnose", "start", "smerte_inn", "smerte_dag3", "viktig")


@dataclass(frozen=True)
class Unit:
    """How many patients of each sort. ``relieved`` of ``moderate`` have at most 3 on day three."""

    name: str
    moderate: int
    moderate_relieved: int
    severe: int
    severe_relieved: int
    unmeasured: int  # 4 or more at the start, nothing known of day three
    little: int  # 0 to 3 at the start
    unanswered: int  # 99 at the start
    blank: int  # nothing at the start


UNITS = (
    Unit("Fjordby", 40, 34, 60, 36, 14, 40, 6, 2),
    Unit("Solhavn", 70, 56, 20, 10, 28, 35, 9, 3),
    Unit("Skogli", 30, 24, 20, 11, 6, 18, 4, 1),
    Unit("Nordvik", 5, 5, 4, 3, 1, 3, 1, 0),
)
DIAGNOSES = ("kreft", "kreft", "kreft", "kols", "hjertesvikt", "demens")
ENTERED_TWICE = 13
WRITTEN_OTHERWISE = 4  # of those: the second time with the unit's name in small letters

Row = dict[str, str]


def rows(seed: int = SEED) -> list[Row]:
    """The register's rows, in the order of entry."""
    chance = random.Random(seed)  # noqa: S311  # invented data, no secret
    made = [_row(unit.name, pain, chance) for unit in UNITS for pain in _pain(unit, chance)]
    made = _shuffled(made, chance)
    for number, row in enumerate(made, 1):
        row["pasient"] = f"L{number:04}"
    for number in range(0, len(made), 11):
        made[number]["enhet"] = _otherwise(made[number]["enhet"], number)
    return _entered_twice(made, chance)


def write(folder: Path) -> None:
    """Write the register in ``folder``, as a Norwegian spreadsheet would."""
    with (folder / NAME).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())


def _pain(unit: Unit, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Pain at the start and on day three, for each patient of a unit."""
    groups = (
        (unit.moderate, unit.moderate_relieved, 4, 6),
        (unit.severe, unit.severe_relieved, 7, 10),
    )
    for many, relieved, low, high in groups:
        for number in range(many):
            before = _between(low, high, chance)
            after = _between(0, 3, chance) if number < relieved else _between(4, before, chance)
            yield str(before), str(after)
    for number in range(unit.unmeasured):
        yield str(_between(4, 9, chance)), NOT_ANSWERED if number % 3 == 0 else ""
    for _number in range(unit.little):
        yield str(_between(0, 3, chance)), str(_between(0, 3, chance))
    for number in range(unit.unanswered + unit.blank):
        before = NOT_ANSWERED if number < unit.unanswered else ""
        yield before, str(_between(0, 6, chance))


def _row(unit: str, pain: tuple[str, str], chance: random.Random) -> Row:
    began = date(2025, 1, 2) + timedelta(days=_between(0, 360, chance))
    age = _between(48, 78, chance) + _between(0, 19, chance)
    talked = ("ja", "ja", "nei", "")[_between(0, 3, chance)]
    diagnosis = DIAGNOSES[_between(0, len(DIAGNOSES) - 1, chance)]
    return {
        "enhet": unit,
        "alder": str(age),
        "diagnose": diagnosis,
        "start": began.isoformat(),
        "smerte_inn": pain[0],
        "smerte_dag3": pain[1],
        "viktig": talked,
    }


def _otherwise(unit: str, number: int) -> str:
    return (unit.upper(), f"{unit} ", unit.lower())[number % 3]


def _entered_twice(made: list[Row], chance: random.Random) -> list[Row]:
    """Some rows stand again further down; of a few the unit's name is written otherwise."""
    for number in range(ENTERED_TWICE):
        place = _between(0, len(made) - 60, chance)
        again = dict(made[place])
        if number < WRITTEN_OTHERWISE:
            again["enhet"] = f" {again['enhet'].strip().lower()}"
        made.insert(place + _between(2, 50, chance), again)
    return made


def _between(low: int, high: int, chance: random.Random) -> int:
    # Only random() is the same in every version of Python.
    return low + int(chance.random() * (high - low + 1))


def _shuffled(made: list[Row], chance: random.Random) -> list[Row]:
    return [row for _place, row in sorted(((chance.random(), row) for row in made), key=_first)]


def _first(pair: tuple[float, Row]) -> float:
    return pair[0]


if __name__ == "__main__":
    source = Path(__file__).parents[1] / "source"
    for assignment in (ASSIGNMENT, f"{ASSIGNMENT}-nn"):
        (source / assignment).mkdir(exist_ok=True)
        write(source / assignment)
