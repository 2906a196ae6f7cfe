"""Whole hand-ins that mean harm: contained, costing only themselves, and told of in one line.

That each test bites is shown in ``test_defences_down``: there the same hand-ins succeed.
"""

from __future__ import annotations

import json

import pytest
from tests.grading.attacks.conftest import HONEST, Batch, files_of
from tests.grading.attacks.course import FULL
from tests.grading.attacks.hostile import ATTACKS, Attack, World
from tests.grading.running.made import ASSIGNMENT

pytestmark = pytest.mark.xdist_group("attacks")  # one batch, whichever worker grades it


def shown_by(world: World, trainee: str) -> str:
    """What a graded notebook shows: the outputs of all its cells."""
    path = world.course.root / "autograded" / trainee / ASSIGNMENT / "kode.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return json.dumps([one.get("outputs") for one in cells], ensure_ascii=False)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_it_is_contained_costs_only_itself_and_is_told_in_one_line(
    batch: Batch, attack: Attack
) -> None:
    assert not attack.came_through(batch.world, shown_by(batch.world, attack.name))
    told = {one.trainee: [str(line) for line in one.lines] for one in batch.summary.flagged}
    if attack.line is None:
        assert attack.quiet
        assert attack.name not in told
    else:
        lines = told[attack.name]
        assert len([one for one in lines if attack.line in one]) == 1
        assert not [one for one in lines if not any(w in one for w in (attack.line, *attack.also))]
        assert all(one.isprintable() for one in lines)
    assert batch.world.course.scores(attack.name) == {"drofting": None} | attack.scores


@pytest.mark.parametrize("trainee", HONEST)
def test_an_honest_neighbour_gets_full_points_and_no_remark(batch: Batch, trainee: str) -> None:
    assert batch.world.course.scores(trainee) == {**FULL, "drofting": None}
    assert trainee not in [one.trainee for one in batch.summary.flagged]


def test_every_hand_in_was_graded_and_nothing_around_them_changed(batch: Batch) -> None:
    assert batch.summary.marked == len(ATTACKS) + len(HONEST)
    assert files_of(batch.world) == batch.before
    assert batch.world.bystander.poll() is None
    assert batch.world.left_running() == []
    assert not batch.world.was_reached()
    assert not batch.world.gradebook_was_written()


def test_what_was_refused_is_not_among_what_is_kept(batch: Batch) -> None:
    kept = batch.world.course.root / "autograded"
    assert not [path for path in kept.rglob("*") if path.is_symlink() or path.is_fifo()]
    assert not [*kept.rglob(".hjelp")]
    assert all(len([*folder.rglob("*")]) <= 210 for folder in kept.iterdir())


def test_there_are_at_least_twenty_five() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 25
