"""A warm process whose server has ended before it was ready: it ends too, and says nothing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

from pallkit_app.warm import wire


def test_it_ends_quietly_when_it_cannot_say_that_it_is_ready() -> None:
    ours, theirs = socket.socketpair()
    pipe, kept = os.pipe()
    ours.close()
    told = [str(theirs.fileno()), str(pipe), "1"]
    done = subprocess.run(
        [sys.executable, "-m", "pallkit_app.warm.process", *told],
        pass_fds=(theirs.fileno(), pipe),
        capture_output=True,
        timeout=60,
        check=False,
    )
    theirs.close()
    for descriptor in (pipe, kept):
        os.close(descriptor)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_server_that_ended_without_reading_all_sends_no_order() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        theirs.sendall(wire.READY)
        ours.close()
        assert wire.receive_order(theirs) is None
