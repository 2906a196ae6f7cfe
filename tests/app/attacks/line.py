"""An attacker's end of the line to a kernel: anything at all can be sent, in both protocols."""

from __future__ import annotations

import itertools
import json
import socket
import time
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.app.server_process import Server
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from pallkit_app.server.wire import BURST, WEIGHT, Pace

LEGACY, V1 = "", "v1.kernel.websocket.jupyter.org"
PROTOCOLS = (LEGACY, V1)
# The greatest number that a frame of the newer protocol can have.
WORD = (2**64 - 1).to_bytes(8, "little")
FORM = {
    "rows": [
        {
            "drug": "morphine",
            "route": "oral",
            "dose": "30 mg x 2",
            "use": "fixed",
            "given": "",
            "change": "",
        }
    ],
    "set": "helsedirektoratet",
    "to": "oxycodone oral",
    "reduce": {"kind": "none", "number": "", "rule": ""},
    "rescue": {"rule": "", "of": ""},
    "gfr": "",
    "flags": [],
}
# All that a kernel may say to a page.
OUT = {
    *("comm_open", "comm_close", "comm_msg", "status"),
    *("comm_info_reply", "kernel_info_reply"),
}
_HTML = {
    "_model_module": "@jupyter-widgets/controls",
    "_model_module_version": "2.0.0",
    "_model_name": "HTMLModel",
    "_view_module": "@jupyter-widgets/controls",
    "_view_module_version": "2.0.0",
    "_view_name": "HTMLView",
    "value": "<script>alert(1)</script>",
}


def harm(proof: Path) -> dict[str, Any]:
    """The content of any request that has code in it."""
    code = f"open({str(proof)!r}, 'w').close()"
    about = {"silent": False, "store_history": True, "allow_stdin": True, "stop_on_error": False}
    return {
        **about,
        "user_expressions": {"a": code},
        "code": code,
        "value": code,
        "cursor_pos": len(code),
        "restart": True,
        "command": "evaluate",
        "arguments": {"expression": code},
    }


def new_widget(state: dict[str, Any] = _HTML, target: object = "jupyter.widget") -> dict[str, Any]:
    about = {"comm_id": uuid.uuid4().hex, "target_name": target, "data": {"state": state}}
    return message("comm_open", about, metadata={"version": "2.1.0"})


def open_page(server: Server, path: str = "/app/kalkulator") -> str:
    """Fetch a page as a browser does, and answer the id of its kernel."""
    config = server.get(path).text.partition('id="jupyter-config-data" type="application/json">')[2]
    return str(json.loads(config.partition("</script>")[0])["kernelId"])


def message(
    kind: object, content: object, channel: object = "shell", **parts: object
) -> dict[str, Any]:
    """A message as a page would send it; ``parts`` replace any of its parts."""
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "session": "attacker",
        "username": "",
        "version": "5.4",
        "date": "2026-01-01T00:00:00Z",
    }
    made = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
    return {"channel": channel, **made, **parts}


def packed(sent: dict[str, Any], *more: bytes) -> bytes:
    """Write a message in the newer protocol; ``more`` are buffers after it."""
    names = ("header", "parent_header", "metadata", "content")
    parts = [str(sent["channel"]).encode(), *(json.dumps(sent[name]).encode() for name in names)]
    return framed(*parts, *more)


def framed(*parts: bytes) -> bytes:
    """Join parts behind the offsets at which each begins, and the last ends."""
    ends = [8 * (len(parts) + 2)]
    for part in parts:
        ends.append(ends[-1] + len(part))
    return b"".join(number.to_bytes(8, "little") for number in (len(ends), *ends)) + b"".join(parts)


def unpacked(heard: str | bytes) -> dict[str, Any]:
    """Read what a kernel said, in either protocol."""
    if isinstance(heard, str):
        said: dict[str, Any] = json.loads(heard)
        return said
    count = int.from_bytes(heard[:8], "little")
    ends = [int.from_bytes(heard[8 * n : 8 * n + 8], "little") for n in range(1, count + 1)]
    parts = [heard[a:b] for a, b in itertools.pairwise(ends)]
    return {"header": json.loads(parts[1]), "content": json.loads(parts[4])}


# Of each kernel, by all the lines to it; a little less than it takes, since it counts them later.
_paces: defaultdict[str, Pace] = defaultdict(lambda: Pace(left=BURST - 20))


def _cost(data: str | bytes | Sequence[str] | Sequence[bytes]) -> int:
    whole = len(data) if isinstance(data, str | bytes) else sum(map(len, data))
    return 1 + whole // WEIGHT


class Line:
    """A connection to a page's kernel, and what has been heard on it."""

    def __init__(self, connection: ClientConnection, protocol: str, pace: Pace) -> None:
        self.socket, self.protocol, self.pace = connection, protocol, pace
        self.heard: list[dict[str, Any]] = []

    def send(self, sent: dict[str, Any]) -> None:
        """Send a message as soon as its kernel would take it, and not only drop it."""
        written = self._written(sent)
        while not self.pace.take(_cost(written)):
            time.sleep(0.05)
        self.socket.send(written)

    def flood(self, sent: dict[str, Any]) -> None:
        """Send a message whether it will be taken or not."""
        self.raw(self._written(sent))

    def raw(self, data: str | bytes | Sequence[str] | Sequence[bytes]) -> None:
        """Send a frame; a list goes as the fragments of one."""
        self.pace.left = max(0, self.pace.left - _cost(data))
        self.socket.send(data)

    def _written(self, sent: dict[str, Any]) -> str | bytes:
        return packed(sent) if self.protocol == V1 else json.dumps(sent)

    def listen(self, *, seconds: float = 10, until: str = "", turns: int = 1) -> list[Any]:
        """Everything that comes until ``until`` has come so often, or the time is up."""
        start, found = len(self.heard), 0
        limit = time.monotonic() + seconds
        while found < turns and (left := limit - time.monotonic()) > 0:
            try:
                self.heard.append(unpacked(self.socket.recv(timeout=left)))
            except (TimeoutError, ConnectionClosed):
                break
            found += self.heard[-1]["header"]["msg_type"] == until
        return self.heard[start:]

    @property
    def kinds(self) -> set[str]:
        """The kinds of all messages that were heard."""
        return {each["header"]["msg_type"] for each in self.heard}

    def widgets(self) -> list[str]:
        """The names of all widgets, in the kernel's own words."""
        self.send(message("comm_info_request", {"target_name": "jupyter.widget"}))
        for said in self.listen(seconds=30, until="comm_info_reply"):
            if said["header"]["msg_type"] == "comm_info_reply":
                return list(said["content"]["comms"])
        raise AssertionError(f"no widgets on the line; heard {self.kinds}")

    def state(self, widget: str) -> dict[str, Any]:
        """All traits of a widget, as it tells a page that asks."""
        self.send(message("comm_msg", {"comm_id": widget, "data": {"method": "request_state"}}))
        return self._state(until="_esm", seconds=30)

    def ask(self, widget: str, content: object, *, seconds: float = 20) -> dict[str, Any]:
        """Send a widget a message of its own, and answer the view that comes back."""
        asked = {"comm_id": widget, "data": {"method": "custom", "content": content}}
        self.send(message("comm_msg", asked))
        return dict(self._state(until="view", seconds=seconds)["view"])

    def _state(self, *, until: str, seconds: float) -> dict[str, Any]:
        limit = time.monotonic() + seconds
        while (left := limit - time.monotonic()) > 0:
            for said in self.listen(seconds=left, until="comm_msg"):
                state = said["content"].get("data", {}).get("state", {})
                if until in state:
                    return dict(state)
        raise AssertionError(f"the widget did not answer; heard {self.kinds}")

    def calculates(self, widget: str) -> bool:
        """Whether a calculator still answers what it is asked."""
        view = self.ask(widget, {"type": "calculate", "form": FORM})
        return view["result"] is not None and not view.get("bug")


@contextmanager
def line(  # an attacker chooses all of it
    server: Server,
    kernel: str,
    protocol: str = LEGACY,
    session: str = "attacker",
    host: str = "127.0.0.1",
    **more: Any,
) -> Iterator[Line]:
    """Connect to a kernel until the block ends. ``host`` is the name it is asked for under."""
    offered = [Subprotocol(protocol)] if protocol else None
    where = f"ws://{host}:{server.port}/api/kernels/{kernel}/channels?session_id={session}"
    # Read at once, whoever listens: a line that is not read answers no ping, and is hung up.
    how: dict[str, Any] = {"max_size": None, "max_queue": None, "compression": None, "proxy": None}
    wire = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    with connect(where, sock=wire, subprotocols=offered, **{**how, **more}) as connection:
        yield Line(connection, protocol, _paces[kernel])
