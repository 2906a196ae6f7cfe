"""The answer box of a graded notebook."""

from __future__ import annotations

from pallkit_widgets.answer_box.widget import AnswerBox

__all__ = ["AnswerBox"]
