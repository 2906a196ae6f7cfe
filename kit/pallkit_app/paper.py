"""What is printed, on disk: HTML or PDF by the file's name, and never over someone else's file."""

from __future__ import annotations

import os
import re
import tempfile
import zlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pallkit import __version__
from pallkit.errors import PallkitError
from pallkit.i18n import Message, _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.failures import why

FORMATS = (".html", ".pdf")


class PaperError(PallkitError):
    """What is to be printed could not be written; the message says what to do."""


def generator(kind: str) -> str:
    """What stands in every file of a kind, so that a later run knows it for one of ours."""
    return f"PallKit {__version__}, {kind}"


def pages_of(package: str) -> Environment:
    """The page templates of a package: everything in them escaped, nothing left undefined."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def styles(*sheets: tuple[str, str]) -> Markup:
    """The typeface and style sheets, each a package and a file among its templates."""
    texts = [
        files(package).joinpath("templates", name).read_text(encoding="utf-8")
        for package, name in sheets
    ]
    return Markup("\n".join([typeface(), *texts]))  # noqa: S704  # all our own


def is_paged(path: Path) -> bool:
    """Whether the file is a PDF, with page margins to fill."""
    return path.suffix.lower() == ".pdf"


def check_target(path: Path, *, kind: str, foreign: Message, force: bool) -> None:
    """Refuse a name that is no format, that holds a person's number, or that is taken.

    A file of the same kind may be replaced, any other only with ``force``; ``foreign`` is
    what is said of it. Raises :class:`PaperError`.
    """
    if path.suffix.lower() not in FORMATS:
        raise PaperError(
            _("“{path}” must end in .html or .pdf, so that the format is clear.", path=str(path))
        )
    refuse_identity_numbers(path.name)  # nothing is named for a person
    if force or not path.exists():
        return
    if not path.is_file() or not _is_ours(path.read_bytes(), kind):
        raise PaperError(foreign)


def write(html: str, path: Path) -> None:
    """Write ``html`` to ``path`` in its format, in one piece, or leave what was there."""
    _replace(path, _pdf(html) if is_paged(path) else html.encode())


def typeface() -> str:
    """The pages' typeface within the file, so that it looks the same on every machine."""
    font = files("pallkit_app.server").joinpath("static", "inter.woff2").read_bytes()
    return (
        "/* Inter by Rasmus Andersson, SIL Open Font License 1.1, openfontlicense.org */\n"
        "@font-face { font-family: Inter; font-weight: 100 900; src: "
        f'url("data:font/woff2;base64,{b64encode(font).decode()}") format("woff2"); }}'
    )


def _is_ours(raw: bytes, kind: str) -> bool:
    """Whether a file names us as its generator, in HTML or in a PDF's packed metadata."""
    mark = b"PallKit", kind.encode()
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
        raise PaperError(
            _(
                "A PDF needs the library Pango, which is not on this machine. Install it "
                "(Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0), or make an .html "
                "file and print that."
            )
        ) from error
    # A page carries all it needs; a picture from outside would also tell who reads it.
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
        raise PaperError(
            _("“{path}” could not be written: {why}.", path=str(path), why=why(error))
        ) from error
