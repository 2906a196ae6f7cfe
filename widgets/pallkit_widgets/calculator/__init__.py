"""The opioid calculator, for practice."""

from __future__ import annotations

from pallkit_widgets.calculator.widget import OpioidCalculator

__all__ = ["OpioidCalculator"]
