"""The report on disk: one page, and a folder of CSV files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.courses.spreadsheet import csv_file
from pallkit_app.failures import why
from pallkit_app.paper import PaperError, check_target, is_paged, write
from pallkit_app.reports.figures import figures_of
from pallkit_app.reports.page import KIND, report_html
from pallkit_app.reports.rows import Report
from pallkit_app.reports.tables import Table, tables


def write_report(report: Report, path: Path, *, anonymous: bool, force: bool = False) -> None:
    """Write the page to ``path``, ending in .html or .pdf; :class:`PaperError` if it cannot be.

    A report of ours is replaced, another's file only with ``force``.
    """
    foreign = _(
        "“{path}” exists and is not a course report. Choose another name, or use --force.",
        path=str(path),
    )
    check_target(path, kind=KIND, foreign=foreign, force=force)
    write(report_html(report, anonymous=anonymous, paged=is_paged(path)), path)


def write_tables(
    report: Report, folder: Path, *, anonymous: bool, force: bool = False
) -> Iterator[Path]:
    """Write each table as ``report-<name>.csv`` into ``folder``, and tell of each.

    With a byte order mark, and for Norwegian with semicolons and decimal commas, as a
    Norwegian Excel reads them. Cells that a spreadsheet would run are guarded.
    """
    refuse_identity_numbers(folder.name)
    norwegian = report.lang != "en"
    made = list(tables(report, figures_of(report), anonymous=anonymous))
    paths = [folder / f"report-{table.name}.csv" for table in made]
    bodies = [
        csv_file(
            [table.heads, *table.rows],
            separator=";" if norwegian else ",",
            decimal_sign="," if norwegian else ".",
            marked=True,
        )
        for table in made
    ]
    for path, body in zip(paths, bodies, strict=True):
        _check(path, body, force=force)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, body in zip(paths, bodies, strict=True):
            path.write_bytes(body)
            yield path
    except OSError as error:
        raise PaperError(
            _("“{path}” could not be written: {why}.", path=str(folder), why=why(error))
        ) from error


def _check(path: Path, body: bytes, *, force: bool) -> None:
    """A file with the same name and other heads is not one of ours."""
    if force or not path.exists():
        return
    start = body.split(b";", 1)[0].split(b",", 1)[0].split(b"\r\n", 1)[0]
    if not path.is_file() or not path.read_bytes().startswith(start):
        raise PaperError(
            _(
                "“{path}” exists and is not a table of ours. Choose another folder, or use "
                "--force.",
                path=str(path),
            )
        )


__all__ = ["Table", "write_report", "write_tables"]
