"""Feedback to trainees as pages of our own, in the places where nbgrader looks for them.

Training on invented patients; not clinical decision support.

What a page says is gathered in :mod:`pallkit_grading.feedback_data`; :mod:`.page` writes it as HTML
and :mod:`.files` puts it in the course's ``feedback/`` folder, ready for ``nbgrader
release_feedback``.
"""

from __future__ import annotations

from pallkit_app.feedback_pages.files import Written, write_feedback
from pallkit_app.feedback_pages.page import feedback_html

__all__ = ["Written", "feedback_html", "write_feedback"]
