"""A set of practice tasks from one seed, of any kind that PallKit makes."""

from __future__ import annotations

from collections.abc import Sequence

from pallkit.opioids.recipes import KINDS as OPIOID_KINDS
from pallkit.opioids.tasks import make_task
from pallkit.opioids.tasks_shape import Level, PracticeTask, different, wanted_kinds
from pallkit.pump.tasks import KINDS as PUMP_KINDS
from pallkit.pump.tasks import make_pump_task

KINDS: tuple[str, ...] = (*OPIOID_KINDS, *PUMP_KINDS)


def practice_tasks(
    seed: str | int, count: int, level: Level, kinds: Sequence[str]
) -> tuple[PracticeTask, ...]:
    """Make ``count`` tasks, taking ``kinds`` in turn: the same for everybody with this seed.

    No two are alike while the recipes have more to give. Raises :class:`ValueError` for a kind
    that does not exist.
    """
    wanted_kinds(kinds, KINDS)
    return tuple(
        different(
            count,
            lambda number, made: _make(f"{seed} {number}", level, kinds[made % len(kinds)]),
        )
    )


def _make(seed: str, level: Level, kind: str) -> PracticeTask:
    pumps = [one for one in PUMP_KINDS if one == kind]
    if pumps:
        return make_pump_task(seed, level, pumps)
    return make_task(seed, level, [one for one in OPIOID_KINDS if one == kind])
