"""What practice tasks are made of: plausible doses of opioids that are in use in Norway.

Every amount is invented, for patients who do not exist. Methadone is in no recipe: it is
never a task for a beginner, and its bands are no exercise in arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["A", "B", "C"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """One kind of task: what is given, what it becomes, by which table and which reduction.

    ``fixed`` and ``as_needed`` are doses as they are written; one is drawn from each group of
    ``fixed``. ``to`` is empty for a task of counting, ``reductions`` where nothing is reduced.
    """

    table: str
    fixed: tuple[tuple[str, ...], ...]
    to: tuple[str, ...] = ()
    as_needed: tuple[str, ...] = ()
    reductions: tuple[str, ...] = ()


_MORPHINE = tuple(f"morfin po {mg} mg x 2" for mg in (10, 20, 30, 40, 50, 60, 90, 100))
_OXYCODONE = tuple(f"oksykodon po {mg} mg x 2" for mg in (10, 15, 20, 30, 40, 60))
_WEAK = (
    *(f"kodein po {mg} mg x 4" for mg in (30, 60)),
    *(f"tramadol po {mg} mg x 4" for mg in (50, 100)),
    *(f"tapentadol po {mg} mg x 2" for mg in (50, 100, 150)),
)
_FENTANYL = tuple(f"fentanyl td {rate} µg/t" for rate in (12, 25, 50, 75))
_BUPRENORPHINE = tuple(f"buprenorfin td {rate} µg/t" for rate in (5, 10, 20))
_MORPHINE_NEEDED = tuple(f"morfin po {mg} mg" for mg in (5, 10, 15, 20))
_OXYCODONE_NEEDED = tuple(f"oksykodon po {mg} mg" for mg in (5, 10))

RECIPES: dict[Level, tuple[Recipe, ...]] = {
    "A": (
        Recipe("helsedirektoratet", (_OXYCODONE,)),
        Recipe("helsedirektoratet", (_WEAK,)),
        Recipe("klb-2008", (_MORPHINE,), to=("morfin sc",)),
        Recipe("nhs-ggc-2018", (_MORPHINE,), to=("morfin sc", "oksykodon po")),
    ),
    "B": (
        Recipe("helsedirektoratet", (_OXYCODONE,), as_needed=_MORPHINE_NEEDED),
        Recipe("helsedirektoratet", (_WEAK, _BUPRENORPHINE)),
        Recipe("klb-2008", (_MORPHINE,), to=("morfin sc",), as_needed=_MORPHINE_NEEDED),
        Recipe(
            "nhs-ggc-2018",
            (_MORPHINE, _OXYCODONE),
            to=("oksykodon sc", "hydromorfon po"),
            reductions=("nhs-ggc-2018",),
        ),
        Recipe(
            "helsedirektoratet",
            (_OXYCODONE,),
            to=("morfin po", "hydromorfon po"),
            reductions=("25%", "50%"),
        ),
    ),
    "C": (
        Recipe("helsedirektoratet", (_FENTANYL, _OXYCODONE), as_needed=_OXYCODONE_NEEDED),
        Recipe(
            "helsedirektoratet",
            (_FENTANYL,),
            to=("morfin po", "oksykodon po"),
            as_needed=_MORPHINE_NEEDED,
            reductions=("25%", "50%"),
        ),
        Recipe(
            "helsedirektoratet",
            (_OXYCODONE,),
            to=("fentanyl td",),
            as_needed=_OXYCODONE_NEEDED,
            reductions=("25%", "50%"),
        ),
        Recipe(
            "nhs-ggc-2018",
            (_OXYCODONE,),
            to=("morfin sc", "hydromorfon sc"),
            as_needed=(*_MORPHINE_NEEDED, *_OXYCODONE_NEEDED),
            reductions=("nhs-ggc-2018",),
        ),
    ),
}
