"""What a notebook's cells show, as the page's script takes it.

Each output carries its cell's id: a module's page puts it where it belongs in the text. A
cell that failed leaves a mark; the page then shows the message that waits in it, in the
reader's language.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

WIDGET = "application/vnd.jupyter.widget-view+json"
FAILED = "<div data-failed></div>\n"

# What ipywidgets sends beside a widget's own state: how another front end would find it.
_OURS_ALREADY = ("layout", "tabbable", "tooltip")


def kernel_at(base_url: str, kernel_id: str) -> str:
    """Tell the page where its kernel is."""
    about = {"baseUrl": base_url, "kernelId": kernel_id}
    return f'<script id="jupyter-config-data" type="application/json">{_json(about)}</script>\n'


def written(
    cell: Mapping[str, Any],
    states: Mapping[str, Mapping[str, Any]],
    address: Callable[[str], str],
) -> Iterator[str]:
    """Write what one cell shows, each output on a line of its own.

    ``states`` is what each widget was made with, by its model's id; ``address`` exchanges a
    script or a style sheet for where the browser gets it.
    """
    for output in cell.get("outputs", ()):
        kind = output["output_type"]
        if kind == "error" or output.get("name") == "stderr":
            yield FAILED
        elif kind == "stream":
            yield _text(cell, output["text"])
        elif WIDGET in (data := output["data"]):
            model = data[WIDGET]["model_id"]
            yield _placed(cell, _widget(model, states[model], address))
        else:
            yield _text(cell, data.get("text/plain", ""))


def _widget(model: str, state: Mapping[str, Any], address: Callable[[str], str]) -> str:
    own = {
        name: value
        for name, value in state.items()
        if not name.startswith("_") and name not in _OURS_ALREADY
    }
    about = {
        "model_id": model,
        "esm": address(state["_esm"]),
        "css": address(state.get("_css", "")),
        "state": own,
    }
    return f'<script type="{WIDGET}">{_json(about)}</script>'


def _placed(cell: Mapping[str, Any], shown: str) -> str:
    return f'<div class="pk-output" data-cell="{escape(cell.get("id", ""))}">{shown}</div>\n'


def _text(cell: Mapping[str, Any], text: str) -> str:
    written = escape(text).replace("\n", "&#10;")
    return _placed(cell, f"<pre>{written}</pre>") if text else ""


def _json(value: object) -> str:
    # Inside a script element only «<» could end it, or begin a comment that hides the end.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
