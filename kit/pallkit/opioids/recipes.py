"""What practice tasks are made of: plausible doses of opioids that are in use in Norway.

Every amount is invented, for patients who do not exist. Methadone is in no recipe: it is
never a task for a beginner, and its bands are no exercise in arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from pallkit.opioids.tasks_shape import Level

Kind = Literal["counting", "switching", "rescue", "to-pump"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Counting as oral morphine; changing drug; one rescue dose; from the mouth to a pump."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One sort of task: what is given, what it becomes, by which table and which rule.

    ``fixed`` and ``as_needed`` are doses as they are written; one is drawn from each group of
    ``fixed``. ``to`` is empty for a task of counting. ``rules`` are ids of reductions, or of
    rules for rescue doses where ``kind`` is "rescue"; empty where nothing is reduced.
    """

    kind: Kind
    table: str
    fixed: tuple[tuple[str, ...], ...]
    to: tuple[str, ...] = ()
    as_needed: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


_MORPHINE = tuple(f"morfin po {mg} mg x 2" for mg in (10, 20, 30, 40, 50, 60, 90, 100))
_MORPHINE_SC = tuple(f"morfin sc {mg} mg/24 t" for mg in (20, 30, 45, 60, 80, 90, 120))
_OXYCODONE = tuple(f"oksykodon po {mg} mg x 2" for mg in (10, 15, 20, 30, 40, 60))
_WEAK = (
    *(f"kodein po {mg} mg x 4" for mg in (30, 60)),
    *(f"tramadol po {mg} mg x 4" for mg in (50, 100)),
    *(f"tapentadol po {mg} mg x 2" for mg in (50, 100, 150)),
)
_FENTANYL = tuple(f"fentanyl td {rate} µg/t" for rate in (12, 25, 50, 75, 100))
_BUPRENORPHINE = tuple(f"buprenorfin td {rate} µg/t" for rate in (5, 10, 20))
_MORPHINE_NEEDED = tuple(f"morfin po {mg} mg" for mg in (5, 10, 15, 20))
_OXYCODONE_NEEDED = tuple(f"oksykodon po {mg} mg" for mg in (5, 10))
_HDIR, _KLB, _GGC = "helsedirektoratet", "klb-2008", "nhs-ggc-2018"
_SPREADS = ("one-sixth-to-one-tenth", "ten-to-twenty-percent")
_PERCENT = ("25%", "50%")

RECIPES: dict[Level, tuple[Recipe, ...]] = {
    "A": (
        Recipe("counting", _HDIR, (_OXYCODONE,)),
        Recipe("counting", _HDIR, (_WEAK,)),
        Recipe("switching", _GGC, (_MORPHINE,), to=("oksykodon po",)),
        Recipe("switching", _HDIR, (_OXYCODONE,), to=("morfin po",)),
        Recipe("rescue", _HDIR, (_MORPHINE,), to=("morfin po",), rules=("one-sixth",)),
        Recipe("rescue", _HDIR, (_OXYCODONE,), to=("oksykodon po",), rules=("one-sixth",)),
        Recipe("to-pump", _KLB, (_MORPHINE,), to=("morfin sc",)),
        Recipe("to-pump", _GGC, (_MORPHINE,), to=("morfin sc",)),
    ),
    "B": (
        Recipe("counting", _HDIR, (_OXYCODONE,), as_needed=_MORPHINE_NEEDED),
        Recipe("counting", _HDIR, (_WEAK, _BUPRENORPHINE)),
        Recipe("switching", _GGC, (_MORPHINE, _OXYCODONE), to=("hydromorfon po",), rules=(_GGC,)),
        Recipe(
            "switching", _HDIR, (_OXYCODONE,), to=("morfin po", "hydromorfon po"), rules=_PERCENT
        ),
        Recipe("rescue", _HDIR, (_MORPHINE_SC,), to=("morfin sc",), rules=("one-sixth",)),
        Recipe("rescue", _HDIR, (_MORPHINE,), to=("morfin po",), rules=_SPREADS),
        Recipe("rescue", _HDIR, (_OXYCODONE,), to=("oksykodon po",), rules=_SPREADS),
        Recipe("to-pump", _KLB, (_MORPHINE,), to=("morfin sc",), as_needed=_MORPHINE_NEEDED),
        Recipe("to-pump", _GGC, (_OXYCODONE,), to=("oksykodon sc",), as_needed=_OXYCODONE_NEEDED),
    ),
    "C": (
        Recipe("counting", _HDIR, (_FENTANYL, _OXYCODONE), as_needed=_OXYCODONE_NEEDED),
        Recipe("counting", _HDIR, (_BUPRENORPHINE, _WEAK), as_needed=_MORPHINE_NEEDED),
        Recipe(
            "switching",
            _HDIR,
            (_FENTANYL,),
            to=("morfin po", "oksykodon po"),
            as_needed=_MORPHINE_NEEDED,
            rules=_PERCENT,
        ),
        Recipe(
            "switching",
            _HDIR,
            (_OXYCODONE,),
            to=("fentanyl td",),
            as_needed=_OXYCODONE_NEEDED,
            rules=_PERCENT,
        ),
        Recipe(
            "rescue",
            _HDIR,
            (_FENTANYL,),
            to=("morfin po", "oksykodon po"),
            rules=("one-sixth", *_SPREADS),
        ),
        Recipe(
            "to-pump",
            _GGC,
            (_OXYCODONE,),
            to=("morfin sc", "hydromorfon sc"),
            as_needed=(*_MORPHINE_NEEDED, *_OXYCODONE_NEEDED),
            rules=(_GGC,),
        ),
        Recipe(
            "to-pump",
            _KLB,
            (_MORPHINE,),
            to=("morfin sc",),
            as_needed=_MORPHINE_NEEDED,
            rules=("nord-norge-2024",),
        ),
    ),
}
