"""What is withdrawn says so at its old address: in the table browser, calculator and player."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.widgets.browser import shown

from pallkit import content
from pallkit_widgets import CasePlayer, OpioidCalculator, RatioSetBrowser

SET = "klb-2008"
GONE = {
    "on": "2026-11-22",
    "why": {"nb": "Feil tall.", "nn": "Feil tal.", "en": "Wrong figures."},
    "instead": "helsedirektoratet",
    "used_in": [{"kind": "module", "id": "m", "title": {"nb": "Omregning"}}],
}
ROW = content.ratio_set(SET)["rows"][0]


@contextmanager
def withdrawn_set(bank: Path, **more: object) -> Iterator[None]:
    path = bank / "ratio_sets" / f"{SET}.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**raw, "withdrawn": GONE, **more}), encoding="utf-8")
    index = json.loads((bank / "index.json").read_text(encoding="utf-8"))
    (bank / "index.json").write_text(json.dumps({**index, "edition": "ny"}), encoding="utf-8")
    with content.reading(bank):
        yield


def test_the_browser_marks_it_puts_it_last_and_tells_of_it_on_its_page(bank: Path) -> None:
    with withdrawn_set(bank):
        cards = shown(RatioSetBrowser("nb"))["cards"]
        page = shown(RatioSetBrowser("nb", start=f"set={SET}"))["set"]
    assert cards[-1]["id"] == SET
    assert [card["force"] for card in cards].count("") == len(cards) - 1
    assert {card["draft"] for card in cards} == {"Utkast"}
    assert cards[-1]["force"] == "Trukket tilbake"
    notice = page["standing"]["withdrawn"]
    assert notice["instead"]["id"] == "helsedirektoratet"
    assert notice["used_in"][0]["title"] == "Omregning"


def test_one_drug_across_the_tables_has_it_last_and_leaves_it_out_of_the_summary(
    bank: Path,
) -> None:
    with withdrawn_set(bank, rows=[{**ROW, "ratio": 5}]):
        across = shown(RatioSetBrowser("nb", start="drug=morfin sc"))["drug"]["shown"]
    assert across["lanes"][-1]["id"] == SET
    assert "trukket tilbake" in across["lanes"][-1]["mark"]
    assert "KLB" not in " ".join(across["summary"])


def test_a_link_to_the_calculator_that_names_it_answers_and_says_so(bank: Path) -> None:
    with withdrawn_set(bank):
        view = shown(OpioidCalculator("nb", start=f"morfin po 60 mg/24 t|to=morfin sc|set={SET}"))
    assert view["result"]["main"]["amount"]
    assert any("trukket tilbake" in line for line in view["result"]["warnings"])
    assert view["sets"][-1]["id"] == SET
    assert not view["sets"][-1]["listed"]
    assert view["sets"][-1]["standing"]["withdrawn"]["instead"]["id"] == "helsedirektoratet"


def test_it_stands_last_among_the_tables_compared_and_outside_their_spread(bank: Path) -> None:
    start = "morfin po 60 mg/24 t|to=morfin sc|mode=compare"
    with withdrawn_set(bank):
        compared = shown(OpioidCalculator("nb", start=start))["comparison"]
    last = compared["answers"][-1]
    assert (last["id"], last["in_force"]) == (SET, "")
    counted: list[Any] = compared["answers"][:-1]
    assert compared["spread"]["low"] == min(one["low"] for one in counted)


def test_an_overdue_table_says_so_on_its_page(bank: Path) -> None:
    with withdrawn_set(bank, withdrawn=None, review_by="2026-01-01"):
        page = shown(RatioSetBrowser("nn", start=f"set={SET}"))["set"]
    assert "1. januar 2026" in page["standing"]["overdue"]


def test_a_withdrawn_case_gives_the_other_case_as_a_title_and_an_address(bank: Path) -> None:
    case, prose = (bank / "cases/prove" / name for name in ("case.json", "nb.json"))
    gone = {"on": "2026-11-22", "instead": "pusten", "used_in": GONE["used_in"]}
    raw = json.loads(case.read_text(encoding="utf-8"))
    case.write_text(json.dumps({**raw, "withdrawn": gone}), encoding="utf-8")
    words = json.loads(prose.read_text(encoding="utf-8"))
    prose.write_text(json.dumps({**words, "withdrawn": "Rådet er endret."}), encoding="utf-8")
    about = shown(CasePlayer("prove", lang="nb"))["case"]
    assert about["withdrawn"]["instead"]["address"] == "/app/kasus?case=pusten"
    assert about["withdrawn"]["instead"]["title"] in about["withdrawn"]["instead"]["text"]
    assert about["withdrawn"]["used_in"] == [{"kind": "Modul", "title": "Omregning", "lang": "nb"}]
