"""The same hand-ins with one defence down: each attack succeeds, so that its test is known to bite.

Forks, memory and disk are bounded here by the attacks themselves.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.grading.attacks.conftest import SHORT, lay
from tests.grading.attacks.hostile import ATTACKS, Attack, World
from tests.grading.running.made import ASSIGNMENT

from pallkit.answers import log
from pallkit_grading.book import masters
from pallkit_grading.hand_ins import Allowed, Inspected, Repaired, inspect_hand_in
from pallkit_grading.marking import Marked, hand_in, mark_hand_in, outputs
from pallkit_grading.sandbox import WALLS, Cage, Limits, Sandbox, Wall
from pallkit_grading.sandbox.wire import send

pytestmark = pytest.mark.xdist_group("attacks-open")

NAMED = {attack.name: attack for attack in ATTACKS}
Opened = Callable[[Limits, tuple[Wall, ...]], Sandbox]


@pytest.fixture(scope="module")
def opened() -> Iterator[Opened]:
    """Sandboxes with some walls down, each started once."""
    known: dict[tuple[Limits, tuple[Wall, ...]], Sandbox] = {}
    with ExitStack() as stack:

        def sandbox(limits: Limits, without: tuple[Wall, ...]) -> Sandbox:
            if (limits, without) not in known:
                made = Sandbox(limits, preload=("pallkit_grading",), walls=WALLS - set(without))
                known[limits, without] = stack.enter_context(made)
            return known[limits, without]

        yield sandbox


def mark(world: World, attack: Attack, sandbox: Sandbox) -> Marked:
    folder = lay(world, attack)
    if "mount" in attack.walls:  # what is beside the notebook would be laid on this machine's disk
        for name in ("svar.jsonl", "timestamp.txt"):
            (folder / name).unlink()
    with world.course.book() as book:
        notebooks = masters(book, world.course.root, ASSIGNMENT)
    return mark_hand_in(folder, attack.name, notebooks, world.course.key, sandbox)


def shown_in(marked: Marked) -> str:
    (notebook,) = marked.notebooks
    shown = [cell.get("outputs") for cell in notebook.notebook["cells"]]
    return json.dumps(shown, ensure_ascii=False)


def scores_of(marked: Marked) -> dict[str, Decimal | None]:
    (notebook,) = marked.notebooks
    return {one.cell: one.points for one in notebook.scores}


@pytest.mark.parametrize(
    "attack", [one for one in ATTACKS if one.walls or one.limits], ids=lambda one: one.name
)
def test_it_comes_through_without_the_wall(
    open_world: World, opened: Opened, attack: Attack
) -> None:
    marked = mark(open_world, attack, opened(attack.limits or SHORT, attack.walls))
    try:
        if attack.name == "dreper-foreldre":
            open_world.bystander.wait(10)
        assert attack.came_through(open_world, shown_in(marked))
    finally:
        for process in open_world.left_running():
            os.kill(process, signal.SIGKILL)


def _as_handed_in(cells: Any, _masters: Any) -> Repaired:
    fresh = [{**one, "source": "".join(one["source"])} for one in cells]
    return Repaired(tuple(fresh), ())


def _believing(self: Cage, message: Any) -> Any:
    """Take whatever comes back for the answer, as one does who sends no turns."""
    send(self._link, {**message, "turn": ""})
    return self._next()


def _everything(folder: Path) -> Inspected:
    paths = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    return Inspected(tuple(paths), ())


BYPASSED: dict[str, tuple[object, str, object, dict[str, int]]] = {
    # the attack: which defence is put out of action, and the points it then gets
    "ast-krok": (hand_in, "tests_bite", lambda *_: True, {"test-snitt": 2, "test-median": 3}),
    "inndata-krok": (hand_in, "tests_bite", lambda *_: True, {"test-snitt": 2, "test-median": 3}),
    "krok-for-bare-provene": (
        hand_in,
        "tests_bite",
        lambda *_: True,
        {"test-snitt": 2, "test-median": 3},
    ),
    "bytter-ut-skallet": (
        hand_in,
        "tests_bite",
        lambda *_: True,
        {"test-snitt": 2, "test-median": 3},
    ),
    "egen-check": (hand_in, "_asked", lambda _cell: None, {"dose-1": 2}),
    "endret-prove": (hand_in, "repair_cells", _as_handed_in, {"test-snitt": 2}),
    "doblet-prove": (hand_in, "repair_cells", _as_handed_in, {"test-snitt": 2}),
    "lenket-logg": (log, "_NO_LINKS", os.O_CLOEXEC, {"dose-1": 2}),
    "kjempelogg": (log, "MAX_LOG", 100_000_000, {"dose-1": 2}),
}


@pytest.mark.parametrize("name", BYPASSED)
def test_it_gets_its_points_without_the_defence(
    open_world: World, opened: Opened, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    owner, defence, instead, points = BYPASSED[name]
    sandbox = opened(SHORT, ())
    assert not points.items() <= scores_of(mark(open_world, NAMED[name], sandbox)).items()
    _unlay(open_world, name)
    monkeypatch.setattr(owner, defence, instead)
    assert points.items() <= scores_of(mark(open_world, NAMED[name], sandbox)).items()


def test_answers_sent_ahead_are_points_where_they_are_believed_and_no_test_must_fail(
    open_world: World, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cage, "_ask", _believing)
    monkeypatch.setattr(hand_in, "tests_bite", lambda *_: True)
    scores = scores_of(mark(open_world, NAMED["svarer-for-retteren"], opened(SHORT, ())))
    assert (scores["test-snitt"], scores["test-median"]) == (2, 3)


@pytest.mark.parametrize(
    ("name", "inspect"),
    [
        ("lenke-ut", _everything),
        ("skjult-program", _everything),
        ("for-mange-filer", lambda folder: inspect_hand_in(folder, Allowed(files=999))),
    ],
)
def test_a_file_comes_along_when_folders_are_not_looked_through(
    open_world: World,
    opened: Opened,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    inspect: Callable[[Path], Inspected],
) -> None:
    monkeypatch.setattr(hand_in, "inspect_hand_in", inspect)
    marked = mark(open_world, NAMED[name], opened(SHORT, ()))
    assert NAMED[name].came_through(open_world, shown_in(marked))


def test_a_script_stays_when_outputs_are_not_sifted(
    open_world: World, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outputs, "_SHOWN", ("text/plain", "text/html"))
    attack = NAMED["skript-i-utdata"]
    marked = mark(open_world, attack, opened(SHORT, ()))
    assert attack.came_through(open_world, shown_in(marked))


@pytest.mark.parametrize(("name", "place"), [("flyttet-prove", 0), ("slettet-prove", None)])
def test_cells_stay_as_they_came_when_they_are_not_repaired(
    open_world: World,
    opened: Opened,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    place: int | None,
) -> None:
    monkeypatch.setattr(hand_in, "repair_cells", _as_handed_in)
    (notebook,) = mark(open_world, NAMED[name], opened(SHORT, ())).notebooks
    ids = [
        one["metadata"].get("nbgrader", {}).get("grade_id") for one in notebook.notebook["cells"]
    ]
    assert ("test-snitt" in ids) == (place is not None)
    assert place is None or ids.index("test-snitt") == place


def _unlay(world: World, name: str) -> None:
    folder = world.course.root / "submitted" / name / ASSIGNMENT
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
