"""What PallKit is for, in the words that stand everywhere a person can read them."""

from __future__ import annotations

from pallkit.i18n import _

INTENDED_PURPOSE = _("Training on invented patients; not clinical decision support.")
WATERMARK = _("Teaching only. Every patient is invented. Not for choosing a real patient's dose.")
