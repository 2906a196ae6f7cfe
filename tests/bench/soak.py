"""Many short visits to one server, and what is left of them: it should be nothing.

    python tests/bench/soak.py                       # 30 minutes, 2,000 visits
    python tests/bench/soak.py --minutes 3 --visits 150

Each visit fetches a page as a browser does, connects to its kernel, has one answer from the
widget, and leaves: most by saying so, some by hanging up, some before they have connected.
Kernels, processes, memory, open files and left files are counted all the time. Growth is the
difference between a tenth of the run, from when the server is warm, and its last tenth; the run
ends with 1 if anything has grown by more than it may.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import signal
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.app.server_process import Server, serving
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

PAGES = (
    "/app/kasus?case=smerte-kan-ikke-svelge",
    "/app/kasus?case=smerte-kan-ikke-svelge&lang=nn",
    "/app/kalkulator",
    "/app/smertepumpe?lang=en",
    "/app/omregningstabeller",
    "/modul/omregning-av-opioider/verktoy",
)
LEAVES = ("says so",) * 8 + ("hangs up", "never connects")
SETTINGS = (
    "--VisitorKernels.unmet_timeout=15",
    "--VisitorKernels.left_timeout=10",
    "--VisitorKernels.cull_interval=1",
    "--Limits.burst=100000",
    "--Limits.hourly=100000",
)
WARM = 200  # visits until the server has had as many at once as it will have, of each kind
WIDGET = re.compile(
    r'<script type="application/vnd\.jupyter\.widget-view\+json">(.*?)</script>', re.S
)
KERNEL = re.compile(r'"kernelId":\s*"([0-9a-f-]{36})"')
# What one thing may grow by: a share of what it was, and a number that is too small to mind.
MAY_GROW = {
    "kernels": (0, 2),
    "processes": (0, 2),
    "server_pss": (0.05, 8),
    "server_files": (0.05, 12),
    "server_threads": (0, 2),
    "left_files": (0, 4),
}


@dataclass(frozen=True)
class Sample:
    """What there was at one time. Memory in MiB."""

    minute: float
    visits: int
    kernels: int
    processes: int
    server_pss: float
    all_pss: float
    server_files: int
    server_sockets: int
    server_threads: int
    left_files: int


class Visitors:
    """Who visit, and what came of it."""

    def __init__(self, server: Server, seed: int) -> None:
        self._server = server
        self._random = random.Random(seed)  # noqa: S311  # nothing secret about it
        self._lock = threading.Lock()
        self.seen: Counter[str] = Counter()
        self.seconds: list[float] = []

    def visit(self, at: float) -> None:
        """One visit, at its time."""
        time.sleep(max(0, at - time.monotonic()))
        with self._lock:
            path, leave = self._random.choice(PAGES), self._random.choice(LEAVES)
        begun = time.monotonic()
        try:
            outcome = self._visit(path, leave)
        except (OSError, WebSocketException, http.client.HTTPException, ValueError) as error:
            outcome = f"failed: {type(error).__name__} {error}"
        with self._lock:
            self.seen[outcome] += 1
            self.seconds.append(time.monotonic() - begun)

    def _visit(self, path: str, leave: str) -> str:
        reply = self._server.get(path)
        if reply.status != 200:
            return f"turned away with {reply.status}"
        kernel, widget = KERNEL.search(reply.text), WIDGET.search(reply.text)
        if kernel is None or widget is None:
            return "a page without its widget"
        if leave == "never connects":
            return leave
        address = f"ws://127.0.0.1:{self._server.port}/api/kernels/{kernel[1]}/channels"
        with connect(address, max_size=None) as line:
            _have_an_answer(line, json.loads(widget[1]))
            if leave == "says so":
                self._server.ask(f"/voila/api/shutdown/{kernel[1]}", "POST")
        return leave


def _have_an_answer(line: ClientConnection, widget: Any) -> None:
    view = widget["state"]["view"]
    step = view.get("step")
    message: dict[str, Any] = {"type": "language", "lang": "en"}
    if step and step["kind"] == "info":
        message = {"type": "decide", "decision": {"step": step["id"]}}
    data = {"method": "custom", "content": message}
    line.send(json.dumps(_wrapped({"comm_id": widget["model_id"], "data": data})))
    until = time.monotonic() + 60
    while time.monotonic() < until:
        heard = json.loads(line.recv(timeout=60))
        if heard["msg_type"] == "comm_msg" and heard["content"]["data"]["method"] == "update":
            return
    raise TimeoutError("the widget gave no answer")


def _wrapped(content: dict[str, Any]) -> dict[str, Any]:
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": "comm_msg",
        "session": uuid.uuid4().hex,
        "username": "",
        "version": "5.3",
        "date": datetime.now(UTC).isoformat(),
    }
    parts = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
    return {"channel": "shell", "buffers": [], **parts}


def pss(process: psutil.Process) -> float:
    """Proportional memory in MiB; 0 of a process that has just ended."""
    try:
        return float(process.memory_full_info().pss) / 2**20
    except psutil.Error:
        return 0


def sample(server: Server, folder: Path, minute: float, visits: int) -> Sample:
    """Count."""
    own = psutil.Process(server.process.pid)
    children = own.children(recursive=True)
    mine = pss(own)
    kinds = [_kind(entry) for entry in Path(f"/proc/{own.pid}/fd").iterdir()]
    metrics = server.get("/metrics").text
    running = re.search(r"^pallkit_sessions (\d+)", metrics, re.M)
    return Sample(
        minute=round(minute, 2),
        visits=visits,
        kernels=int(running[1]) if running else -1,
        processes=len(children),
        server_pss=round(mine, 1),
        all_pss=round(mine + sum(map(pss, children)), 1),
        server_files=len(kinds),
        server_sockets=sum(kind.startswith("socket:") for kind in kinds),
        server_threads=own.num_threads(),
        left_files=sum(1 for each in folder.rglob("*") if each.is_file()),
    )


def _kind(entry: Path) -> str:
    try:
        return str(entry.readlink())
    except OSError:  # closed while we looked
        return ""


def watch(take: Callable[[], Sample], *, every: float, until: threading.Event) -> list[Sample]:
    """Take samples until told to stop, and print each."""
    names = [field.name for field in fields(Sample)]
    print("  ".join(names))
    samples = []
    while not until.wait(every):
        samples.append(take())
        cells = (str(getattr(samples[-1], name)).rjust(len(name)) for name in names)
        print("  ".join(cells), flush=True)
    return samples


def growth(samples: Sequence[Sample]) -> list[str]:
    """Say for each thing what it was and what it is; those that grew too much are marked."""
    tenth = max(1, len(samples) // 10)
    warm = [each for each in samples[tenth:] if each.visits >= WARM] or samples
    early, late = warm[:tenth], samples[-tenth:]
    told = []
    for name, (share, number) in MAY_GROW.items():
        was = statistics.median(getattr(each, name) for each in early)
        now = statistics.median(getattr(each, name) for each in late)
        grown = now - was > max(share * was, number)
        told.append(f"{name}: {was:g} → {now:g}{'  GREW' if grown else ''}")
    return told


def main() -> int:
    """Run, print, and judge."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--minutes", type=float, default=30)
    asked.add_argument("--visits", type=int, default=2000)
    asked.add_argument("--at-once", type=int, default=8)
    asked.add_argument("--every", type=float, default=0, help="seconds between two samples")
    asked.add_argument("--seed", type=int, default=6)
    given = asked.parse_args()
    every = given.every or max(2.0, given.minutes * 60 / 60)
    with tempfile.TemporaryDirectory() as name:
        for variable in ("TMPDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR"):
            folder = Path(name) / variable.lower()
            folder.mkdir()
            os.environ[variable] = str(folder)
        with serving(settings=SETTINGS) as server:
            samples, seen = _run(server, Path(name), given, every)
            _out, err = server.end(signal.SIGTERM)  # SIGINT is ignored where run behind others
    told = growth(samples)
    print("\n".join([f"load {os.getloadavg()}", f"visits {dict(seen)}", *told]))
    print(f"log: {len(err.splitlines())} lines", *err.splitlines()[:10], sep="\n")
    failed = [outcome for outcome in seen if outcome not in LEAVES]
    return int(bool(failed) or any("GREW" in line for line in told))


def _run(
    server: Server, folder: Path, given: argparse.Namespace, every: float
) -> tuple[list[Sample], Counter[str]]:
    visitors = Visitors(server, given.seed)
    begun, over = time.monotonic(), threading.Event()

    def take() -> Sample:
        return sample(server, folder, (time.monotonic() - begun) / 60, visitors.seen.total())

    with ThreadPoolExecutor(given.at_once + 1) as pool:
        watching = pool.submit(watch, take, every=every, until=over)
        gap = given.minutes * 60 / given.visits
        visits = [pool.submit(visitors.visit, begun + gap * each) for each in range(given.visits)]
        for each in visits:
            each.result()
        over.wait(15)  # the last kernels are let go
        over.set()
        samples = watching.result()
    print(f"seconds a visit: median {statistics.median(visitors.seconds):.1f}")
    return samples, visitors.seen


if __name__ == "__main__":
    sys.exit(main())
