"""The style sheets, scripts and pictures of the pages, under addresses that may be cached."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tornado import web

from pallkit_app.server.pages import Answer

_OWN = Path(__file__).parent / "static"


def _widgets() -> Path:
    # find_spec, not import: the server needs the files, not ipywidgets.
    spec = find_spec("pallkit_widgets")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("pallkit_widgets is not installed beside pallkit_app")
    return Path(spec.submodule_search_locations[0])


@cache
def files() -> dict[str, Path]:
    """Every file that is served, by the name it is served under."""
    widgets = _widgets()
    shared = {
        "designsystemet.css": widgets / "_static" / "designsystemet.css",
        "theme.css": widgets / "_static" / "theme.css",
        "tokens.css": widgets / "shared" / "tokens.css",
    }
    return shared | {path.name: path for path in sorted(_OWN.iterdir())}


class Assets:
    """Addresses of the files, each with the first digits of its content's hash.

    A changed file has a new address, so that browsers may keep the old one for a year.
    """

    def __init__(self, base_url: str) -> None:
        self._base = base_url.rstrip("/")
        self._addresses: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """Address of the file called ``name``; KeyError if there is no such file."""
        if name not in self._addresses:
            digest = hashlib.sha256(files()[name].read_bytes()).hexdigest()[:12]
            self._addresses[name] = f"{self._base}/static/{name}?v={digest}"
        return self._addresses[name]


class AssetFile(Answer, web.StaticFileHandler):
    """Serve one of :func:`files`; the name is looked up, never joined to a folder."""

    def initialize(self) -> None:  # type: ignore[override]  # the folder is found by name
        """Let each file be the root of itself."""
        super().initialize(path="/")

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:  # noqa: ARG003  # tornado's signature
        """Path of the file, or nothing."""
        found = files().get(path)
        return str(found) if found else ""

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:  # noqa: ARG002
        """Answer 404 for any name that is not on the list."""
        if not absolute_path or not Path(absolute_path).is_file():
            raise web.HTTPError(404)
        return absolute_path

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002  # tornado's signature
        """Say the type in full: æ, ø and å stand in the style sheets' comments."""
        kind = self.get_content_type()
        if kind.startswith("text/") or kind.endswith("javascript"):
            self.set_header("Content-Type", f"{kind}; charset=utf-8")
