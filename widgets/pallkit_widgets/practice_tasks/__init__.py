"""Generated practice tasks, one at a time."""

from __future__ import annotations

from pallkit_widgets.practice_tasks.widget import PracticeTasks

__all__ = ["PracticeTasks"]
