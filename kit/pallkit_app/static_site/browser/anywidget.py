"""The base class ``anywidget.AnyWidget`` as the browser has it: traits, and messages both ways.

Anywidget's own stands on ipywidgets and IPython, which cost a phone five megabytes and
seconds at every visit, for a notebook that is not there. Our widgets use five things of it,
and this is those five. The page's part is ``pages/widget.js``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import traitlets

Heard = Callable[["AnyWidget", Any, list[Any]], None]


class AnyWidget(traitlets.HasTraits):
    """A widget whose synced traits and messages go to the page through :attr:`tell`.

    Whoever shows the widget sets ``tell``; until then nothing is sent, and the page reads
    the traits as they stand when it draws the widget.
    """

    _esm: ClassVar[str] = ""
    _css: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self.tell: Callable[[str, Any], None] | None = None
        self._hearers: list[Heard] = []
        self._held: dict[str, Any] | None = None
        self.observe(self._changed, names=list(self.shown_traits()))

    def shown_traits(self) -> dict[str, Any]:
        """The traits the page gets, as they stand."""
        return {name: getattr(self, name) for name in self.trait_names(sync=True)}

    def on_msg(self, hearer: Heard) -> None:
        """Have messages from the page told to ``hearer``."""
        self._hearers.append(hearer)

    def send(self, content: Any, buffers: object = None) -> None:  # noqa: ARG002  # anywidget's
        """Send the page a message of the widget's own."""
        if self.tell:
            self.tell("custom", content)

    def receive(self, content: Any) -> None:
        """Take a message from the page."""
        for hearer in self._hearers:
            hearer(self, content, [])

    @contextmanager
    def hold_sync(self) -> Iterator[None]:
        """Tell the page afterwards, and once, of all that changes meanwhile."""
        self._held = {}
        try:
            yield
        finally:
            held, self._held = self._held, None
            if held and self.tell:
                self.tell("change", held)

    def _changed(self, change: Any) -> None:
        if self._held is not None:
            self._held[change["name"]] = change["new"]
        elif self.tell:
            self.tell("change", {change["name"]: change["new"]})
