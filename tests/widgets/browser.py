"""What a browser does with a widget, without one: it sends messages and reads the view."""

from __future__ import annotations

from typing import Any

from pallkit_widgets.shared.base import PallkitWidget


def send(widget: PallkitWidget, message: object) -> dict[str, Any]:
    """Send a message the way it comes from a browser, and give the view that is shown."""
    arrive(widget, {"method": "custom", "content": message})
    return shown(widget)


def arrive(widget: PallkitWidget, data: dict[str, object]) -> None:
    """Let anything at all arrive on the widget's line to the browser."""
    widget._handle_msg({"content": {"data": data}, "buffers": []})


def shown(widget: PallkitWidget) -> dict[str, Any]:
    view: dict[str, Any] = widget.view
    return view
