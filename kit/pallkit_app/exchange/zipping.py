"""Write a zip package that is the same, byte for byte, whenever its content is the same."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from pallkit.errors import PallkitError
from pallkit.i18n import _

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the zip format has no earlier one
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


def write_zip(path: Path, files: Mapping[str, str | bytes]) -> None:
    """Write ``files`` (texts or bytes by name) in the order given; no dates, no owner, no system.

    Raises :class:`PallkitError` where the file cannot be written.
    """
    try:
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in files.items():
                entry = zipfile.ZipInfo(name, _FIRST_DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr, entry.create_system = _PLAIN_FILE, _UNIX
                archive.writestr(entry, text.encode() if isinstance(text, str) else text)
    except OSError:
        raise PallkitError(_("“{file}” cannot be written.", file=path.name)) from None
