"""The widgets' scripts and styles as files of their own, that a browser can keep.

A widget sends both to the page as text, each time anew: up to 90 KB. On our own pages the
text is exchanged for its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from pallkit_app.server.delivery.packed import Packed

if TYPE_CHECKING:
    from pallkit_widgets.shared.base import PallkitWidget

SCRIPT = "text/javascript"
STYLE = "text/css"


@cache
def widgets() -> dict[str, type[PallkitWidget]]:
    """Our widgets by name."""
    # Not with this module: others of the application's servers show no widget.
    import pallkit_widgets  # noqa: PLC0415
    from pallkit_widgets.shared.base import PallkitWidget  # noqa: PLC0415

    known = vars(pallkit_widgets).items()
    return {
        name: each
        for name, each in known
        if isinstance(each, type) and issubclass(each, PallkitWidget)
    }


@cache
def files() -> dict[str, Packed]:
    """The scripts and styles, by the name each is served under."""
    return {name: Packed(text.encode(), kind) for name, kind, text in _texts()}


@cache
def names() -> dict[str, str]:
    """The name of the file that holds a text."""
    return {text: name for name, _kind, text in _texts()}


def _texts() -> Iterator[tuple[str, str, str]]:
    for name, widget in widgets().items():
        yield f"{name}.js", SCRIPT, str(widget._esm)  # anywidget's public name
        yield f"{name}.css", STYLE, str(widget._css)  # likewise


@cache
def shown_in(notebook: Path) -> tuple[str, ...]:
    """Names of the widgets that a notebook imports, and so will need the files of.

    None of a notebook that is not there: the page tells so in its own way.
    """
    if not notebook.is_file():
        return ()
    cells = nbformat.read(notebook, as_version=4).cells  # type: ignore[no-untyped-call]
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    imported = re.findall(r"^from pallkit_widgets import (.+)$", code, re.MULTILINE)
    named = [name.strip() for line in imported for name in line.split(",")]
    return tuple(dict.fromkeys(name for name in named if name in widgets()))
