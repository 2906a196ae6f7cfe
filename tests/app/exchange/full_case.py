"""A case that uses every feature of the format: the rich one, and the little it does not have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.kit.rich_bank import add_case, rich_bank
from tests.kit.rich_case import rich_case
from tests.kit.rich_prose import rich_prose

FULL = "full"


def full_case() -> dict[str, Any]:
    """The case as compiled JSON, anew each time."""
    case = rich_case()
    *steps, end = case["steps"]
    next(step for step in steps if step["id"] == "samling")["next"] = "tanker"
    thought = {
        "id": "tanker",
        "kind": "reflect",
        "effects": {
            "clock": "+2 h",
            "place": "hospital",
            "vitals": {"respiratory_rate": 2},
            "consciousness": "alert",
            "people": {"kona": {"wish": "hjemme"}},
            "regimen": {"stop": ["depot"]},
        },
        "sources": ["klb-2008"],
        "next": "slutt",
    }
    start = {**case["start"], "consciousness": "drowsy"}
    return {**case, "id": FULL, "start": start, "steps": [*steps, thought, end]}


def full_prose() -> dict[str, dict[str, Any]]:
    """What it says, in the three languages."""
    prose = rich_prose()
    for texts in prose.values():
        texts["steps"]["tegn"]["hint"] = "1, 2, 3 …"
        texts["steps"]["tanker"] = {
            "title": "…",
            "text": "Jon er lagt inn.",
            "ask": "Hva tenker du nå?",
            "expert": "At det ble sent.",
        }
    return prose


@contextmanager
def full_bank(folder: Path) -> Iterator[Path]:
    """Read a bank with this case and the rich one."""
    with rich_bank(folder):
        add_case(folder, full_case(), full_prose())
        yield folder
