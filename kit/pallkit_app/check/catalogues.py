"""The interface's own texts: each translated into bokmål and nynorsk, and none left over.

Only in a checkout: an installed package carries no sources to collect texts from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry

from pallkit.errors import ContentError
from pallkit.i18n import CATALOGUES, _
from pallkit_app.check.bank import Bank, Spot
from pallkit_app.check.findings import Finding, rule
from pallkit_app.compile import TRANSLATED, catalogue_path, package_folder

_UPDATE = _("Run “python -m pallkit_app.compile --update-catalogues” and translate it.")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@rule("catalogue-readable", _("Every catalogue can be read."))
def unreadable_catalogues(bank: Bank) -> Iterator[Finding]:
    """A broken catalogue would show the whole interface in English."""
    for package, lang in _pairs():
        path = catalogue_path(package, lang, bank.root)
        try:
            bank.translations(path)
        except ContentError as error:
            yield Finding(Spot(bank.name(path)), error.message)


@rule("catalogue-missing", _("Every text of the interface is translated into nb and nn."))
def missing_translations(bank: Bank) -> Iterator[Finding]:
    """An untranslated or fuzzy text comes out in English."""
    for path, lang, wanted, have in _catalogues(bank):
        for entry in wanted:
            found = have.get(entry.id, entry.context) if entry.id else None
            if entry.id and (found is None or not found.string or found.fuzzy):
                yield Finding(
                    Spot(bank.name(path), found.lineno if found else None),
                    _("“{text}” is not translated into {lang}.", text=_short(entry), lang=lang),
                    _UPDATE,
                )


@rule("catalogue-stale", _("Every text of a catalogue is still in use."))
def stale_translations(bank: Bank) -> Iterator[Finding]:
    """A text that was reworded leaves its old translation behind."""
    for path, _lang, wanted, have in _catalogues(bank):
        for entry in have:
            if entry.id and wanted.get(entry.id, entry.context) is None:
                yield Finding(
                    Spot(bank.name(path), entry.lineno),
                    _("“{text}” is not used any more.", text=_short(entry)),
                    _("Run “python -m pallkit_app.compile --update-catalogues”."),
                )


@rule("catalogue-placeholders", _("A translation has the same words in braces as the text."))
def wrong_placeholders(bank: Bank) -> Iterator[Finding]:
    """A placeholder that is misspelt in one language is an error for its readers only."""
    for path, _lang, _wanted, have in _catalogues(bank):
        for entry in have:
            if not entry.id or not entry.string:
                continue
            asked, given = (
                set(_PLACEHOLDER.findall(str(text))) for text in (entry.id, entry.string)
            )
            if asked != given:
                yield Finding(
                    Spot(bank.name(path), entry.lineno),
                    _(
                        "The translation of “{text}” differs in {names}.",
                        text=_short(entry),
                        names=", ".join(sorted(asked ^ given)),
                    ),
                    _("Use the same words in braces as in the English text."),
                )


def _pairs() -> Iterator[tuple[str, str]]:
    return ((package, lang) for package in CATALOGUES for lang in TRANSLATED)


def _catalogues(bank: Bank) -> Iterator[tuple[Path, str, Catalog, Catalog]]:
    for package, lang in _pairs():
        if package_folder(package, bank.root).is_dir():
            path = catalogue_path(package, lang, bank.root)
            try:
                yield path, lang, bank.texts(package), bank.translations(path)
            except ContentError:
                continue  # its own rule tells


def _short(entry: Entry) -> str:
    text = str(entry.id)
    return text if len(text) <= 60 else text[:59] + "…"
