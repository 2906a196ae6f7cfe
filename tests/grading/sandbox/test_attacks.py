"""What a hand-in may try, and which wall stops it: each attack succeeds when that wall is down.

The attack ends with a name ``got``: True when it came through.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pallkit_grading.sandbox import WALLS, CageEndedError, Ended, Limits, Sandbox, Wall
from pallkit_grading.sandbox.groups import lender

SMALL = Limits(seconds=8, memory_mb=200, processes=12, file_mb=8, disk_mb=24)

ROOT = os.geteuid() == 0
"""Only root can build the other walls without the one that gives root up."""

OPEN: tuple[Wall, ...] = ("mount", "user") if ROOT else ("mount",)
"""What hides files. A grader that is not root is also kept out by nothing but the first."""


_standing = contextlib.ExitStack()


@pytest.fixture(scope="module", autouse=True)
def _end_of_the_sandboxes() -> Iterator[None]:
    yield
    opened.cache_clear()
    _standing.close()


@cache
def opened(limits: Limits, walls: frozenset[Wall]) -> Sandbox:
    return _standing.enter_context(Sandbox(limits, preload=(), walls=walls))


def came_through(source: str, *without: Wall, limits: Limits = SMALL) -> bool | Ended:
    """Run an attack with some walls down: whether it came through, or why its cage ended."""
    with opened(limits, WALLS - set(without)).cage() as cage:
        try:
            cage.run("got = False")
            cage.run(source)
            return cage.value("got").value is True
        except CageEndedError as ended:
            return ended.why


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "gradebook.db"
    file.write_text("18 poeng", encoding="utf-8")
    return file


def test_the_gradebook_cannot_be_read(secret: Path) -> None:
    attack = f"got = 'poeng' in open({str(secret)!r}).read()"
    assert came_through(attack) is False
    assert came_through(attack, *OPEN) is True


def test_the_gradebook_cannot_be_written(secret: Path) -> None:
    attack = f"open({str(secret)!r}, 'w').write('20 poeng')\ngot = True"
    assert came_through(attack) is False
    assert "18" in secret.read_text(encoding="utf-8")
    assert came_through(attack, *OPEN) is True
    assert "20" in secret.read_text(encoding="utf-8")


def test_other_hand_ins_are_not_there(secret: Path) -> None:
    attack = f"import os\ngot = bool(os.listdir({str(secret.parent)!r}))"
    assert came_through(attack) is False
    assert came_through(attack, *OPEN) is True


def test_python_itself_cannot_be_changed() -> None:
    attack = (
        "import os, pallkit_grading\n"
        "places = (pallkit_grading.__file__, '/usr', '/etc/ld.so.cache')\n"
        "got = any(os.access(place, os.W_OK) for place in places)"
    )
    assert came_through(attack) is False


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_the_network_is_out_of_reach(listening: int) -> None:
    attack = (
        "import socket\n"
        f"socket.create_connection(('127.0.0.1', {listening}), timeout=2)\n"
        "got = True"
    )
    assert came_through(attack) is False
    assert came_through(attack, "net") is True


def test_a_service_on_this_machine_is_out_of_reach() -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0pallkit")  # a name without a file: the file system does not hide it
        server.listen()
        attack = "import socket\nsocket.socket(socket.AF_UNIX).connect('\\0pallkit')\ngot = True"
        assert came_through(attack) is False
        assert came_through(attack, "net") is True


def test_secrets_in_the_environment_do_not_come_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALLKIT_SECRET", "hemmeleg")
    opened.cache_clear()  # a sandbox has the environment it was started in
    attack = "import os\ngot = os.environ.get('PALLKIT_SECRET') == 'hemmeleg'"
    assert came_through(attack) is False
    assert came_through(attack, "clean") is True


def test_files_that_were_open_are_closed() -> None:
    # Nothing is left but the line to the grader (and the folder that is being listed).
    attack = "import os\ngot = len([n for n in os.listdir('/proc/self/fd') if int(n) > 2]) > 2"
    assert came_through(attack) is False


@pytest.fixture
def bystander() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        yield process
        process.kill()


def test_other_processes_are_not_seen(bystander: subprocess.Popen[bytes]) -> None:
    attack = f"import os\ngot = os.path.exists('/proc/{bystander.pid}/cmdline')"
    assert came_through(attack) is False
    assert came_through(attack, "pid") is True


def test_other_processes_are_not_ended(bystander: subprocess.Popen[bytes]) -> None:
    attack = f"import os\nos.kill({bystander.pid}, 9)\ngot = True"
    assert came_through(attack) is False
    assert bystander.poll() is None
    if ROOT:
        assert came_through(attack, "pid", "user") is True
        assert bystander.wait(5) == -9


def test_what_is_left_in_the_background_ends_with_the_cage() -> None:
    marker = f"sleep 5{os.getpid() % 100_000:05d}"
    attack = (
        f"import subprocess\nsubprocess.Popen({marker.split()!r}, start_new_session=True)\n"
        "got = True"
    )
    assert came_through(attack) is True  # it may start it, within its cage
    assert not _running(marker)
    assert came_through(attack, "pid") is True
    assert _running(marker)
    subprocess.run(["pkill", "-f", marker], check=False)


def _running(command: str) -> bool:
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if entry.read_bytes().replace(b"\0", b" ").decode().strip() == command:
                return True
    return False


def test_root_is_given_up_for_good() -> None:
    attack = (
        "import ctypes, os\nlibc = ctypes.CDLL(None)\n"
        "try:\n    os.setuid(0)\nexcept OSError:\n    pass\n"
        "got = os.geteuid() == 0 and libc.mount(b'tmpfs', b'/tmp', b'tmpfs', 0, None) == 0"
    )
    assert came_through(attack) is False
    if ROOT:
        assert came_through(attack, "user") is True


def test_a_namespace_of_its_own_gives_no_rights_back() -> None:
    attack = (
        "import ctypes\nlibc = ctypes.CDLL(None)\n"
        "got = libc.unshare(0x10000000 | 0x20000) == 0 "
        "and libc.mount(b'tmpfs', b'/tmp', b'tmpfs', 0, None) == 0"
    )
    assert came_through(attack) is False
    if ROOT:
        assert came_through(attack, "user") is True


def test_the_first_process_of_the_cage_cannot_be_looked_into() -> None:
    attack = "got = len(open('/proc/1/mem', 'rb').name) > 0"
    assert came_through(attack) is False


def test_shared_memory_of_others_is_out_of_reach() -> None:
    libc = ctypes.CDLL(None)
    key, size, create = 0x50616C6C, 4096, 0o1666
    number = libc.shmget(key, size, create)
    assert number >= 0
    try:
        attack = f"import ctypes\ngot = ctypes.CDLL(None).shmget({key}, {size}, 0) >= 0"
        assert came_through(attack) is False
        assert came_through(attack, "ipc") is True
    finally:
        libc.shmctl(number, 0, None)


FORK_BOMB = """
import os, time
started = 0
try:
    for _each in range(100):
        if os.fork() == 0:
            time.sleep(30)
            os._exit(0)
        started += 1
except OSError:
    pass
got = started == 100
"""


def test_a_fork_bomb_stops_at_its_limit() -> None:
    assert came_through(FORK_BOMB) is False
    assert came_through(FORK_BOMB, "resources", "group") is True


MEMORY_BOMB = """
held = []
for _each in range(40):
    held.append(bytearray(10_000_000))
    for place in range(0, 10_000_000, 4096):
        held[-1][place] = 1
got = True
"""


def test_a_memory_bomb_is_an_error_in_its_cell() -> None:
    assert came_through(MEMORY_BOMB) is False
    assert came_through(MEMORY_BOMB, "resources", "group") is True


def test_memory_that_is_spread_over_processes_is_counted_together() -> None:
    spread = (
        "import os\npids = []\nfor _each in range(8):\n    pid = os.fork()\n    if pid == 0:\n"
        "        held = bytearray(60_000_000)\n"
        "        for place in range(0, len(held), 4096):\n            held[place] = 1\n"
        "        import time; time.sleep(1); os._exit(0)\n    pids.append(pid)\n"
        "got = all(os.waitpid(pid, 0)[1] == 0 for pid in pids)"
    )
    if lender() is not None:  # else each process has the limit by itself, and the run says so
        assert came_through(spread) in {False, "memory"}
    assert came_through(spread, "group") is True


DISK_FILLER = """
import os
folder = '/tmp/' + str(os.getpid()) if os.path.isdir('/tmp') else '.'
os.makedirs(folder, exist_ok=True)
try:
    for number in range(10):
        with open(f'{folder}/{number}', 'wb') as file:
            file.write(bytes(6_000_000))
    got = True
finally:
    import shutil
    shutil.rmtree(folder, ignore_errors=True)
"""


def test_the_disk_is_not_filled() -> None:
    assert came_through(DISK_FILLER) is False
    assert came_through(DISK_FILLER, *OPEN) is True


def test_no_file_is_larger_than_its_limit() -> None:
    attack = "open('/tmp/stor', 'wb').write(bytes(12_000_000))\ngot = True"
    assert came_through(attack) is False
    assert came_through(attack, "resources") is True


def test_an_endless_loop_ends_by_the_clock() -> None:
    quick = Limits(seconds=1.5)
    assert came_through("while True: pass", limits=quick) == "time"


def test_a_sleeper_that_catches_everything_ends_by_the_clock() -> None:
    attack = """
import signal, time
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    try:
        time.sleep(60)
    except BaseException:
        pass
"""
    began = time.monotonic()
    assert came_through(attack, limits=Limits(seconds=2)) == "time"
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("attack", ["import os; os._exit(0)", "import os; os.kill(os.getpid(), 9)"])
def test_a_process_that_ends_itself_costs_its_own_hand_in_only(attack: str) -> None:
    with Sandbox(SMALL, preload=()) as sandbox:
        with sandbox.cage() as cage, pytest.raises(CageEndedError) as ended:
            cage.run(attack)
        assert ended.value.why == "stopped"
        with sandbox.cage() as cage:
            assert cage.run("1").ok


LINK = (
    "import os, socket\n"
    "number = next(int(n) for n in os.listdir('/proc/self/fd') if int(n) > 2 and "
    "os.readlink(f'/proc/self/fd/{n}').startswith('socket'))\n"
    "link = socket.socket(fileno=os.dup(number))\n"
)


def test_a_flood_on_the_line_to_the_grader_ends_the_cage() -> None:
    attack = LINK + "while True: link.send(b'x' * 65536)"
    assert came_through(attack) == "output"


def test_an_answer_that_was_sent_beforehand_is_not_taken() -> None:
    attack = (
        LINK + "import json, struct\n"
        "body = json.dumps({'ok': True, 'outputs': []}).encode()\n"
        "link.send(struct.pack('!I', len(body)) + body)"
    )
    assert came_through(attack) == "forged"


def test_no_warm_process_and_no_cage_outlives_a_grader_that_is_killed(tmp_path: Path) -> None:
    grader = tmp_path / "grader.py"
    marker = f"sleep 6{os.getpid() % 100_000:05d}"
    grader.write_text(
        "from pallkit_grading.sandbox import Limits, Sandbox\n"
        "with Sandbox(Limits(seconds=60), preload=()) as sandbox, sandbox.cage() as cage:\n"
        f'    cage.run("import subprocess; subprocess.Popen({marker.split()!r})")\n'
        "    print('runs', flush=True)\n"
        "    cage.run('while True: pass')\n",
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, grader], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"runs\n"
        assert _running(marker)
        process.kill()
        process.wait()
    until = time.monotonic() + 10
    while _running(marker) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _running(marker)


def test_many_cages_at_once_do_not_mix_what_they_answer() -> None:
    with Sandbox(SMALL, preload=()) as sandbox:
        answers: dict[int, object] = {}

        def one(number: int) -> None:
            with sandbox.cage() as cage:
                cage.run(f"mine = {number}")
                answers[number] = cage.value("mine").value

        threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == {number: number for number in range(8)}
