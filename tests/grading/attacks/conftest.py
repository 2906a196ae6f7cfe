"""One batch of hostile hand-ins with two honest ones among them, graded once; and an open world."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.grading.attacks import course
from tests.grading.attacks.hostile import (
    ATTACKS,
    ENVIRONMENT_SECRET,
    HOME_SECRET,
    NEIGHBOUR,
    Attack,
    World,
)
from tests.grading.running.made import RIGHT, Made

from pallkit_grading.running import Summary
from pallkit_grading.sandbox import Limits

HONEST = (NEIGHBOUR, "aerlig-2")
SHORT = Limits(seconds=5, memory_mb=200, processes=12, file_mb=8, disk_mb=24, output_kb=512)


@dataclass(frozen=True)
class Batch:
    """What came of the run."""

    world: World
    summary: Summary
    before: dict[Path, bytes]


def lay(world: World, attack: Attack) -> Path:
    """Hand in an attack."""
    answers = {**RIGHT, "snitt": RIGHT["snitt"] + attack.code(world)}
    folder = world.course.hand_in(attack.name, answers, attack.change, attack.log)
    attack.lay(world, folder)
    return folder


def files_of(world: World) -> dict[Path, bytes]:
    """What no hand-in may change: the neighbours' folders, the source and the key."""
    root = world.course.root
    folders = [root / "source", root / "release", root / "key"]
    folders += [root / "submitted" / name for name in HONEST]
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {path: path.read_bytes() for path in paths}


@pytest.fixture(scope="session")
def hostile_template(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return course.make(tmp_path_factory.mktemp("angrep") / "kode")


@pytest.fixture(scope="session")
def batch(hostile_template: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Batch]:
    """Every attack and two honest hand-ins, graded in one run."""
    folder = tmp_path_factory.mktemp("lukket")
    with made_world(hostile_template, folder, patience=600) as world:
        for name in HONEST:
            world.course.hand_in(name)
        for attack in ATTACKS:
            lay(world, attack)
        before = files_of(world)
        yield Batch(world, world.course.grade(jobs=2, limits=SHORT), before)


@pytest.fixture
def open_world(hostile_template: Made, tmp_path: Path) -> Iterator[World]:
    """The same for one attack, to be marked with a defence down; patience is short."""
    with made_world(hostile_template, tmp_path, patience=6) as world:
        world.course.hand_in(NEIGHBOUR)
        yield world


@contextmanager
def made_world(template: Made, folder: Path, *, patience: int) -> Iterator[World]:
    home = folder / "hjemme"
    home.mkdir()
    (home / ".nokkel").write_text(HOME_SECRET, encoding="utf-8")
    sleeps = [sys.executable, "-c", "import time; time.sleep(300)"]
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        subprocess.Popen(sleeps) as bystander,
        pytest.MonkeyPatch.context() as patch,
    ):
        server.settimeout(0)
        marker = f"sleep {300 + server.getsockname()[1]}"
        patch.setenv("PALLKIT_SECRET", ENVIRONMENT_SECRET)
        try:
            made = template.copy(folder / "kode")
            yield World(made, home, server, bystander, marker, patience)
        finally:
            bystander.kill()
