"""What is printed from a case for a group: table cards, marking, debrief and reading list.

Training on invented patients; not clinical decision support.

Made from the case file alone, like the leader guide beside it. :mod:`.deck` turns a case into
cards that can be played with a pencil; :mod:`.cards`, :mod:`.marking`, :mod:`.debrief` and
:mod:`.reading` write the pages, and :mod:`.files` puts them on disk.
"""

from pallkit_app.handouts.files import SHEETS, Sheet, Wanted, print_case

__all__ = ["SHEETS", "Sheet", "Wanted", "print_case"]
