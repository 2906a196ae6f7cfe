"""What a CSV file cannot say without breaking its import: that it is for teaching, and by what.

The words lie beside it, where the W3C's «CSV on the Web» looks for them: ``out.csv`` has its in
``out.csv-metadata.json``. Spreadsheets and readers of CSV pass them by.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.i18n import Language, _, render
from pallkit.opioids import RatioSet
from pallkit_app.batch.table import Table
from pallkit_app.dose_columns import ADDED, COLUMNS, GIVEN

_NAMES = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "utf-16": "utf-16", "cp1252": "windows-1252"}


def beside(out: Path) -> Path:
    """Where the words about ``out`` lie."""
    return out.with_name(f"{out.name}-metadata.json")


def described(
    table: Table, out: Path, ratios: RatioSet, lang: Language, decimal: str
) -> dict[str, Any]:
    """The file in words for programs: its purpose, its ratio set, its columns and its form."""
    names = list(table.header)
    for name, place in zip(GIVEN, table.places, strict=True):
        names[place] = name
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": lang}],
        "url": out.name,
        "dc:title": render(_("Opioid doses counted as oral morphine (OMEQ)"), lang),
        "dc:description": f"{render(INTENDED_PURPOSE, lang)} {render(WATERMARK, lang)}",
        "dc:creator": "PallKit",
        "pallkit:ratio_set": ratios.to_json(lang),
        "dialect": {
            "delimiter": table.separator,
            "encoding": _NAMES[table.encoding],
            "lineTerminators": [table.newline],
        },
        "tableSchema": {"columns": [_column(name, lang, decimal) for name in (*names, *ADDED)]},
    }


def _column(name: str, lang: Language, decimal: str) -> dict[str, Any]:
    found: dict[str, Any] = {"titles": name}
    if name in COLUMNS:
        found["dc:description"] = render(COLUMNS[name], lang)
    if name in ADDED[:3]:
        found["datatype"] = {"base": "number", "format": {"decimalChar": decimal}}
    return found
