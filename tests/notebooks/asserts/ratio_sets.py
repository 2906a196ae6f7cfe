# ruff: noqa: F821  # runs as the notebook's last cell: `_` is what the notebook shows
"""The table browser shows the figures as they stand: 1.5 for oxycodone, 3:1 in klb-2008."""

browser = _


def ask(message):
    browser._handle_custom_msg(message, [])
    return browser.view


assert browser.view["ui_lang"] == "nb"
assert len(browser.view["cards"]) >= 11
opened = ask({"type": "open", "set": "helsedirektoratet"})["set"]
assert [row["point"] for row in opened["rows"] if row["drug"] == "oksykodon"] == ["1,5"]
shown = ask({"type": "drug", "drug": "oksykodon po"})["drug"]["shown"]
assert "1,5 (1,3–2)" in [lane["text"] for lane in shown["lanes"]]
assert ask({"type": "open", "set": "klb-2008"})["set"]["rows"][0]["point"] == "3"
