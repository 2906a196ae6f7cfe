"""A real dask scheduler and two workers on loopback mark the hand-ins; one worker is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.grading.running.made import FULL, RIGHT, Made

from pallkit_grading.running.cluster import ClusterError

START_SECONDS = 60
WORKER = ("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")


class Cluster:
    """One scheduler and what workers it is given; all of them processes of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._programs: list[subprocess.Popen[bytes]] = []
        self.scheduler = self.start(
            "scheduler", "--no-dashboard", "--host", "127.0.0.1", "--port", "0",
            "--scheduler-file", str(self._file),
        )  # fmt: skip
        self._await_file()

    @property
    def address(self) -> str:
        return str(json.loads(self._file.read_text(encoding="utf-8"))["address"])

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / "log.txt").open("ab") as log:
            program = subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env={**os.environ, "PYTHONWARNINGS": "ignore"},
            )
        self._programs.append(program)
        return program

    def worker(self) -> subprocess.Popen[bytes]:
        return self.start(*WORKER, "--scheduler-file", str(self._file))

    def await_workers(self, count: int) -> None:
        import distributed  # noqa: PLC0415

        with distributed.Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=START_SECONDS)

    def close(self) -> None:
        for program in reversed(self._programs):
            program.kill()
            program.wait(20)

    def _await_file(self) -> None:
        until = time.monotonic() + START_SECONDS
        while not self._file.exists():
            assert time.monotonic() < until, (self._folder / "log.txt").read_text()
            time.sleep(0.1)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path)
    yield made
    made.close()


def test_two_workers_mark_and_one_of_them_is_killed(course: Made, cluster: Cluster) -> None:
    first, _second = cluster.worker(), cluster.worker()
    cluster.await_workers(2)
    for number in range(8):
        course.hand_in(f"kandidat-{number}", RIGHT if number % 2 else {})

    def kill_one(marked: object, of: int) -> None:
        assert of == 8, marked
        if first.poll() is None:
            first.send_signal(signal.SIGKILL)

    summary = course.grade(cluster=cluster.address, report=kill_one)
    assert (summary.marked, summary.flagged) == (8, ())
    assert first.wait(10) == -signal.SIGKILL
    for number in range(8):
        expected = FULL if number % 2 else {"test-snitt": 0, "test-median": 0, "dose-1": 2}
        assert course.scores(f"kandidat-{number}").items() >= expected.items()


def test_a_hand_in_whose_workers_are_lost_is_flagged_and_tried_again_next_time(
    course: Made, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pallkit_grading.running.cluster.NO_WORKER_SECONDS", 3)
    monkeypatch.setattr("pallkit_grading.running.cluster.FETCH_SECONDS", 2)
    only = cluster.worker()
    cluster.await_workers(1)
    for number in range(6):
        course.hand_in(f"kandidat-{number}")
    told: list[str] = []

    def kill_it(marked: object, of: int) -> None:
        told.append(f"{marked} of {of}")
        only.kill()

    summary = course.grade(cluster=cluster.address, report=kill_it)
    lost = {one.trainee for one in summary.flagged}
    assert 0 < len(lost) < 6
    assert "no worker of the cluster is left" in str(summary.flagged[0].lines[0])
    again = course.grade()
    assert (again.marked, again.before) == (len(lost), 6 - len(lost))
    assert all(course.scores(f"kandidat-{number}")["test-median"] == 3 for number in range(6))


def test_what_was_marked_before_the_scheduler_was_lost_is_kept(
    course: Made, cluster: Cluster, capfd: pytest.CaptureFixture[str]
) -> None:
    cluster.worker()
    cluster.await_workers(1)
    for number in range(6):
        course.hand_in(f"kandidat-{number}")
    summary = course.grade(
        cluster=cluster.address, report=lambda _marked, _of: cluster.scheduler.kill()
    )
    lost = len(summary.flagged)
    assert 0 < lost < 6
    assert "the cluster's scheduler was lost" in str(summary.flagged[0].lines[0])
    assert "Traceback" not in capfd.readouterr().err
    again = course.grade()
    assert (again.marked, again.before) == (lost, 6 - lost)


def test_no_scheduler_and_no_workers_are_one_line_each(course: Made, cluster: Cluster) -> None:
    course.hand_in("god")
    with pytest.raises(ClusterError, match="no workers"):
        course.grade(cluster=cluster.address)
    cluster.scheduler.kill()
    with pytest.raises(ClusterError, match="no dask scheduler"):
        course.grade(cluster="tcp://127.0.0.1:9")
