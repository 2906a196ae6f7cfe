"""The sources' tables, as they stand: one at a time, or one drug across all of them."""

from __future__ import annotations

from pallkit_widgets.ratio_set_browser.widget import RatioSetBrowser

__all__ = ["RatioSetBrowser"]
