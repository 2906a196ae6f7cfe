"""The static copy, built once, behind a file server that knows nothing of PallKit.

Building compiles Python for the browser, so these run with ``--whole`` only.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright
from tests.browser.watch import Watch

from pallkit_app.static_site import build_site

HERE = Path(__file__).parent
BASE = "/undervisning/pallkit/"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What docs/static-site.md tells a file server to send with every answer.
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--whole"):
        return
    left = [item for item in items if HERE in item.path.parents]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


class FileServer:
    """A file server for one folder, under :data:`BASE`, that remembers what it was asked for."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.sent: list[Path] = []
        self.stalled = ""
        self.ended = False
        self.flowing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, self))
        self.home = f"http://127.0.0.1:{self._server.server_port}{BASE}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stall(self, name: str) -> None:
        """Send no file of this name: as a line that has stopped. The browser's keeper asks, too."""
        self.stalled = name

    def flow(self) -> None:
        """Send what was waited for, and everything from now on."""
        self.stalled = ""
        self.flowing.set()

    def packed(self) -> int:
        """Bytes of what was sent, were each file packed as file servers pack."""
        return sum(len(gzip.compress(path.read_bytes())) for path in self.sent)

    def addresses(self) -> set[str]:
        """Where what was sent lies, seen from the copy's own start page."""
        places = (path.relative_to(self.top / BASE.strip("/")).as_posix() for path in self.sent)
        return {re.sub(r"(^|/)index\.html$", r"\1", place) for place in places}

    def stop(self) -> None:
        self.ended = True
        self.flowing.set()
        self._server.shutdown()
        self._server.server_close()


class _Files(SimpleHTTPRequestHandler):
    def __init__(self, files: FileServer, *arguments: Any) -> None:
        self.files = files
        super().__init__(*arguments, directory=str(files.top))

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def send_head(self) -> Any:
        if self.files.stalled and self.path.endswith(self.files.stalled):
            self.files.flowing.wait()
        if self.files.ended:
            return None
        found = super().send_head()
        path = Path(self.translate_path(self.path))
        if found is not None:
            self.files.sent.append(path / "index.html" if path.is_dir() else path)
        return found

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site(
    whole: bool,  # noqa: FBT001  # a fixture
    tmp_path_factory: pytest.TempPathFactory,
    pytestconfig: pytest.Config,
) -> Path:
    """The folder a file server has as its top. What was fetched is kept for the next run."""
    assert whole
    top = tmp_path_factory.mktemp("www")
    cache = pytestconfig.cache
    assert cache is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache.mkdir("static-site")))
        build_site(top / BASE.strip("/"), tell=print, address=BASE, report_address="")
    return top


@pytest.fixture
def files(site: Path) -> Iterator[FileServer]:
    server = FileServer(site)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser that can reach this machine and nothing else."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    alone = ["--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    running = playwright.chromium.launch(executable_path=found, args=[*alone, *sandbox])
    yield running
    running.close()


@pytest.fixture
def page(contexts: Callable[..., BrowserContext], files: FileServer) -> Iterator[Page]:
    """A page that fails the test for any console error and any request off the file server."""
    made = contexts(base_url=files.home, viewport={"width": 1280, "height": 800}).new_page()
    made.set_default_timeout(180_000)  # Python has to start, perhaps beside other tests
    watch = Watch(made, files.home)
    yield made
    watch.check()
