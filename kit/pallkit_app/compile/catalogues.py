"""The catalogues of the four packages: collect texts, compile them, tell what is missing.

A text is marked with ``_("…")`` in Python or in a page template. ``update`` collects the
texts into ``<package>/locale/<language>/LC_MESSAGES/<package>.po``; a person translates
them there; ``compile_catalogues`` makes the ``.mo`` that :mod:`pallkit.i18n` reads.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from pallkit.errors import ContentError
from pallkit.i18n import CATALOGUES, _
from pallkit_app.compile import TRANSLATED, catalogue_path, package_folder
from pallkit_app.compile.build import is_compiled
from pallkit_app.compile.marked import marked_texts

_TEMPLATES = [("**.html", "jinja2"), ("**.j2", "jinja2")]
_HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {lang}\\n"\n\n'
)


def compile_catalogues(*, force: bool = False) -> dict[str, ContentError]:
    """Compile every ``.po`` that changed; answers those that could not be read, by path."""
    faults: dict[str, ContentError] = {}
    for package in CATALOGUES:
        for lang in TRANSLATED:
            try:
                _compile(catalogue_path(package, lang), force=force)
            except ContentError as error:
                faults[str(catalogue_path(package, lang))] = error
    return faults


def read(path: Path) -> Catalog:
    """Read a ``.po`` file; :class:`ContentError` when it is not one."""
    try:
        with path.open("rb") as file:
            return read_po(file, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise ContentError(
            _(
                "{file} is not a valid catalogue ({problem}). Each text is a msgid and a msgstr "
                "in straight quotes.",
                file=str(path),
                problem=str(error),
            )
        ) from error


def extract(package: str, root: Path | None = None) -> Catalog:
    """Collect every text marked with ``_`` in the code and templates of ``package``."""
    folder = package_folder(package, root)
    found = Catalog()
    if folder.is_dir():
        # A package lies in a folder of its kind, below the root: kit/pallkit, for example.
        for path, texts in marked_texts(folder, folder.parent.parent):
            for line, text in texts:
                found.add(text, locations=[(path.relative_to(folder).as_posix(), line)])
        for name, line, marked, *_rest in extract_from_dir(
            folder, method_map=_TEMPLATES, keywords={"_": None}
        ):
            found.add(marked, locations=[(name.replace(os.sep, "/"), line)])
    return found


def update(root: Path | None = None, *, drop_obsolete: bool = False) -> Iterator[tuple[Path, int]]:
    """Merge new texts into every catalogue; yields each file and how many are untranslated.

    A text no longer in use is kept as a ``#~`` comment, and comes back with its
    translation if it is used again, until ``drop_obsolete`` clears them away.
    """
    for package in CATALOGUES:
        template = extract(package, root)
        for lang in TRANSLATED:
            path = catalogue_path(package, lang, root)
            if not template and not path.exists():
                continue
            catalogue = read(path) if path.exists() else Catalog(locale=lang)
            _revive(catalogue)
            catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
            if drop_obsolete:
                catalogue.obsolete.clear()
            _write(path, catalogue, lang)
            yield path, sum(1 for entry in catalogue if entry.id and not entry.string)


def _revive(catalogue: Catalog) -> None:
    """Put obsolete texts back among the others: the update tells again which are in use."""
    for entry in catalogue.obsolete.values():
        if entry.id not in catalogue and entry.string:
            catalogue[entry.id] = entry
    catalogue.obsolete.clear()


def _write(path: Path, catalogue: Catalog, lang: str) -> None:
    made = io.BytesIO()
    write_po(made, catalogue, width=96, omit_header=True, sort_by_file=True, include_lineno=False)
    text = _HEADER.format(lang=lang) + made.getvalue().decode().lstrip("\n")
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        own = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        own.write_text(text, encoding="utf-8", newline="\n")
        own.replace(path)


def _compile(source: Path, *, force: bool) -> None:
    if not force and is_compiled(source):
        return
    changed = source.stat().st_mtime_ns
    catalogue = read(source)
    target = source.with_suffix(".mo")
    own = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    with own.open("wb") as file:
        write_mo(file, catalogue)
    os.utime(own, ns=(changed, changed))
    own.replace(target)
