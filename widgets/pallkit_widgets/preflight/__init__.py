"""«Sjekk før innlevering», in the notebook."""

from __future__ import annotations

from pallkit_widgets.preflight.widget import Preflight

__all__ = ["Preflight"]
