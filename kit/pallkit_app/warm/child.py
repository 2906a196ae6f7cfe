"""How a fork becomes a kernel."""

from __future__ import annotations

import atexit
import gc
import os
import random
import signal
import sys
import time

from pallkit_app.warm import prebuilt
from pallkit_app.warm.title import set_title
from pallkit_app.warm.wire import Order


def prepare(*, page: bool, pipe: int) -> prebuilt.PrebuiltApp:
    """Import, load and build all that can be shared; ``pipe`` is the one to die by."""
    if page:
        sys.modules["debugpy"] = None  # type: ignore[assignment]  # so that importing it fails
    from pallkit_app.warm import preload  # noqa: PLC0415  # here, so that a failure is told

    preload.load()
    if page:
        _gather(pipe)
    preload.rehearse()
    app = prebuilt.build()
    preload.rehearse_cell(app.shell)
    return app


def _gather(pipe: int) -> None:
    """Lay what a page's kernel runs side by side, or say why that was not done."""
    from pallkit_app.warm import gathering, scout  # noqa: PLC0415  # as above

    try:
        gathering.gather(scout.ran(pipe))
    except (OSError, RuntimeError) as error:  # pages work without, each with more memory
        print(f"The code that pages run could not be gathered: {error}", file=sys.stderr)


def run(order: Order, app: prebuilt.PrebuiltApp) -> None:
    """Be the kernel, and end with it."""
    if not order.page:  # a reader's page is to outlast the signal to stop, as long as it may
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    kernel = prebuilt.fitting(app, order)
    _become(order)
    kernel.initialize(order.arguments)
    gc.enable()
    kernel.start()
    _end()


def _become(order: Order) -> None:
    os.chdir(order.cwd)
    os.environ.clear()
    os.environ.update(order.env)
    time.tzset()
    sys.argv = ["ipykernel_launcher", *order.arguments]
    set_title(" ".join(sys.argv))
    _sow()


def _sow() -> None:
    """Let no two kernels draw the same numbers, nor trust each other's keys.

    How texts are hashed stays the same in all: only who knows the warm process's seed could
    choose texts that collide, no visitor can read it, and a kernel slowed so is their own.
    """
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()
    multiprocessing = sys.modules.get("multiprocessing.process")
    if multiprocessing is not None:
        multiprocessing.current_process().authkey = os.urandom(32)


def _end() -> None:
    """End as Python does, without taking a thousand modules apart first."""
    atexit._run_exitfuncs()
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            stream.flush()
    os._exit(0)
