"""Translations that were left behind, and texts of a template that nobody has written."""

from __future__ import annotations

from collections.abc import Iterator

from pallkit.i18n import LANGUAGES, _
from pallkit_app.casework.translated import FROM, RECORD, Change, changes, name
from pallkit_app.check.bank import Bank, CaseFiles
from pallkit_app.check.findings import Finding, rule
from pallkit_app.check.wording import strings

_STEM = RECORD.removesuffix(".yaml")
_UNWRITTEN = "SKRIV:"


@rule("stale-translation", _("No bokmål text has changed since its translation was made."))
def stale_translations(bank: Bank) -> Iterator[Finding]:
    """Else readers in two languages learn two things. English is a warning only."""
    for files, _case in bank.sound_cases:
        for lang, found in _changed(files):
            for change in found:
                if change.kind == "stale":
                    yield Finding(
                        files.spot(lang, change.place),
                        _(
                            "The bokmål text of “{text}” has changed since.",
                            text=name(change.place),
                        ),
                        _("Translate it anew, then: pallkit case translated {case}", case=files.id),
                        warning=lang != "nn",
                    )


@rule("translation-record", _("Changed texts are on record as translated."))
def old_records(bank: Bank) -> Iterator[Finding]:
    """Where both texts are new, somebody has to say that they agree."""
    for files, _case in bank.sound_cases:
        for lang, found in _changed(files):
            count = sum(change.kind == "unrecorded" for change in found)
            if count:
                yield Finding(
                    files.spot(lang),
                    _(
                        "New texts that nobody has said agree with the bokmål: {count}.",
                        count=count,
                    ),
                    _("Compare them, then: pallkit case translated {case}", case=files.id),
                    warning=True,
                )


@rule("unwritten-text", _("No text of the template is left."))
def texts_to_be_written(bank: Bank) -> Iterator[Finding]:
    """What begins with SKRIV is what an author is to write there."""
    for files in bank.cases:
        for lang in LANGUAGES:
            for place, text in strings(files.prose(lang), ()):
                if text.lstrip().startswith(_UNWRITTEN):
                    yield Finding(
                        files.spot(lang, place),
                        _("“{text}” is not written yet.", text=name(place)),
                        _("Write it, and take the template's words away."),
                    )


def _changed(files: CaseFiles) -> Iterator[tuple[str, list[Change]]]:
    record = files.documents.get(_STEM)
    for lang in LANGUAGES:
        if record is not None and lang != FROM and lang in files.documents:
            made = files.prose(lang)
            yield lang, list(changes(record, lang, files.prose(FROM), made))
