# ruff: noqa: F821  # runs as the notebook's last cell: `_` is what the notebook shows
"""The calculator counts Helsedirektoratet's own example: 20 mg oxycodone is 30 mg OMEQ."""

calculator = _


def calculate(dose, to=""):
    row = {"drug": "oxycodone", "route": "oral", "dose": dose}
    form = {
        "rows": [row | {"use": "fixed", "given": "", "change": ""}],
        "set": "helsedirektoratet",
        "to": to,
        "reduce": {"kind": "none", "number": "", "rule": ""},
        "rescue": {"rule": "", "of": ""},
        "gfr": "",
        "flags": [],
    }
    calculator._handle_custom_msg({"type": "calculate", "form": form}, [])
    return calculator.view["result"]


assert calculator.view["ui_lang"] == "nb"
assert calculator.view["result"] is None, "a regimen nobody typed"
assert calculate("20 mg/24 t")["main"]["amount"] == "30 mg/24 t"
assert calculate("20 mg x 2", to="morfin po")["label"] == "før reduksjon, ikke en startdose"
