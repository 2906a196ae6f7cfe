"""What stands in for ``pallkit_widgets.shared.assets`` in the browser.

The page loads a widget's script and style sheet as files; Python need not carry them.
"""

from __future__ import annotations


def module(*_names: str) -> str:
    """Nothing: the page has the script."""
    return ""


def stylesheet(*_names: str) -> str:
    """Nothing: the page has the style sheet."""
    return ""


def scoped_designsystemet() -> str:
    """Nothing: the page links Designsystemet itself."""
    return ""
