"""The case player: a case in the browser."""

from __future__ import annotations

from pallkit_widgets.case_player.widget import CasePlayer

__all__ = ["CasePlayer"]
