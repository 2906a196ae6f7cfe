"""A page of the server made a page of the copy: its links, its policy, and Python for its tools."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Any

from pallkit.i18n import _, render
from pallkit_app.compile import content_root
from pallkit_app.modules import read_module
from pallkit_app.server.tools import TOOLS
from pallkit_app.static_site import extras
from pallkit_app.static_site.addresses import Spot, View, asset_file, find
from pallkit_app.static_site.copying import ADDRESS

# No page of ours holds an inline script or style, and none asks another host. Python runs in a
# worker, which has the policy of its own answer; what a page itself cannot say (frames) is left
# to the file server: docs/static-site.md.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
)
_CHARSET = '<meta charset="utf-8">'
_PATIENCE = 20 * 60 * 1000  # ms: a phone on a poor line may need it all to fetch Python
_NOTEBOOK = '<div id="notebook"'


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the files lie, from the top of the copy, and how many bytes Python is."""

    assets: str
    python: str
    runtime: str
    size: int


def page(view: View, text: str, folders: Folders, known: Callable[[Spot], bool]) -> str:
    """Write a page. ``known`` tells whether a page that is linked to is in the copy."""
    spot = view.spot
    text = ADDRESS.sub(lambda match: _written(match, view, folders, known), text)
    head = f'{_CHARSET}\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    text = text.replace(_CHARSET, head, 1)
    text = text.replace("</head>", f"{_script(view, f'{folders.python}/offline.js')}</head>", 1)
    for name, data in extras.of(spot).items():
        text = text.replace("</head>", f"{_data(name, data)}</head>", 1)
    if spot.path == extras.REPORT:
        text = text.replace("</head>", f"{_script(view, f'{folders.python}/report.js')}</head>", 1)
    return with_python(view, text, folders) if spot.tools else text


def _written(
    match: re.Match[str], view: View, folders: Folders, known: Callable[[Spot], bool]
) -> str:
    name, written = match.groups()
    found = find(unescape(written))
    if found is None:
        return match[0]
    if found.asset:
        return f'{name}="{escape(view.to(f"{folders.assets}/{asset_file(found.asset)}"))}"'
    # A form tells the language in a field of its own; here the folder does.
    spot = found.spot.speaking(view.spot.lang) if found.spot and name == "action" else found.spot
    if spot is None or not known(spot):
        return match[0]
    return f'{name}="{escape(view.to(spot.folder, folder=True) + found.tail)}"'


def with_python(view: View, text: str, folders: Folders) -> str:
    """Add the notebook's cells, and the script that runs them."""
    data = _data("python", _about(view.spot, folders))
    end = f"{data}{_script(view, f'{folders.python}/python.js')}</body>"
    style = view.to(f"{folders.python}/python.css")
    text = text.replace("</head>", f'<link rel="stylesheet" href="{style}">\n</head>', 1)
    text = text.replace(_NOTEBOOK, f'{_NOTEBOOK} data-patience="{_PATIENCE}"', 1)
    return text.replace("</body>", end, 1)


def _about(spot: Spot, folders: Folders) -> dict[str, Any]:
    texts = {
        "fetching": _(
            "Fetching Python to your browser. This takes time only on the first visit; you can "
            "read meanwhile."
        ),
        "starting": _("Starting Python in your browser …"),
        "bar": _("How much has been fetched"),
    }
    return {
        "cells": cells(content_root() / "notebooks" / notebook(spot)),
        "query": {"case": spot.case} if spot.case else {},
        "runtime": f"../{Path(folders.runtime).name}/",
        "widgets": f"../{Path(folders.assets).name}/widgets/",
        "size": folders.size,
        "texts": {name: render(text, spot.lang) for name, text in texts.items()},
    }


def notebook(spot: Spot) -> str:
    """The notebook the server would run for a page, below the folder of notebooks."""
    if spot.case:
        return "apps/case.ipynb"
    tools: Mapping[str, str] = {tool.path: tool.notebook for tool in TOOLS}
    if spot.path in tools:
        return tools[spot.path]
    name = spot.path.rpartition("/")[2]
    return (
        f"modules/{read_module(content_root() / 'notebooks' / 'modules', name, spot.lang).notebook}"
    )


def cells(path: Path) -> list[dict[str, str]]:
    """The cells with code of a notebook, in its order."""
    written = json.loads(path.read_text("utf-8"))["cells"]
    return [
        {"id": cell.get("id", str(place)), "source": "".join(cell["source"])}
        for place, cell in enumerate(written)
        if cell["cell_type"] == "code"
    ]


def _script(view: View, path: str) -> str:
    return f'<script type="module" src="{view.to(path)}"></script>\n'


def _data(name: str, data: Any) -> str:
    written = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{written}</script>\n'
