"""What is done before the fork so that kernels share what they do not change."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from tests.app.warm.running import PATIENCE

from pallkit_app.warm import gathering
from pallkit_app.warm.keeper import _environment

needs_glibc = pytest.mark.skipif(
    sys.platform != "linux", reason="the C library whose heap is filled is that of Linux"
)
_HOLES = """
import ctypes
from pallkit_app.warm import packing
c = ctypes.CDLL(None)
c.malloc.restype, c.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
c.free.argtypes = [ctypes.c_void_p]
c.mallinfo2.restype = packing._Mallinfo
SIZES = range(600, 9000, 40)
def holes():
    blocks = [c.malloc(size) for size in SIZES for _many in range(5)]
    for block in blocks[::2]:
        c.free(block)
def free():
    info = c.mallinfo2()
    return info.fordblks - info.keepcost
def top():
    return max(c.malloc(size) for size in (24, 700, 3000))
holes()
before, highest = free(), top()
packing.pack()
print(before, free(), min(c.malloc(size) for size in SIZES) > highest)
"""
_SCOUT = """
import os
from pallkit_app.warm import gathering, preload, scout
preload.load()
line, end = os.pipe()
ran = set(scout.ran(line))
import pallkit_widgets, ipykernel.kernelbase
for function in (
    pallkit_widgets.OpioidCalculator.handle, pallkit_widgets.CasePlayer.handle,
    ipykernel.kernelbase.Kernel.kernel_info_request, pallkit_widgets.AnswerBox.handle,
):
    print(function.__qualname__, id(function.__code__) in ran)
"""

_GATHERED = """
import gc, os
from types import FunctionType
from pallkit_app.warm import gathering, preload, scout
preload.load()
line, end = os.pipe()
ran = scout.ran(line)
those = set(ran)
run = [
    each for each in gc.get_objects()
    if type(each) is FunctionType and id(each.__code__) in those
]
def pages():
    return len({id(each.__code__) // 4096 for each in run})
before = pages()
print(gathering.gather(ran), before, pages())
"""


def _python(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, with the memory of a warm process: without threads."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env=_environment() | env,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@needs_glibc
def test_after_packing_the_heap_has_no_holes_and_what_is_new_lies_beside_what_was() -> None:
    done = _python(_HOLES)
    assert not done.stderr
    before, after, beside = done.stdout.split()
    assert int(before) > 500_000
    assert int(after) < 20_000
    assert beside == "True"


def _maker(base: int) -> Callable[[int], list[int]]:
    def made(more: int) -> list[int]:
        return [base + each for each in range(more)]

    return made


def _loud(text: str) -> str:
    """Raise the voice."""
    return text.upper() + "!"


def test_gathered_code_does_the_same_from_another_place() -> None:
    two = [_maker(10), _maker(20)]  # of one code
    chosen = [_maker.__code__, two[0].__code__, _loud.__code__]
    places = [id(code) for code in chosen]
    assert gathering.gather([*places, 12345]) >= 4
    now = [_maker.__code__, two[0].__code__, _loud.__code__]
    assert not {id(code) for code in now} & set(places)
    assert now == chosen
    assert two[0].__code__ is two[1].__code__
    assert any(part is two[0].__code__ for part in _maker.__code__.co_consts)
    assert [make(2) for make in two] == [[10, 11], [20, 21]]
    assert _maker(3)(1) == [3]
    assert (_loud("ja"), _loud.__doc__) == ("JA!", "Raise the voice.")


def test_nothing_is_moved_that_was_not_run() -> None:
    kept = _python.__code__
    assert gathering.gather([]) == 0
    assert _python.__code__ is kept


@needs_glibc
@pytest.mark.parametrize("name", ["short", "long" * 25])
def test_the_scout_tells_what_a_pages_kernel_runs_and_nothing_else(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, home = tmp_path_factory.mktemp(name), tmp_path_factory.mktemp("home")
    done = _python(_SCOUT, TMPDIR=str(folder), IPYTHONDIR=str(home))
    assert not done.stderr
    assert not list(folder.iterdir())
    assert not list(home.rglob("history.sqlite"))
    assert done.stdout.splitlines() == [
        "OpioidCalculator.handle True",
        "CasePlayer.handle True",
        "Kernel.kernel_info_request True",
        "AnswerBox.handle False",
    ]


@needs_glibc
@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("scout._CELLS = ('1 / 0',)", "ZeroDivisionError"),
        ("scout._CELLS = ('import os; os._exit(3)',)", "no word from the scout"),
        ("scout._LIFE = 1; scout._CELLS = ('import time; time.sleep(60)',)", "no word"),
    ],
)
def test_a_scout_that_fails_costs_a_line_and_no_page(fault: str, reason: str) -> None:
    done = _python(
        "import os\nfrom pallkit_app.warm import child, scout\n"
        f"{fault}\napp = child.prepare(page=True, pipe=os.pipe()[0])\nprint(app.shell is not None)"
    )
    assert done.stdout == "True\n"
    (line,) = done.stderr.splitlines()
    assert line.startswith("The code that pages run could not be gathered")
    assert reason in line


@needs_glibc
def test_what_a_pages_kernel_runs_lies_close_together() -> None:
    done = _python(_GATHERED)
    assert not done.stderr
    functions, before, after = map(int, done.stdout.split())
    assert functions > 1000
    assert after < 0.5 * before
