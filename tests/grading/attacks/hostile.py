"""Hand-ins that mean harm: what each tries, how one sees that it came through, what is told.

An attack's code stands in the answer cell behind a right answer, so that a hand-in that is
merely stopped keeps its points. What it can read it prints: then the secret would stand in
the notebook that leader and trainee open.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.grading.attacks.course import FULL
from tests.grading.running.made import ASSIGNMENT, DOSE, SECRET, Made, cells_named

from pallkit_grading.sandbox import Limits, Wall

ROOT = os.geteuid() == 0
OPEN: tuple[Wall, ...] = ("mount", "user") if ROOT else ("mount",)
"""What hides files. Of root's also the wall that gives root up: only root can do without it."""

NEIGHBOUR = "aerlig-1"
HOME_SECRET = "hjemmenøkkel-1177"  # noqa: S105  # invented, in a file of the test's own
ENVIRONMENT_SECRET = "miljøpassord-2288"  # noqa: S105  # as above
ENDED = {"test-snitt": None, "test-median": None, "dose-1": 2, "verdi-1": None}
"""What is left to one whose cage ended: the answers, and a person looks at the code."""

_COUNTED = {**FULL, "test-snitt": None, "test-median": None}
"""What is left to one whose code changes how tests work: all that is no test."""


@dataclass(frozen=True)
class World:
    """A course with its hand-ins, and what around it an attack could reach.

    ``patience`` is how many seconds a hand-in takes that will not end.
    """

    course: Made
    home: Path
    server: socket.socket
    bystander: subprocess.Popen[bytes]
    marker: str
    patience: int

    @property
    def gradebook(self) -> Path:
        return self.course.root / "gradebook.db"

    @property
    def port(self) -> int:
        number: int = self.server.getsockname()[1]
        return number

    @property
    def neighbour(self) -> Path:
        return self.course.root / "submitted" / NEIGHBOUR / ASSIGNMENT

    def left_running(self) -> list[int]:
        """The processes that an attack named so that they are found."""
        found = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if entry.read_bytes().replace(b"\0", b" ").decode().strip() == self.marker:
                    found.append(int(entry.parent.name))
        return found

    def was_reached(self) -> bool:
        """Whether anything has connected to the server."""
        with contextlib.suppress(BlockingIOError):
            self.server.accept()[0].close()
            return True
        return False

    def gradebook_was_written(self) -> bool:
        with contextlib.closing(sqlite3.connect(self.gradebook)) as book:
            return bool(book.execute("select 1 from sqlite_master where name='hack'").fetchall())


Seen = Callable[[World, str], bool]
"""Whether an attack came through: by the world, and by what its cells showed."""


def shows(text: str) -> Seen:
    return lambda _world, shown: text in shown


@dataclass(frozen=True)
class Attack:
    """One hostile hand-in.

    ``line`` is what the leader reads of it (English), or None where nothing is to be told:
    ``quiet`` says why. ``also`` are lines about what follows from it. ``walls`` are those
    without which ``came_through`` is True; ``limits`` the limits with which it is.
    """

    name: str
    came_through: Seen
    line: str | None = None
    code: Callable[[World], str] = lambda _world: ""
    change: Callable[[list[dict[str, Any]]], object] = len
    lay: Callable[[World, Path], object] = lambda _world, _folder: None
    walls: tuple[Wall, ...] = ()
    limits: Limits | None = None
    scores: Mapping[str, int | None] = field(default_factory=lambda: FULL)
    log: tuple[tuple[str, str, object], ...] = (DOSE,)
    also: tuple[str, ...] = ()
    quiet: str = ""


_FILE = "The code in code cell 2 ended with FileNotFoundError."
_STOPPED = "The code was stopped in code cell 2: "
_HOOKED = "changes how tests work, so “test-snitt” is left to a person."
_HOOKED_TOO = "changes how tests work, so “test-median” is left to a person."
_NOT_RUN = "“verdi-1”: Not graded: the code was not run."
_LOOSE = Limits(seconds=60)

REACHING = (
    Attack(
        "leser-karakterboka",
        shows("SQLite format"),
        _FILE,
        lambda world: f"print(open({str(world.gradebook)!r}, 'rb').read(16))",
        walls=OPEN,
    ),
    Attack(
        "skriver-i-karakterboka",
        lambda world, _shown: world.gradebook_was_written(),
        "The code in code cell 2 ended with OperationalError.",
        lambda world: (
            f"import sqlite3\nsqlite3.connect({str(world.gradebook)!r})"
            ".execute('create table hack (x)')"
        ),
        walls=OPEN,
    ),
    Attack(
        "leser-skjulte-prover",
        shows(SECRET),
        _FILE,
        lambda world: (
            f"print(open({str(world.course.root / 'source' / 'kode' / 'kode.ipynb')!r}).read())"
        ),
        walls=OPEN,
    ),
    Attack(
        "leser-naboens",
        shows("tallene spriker"),
        _FILE,
        lambda world: f"print(open({str(world.neighbour / 'kode.ipynb')!r}).read())",
        walls=OPEN,
    ),
    Attack(
        "endrer-naboens",
        lambda world, _shown: "hack" in (world.neighbour / "svar.jsonl").read_text(),
        _FILE,
        lambda world: f"open({str(world.neighbour / 'svar.jsonl')!r}, 'a').write('hack')",
        walls=OPEN,
    ),
    Attack(
        "leser-hjemme",
        shows(HOME_SECRET),
        _FILE,
        lambda world: f"print(open({str(world.home / '.nokkel')!r}).read())",
        walls=OPEN,
    ),
    Attack(
        "leser-miljoet",
        shows(ENVIRONMENT_SECRET),
        "The code in code cell 2 ended with PermissionError.",
        lambda _world: "import os\nprint(dict(os.environ))\nprint(open('/proc/1/environ').read())",
        walls=("clean",),
    ),
    Attack(
        "bruker-nettet",
        lambda world, _shown: world.was_reached(),
        "The code in code cell 2 ended with OSError.",
        lambda world: (
            f"import socket\nsocket.create_connection(('127.0.0.1', {world.port}), timeout=2)"
        ),
        walls=("net",),
    ),
    Attack(
        "ser-prosesser",
        shows("time.sleep"),
        _FILE,
        lambda world: f"print(open('/proc/{world.bystander.pid}/cmdline').read())",
        walls=("pid",),
    ),
    Attack(
        "dreper-foreldre",
        lambda world, _shown: world.bystander.poll() is not None,
        "The code in code cell 2 ended with ProcessLookupError.",
        # The first process of its own cage too, which does not even hear of it.
        lambda world: (
            f"import os\ntry:\n    os.kill({world.bystander.pid}, 9)\n"
            "finally:\n    os.kill(os.getppid(), 15)"
        ),
        walls=("pid", "user") if ROOT else ("pid",),
    ),
    Attack(
        "blir-igjen",
        lambda world, _shown: bool(world.left_running()),
        "The code left processes running in the background. They were ended.",
        lambda world: (
            f"import subprocess\nsubprocess.Popen({world.marker.split()!r}, start_new_session=True)"
        ),
        walls=("pid",),
    ),
)
"""Attacks that reach for what lies outside the cage."""

_FORKS = """
import os, time
for number in range(100):
    if os.fork() == 0:
        time.sleep(20)
        os._exit(0)
print(number + 1, "forks")
"""
_MEMORY = """
held = []
for _each in range(40):
    held.append(bytearray(10_000_000))
    for place in range(0, 10_000_000, 4096):
        held[-1][place] = 1
print(len(held), "blocks")
held.clear()
"""
_DISK = """
import os, shutil
folder = f"/tmp/{os.getpid()}-kode"
os.makedirs(folder)
try:
    for number in range(10):
        with open(f"{folder}/{number}", "wb") as file:
            file.write(bytes(6_000_000))
    print("60 MB")
finally:
    shutil.rmtree(folder, ignore_errors=True)
"""
_SLEEPER = """
import signal, time
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
until = time.monotonic() + {patience}
while time.monotonic() < until:
    try:
        time.sleep(1)
    except BaseException:
        pass
print("utsovet")
"""
_LINK = (
    "import json, os, socket, struct\n"
    "number = next(int(n) for n in os.listdir('/proc/self/fd') if int(n) > 2 and "
    "os.readlink(f'/proc/self/fd/{n}').startswith('socket'))\n"
    "link = socket.socket(fileno=os.dup(number))\n"
)

GREEDY = (
    Attack(
        "forker",
        shows("100 forks"),
        "The code in code cell 2 ended with BlockingIOError.",
        lambda _world: _FORKS,
        walls=("resources", "group"),
    ),
    Attack(
        "bruker-minnet",
        shows("40 blocks"),
        "The code in code cell 2 ended with MemoryError.",
        lambda _world: _MEMORY,
        walls=("resources", "group"),
    ),
    Attack(
        "fyller-disken",
        shows("60 MB"),
        "The code in code cell 2 ended with OSError.",
        lambda _world: _DISK,
        walls=OPEN,
    ),
    Attack(
        "skriver-uten-ende",
        lambda _world, shown: len(shown) > 3_000_000,
        "Code cell 2 showed more than is kept.",
        lambda _world: "for _each in range(400):\n    print('x' * 10_000)",
        limits=Limits(seconds=60, output_kb=8192),
    ),
    Attack(
        "evig-lokke",
        shows("ferdig"),
        _STOPPED + "it used more time than allowed.",
        lambda world: (
            f"import time\nuntil = time.monotonic() + {world.patience}\n"
            "while time.monotonic() < until: pass\nprint('ferdig')"
        ),
        limits=_LOOSE,
        scores=ENDED,
        also=(_NOT_RUN,),
    ),
    Attack(
        "sover-og-tar-alt",
        shows("utsovet"),
        _STOPPED + "it used more time than allowed.",
        lambda world: _SLEEPER.format(patience=world.patience),
        limits=_LOOSE,
        scores=ENDED,
        also=(_NOT_RUN,),
    ),
)
"""Attacks that take more than their share."""

_ANSWERS_AHEAD = """
for turn in range(20):
    body = json.dumps({"ok": True, "outputs": [], "turn": turn}).encode()
    link.send(struct.pack("!I", len(body)) + body)
"""
_NO_ASSERTS = """
import ast
class NoAsserts(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(NoAsserts())
def snitt(tall): return None
def median(tall): return None
"""
_NO_LINES = """
get_ipython().input_transformers_post.append(
    lambda lines: [one for one in lines if not one.startswith("assert")] or ["pass"]
)
def snitt(tall): return None
def median(tall): return None
"""
_ONLY_THEIRS = """
get_ipython().input_transformers_post.append(
    lambda lines: ["pass"] if any("snitt(" in one or "median(" in one for one in lines) else lines
)
def snitt(tall): return None
def median(tall): return None
"""
_NO_TESTS = """
from IPython.core.interactiveshell import InteractiveShell
run = InteractiveShell.run_cell
InteractiveShell.run_cell = lambda self, source, *more, **how: run(
    self, "" if "assert" in source else source, *more, **how
)
def snitt(tall): return None
def median(tall): return None
"""
_EQUALS_ALL = """
class Alt:
    __eq__ = lambda self, other: True
    __hash__ = None
def snitt(tall): return Alt()
"""

CHEATING = (
    Attack(
        "avslutter-seg",
        shows("never"),
        _STOPPED + "it ended itself.",
        lambda _world: "import os\nos._exit(0)",
        scores=ENDED,
        also=(_NOT_RUN,),
    ),
    Attack(
        "svarer-for-retteren",
        shows("never"),
        _STOPPED + "it answered in the grader's place.",
        lambda _world: "def snitt(tall): return None\n" + _LINK + _ANSWERS_AHEAD,
        scores=ENDED,
        also=(_NOT_RUN,),
    ),
    Attack(
        "flommer-over-linja",
        shows("never"),
        _STOPPED + "it wrote more than allowed.",
        lambda _world: _LINK + "while True: link.send(b'x' * 65536)",
        scores=ENDED,
        also=(_NOT_RUN,),
    ),
    Attack(
        "ast-krok",
        shows("never"),
        _HOOKED,
        lambda _world: _NO_ASSERTS,
        scores={**_COUNTED, "verdi-1": 0},
        also=(_HOOKED_TOO,),
    ),
    Attack(
        "inndata-krok",
        shows("never"),
        _HOOKED,
        lambda _world: _NO_LINES,
        scores={**_COUNTED, "verdi-1": 0},
        also=(_HOOKED_TOO,),
    ),
    Attack(
        "krok-for-bare-provene",
        shows("never"),
        _HOOKED,
        lambda _world: _ONLY_THEIRS,
        scores={**_COUNTED, "verdi-1": 0},
        also=(_HOOKED_TOO,),
    ),
    Attack(
        "bytter-ut-skallet",
        shows("never"),
        _HOOKED,
        lambda _world: _NO_TESTS,
        scores={**_COUNTED, "verdi-1": 0},
        also=(_HOOKED_TOO,),
    ),
    Attack(
        "feil-uten-plass",
        shows("never"),
        "Code cell 3 showed more than is kept.",
        lambda _world: "def snitt(tall): raise ValueError('x' * 2_000_000)",
        scores={**FULL, "test-snitt": 0, "verdi-1": 0},
    ),
    Attack(
        "lik-alt",
        shows("never"),
        None,
        lambda _world: _EQUALS_ALL,
        scores={**FULL, "verdi-1": 0},
        quiet="An assert believes what the code answers; a task judged by values does not.",
    ),
    Attack(
        "egen-check",
        shows("never"),
        None,
        lambda _world: "def check(*task, **more): return 2.0",
        log=(("answer", "dose-1", "1 mg/24 t"),),
        scores={**FULL, "dose-1": 0},
        quiet="The grader judges the answer itself and never calls it.",
    ),
    Attack(
        "skript-i-utdata",
        lambda _world, shown: "<script" in shown,
        None,
        lambda _world: (
            "from IPython.display import HTML, display\ndisplay(HTML('<script>alert(1)</script>'))"
        ),
        quiet="Only texts and pictures of what a cell shows are kept.",
    ),
)
"""Attacks on the points."""


def _duplicate(cells: list[dict[str, Any]]) -> None:
    (test,) = cells_named(cells, "test-snitt")
    cells.insert(cells.index(test) + 1, {**test, "id": "kopi", "source": "2"})


def _edit(cells: list[dict[str, Any]]) -> None:
    (test,) = cells_named(cells, "test-snitt")
    test["source"] = "assert True"
    test["metadata"]["nbgrader"]["points"] = 100


_WRONG = {"snitt": "def snitt(tall):\n    return None\n"}
_UNEARNED = {**FULL, "test-snitt": 0, "verdi-1": 0}


def _wrong(change: Callable[[list[dict[str, Any]]], object]) -> Callable[..., None]:
    """A wrong answer, and a change to the cells that should have shown it."""

    def both(cells: list[dict[str, Any]]) -> None:
        cells_named(cells, "snitt")[0]["source"] = _WRONG["snitt"]
        change(cells)

    return both


def _strange(cells: list[dict[str, Any]]) -> None:
    (test,) = cells_named(cells, "test-snitt")
    about = {**test["metadata"]["nbgrader"], "grade_id": "../../../gradebook.db"}
    cells.append({**test, "id": "ekstra", "source": "1", "metadata": {"nbgrader": about}})


def _move(cells: list[dict[str, Any]]) -> None:
    (test,) = cells_named(cells, "test-snitt")
    cells.remove(test)
    cells.insert(0, test)


DAMAGING = (
    Attack(
        "endret-prove",
        shows("never"),
        "The cell “test-snitt” had been changed and was put right.",
        change=_wrong(_edit),
        scores=_UNEARNED,
    ),
    Attack(
        "slettet-prove",
        shows("never"),
        "The cell “test-snitt” was missing and was put back.",
        change=_wrong(lambda cells: cells.remove(cells_named(cells, "test-snitt")[0])),
        scores=_UNEARNED,
    ),
    Attack(
        "doblet-prove",
        shows("never"),
        "The cell “test-snitt” was there more than once.",
        change=_wrong(_duplicate),
        scores=_UNEARNED,
        also=("The cell “test-snitt” had been changed and was put right.",),
    ),
    Attack(
        "flyttet-prove",
        shows("never"),
        "Cells had been moved and were put back in their order.",
        change=_wrong(_move),
        scores=_UNEARNED,
    ),
    Attack(
        "fremmed-celle",
        shows("never"),
        "The cell “../../../gradebook.db” is not one of the assignment's and gives no points.",
        change=_strange,
    ),
)
"""Attacks on the notebook."""


def _write(name: str, content: str) -> Callable[[World, Path], None]:
    return lambda _world, folder: (folder / name).write_text(content, encoding="utf-8") and None


def _many(_world: World, folder: Path) -> None:
    for number in range(400):
        (folder / f"{number}.txt").write_text("x")


def _forged(_world: World, folder: Path) -> None:
    task = {"v": 1, "at": "2026-11-22T10:00:00Z", "notebook": "kode.ipynb", "task": "dose-1"}
    lines = [
        {**task, "type": "opened", "value": None, "points": 2, "score": 2, "right": True},
        {**task, "type": "score", "value": 2},
        {**task, "type": "graded", "value": {"points": 2, "most": 2}, "auto_score": 2},
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "svar.jsonl").write_text(text)


def _torn(_world: World, folder: Path) -> None:
    whole = (folder / "svar.jsonl").read_bytes()
    (folder / "svar.jsonl").write_bytes(whole[: len(whole) // 2])


def _gigantic(_world: World, folder: Path) -> None:
    whole = (folder / "svar.jsonl").read_bytes()
    (folder / "svar.jsonl").write_bytes(whole * (6_000_000 // len(whole)))


def _link(world: World, folder: Path) -> None:
    (folder / "tall.csv").symlink_to(world.home / ".nokkel")


def _linked_log(world: World, folder: Path) -> None:
    (folder / "svar.jsonl").unlink(missing_ok=True)
    (folder / "svar.jsonl").symlink_to(world.neighbour / "svar.jsonl")


_NO_CODE = {"test-snitt": 0, "test-median": 0, "dose-1": 2, "verdi-1": 0, "drofting": 0}

LAID = (
    Attack(
        "lenke-ut",
        shows(HOME_SECRET),
        "“tall.csv” was not taken: it is a link, and could lead anywhere.",
        lambda _world: (
            "import os\nprint(open('tall.csv').read() if os.path.exists('tall.csv') else '')"
        ),
        lay=_link,
    ),
    Attack(
        "lenket-logg",
        shows("never"),
        "“svar.jsonl” was not taken: it is a link, and could lead anywhere.",
        lay=_linked_log,
        log=(),
        also=("“dose-1”: Not graded: “svar.jsonl” cannot be read: it is only a link.",),
        scores={**FULL, "dose-1": None},
    ),
    Attack(
        "skjult-program",
        shows("programmet gikk"),
        "“.hjelp” was not taken: it is a program.",
        lambda _world: (
            "import subprocess\n"
            "print(subprocess.run(['sh', '.hjelp'], capture_output=True).stdout.decode())"
        ),
        lay=_write(".hjelp", "#!/bin/sh\necho programmet gikk\n"),
    ),
    Attack(
        "for-mange-filer",
        shows("400"),
        "“…” was not taken: and ",
        lambda _world: "import os\nprint(len([one for one in os.listdir() if one[0].isdigit()]))",
        lay=_many,
        also=("there are more than 200 files.",),
    ),
    Attack(
        "rart-navn",
        shows("never"),
        "its name has signs that cannot be shown.",
        lay=_write("..\n..\x1b[2Jgradebook.db", "x"),
    ),
    Attack(
        "ror",
        shows("never"),
        "“tall.csv” was not taken: it is not an ordinary file.",
        lay=lambda _world, folder: os.mkfifo(folder / "tall.csv"),
    ),
    Attack(
        "poeng-i-loggen",
        shows("never"),
        "2 lines of “svar.jsonl” are no answers and were left out.",
        lay=_forged,
        log=(),
        scores={**FULL, "dose-1": 0},
    ),
    Attack(
        "avrevet-logg",
        shows("never"),
        "“dose-1”: ",
        lay=_torn,
        scores={**FULL, "dose-1": None},
    ),
    Attack(
        "kjempelogg",
        shows("never"),
        "“dose-1”: Not graded: “svar.jsonl” is too large to be an answer log.",
        lay=_gigantic,
        scores={**FULL, "dose-1": None},
    ),
    Attack(
        "odelagt-notatbok",
        shows("never"),
        "The notebook “kode” is damaged and could not be read.",
        lay=_write("kode.ipynb", '{"cells": [{"cell_type": "co'),
        scores=_NO_CODE,
    ),
    Attack(
        "bunnlos-notatbok",
        shows("never"),
        "The notebook “kode” is damaged and could not be read.",
        lay=_write("kode.ipynb", '{"cells": ' + "[" * 200_000),
        scores=_NO_CODE,
    ),
    Attack(
        "kjempenotatbok",
        shows("never"),
        "“kode.ipynb” was not taken: it is larger than 20 MB.",
        lay=lambda _world, folder: os.truncate(folder / "kode.ipynb", 500_000_000),
        scores=_NO_CODE,
        also=("The notebook “kode” was not handed in.",),
    ),
)
"""Attacks by what lies in the folder."""

ATTACKS = (*REACHING, *GREEDY, *CHEATING, *DAMAGING, *LAID)
