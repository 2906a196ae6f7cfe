"""However a file is mangled, the check answers with findings, never with a traceback."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from pallkit_app.check import check
from pallkit_app.compile.strict_yaml import load

ODD: list[Any] = [None, True, 0, -1, 12, "", "x", "1.000 mg", "no", [], {}, [1], {"a": 1}, [[]]]
SLICE, WHOLE = 60, 1000


def test_no_mangled_file_makes_the_check_crash(bank: Path, whole: bool) -> None:  # noqa: FBT001  # a fixture
    files = sorted(bank.rglob("*.yaml"))
    for seed in range(WHOLE if whole else SLICE):
        chance = random.Random(seed)  # noqa: S311  # which fault is planted is no secret
        file = chance.choice(files)
        before = file.read_text(encoding="utf-8")
        mangled = load(file).value
        for _ in range(chance.randint(1, 3)):
            mangled = mangle(mangled, chance)
        file.write_text(yaml.safe_dump(mangled, allow_unicode=True), encoding="utf-8")
        try:
            check(bank)
        except Exception as error:
            error.add_note(f"seed {seed}, {file.name}:\n{file.read_text(encoding='utf-8')}")
            raise
        file.write_text(before, encoding="utf-8")


def mangle(value: Any, chance: random.Random) -> Any:
    """Remove, rename, replace or add one thing somewhere inside ``value``."""
    holders = [holder for holder in inside(value) if holder]
    if not holders:
        return deepcopy(chance.choice(ODD))
    holder = chance.choice(holders)
    keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    key = chance.choice(keys)
    how = chance.choice(["remove", "replace", "rename", "swap"])
    if how == "remove":
        del holder[key]
    elif how == "rename" and isinstance(holder, dict):
        holder["zz"] = holder.pop(key)
    elif how == "swap":
        other = chance.choice(keys)
        holder[key], holder[other] = holder[other], holder[key]
    else:
        holder[key] = deepcopy(chance.choice(ODD))
    return value


def inside(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from inside(inner)


def test_a_dose_that_grows_round_after_round_is_followed_a_few_rounds_only(bank: Path) -> None:
    file = bank / "casebank/cases/prove/case.yaml"
    circle = file.read_text(encoding="utf-8")
    for old, new in (
        ("kind: gather\n    next: slutt", "kind: gather\n    next: regn"),
        ("{score: {safety: 1}, next: samling}", "{score: {safety: 1}, next: slutt}"),
    ):
        assert old in circle
        circle = circle.replace(old, new)
    file.write_text(circle, encoding="utf-8")
    assert check(bank) == []
