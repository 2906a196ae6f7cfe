"""What can go wrong, each with a message a reader can act on.

::

    PallkitError
    ├── DoseError        a dose, unit or preparation could not be read without guessing
    ├── ConversionError  a conversion was asked for in a way that has no meaning
    ├── ContentError     a case, ratio set or source file breaks the format
    ├── DecisionError    a decision does not fit the step the case is at
    └── LogError         an answer log could not be read or written

A conversion that a source does not support is not an error but an answer: see
:class:`pallkit.opioids.Refusal`.
"""

from __future__ import annotations

from pallkit.i18n import Message


class PallkitError(Exception):
    """Something the reader can mend: what was given, why not, what to do.

    ``message`` is lazy: render it in the reader's language at the edge with
    :func:`pallkit.i18n.render`. ``str(error)`` is English, for logs and tests.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class DoseError(PallkitError):
    """A dose, unit or preparation could not be read without guessing."""


class ConversionError(PallkitError):
    """A conversion was asked for in a way that has no meaning."""


class ContentError(PallkitError):
    """A content file breaks the format; the message names file, place and remedy."""


class DecisionError(PallkitError):
    """A decision does not fit the step the case is at. The case has not moved."""


class LogError(PallkitError):
    """An answer log could not be read or written."""
