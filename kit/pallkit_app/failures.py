"""Why the system could not open or write a file, in the reader's language."""

from __future__ import annotations

import errno

from pallkit.i18n import Message, _

_WHY = {
    errno.ENOENT: _("there is no such file or folder"),
    errno.EACCES: _("access is denied"),
    errno.EPERM: _("access is denied"),
    errno.EISDIR: _("it is a folder"),
    errno.ENOTDIR: _("a part of the path is not a folder"),
    errno.EEXIST: _("it is there already"),
    errno.ENOSPC: _("the disk is full"),
    errno.EROFS: _("the disk cannot be written to"),
    errno.ENAMETOOLONG: _("the name is too long"),
}


def why(error: OSError) -> Message | str:
    """The common reasons in words of ours; a rare one as the system says it."""
    known = _WHY.get(error.errno) if error.errno is not None else None
    return known or error.strerror or "?"
