"""``python -m pallkit_app.compile``: see :mod:`pallkit_app.compile`."""

from __future__ import annotations

import argparse
import sys

from pallkit.i18n import _
from pallkit_app.cli.edge import say
from pallkit_app.compile import compiled_root, content_root, in_checkout
from pallkit_app.compile.build import compile_content
from pallkit_app.compile.catalogues import compile_catalogues, update


def main() -> int:
    """Compile content and catalogues; 1 when a file is at fault, 2 outside a checkout."""
    asked = _arguments()
    if not in_checkout():
        print(say(_("An installed PallKit carries its compiled content; there is nothing to do.")))
        return 2
    if asked.update_catalogues or asked.drop_obsolete:
        for path, missing in update(drop_obsolete=asked.drop_obsolete):
            print(say(_("{file}: {missing} texts untranslated", file=str(path), missing=missing)))
    faults = compile_catalogues(force=asked.force)
    faults.update(compile_content(content_root(), compiled_root(), force=asked.force))
    for fault in faults.values():
        print(say(fault.message), file=sys.stderr)
    return 1 if faults else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m pallkit_app.compile",
        description=say(
            _("Compile the case bank to JSON and the catalogues to .mo, where something changed.")
        ),
    )
    parser.add_argument("--force", action="store_true", help=say(_("Compile everything anew.")))
    parser.add_argument(
        "--update-catalogues",
        action="store_true",
        help=say(_("First collect new texts from the code into the .po files, untranslated.")),
    )
    parser.add_argument(
        "--drop-obsolete",
        action="store_true",
        help=say(_("Also remove texts that are no longer used from the .po files.")),
    )
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
