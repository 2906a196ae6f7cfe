"""Serve the page on this machine until told to stop."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass

from tornado import httpserver, ioloop, web

from pallkit.errors import PallkitError
from pallkit.i18n import Language, _
from pallkit_app.marking_page import handlers
from pallkit_app.marking_page.actions import Desk
from pallkit_app.marking_page.guard import Guard
from pallkit_app.marking_page.handlers import Shop
from pallkit_app.marking_page.sitting import Sitting

LOOPBACK = "127.0.0.1"
_LARGEST_REQUEST = 64 * 1024
_LARGEST_HEADER = 16 * 1024
_SLOWEST_BODY = 20  # seconds
_WAITING = 64  # connections that wait to be taken

_FIRST_PORT, _PORTS = 49_152, 16_384  # those that nobody is given: RFC 6335, section 6


class PortTakenError(PallkitError):
    """The port that was asked for is taken, or not ours to open."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How to open: on which port, in which language, with which task (empty: the first)."""

    port: int | None
    lang: Language
    task: str = ""


def serve(
    desk: Desk,
    opening: Opening,
    announce: Callable[[str], None],
    started: Callable[[str], None] | None = None,
) -> None:
    """Serve until Ctrl-C or SIGTERM; ``announce`` is told the address, ``started`` only once."""
    opened = _open(desk.sitting, opening.port)
    guard = Guard(int(opened.getsockname()[1]), announce, opening.lang)
    server = httpserver.HTTPServer(
        application(Shop(guard, desk, opening.task)),
        max_body_size=_LARGEST_REQUEST,
        max_header_size=_LARGEST_HEADER,
        body_timeout=_SLOWEST_BODY,
        idle_connection_timeout=300,
    )
    server.add_socket(opened)
    loop = ioloop.IOLoop.current()
    signal.signal(signal.SIGTERM, lambda *_: loop.add_callback_from_signal(loop.stop))
    announce(guard.address)
    if started is not None:
        started(guard.address)
    try:
        loop.start()
    except KeyboardInterrupt:
        logging.getLogger(__name__).debug("Stopping")
    finally:
        server.stop()


def application(shop: Shop) -> web.Application:
    """Every address there is."""
    ours = {"shop": shop}
    item = r"/api/task/([\w.@-]{1,128})/([0-9a-f]{16})"
    return web.Application(
        [
            (r"/", handlers.Start, ours),
            (r"/static/([\w.-]{1,80})", handlers.Asset, ours),
            (r"/api/overview", handlers.Overview, ours),
            (r"/api/task/([\w.@-]{1,128})", handlers.OneTask, ours),
            (item, handlers.OneItem, ours),
            (rf"{item}/history", handlers.ItemHistory, ours),
        ],
        default_handler_class=handlers.Nothing,
        default_handler_args=ours,
        compress_response=False,  # what is secret and what is typed stand in one answer
        log_function=lambda _handler: None,  # no list of who read what
    )


def usual_port(sitting: Sitting) -> int:
    """The port of this course's folder, the same each time.

    A browser keeps what is not saved yet by address: after a crash the page finds it again.
    """
    seen = f"{sitting.folder.resolve()}\0{sitting.name}\0{sitting.second}\0{sitting.grader}"
    return _FIRST_PORT + int(hashlib.sha256(seen.encode()).hexdigest(), 16) % _PORTS


def _open(sitting: Sitting, port: int | None) -> socket.socket:
    for wanted in (port,) if port is not None else (usual_port(sitting), 0):
        opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if os.name == "posix":  # elsewhere it would share a port that is in use
                opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            opened.settimeout(0)
            opened.bind((LOOPBACK, wanted))
            opened.listen(_WAITING)
        except OSError as error:
            opened.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
        else:
            return opened
    raise PortTakenError(
        _(
            "Port {port} is in use, or not yours to open. Choose another with --port.",
            port=port or 0,
        )
    )
