"""What may stand in a text: safe marks only, and nothing that could be a person's number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pallkit.i18n import LANGUAGES, Message, _
from pallkit.privacy import holds_identity_number
from pallkit_app.check.bank import Bank
from pallkit_app.check.findings import Finding, rule
from pallkit_app.check.notebooks import notebooks
from pallkit_app.compile.strict_yaml import Place

_MARKS = (
    (re.compile(r"<[a-zA-Z/!][^>\n]*>"), _("Raw HTML is shown as the characters typed.")),
    (re.compile(r"^ {0,3}#{1,6} ", re.MULTILINE), _("Headings are not shown as headings.")),
    (re.compile(r"!\["), _("Pictures are not shown.")),
    (re.compile(r"^ {0,3}(```|~~~|>)", re.MULTILINE), _("Code and quotes are not marked up.")),
    (
        re.compile(r"\]\((?!https?://|mailto:)"),
        _("A link goes to an address that begins with https://, http:// or mailto:."),
    ),
)
TRANSLATED = "translated"
"""The file of hashes of what the translations were made of."""

_ADDRESS = re.compile(r"<(https?://|mailto:)[^>]*>")


@rule("text-marks", _("A text has paragraphs, bold, italic, lists and links, nothing else."))
def unknown_marks(bank: Bank) -> Iterator[Finding]:
    """Anything else would be shown as the characters typed."""
    for files in bank.cases:
        for lang in LANGUAGES:
            for place, text in strings(files.prose(lang), ()):
                for problem in _marks(text):
                    yield Finding(
                        files.spot(lang, place),
                        problem,
                        _("Use paragraphs, **bold**, *italic*, lists and links only."),
                    )


@rule("identity-number", _("No text holds a number of eleven digits."))
def identity_numbers(bank: Bank) -> Iterator[Finding]:
    """An eleven-digit number could be a real person's, and is never needed here."""
    for files in bank.cases:
        for stem, document in files.documents.items():
            if stem == TRANSLATED:  # hashes, of figures and letters
                continue
            for place, text in strings(document.value, ()):
                if holds_identity_number(text):
                    yield Finding(files.spot(stem, place), *_NUMBER)
    for notebook in notebooks(bank):
        for number, cell in enumerate(notebook.cells, 1):
            if holds_identity_number(cell.source):
                yield Finding(notebook.spot(number), *_NUMBER)


_NUMBER = (
    _("There is an eleven-digit number here; it could be a person's identity number."),
    _("Remove it."),
)


def strings(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    """Yield every text inside a value, keys and numbers too, each with its place."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield (*place, key), str(key)
            yield from strings(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from strings(inner, (*place, index))
    elif value is not None and not isinstance(value, bool):
        yield place, str(value)


def _marks(text: str) -> Iterator[Message]:
    plain = _ADDRESS.sub("", text)
    for pattern, problem in _MARKS:
        if pattern.search(plain):
            yield problem
