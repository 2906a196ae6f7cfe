# ruff: noqa: F821  # runs as the notebook's last cell: `_` is what the notebook shows
"""The pump runs 60 mg in 24 hours as 2.5 mg/h, and klb-2008 makes 40 mg of 120 by mouth."""

calculator = _


def ask(section, **typed):
    form = calculator.view["forms"][section] | typed
    calculator._handle_custom_msg({"type": section, "form": form}, [])
    assert calculator.view["errors"][section] is None
    return calculator.view["answers"][section]


assert calculator.view["ui_lang"] == "nb"
assert calculator.view["problem"] is None, "an address nobody typed"
assert calculator.view["answers"] == {"pump": None, "mixture": None, "start": None}
pump = ask("pump", drug="morphine", dose="60", concentration="10", reservoir="100")
assert (pump["per_hour"], pump["rate"]) == ("2,5 mg/t", "0,25 mL/t")
start = ask("start", doses="morfin po 60 mg x 2", to="morphine", sets=["klb-2008"])
assert start["rows"][0]["day"] == "40 mg/24 t"
