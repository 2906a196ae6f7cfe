"""A learning platform for tests: a page with a strict SCORM API, and a package beside it."""

from __future__ import annotations

import shutil
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGES = Path(__file__).parent / "lms"


class _Strict(SimpleHTTPRequestHandler):
    """Serves a folder as a careful platform does: nothing inline, nothing from elsewhere."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@contextmanager
def learning_platform(package: Path, folder: Path) -> Iterator[str]:
    """Serve the platform and the unpacked ``package``; gives the address with a slash."""
    shutil.copytree(PAGES, folder, dirs_exist_ok=True)
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder / "package")  # made by the test itself
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Strict, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
