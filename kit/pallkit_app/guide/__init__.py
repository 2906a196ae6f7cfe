"""The leader guide: a case as a booklet for the one who leads the hour.

Training on invented patients; not clinical decision support.

Made from the case file alone, so that it never says anything else than the case does:
:mod:`.routes` plays the case along its best path, :mod:`.view` gathers what a page
shows, :mod:`.plan` and :mod:`.stepmap` draw the hour and the forks, :mod:`.page` writes
HTML and :mod:`.files` puts HTML or PDF on disk.
"""

from pallkit_app.guide.files import write_guide
from pallkit_app.guide.page import guide_html

__all__ = ["guide_html", "write_guide"]
