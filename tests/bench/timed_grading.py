"""Grade in a process of its own, as ``pallkit grade`` does, and say when and with what memory.

    python timed_grading.py FOLDER JOBS STARTED

``STARTED`` is when the process was asked for, in the clock of :func:`time.time`.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pallkit_grading.marking import Marked


def main(folder: Path, jobs: int, started: float) -> None:
    from pallkit_app import cli  # noqa: PLC0415  # what the command imports, in its order
    from pallkit_app.courses.reading import read_course, read_keys  # noqa: PLC0415
    from pallkit_app.courses.rules import read_rules  # noqa: PLC0415
    from pallkit_grading.book import open_book  # noqa: PLC0415
    from pallkit_grading.running import Job, grade  # noqa: PLC0415

    assert cli is not None
    course, key = read_course(folder), read_keys(folder)
    rules = read_rules(folder, course)
    done: list[tuple[float, int]] = []
    with open_book(folder, course.id) as book:
        begun = time.time()

        def report(marked: Marked, of: int) -> None:
            del marked, of
            done.append((time.time(), _memory()))

        grade(Job(folder, "kode", jobs=jobs), book, key, report, rules)
        ended = time.time()
    print(json.dumps({"startup": begun - started, "grading": ended - begun, "done": done}))


def _memory() -> int:
    """What the process holds now, in bytes."""
    import psutil  # noqa: PLC0415  # a package of the tests

    return int(psutil.Process().memory_info().rss)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
