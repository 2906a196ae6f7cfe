"""The practice sheet of a pump: an exercise to fill in, and its worked answer.

Training on invented patients; not clinical decision support. The sheet has no field for a
person, a date or a signature, and «ØVING» stands across every page, so that it can never
pass for a prescription.
"""

from pallkit_app.pump_sheet.page import Exercise, sheet_html, write_sheet

__all__ = ["Exercise", "sheet_html", "write_sheet"]
