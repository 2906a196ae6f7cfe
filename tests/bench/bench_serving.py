"""How much quicker and smaller our server is than stock Voila, on the same notebook.

Run by hand, on an idle machine if there is one, and read the ratios:

    python -m tests.bench.bench_serving --learners 50 --visits 5

Stock is ``voila calculator.ipynb`` as it is installed: its own template, its own kernels. Three
things are compared: seconds from asking for the page until a typed dose has its receipt, in a
real Chromium; memory of a learner's kernel that nobody else uses (USS), and its share of all
(PSS); seconds until all of many learners, arriving within five seconds, have their receipt.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psutil
from playwright.sync_api import Browser, Page, sync_playwright
from tests.app.server_process import eventually, free_port, serving
from tests.bench.light_learner import UnservedError, Visit, visit
from tests.chromium import ARGUMENTS, CHROMIUM
from tornado.httpclient import AsyncHTTPClient

from pallkit_app.compile import content_root

ARRIVALS = 5.0  # seconds within which all learners come
REMEMBERED = 5  # learners whose memory is looked at
PATIENCE = 300_000  # ms for a browser; the machine may be busy
TARGETS = {
    "seconds until usable, in a browser": 1 / 3,
    "MiB private to a learner (USS)": 1 / 4,
    "seconds until all are usable": 1 / 4,
}
UNSERVED = "learners who never had an answer"


@dataclass(frozen=True)
class Host:
    """A running server and its calculator."""

    name: str
    process: psutil.Process
    port: int
    path: str

    def kernels(self) -> list[psutil.Process]:
        """Its kernels; not the process they are forked from."""
        return [
            each
            for each in self.process.children(recursive=True)
            if "ipykernel_launcher" in " ".join(each.cmdline())
        ]

    def cpu(self) -> float:
        """Seconds of processor time it and what it has started have used."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(sum(each.cpu_times()[:2]) for each in family)


@contextmanager
def stock() -> Iterator[Host]:
    """Run Voila as anybody would run it."""
    port = free_port()
    notebook = content_root() / "notebooks/apps/calculator.ipynb"
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "voila", notebook, "--no-browser",
                f"--port={port}", "--Voila.ip=127.0.0.1",
            ],
            cwd=tempfile.gettempdir(),
            stdout=log,
            stderr=log,
        )  # fmt: skip
        try:
            host = Host("stock", psutil.Process(process.pid), port, "/")
            eventually(lambda: _listens(host), within=120, what="Voila answers")
            yield host
        finally:
            process.terminate()
            process.wait()


@contextmanager
def ours(learners: int) -> Iterator[Host]:
    """Run our server, with room for all that come from one address."""
    settings = [
        f"--Limits.{name}={learners * 10 + 100}" for name in ("burst", "hourly", "max_sessions")
    ]
    with serving(settings=settings) as server:
        yield Host("ours", psutil.Process(server.process.pid), server.port, "/app/kalkulator")


def _listens(host: Host) -> bool:
    return any(each.laddr.port == host.port for each in host.process.net_connections())


def in_browser(page: Page, host: Host) -> float:
    """Seconds from asking for the page until a typed dose has its receipt."""
    began = time.monotonic()
    page.goto(f"http://127.0.0.1:{host.port}{host.path}", wait_until="commit")
    for label, choice in (
        ("Legemiddel", "morphine"),
        ("Måte å gi det på", "oral"),
        ("Omregningstabell", "helsedirektoratet"),
    ):
        page.get_by_role("combobox", name=label, exact=True).select_option(choice)
    page.get_by_label("Dose", exact=True).fill("30 mg x 2")
    page.get_by_role("button", name="Regn ut").click()
    page.locator(".pk-main-amount").wait_for()
    return time.monotonic() - began


def browsing(browser: Browser, hosts: list[Host], visits: int) -> dict[str, float]:
    """The median of first visits, each in a new browser window, the servers taking turns."""
    seconds: dict[str, list[float]] = {host.name: [] for host in hosts}
    for turn in range(visits + 1):
        for host in hosts:
            context = browser.new_context()
            context.set_default_timeout(PATIENCE)
            took = in_browser(context.new_page(), host)
            context.close()
            if turn:  # the first one warms the server and the disk
                seconds[host.name].append(took)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


async def arriving(host: Host, learners: int) -> tuple[float, float, list[Visit]]:
    """Let learners come; return seconds until the last was served, and of processor time."""
    AsyncHTTPClient.configure(None, max_clients=learners)
    await (await visit(host.port, host.path)).leave()  # a server that has just started is cold
    before, began = host.cpu(), time.monotonic()

    async def one(number: int) -> tuple[float, Visit] | None:
        await asyncio.sleep(ARRIVALS * number / learners)
        with suppress(UnservedError):
            served = await visit(host.port, host.path)
            return time.monotonic() - began, served
        return None

    came = await asyncio.gather(*(one(number) for number in range(learners)))
    served = [each for each in came if each is not None]
    cpu = host.cpu() - before
    return max(at for at, _visit in served), cpu, [each for _at, each in served]


def memory(host: Host) -> tuple[float, float]:
    """MiB that a learner's kernel has for itself, and its share of all."""
    looked = [each.memory_full_info() for each in host.kernels()[:REMEMBERED]]
    return tuple(
        statistics.mean(getattr(each, kind) for each in looked) / 2**20 for kind in ("uss", "pss")
    )  # type: ignore[return-value]  # two of them


async def crowd(host: Host, learners: int) -> dict[str, float]:
    """What many learners at once cost and wait."""
    seconds, cpu, visits = await arriving(host, learners)
    uss, pss = memory(host)
    slowest = max(each.answer for each in visits)
    await asyncio.gather(*(each.leave() for each in visits))
    return {
        UNSERVED: learners - len(visits),
        "seconds until all are usable": seconds,
        "seconds until usable, the slowest": slowest,
        "processor seconds for each": cpu / learners,
        "MiB private to a learner (USS)": uss,
        "MiB as a share (PSS)": pss,
    }


def report(figures: dict[str, dict[str, float]]) -> bool:
    """Print the ratios; return whether the targets are met, and all of ours were served."""
    met = not figures["ours"][UNSERVED]
    print(f"{'':38}{'stock':>9}{'ours':>9}{'ratio':>8}  target")
    for what, stocks in figures["stock"].items():
        our = figures["ours"][what]
        target = TARGETS.get(what)
        met = met and (target is None or our / stocks <= target)
        wanted = f"  {target:.2f}" if target else ""
        ratio = f"{our / stocks:8.3f}" if stocks else ""
        print(f"{what:38}{stocks:9.2f}{our:9.2f}{ratio}{wanted}")
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"load over 1, 5 and 15 minutes: {load} on {os.cpu_count()} cores")
    return met


def main() -> int:
    """Measure both and compare."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--learners", type=int, default=50)
    asked.add_argument("--visits", type=int, default=5, help="in the browser; 0 leaves it out")
    given = asked.parse_args()
    figures: dict[str, dict[str, float]] = {"stock": {}, "ours": {}}
    if given.visits:
        with stock() as theirs, ours(given.visits) as mine, sync_playwright() as running:
            found = next(filter(None, map(shutil.which, CHROMIUM)), None)
            browser = running.chromium.launch(
                executable_path=found, args=[*ARGUMENTS, "--no-sandbox"]
            )
            for name, seconds in browsing(browser, [theirs, mine], given.visits).items():
                figures[name]["seconds until usable, in a browser"] = seconds
    # One server at a time: each has the machine to itself.
    with stock() as theirs:
        figures["stock"] |= asyncio.run(crowd(theirs, given.learners))
    with ours(given.learners) as mine:
        figures["ours"] |= asyncio.run(crowd(mine, given.learners))
    return 0 if report(figures) else 1


if __name__ == "__main__":
    sys.exit(main())
