"""From what authors write to what programs read.

``casebank/`` (strict YAML) becomes JSON in ``pallkit/_compiled``, which is all that
:mod:`pallkit.content` reads; each ``.po`` catalogue becomes a ``.mo`` beside it.

::

    python -m pallkit_app.compile                       what is new or changed
    python -m pallkit_app.compile --force               everything
    python -m pallkit_app.compile --update-catalogues   collect new texts into the .po files

In a checkout the first of these happens by itself when content is read (the entry point
``pallkit.compilers``). An installed package carries the results and is never written to.
"""

from __future__ import annotations

from pathlib import Path

# English is the msgid itself.
TRANSLATED = ("nb", "nn")
_PACKAGE = Path(__file__).resolve().parent.parent


def in_checkout() -> bool:
    """Whether this code runs from a checkout, where content may be edited and compiled."""
    return _PACKAGE.parent.name == "kit" and (_PACKAGE.parent.parent / "casebank").is_dir()


def content_root() -> Path:
    """Return the folder that holds ``casebank``, ``courses`` and ``notebooks``.

    The top of the checkout, or the copy inside the installed package.
    """
    return _PACKAGE.parent.parent if in_checkout() else _PACKAGE / "_content"


def package_folder(package: str, root: Path | None = None) -> Path:
    """Return where one of the four packages lies, without importing it.

    ``root`` is the top of a checkout: this one, if none is given.
    """
    if root is None and not in_checkout():
        return _PACKAGE.parent / package
    top = {"pallkit_widgets": "widgets", "pallkit_grading": "grading"}.get(package, "kit")
    return (root or content_root()) / top / package


def compiled_root() -> Path:
    """Return the folder :mod:`pallkit.content` reads."""
    return package_folder("pallkit") / "_compiled"


def catalogue_path(package: str, lang: str, root: Path | None = None) -> Path:
    """Return where the translations of ``package`` into ``lang`` stand."""
    return package_folder(package, root) / "locale" / lang / "LC_MESSAGES" / f"{package}.po"
