"""One page's Python, in the browser: runs its notebook's cells and carries the messages.

The notebooks are those the server runs, unchanged: the address's query is in the
environment, and what a cell's last line gives is what is shown.
"""

from __future__ import annotations

import ast
import json
import os
import traceback
from collections.abc import Callable
from typing import Any

from anywidget import AnyWidget


class Page:
    """The widgets of one page. ``post`` takes each message to it, as JSON."""

    def __init__(self, post: Callable[[str], None]) -> None:
        self._post = post
        self._widgets: list[AnyWidget] = []

    def run(self, cells: str, query: str) -> None:
        """Run the cells (JSON: a list of ``id`` and ``source``) and show what they give.

        A cell that fails is told of, and no cell after it is run: as Voila does it.
        """
        os.environ["QUERY_STRING"] = query
        space: dict[str, Any] = {"__name__": "__main__"}
        for cell in json.loads(cells):
            try:
                value = _value(cell["source"], space)
            except Exception:  # noqa: BLE001  # whatever it is, the reader is told and the console has it
                traceback.print_exc()
                self._tell("failed", cell=cell["id"])
                return
            if isinstance(value, AnyWidget):
                self._show(value, cell["id"])
        self._tell("done")

    def receive(self, number: int, content: str) -> None:
        """Take a message (JSON) to a widget."""
        self._widgets[number].receive(json.loads(content))

    def _show(self, widget: AnyWidget, cell: str) -> None:
        number = len(self._widgets)
        self._widgets.append(widget)
        kind = type(widget).__name__
        self._tell("widget", number=number, cell=cell, kind=kind, traits=widget.shown_traits())
        widget.tell = lambda what, content: self._tell(what, number=number, content=content)

    def _tell(self, what: str, **about: Any) -> None:
        self._post(json.dumps({"type": what, **about}))


def _value(source: str, space: dict[str, Any]) -> Any:
    """Run a cell's code; its value is that of its last line, where that is an expression."""
    tree = ast.parse(source)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        exec(compile(tree, "<cell>", "exec"), space)  # noqa: S102  # our own notebook
        return None
    exec(compile(ast.Module(tree.body[:-1], []), "<cell>", "exec"), space)  # noqa: S102  # as above
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), space)  # noqa: S307  # as above
