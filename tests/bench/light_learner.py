"""A learner without a browser: fetches a page, opens its line, has a dose counted.

Fifty browsers would measure the machine they run on. What a page's script says to its kernel is
said here instead, in the same words to stock Voila and to our server.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tornado.httpclient import AsyncHTTPClient
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 240  # seconds; stock Voila with fifty learners on two cores needs a minute or two
_KERNEL = re.compile(r'"kernelId": ?"([^"]+)"')
_MODEL = re.compile(r'"model_id": ?"([^"]+)"')
# What the calculator's form sends: morphine by mouth, 30 mg twice a day.
QUESTION: dict[str, Any] = {
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
    "to": "",
    "reduce": {"kind": "none", "number": "", "rule": ""},
    "rescue": {"rule": "", "of": ""},
    "gfr": "",
    "flags": [],
}


class UnservedError(Exception):
    """A learner who had no calculator, or no answer from it."""


@dataclass
class Visit:
    """One learner's page: when each part of it was there, in seconds from the first request."""

    page: float
    answer: float
    line: ClientConnection

    async def leave(self) -> None:
        """Close the line; the kernel is the server's to end."""
        await self.line.close()


async def visit(port: int, path: str) -> Visit:
    """Fetch a page and have :data:`QUESTION` counted by its calculator.

    :class:`UnservedError` where there is none or no answer comes: under load stock Voila now and
    then loses a message, or shows a page without what its cells made.
    """
    began = time.monotonic()
    reply = await AsyncHTTPClient().fetch(
        f"http://127.0.0.1:{port}{path}", request_timeout=PATIENCE, connect_timeout=PATIENCE
    )
    page = time.monotonic() - began
    text = reply.body.decode()
    kernel, model = _KERNEL.search(text), _MODEL.search(text)
    if kernel is None or model is None:
        raise UnservedError(f"no kernel or no widget on the page: {text[-400:]}")
    address = f"ws://127.0.0.1:{port}/api/kernels/{kernel[1]}/channels?session_id={uuid.uuid4()}"
    line = await connect(address, open_timeout=PATIENCE, max_size=None, ping_interval=None)
    content = {"type": "calculate", "form": QUESTION}
    await line.send(json.dumps(_message(model[1], {"method": "custom", "content": content})))
    try:
        async with asyncio.timeout(PATIENCE):
            while not _is_receipt(json.loads(await line.recv()), model[1]):
                pass
    except TimeoutError as error:
        await line.close()
        raise UnservedError(f"no answer within {PATIENCE} s") from error
    return Visit(page, time.monotonic() - began, line)


def _message(comm: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "channel": "shell",
        "header": {
            "msg_id": uuid.uuid4().hex,
            "msg_type": "comm_msg",
            "session": uuid.uuid4().hex,
            "username": "",
            "version": "5.3",
            "date": datetime.now(UTC).isoformat(),
        },
        "parent_header": {},
        "metadata": {},
        "content": {"comm_id": comm, "data": data},
        "buffers": [],
    }


def _is_receipt(heard: dict[str, Any], comm: str) -> bool:
    content = heard.get("content", {})
    if heard.get("msg_type") != "comm_msg" or content.get("comm_id") != comm:
        return False
    view = content["data"].get("state", {}).get("view", {})
    if view.get("error"):
        raise RuntimeError(f"the calculator did not take the question: {view['error']}")
    return bool(view.get("result"))
