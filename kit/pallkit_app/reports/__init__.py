"""The course report: how a course goes, as a page and as tables for other programs.

Training on invented patients; not clinical decision support.

:mod:`.rows` reads every task of every trainee, :mod:`.figures` counts them up with pandas,
:mod:`.plots` draws, :mod:`.page` and :mod:`.tables` write.
"""

from __future__ import annotations

from pallkit_app.reports.files import write_report, write_tables
from pallkit_app.reports.rows import Report, read_report

__all__ = ["Report", "read_report", "write_report", "write_tables"]
