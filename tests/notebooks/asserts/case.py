# ruff: noqa: F821  # runs as the notebook's last cell: `_` is what the notebook shows
"""The case plays: 2 × 30 + 3 × 10 mg morphine by mouth is 90, a third of it sc is 30."""

player = _


def decide(**decision):
    player._handle_custom_msg({"type": "decide", "decision": decision}, [])
    return player.view


assert player.view["case"]["id"] == "smerte-kan-ikke-svelge"
assert player.view["lang"] == "nb"
decide(step="hjemmebesok")
assert decide(step="svelger-ikke", option="tell-og-ring")["step"]["id"] == "regn-om"
assert decide(step="regn-om", dose="30 mg/24 t")["feedback"]["tone"] == "good"
assert decide(step="sjettedel", dose="5 mg")["feedback"]["tone"] == "good"
assert decide(step="sjettedel", dose="5 mg")["error"], "the case has gone on"

from pathlib import Path  # noqa: E402

assert not list(Path().glob("*.jsonl")), "a page for visitors writes no log"
