"""What keeps a static copy from being made."""

from __future__ import annotations

from pallkit.errors import PallkitError


class SiteError(PallkitError):
    """The copy could not be made; what lay in its folder before is as it was."""
