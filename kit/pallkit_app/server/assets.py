"""The style sheets, scripts and pictures of the pages, under addresses that may be cached."""

from __future__ import annotations

import mimetypes
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tornado import web

from pallkit_app.server.delivery import front_ends
from pallkit_app.server.delivery.packed import Packed
from pallkit_app.server.pages import Answer

_OWN = Path(__file__).parent / "static"
_BUILT = Path(__file__).parent / "delivery" / "_built"

# What is always asked for together is one file. The styles of every page: a browser fetches
# them before it paints anything. And what a page with a kernel does around its widgets.
TOGETHER = {
    "site.css": ("designsystemet.css", "theme.css", "tokens.css", "page.css"),
    "around.js": ("app.js", "session.js"),
}

# What Python's own list lacks or the machine's might call otherwise.
_KINDS = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
# Where a file names another: a style sheet its font, a script what it imports.
_NAMING = {
    ".css": re.compile(r'(url\(")([\w.-]+)(?:\?[^"]*)?("\))'),
    ".js": re.compile(r'(^import .* from "\./)([\w.-]+\.js)(";)$', re.MULTILINE),
}
_FOREVER = "public, max-age=31536000, immutable"


def _widgets() -> Path:
    # find_spec: other parts of the application need the files without ipywidgets.
    spec = find_spec("pallkit_widgets")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("pallkit_widgets is not installed beside pallkit_app")
    return Path(spec.submodule_search_locations[0])


@cache
def files() -> dict[str, Path]:
    """Every file that is served as it lies on the disk, by the name it is served under."""
    widgets = _widgets()
    shared = {
        "designsystemet.css": widgets / "_static" / "designsystemet.css",
        "theme.css": widgets / "_static" / "theme.css",
        "tokens.css": widgets / "shared" / "tokens.css",
    }
    built = _BUILT.iterdir() if _BUILT.is_dir() else ()
    return shared | {path.name: path for path in sorted((*_OWN.iterdir(), *built))}


@cache
def packed(name: str) -> Packed:
    """The file called ``name``, read once; KeyError if there is no such file."""
    if name in TOGETHER:
        parts = [packed(part) for part in TOGETHER[name]]
        return Packed(b"\n".join(part.body for part in parts), parts[0].kind)
    if name.startswith("widgets/"):
        return front_ends.files()[name.removeprefix("widgets/")]
    path = files()[name]
    if path.suffix in _NAMING:
        text = _NAMING[path.suffix].sub(_with_digest, path.read_text("utf-8"))
        return Packed(text.encode(), _KINDS[path.suffix])
    kind = _KINDS.get(path.suffix) or mimetypes.guess_type(name)[0] or "text/plain"
    return Packed(path.read_bytes(), kind)


def _with_digest(found: re.Match[str]) -> str:
    # As the page itself asks for it, so that a browser fetches it once and keeps it.
    return f"{found[1]}{found[2]}?v={packed(found[2]).digest}{found[3]}"


class Assets:
    """Addresses of the files, each with the first digits of its content's hash.

    A changed file has a new address, so that browsers may keep the old one for a year.
    """

    def __init__(self, base_url: str) -> None:
        self._base = base_url.rstrip("/")
        front_ends.files()  # now, so that the first reader does not wait for ipywidgets

    def __call__(self, name: str) -> str:
        """Address of the file called ``name``; KeyError if there is no such file."""
        return f"{self._base}/static/{name}?v={packed(name).digest}"

    def of_text(self, text: str) -> str:
        """Address of the file that holds a widget's script or styles; else the text itself."""
        name = front_ends.names().get(text)
        return self(f"widgets/{name}") if name else text


class AssetFile(Answer):
    """Serve one of the files; the name is looked up, never joined to a folder."""

    def head(self, name: str) -> None:
        """Answer as GET would; tornado leaves the content out."""
        self.get(name)

    def get(self, name: str) -> None:
        """Send the file in the smallest form the browser takes."""
        try:
            self._file = packed(name)
        except KeyError:
            raise web.HTTPError(404) from None
        self._encoding, body = self._file.accepted(self.request.headers.get("Accept-Encoding", ""))
        if self._encoding:
            self.set_header("Content-Encoding", self._encoding)
        # Styles and scripts are UTF-8: æ, ø and å stand in them.
        charset = "; charset=utf-8" if self._file.kind.startswith("text/") else ""
        self.set_header("Content-Type", f"{self._file.kind}{charset}")
        # Under another version's address the file may be shown, but not kept.
        mine = self.asked("v") == self._file.digest
        self.set_header("Cache-Control", _FOREVER if mine else "no-cache")
        self.finish(body)

    def compute_etag(self) -> str | None:
        """Name the content and its form, without reading it again."""
        found: Packed | None = getattr(self, "_file", None)
        return f'"{found.digest}-{self._encoding or "plain"}"' if found else None
