"""How a kernel is reached: through files where their names have room for it, else ports."""

from __future__ import annotations

import os
from pathlib import Path

# Bytes of the longest name a socket may have: 104 on macOS and 108 on Linux, with a zero after it.
_LONGEST = 103
_SOCKET = "-ipc-5"  # what Jupyter puts behind the connection file's name for the last of five


def transport(connection_file: str) -> str:
    """Return Jupyter's name for the transport a kernel with this connection file can have.

    Files need a folder that is closed to the machine's others, and no port: one is chosen
    before the kernel is there to take it, and another program may be quicker.
    """
    socket = Path(connection_file).with_suffix("").as_posix() + _SOCKET
    fits = len(os.fsencode(socket)) <= _LONGEST
    return "ipc" if os.name == "posix" and fits else "tcp"
