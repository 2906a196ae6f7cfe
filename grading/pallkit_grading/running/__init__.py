"""Grade an assignment's hand-ins: what is done stays done, and one never stops another.

::

    job       what to grade and how, and what came of it
    waiting   which hand-ins are not graded yet, by fingerprint
    batch     the run: mark, record, report
    here      marking on this machine;  cluster: marking on others
    again     what another key would give
"""

from __future__ import annotations

from pallkit_grading.running.batch import grade
from pallkit_grading.running.job import Flagged, Job, Report, Summary

__all__ = ["Flagged", "Job", "Report", "Summary", "grade"]
