"""The calculator's form as a browser sends it, with what a test is about filled in."""

from __future__ import annotations

from typing import Any

from tests.widgets.browser import send

from pallkit_widgets import OpioidCalculator

Row = dict[str, str]


def row(drug: str, route: str, dose: str, **more: str) -> Row:
    return {
        "drug": drug,
        "route": route,
        "dose": dose,
        "use": "fixed",
        "given": "",
        "change": "",
        **more,
    }


OXYCODONE = row("oxycodone", "oral", "20 mg x 2")
PATCH = row("fentanyl", "transdermal", "25")
NEEDED = row("morphine", "oral", "10 mg", use="as_needed", given="3")
EMPTY = row("", "", "")


def form(*rows: Row, table: str = "helsedirektoratet", **more: Any) -> dict[str, Any]:
    return {
        "rows": list(rows),
        "set": table,
        "to": "",
        "reduce": {"kind": "none", "number": "", "rule": ""},
        "rescue": {"rule": "", "of": ""},
        "gfr": "",
        "flags": [],
        **more,
    }


def percent(number: str) -> dict[str, str]:
    return {"kind": "number", "number": number, "rule": ""}


def ask(*rows: Row, kind: str = "calculate", lang: str = "nb", **more: Any) -> dict[str, Any]:
    """What a new calculator shows when it is asked."""
    return send(OpioidCalculator(lang), {"type": kind, "form": form(*rows, **more)})
