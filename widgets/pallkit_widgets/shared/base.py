"""The base of our widgets: Python decides, the browser shows.

A Voila page lets any visitor send comm messages to the kernel, so everything that comes
from the browser is input from outside. Nothing can be set from there: a widget takes only
the few messages it declares, each with known keys and types. What goes out is one trait,
``view``: all that is shown, already in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import anywidget
import traitlets

from pallkit.about import WATERMARK
from pallkit.errors import PallkitError
from pallkit.i18n import Language, Message, _, language, render
from pallkit.privacy import refuse_identity_numbers
from pallkit_widgets.shared.assets import scoped_designsystemet

LARGEST_MESSAGE = 40_000
"""Characters in all texts of one message together: an essay and then some."""
DEEPEST = 4
MOST_REPLAYED = 200
"""Messages that a page may send again at once, each within the limits of one, and together
within ten times those."""

_COMMON = {
    "no_answer": _(
        "No answer from the server. What you have saved is kept. Reload the page to go on."
    ),
    "bug": _(
        "Something went wrong in PallKit, and it is not your fault. "
        "Reload the page, and report it if it happens again."
    ),
    "watermark": WATERMARK,
    "receipt": _("Show the calculation, step by step"),
    "ratio": _("Ratio: {ratio}", ratio="{ratio}"),
}


class PallkitWidget(anywidget.AnyWidget):
    """A widget whose state the browser can ask to change, but never set.

    ``MESSAGES`` names the messages a widget takes: for each type, the keys it must have
    and their types, no more and no fewer. A message that does not fit is ignored. A
    :class:`PallkitError` becomes a line the reader can act on; anything else is a bug,
    says so on the page, and is raised.
    """

    MESSAGES: ClassVar[Mapping[str, Mapping[str, type]]] = {}
    LABELS: ClassVar[Mapping[str, Message]] = {}

    view = traitlets.Dict().tag(sync=True)
    # ipywidgets gives every widget a second one for its size and margins, that the browser
    # may write to. Ours have style sheets.
    layout = traitlets.Any(None)

    def __init__(self, lang: str = "nb") -> None:
        super().__init__()
        self.lang: Language = language(lang)
        self._turn = 0
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        """Say what stands in a notebook where no widget can be shown, as in a feedback page."""
        return type(self).__name__

    def set_state(self, sync_data: object) -> None:
        """Ignore every trait the browser tries to set."""

    def handle(self, message: Mapping[str, Any]) -> None:
        """Act on a message that has passed validation, then :meth:`show`."""
        raise NotImplementedError

    def refuse(self, error: PallkitError, message: Mapping[str, Any]) -> None:
        """Show the reader why ``message`` could not be done, keeping what was typed."""
        raise NotImplementedError

    def show(self, view: Mapping[str, Any]) -> None:
        """Send the browser a new view; ``turn`` makes it new even if it looks the same."""
        self._turn += 1
        texts = {**_COMMON, **self.LABELS}
        labels = {key: render(text, self.lang) for key, text in texts.items()}
        self.view = {**view, "ui_lang": self.lang, "labels": labels, "turn": self._turn}

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        if isinstance(content, Mapping) and content.get("type") == "replay":
            self._replay(content)
            return
        message = self._accept(content)
        if message is None:
            return
        if message["type"] == "styles":
            self.send({"type": "styles", "css": scoped_designsystemet()})
            return
        self._act(message)

    def _replay(self, content: Mapping[str, Any]) -> None:
        """Act on all that was sent to a kernel that is gone, and show the outcome once."""
        again = content.get("messages")
        if not isinstance(again, list) or len(again) > MOST_REPLAYED:
            return
        if sum(_size(each, DEEPEST) for each in again) > 10 * LARGEST_MESSAGE:
            return
        with self.hold_sync():
            for message in filter(None, map(self._accept, again)):
                if message["type"] != "styles":
                    self._act(message)

    def _act(self, message: Mapping[str, Any]) -> None:
        try:
            refuse_in(message)
            if message["type"] == "language":
                self.lang = language(message["lang"])
            self.handle(message)
        except PallkitError as error:
            self.refuse(error, message)
        except Exception:
            self.show({**self.view, "bug": True})
            raise

    def _accept(self, content: object) -> Mapping[str, Any] | None:
        if not isinstance(content, Mapping) or _size(content, DEEPEST) > LARGEST_MESSAGE:
            return None
        known: Mapping[str, Mapping[str, type]] = {
            "styles": {},
            "language": {"lang": str},
            **self.MESSAGES,
        }
        kind = content.get("type")
        keys = known.get(kind) if isinstance(kind, str) else None
        if keys is None or content.keys() - {"type"} != keys.keys():
            return None
        fits = all(type(content[key]) is expected for key, expected in keys.items())
        return content if fits else None


def refuse_in(value: object) -> None:
    """Refuse an 11-digit number anywhere in a message (:mod:`pallkit.privacy`)."""
    if isinstance(value, str):
        refuse_identity_numbers(value)
    elif isinstance(value, Mapping):
        for part in value.values():
            refuse_in(part)
    elif isinstance(value, list):
        for part in value:
            refuse_in(part)


def _size(value: object, depth: int) -> int:
    """Count the characters of a message; too deep or of a strange type counts as too large."""
    if value is None or isinstance(value, bool):
        return 1
    if isinstance(value, str):
        return len(value) + 1
    if isinstance(value, int):
        return 1 if abs(value) < 2**53 else LARGEST_MESSAGE + 1
    if depth and isinstance(value, Mapping):
        return sum(_size(key, 0) + _size(part, depth - 1) for key, part in value.items())
    if depth and isinstance(value, list):
        return sum(_size(part, depth - 1) for part in value) + 1
    return LARGEST_MESSAGE + 1
