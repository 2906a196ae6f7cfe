"""A page with one widget on it and its Python in this process: a browser without a kernel.

The browser is real, and so are the widget's scripts and styles; only the line between them
is shorter than on the server, so that a test can walk through much in little time.
"""

from __future__ import annotations

from contextvars import copy_context
from pathlib import Path

from playwright.sync_api import Page
from tests.widgets.browser import send

import pallkit_widgets
from pallkit_widgets.shared.base import PallkitWidget

_STATIC = Path(pallkit_widgets.__file__).parent / "_static"
_PAGE = """<!doctype html>
<html lang="nb"><head><meta charset="utf-8"><title>PallKit</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{styles}</style></head>
<body><main><h1>PallKit</h1><div id="widget"></div></main>
<script type="module">{script}
const listeners = [];
const model = {{
  get: () => window.pkView,
  on: (name, listener) => name === "change:view" && listeners.push(listener),
  off: () => {{}},
  send: async (message) => {{
    window.pkView = await window.pkSend(message);
    for (const listener of listeners) listener();
  }},
}};
window.pkView = await window.pkFirst();
window.pkCleanUp = widget.render({{ model, el: document.getElementById("widget") }});
</script></body></html>"""


def show_widget(page: Page, widget: PallkitWidget) -> None:
    """Show ``widget`` alone on ``page``, with Designsystemet as our own pages link it."""
    here = copy_context()  # with the case bank that the test reads
    page.expose_function("pkSend", lambda message: here.run(send, widget, message))
    page.expose_function("pkFirst", lambda: widget.view)
    styles = [(_STATIC / name).read_text("utf-8") for name in ("theme.css", "designsystemet.css")]
    script = widget._esm.replace("export default", "const widget =")
    page.set_content(_PAGE.format(styles="\n".join([*styles, widget._css]), script=script))
    page.locator(".pk-root").wait_for()
