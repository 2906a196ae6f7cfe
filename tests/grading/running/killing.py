"""Grade a course in a process that is killed at a random moment, again and again, then whole.

Run as a program of its own: it imports nbgrader once and forks for each try.

    python killing.py FOLDER TRIES SEED LONGEST
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path

from pallkit_app.courses.reading import read_keys
from pallkit_grading.book import open_book
from pallkit_grading.running import Job, grade


def run(folder: Path) -> int:
    """Grade in a child, and come back when it has begun; answers its process id."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            with open_book(folder, "kode") as book:
                key = read_keys(folder)
                os.write(tell, b"!")
                grade(Job(folder, "kode", jobs=2), book, key, lambda *_told: None)
            status = 0
        except Exception:  # noqa: BLE001  # told, and seen by the status
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(tell)
    os.read(told, 1)
    os.close(told)
    return child


def killed(folder: Path, after: float) -> bool:
    """Whether it was killed before it was done."""
    child = run(folder)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


if __name__ == "__main__":
    course, tries, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))  # noqa: S311
    longest = float(sys.argv[4])
    with open_book(course, "kode"):
        pass  # imports nbgrader
    # Each try has less left to do than the one before it.
    moments = (chance.uniform(0, longest) / (1 + number) for number in range(tries))
    kills = sum(killed(course, after) for after in moments)
    last, started = run(course), time.monotonic()
    status = os.waitstatus_to_exitcode(os.waitpid(last, 0)[1])
    print(kills, time.monotonic() - started)
    sys.exit(status)
