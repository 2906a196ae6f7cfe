"""The pump calculator: what a pump is set to, what goes into it, and from mouth to pump."""

from __future__ import annotations

from pallkit_widgets.pump_calculator.widget import PumpCalculator

__all__ = ["PumpCalculator"]
