"""What one session costs, by the kind of its page: `session_memory` and the files a session holds.

    python -m tests.bench.bench_sessions

Each page is opened several times and used by a light websocket client: a case is played to its
debrief, a calculator has its forms counted again and again, in each language. Then is read, for
each kernel, the memory nobody shares (USS) and its share of all (PSS), and by how much the server
itself has grown; and how many files the server holds for each session, in use and, with all of
them starting in one moment, at most.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any

import psutil
from tests.app.exchange.walks import best_way
from tests.app.server_process import Server, eventually, serving
from tests.bench.light_learner import QUESTION
from tests.bench.soak import KERNEL, WIDGET, _wrapped
from websockets.sync.client import ClientConnection, connect

from pallkit.i18n import LANGUAGES
from pallkit_widgets.pump_calculator.forms import SECTIONS, empty

CASE = "smerte-kan-ikke-svelge"
TIMES = 10
PUMP = {"drug": "morphine", "dose": "144", "concentration": "10", "reservoir": "100"}
SETTINGS = ("--VisitorKernels.left_timeout=1", "--VisitorKernels.cull_interval=1")
MODULE = "/modul/omregning-av-opioider/verktoy"
MIB = 2**20
Messages = Callable[[], Iterator[dict[str, Any]]]


def case() -> Iterator[dict[str, Any]]:
    """The best way through, then from the beginning in another language."""
    for lang in LANGUAGES:
        yield {"type": "language", "lang": lang}
        for decision in best_way(CASE):
            yield {"type": "decide", "decision": decision}
        yield {"type": "restart"}


def calculator() -> Iterator[dict[str, Any]]:
    """One dose after another, with all that can be asked for."""
    for lang in LANGUAGES:
        yield {"type": "language", "lang": lang}
        for number in range(1, TIMES + 1):
            rows = [{**QUESTION["rows"][0], "dose": f"{10 * number} mg x 2"}] * 4
            form = QUESTION | {"rows": rows, "to": "oxycodone oral"}
            yield {"type": "calculate", "form": form}


def pump() -> Iterator[dict[str, Any]]:
    """Each of the calculator's parts."""
    for lang in LANGUAGES:
        yield {"type": "language", "lang": lang}
        for number in range(1, TIMES + 1):
            for section in SECTIONS:
                typed = PUMP | {"dose": str(20 * number)} if section == "pump" else {}
                yield {"type": section, "form": empty(section) | typed}


def tables() -> Iterator[dict[str, Any]]:
    """Searches."""
    for lang in LANGUAGES:
        yield {"type": "language", "lang": lang}
        for word in ("morfin", "oksykodon", "fentanyl", "metadon"):
            yield {"type": "find", "text": word}


def languages() -> Iterator[dict[str, Any]]:
    """What every widget of a module understands."""
    for _time in range(TIMES):
        for lang in LANGUAGES:
            yield {"type": "language", "lang": lang}


KINDS: dict[str, tuple[str, Messages]] = {
    "case": (f"/app/kasus?case={CASE}", case),
    "calculator": ("/app/kalkulator", calculator),
    "pump": ("/app/smertepumpe", pump),
    "tables": ("/app/omregningstabeller", tables),
    "module": (MODULE, languages),
}


@dataclass(frozen=True)
class Cost:
    """MiB and files for one session."""

    uss_opened: float
    uss_used: float
    pss_used: float
    server: float
    files: float
    files_at_most: float
    kernel_files: int


def opened(server: Server, path: str, lines: ExitStack) -> tuple[ClientConnection, list[str]]:
    """Fetch a page and connect to its kernel; also the names of its widgets' models."""
    text = server.get(path).text
    kernel = KERNEL.search(text)
    if kernel is None:
        raise RuntimeError(f"no kernel for {path}")
    address = f"ws://127.0.0.1:{server.port}/api/kernels/{kernel[1]}/channels"
    line = lines.enter_context(connect(address, max_size=None, max_queue=None))
    return line, [json.loads(found)["model_id"] for found in WIDGET.findall(text)]


def used(line: ClientConnection, models: Sequence[str], messages: Messages) -> None:
    """Send every widget all messages, and hear each out."""
    for message in messages():
        for model in models:
            data = {"method": "custom", "content": message}
            line.send(json.dumps(_wrapped({"comm_id": model, "data": data})))
            while True:
                heard = json.loads(line.recv(timeout=120))
                state = heard.get("content", {}).get("execution_state")
                if heard["msg_type"] == "status" and state == "idle":
                    break
        time.sleep(0.12 * len(models))  # a kernel takes ten messages a second


def cost(kind: str, number: int) -> Cost:
    """Open a page so often, use each, and look."""
    path, messages = KINDS[kind]
    with serving(settings=SETTINGS) as server:
        own = psutil.Process(server.process.pid)
        with ExitStack() as first:  # the first page takes what all after it share
            opened(server, path, first)
        eventually(lambda: not server.kernels(), what="nobody is there")
        before, files = own.memory_full_info().uss, own.num_fds()
        most, over = [files], threading.Event()
        watching = threading.Thread(target=_watch, args=(own, most, over))
        watching.start()
        with ExitStack() as lines, ThreadPoolExecutor(number) as crowd:
            held = list(crowd.map(lambda _n: opened(server, path, lines), range(number)))
            fresh = _mean(each.memory_full_info().uss for each in server.kernels())
            for line, models in held:
                used(line, models, messages)
            looked = [each.memory_full_info() for each in server.kernels()]
            after, holding = own.memory_full_info().uss, own.num_fds()
            over.set()
            watching.join()
            return Cost(
                fresh / MIB,
                max(each.uss for each in looked) / MIB,
                _mean(each.pss for each in looked) / MIB,
                (after - before) / number / MIB,
                (holding - files) / number,
                (max(most) - files) / number,
                max(each.num_fds() for each in server.kernels()),
            )


def _watch(process: psutil.Process, most: list[int], over: threading.Event) -> None:
    with suppress(psutil.Error):  # the server ended, with an error of its own
        while not over.wait(0.01):
            most.append(process.num_fds())


def _mean(numbers: Iterator[float]) -> float:
    return statistics.mean(numbers)


def main() -> int:
    """Print a row for each kind of page."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--sessions", type=int, default=8)
    asked.add_argument("kinds", nargs="*", default=list(KINDS))
    given = asked.parse_args()
    print(f"{'':12}" + "".join(f"{name:>15}" for name in Cost.__annotations__))
    for kind in given.kinds:
        found = cost(kind, given.sessions)
        cells = (f"{getattr(found, name):15.1f}" for name in Cost.__annotations__)
        print(f"{kind:12}" + "".join(cells), flush=True)
    print(f"load {os.getloadavg()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
