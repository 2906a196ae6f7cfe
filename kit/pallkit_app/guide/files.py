"""The guide on disk: HTML or PDF by the file's name, and never over someone else's file."""

from __future__ import annotations

import os
import re
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path

from pallkit import content
from pallkit.errors import PallkitError
from pallkit.i18n import Language, _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.guide.page import GENERATOR, guide_html

FORMATS = (".html", ".pdf")


class GuideError(PallkitError):
    """The guide could not be written; the message says what to do."""


def write_guide(case_id: str, lang: Language, path: Path, *, force: bool = False) -> None:
    """Write the leader guide of a case to ``path``, ending in .html or .pdf.

    An existing file is replaced if it is a guide of ours, or with ``force``; it is
    replaced in one piece, so that an interrupted run leaves the old guide.
    Raises :class:`GuideError`, or :class:`pallkit.errors.ContentError` for the case.
    """
    if path.suffix.lower() not in FORMATS:
        raise GuideError(
            _("“{path}” must end in .html or .pdf, so that the format is clear.", path=str(path))
        )
    refuse_identity_numbers(case_id)
    refuse_identity_numbers(path.name)  # a guide is named for a case, never for a person
    _refuse_unknown(case_id)
    _refuse_foreign(path, force=force)
    paged = path.suffix.lower() == ".pdf"
    html = guide_html(case_id, lang, paged=paged)
    _replace(path, _pdf(html) if paged else html.encode())


def _refuse_unknown(case_id: str) -> None:
    known = content.case_ids()
    if case_id in known:
        return
    near = get_close_matches(case_id, known, n=1, cutoff=0.4)
    if near:
        raise GuideError(
            _("There is no case “{id}”. Did you mean “{near}”?", id=case_id, near=near[0])
        )
    raise GuideError(
        _("There is no case “{id}”. The cases are: {all}.", id=case_id, all=", ".join(known))
    )


def _refuse_foreign(path: Path, *, force: bool) -> None:
    if force or not path.exists():
        return
    if not path.is_file() or not _is_guide(path.read_bytes()):
        raise GuideError(
            _(
                "“{path}” exists and is not a leader guide. Choose another name, or use --force.",
                path=str(path),
            )
        )


def _is_guide(raw: bytes) -> bool:
    """Whether a file names us as its generator, in HTML or in a PDF's packed metadata."""
    mark = GENERATOR.partition(" ")[0].encode(), b"leader guide"
    texts = [raw[:4096], *_unpacked(raw)] if raw.startswith(b"%PDF") else [raw[:4096]]
    return any(all(word in text for word in mark) for text in texts)


def _unpacked(pdf: bytes) -> Iterator[bytes]:
    for start in re.finditer(rb"stream\r?\n", pdf):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(pdf[start.end() :], 1 << 16)


def _pdf(html: str) -> bytes:
    try:
        # They need Pango, and only PDFs need them.
        from weasyprint import HTML  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except OSError as error:
        raise GuideError(
            _(
                "A PDF needs the library Pango, which is not on this machine. Install it "
                "(Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0), or make an .html "
                "guide and print that."
            )
        ) from error
    # A guide carries all it needs; a picture from outside would also tell who reads it.
    document = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=["data"]))
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def _replace(path: Path, content: bytes) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise GuideError(
            _("“{path}” could not be written: {why}.", path=str(path), why=str(error.strerror))
        ) from error
