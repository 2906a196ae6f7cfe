"""Finding out what a page's kernel runs: one is made, lives a short life, and tells.

It is a fork like every kernel, so what it runs lies where it lies in the warm process, and
nothing that it does is left there. Its page is a client in the kernel's own event loop.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import sys
import tempfile
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from jupyter_client.connect import write_connection_file
from tornado.ioloop import IOLoop

from pallkit_app.warm import lifeline, prebuilt, preload
from pallkit_app.warm.client import PageClient

_LIFE = 20
"""Seconds it may live; a tenth of one is usual."""
_CELLS = (
    "import pallkit_widgets, pallkit.content\npallkit.content.refresh()",
    "pallkit_widgets.OpioidCalculator(start='morfin po 30 mg x 2|set=helsedirektoratet')",
    "pallkit_widgets.PumpCalculator()",
    "pallkit_widgets.RatioSetBrowser()",
    "pallkit_widgets.PracticeTasks()",
    "pallkit_widgets.CasePlayer(pallkit.content.case_ids()[0])",
)
_TARGET = "jupyter.widget.control"
# What every one of our widgets takes, and all it shows is made anew for.
_WORD = {"method": "custom", "content": {"type": "language", "lang": "nn"}}


def ran(pipe: int) -> list[int]:
    """Return the addresses of the code that a page's kernel runs, what it runs first, first.

    The scout dies by ``pipe`` as a kernel does. ``RuntimeError`` if it does not come back.
    """
    with tempfile.TemporaryDirectory(prefix="pallkit-") as folder:
        word = Path(folder, "word.json")
        pid = os.fork()
        if not pid:
            _scout(word, pipe)
        os.waitpid(pid, 0)
        told = word.read_bytes() if word.is_file() else b""
    try:
        found: list[int] = json.loads(told)["ran"]
    except (ValueError, KeyError) as error:
        raise RuntimeError(f"no word from the scout: {told[:500]!r}") from error
    return found


def _scout(file: Path, pipe: int) -> None:
    """Live, tell and end. Never returns: this is another process."""
    lifeline.tie(pipe)
    signal.alarm(_LIFE)
    try:
        word: dict[str, Any] = {"ran": _watched(file.parent)}
    except BaseException as error:  # noqa: BLE001  # told, in the process that can go on without
        word = {"failed": repr(error)}
    with contextlib.suppress(OSError):
        file.write_text(json.dumps(word), encoding="utf-8")
    os._exit(0)


def _watched(folder: Path) -> list[int]:
    app = prebuilt.build()
    preload.rehearse_cell(app.shell)
    ran: dict[int, None] = {}

    def note(frame: FrameType, event: str, _value: object) -> None:
        if event == "call":
            ran.setdefault(id(frame.f_code))

    threading.setprofile(note)
    sys.setprofile(note)
    _live(app, folder)
    sys.setprofile(None)
    return list(ran)


def _live(app: prebuilt.PrebuiltApp, folder: Path) -> None:
    os.chdir(folder)  # a socket's name has room for its own, not always for its folder's
    file = str(folder / "k.json")
    write_connection_file(file, ip="k-ipc", key=secrets.token_hex().encode(), transport="ipc")
    app.page = True
    app.initialize(["-f", file, prebuilt.NO_HISTORY])
    app.kernel.start()
    IOLoop.current().run_sync(lambda: _visit(file))


async def _visit(file: str) -> None:
    """Do as a page does: run the notebook, ask for its widgets, say something to each."""
    client = PageClient(connection_file=file)
    client.load_connection_file()
    client.start_channels()
    await client.wait_for_ready(_LIFE)
    widgets = [each for cell in _CELLS for each in await _opened(client, client.execute(cell))]
    opened = {"comm_id": "control", "target_name": _TARGET, "data": {}}
    await _say(client, "comm_open", opened, {"version": "2.1.0"})
    asked = {"comm_id": "control", "data": {"method": "request_states"}}
    await _say(client, "comm_msg", asked)
    await _say(client, "comm_info_request", {"target_name": "jupyter.widget"})
    for widget in widgets:
        await _say(client, "comm_msg", {"comm_id": widget, "data": _WORD})


async def _say(
    client: PageClient, kind: str, content: dict[str, Any], metadata: dict[str, Any] | None = None
) -> None:
    message = client.session.msg(kind, content, metadata=metadata)
    client.shell_channel.send(message)
    await _opened(client, message["header"]["msg_id"])


async def _opened(client: PageClient, asked: str) -> list[str]:
    """Wait until the kernel has done what was asked; return the widgets it made meanwhile."""
    widgets = []
    while True:
        message: dict[str, Any] = await client.get_iopub_msg(timeout=_LIFE)
        content = message["content"]
        if message["msg_type"] == "comm_open":
            widgets.append(content["comm_id"])
        if message["msg_type"] == "error":
            raise RuntimeError(f"{content['ename']}: {content['evalue']}")
        last = content.get("execution_state") == "idle"
        if last and message["parent_header"].get("msg_id") == asked:
            return widgets
