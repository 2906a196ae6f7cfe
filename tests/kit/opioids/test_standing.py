"""How a set stands: who has signed it, and that it is withdrawn, replaced or not looked over."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from pallkit import content
from pallkit.doses import read_dose
from pallkit.doses.structuring import structure
from pallkit.errors import ContentError
from pallkit.opioids import Omeq, RatioSet, compare, omeq, ratio_set, standing_view
from pallkit.opioids.comparing import spread
from pallkit.opioids.standing import WithdrawnSet
from pallkit.signing import Review, UsedIn

DAY = datetime.date(2026, 11, 22)
WHY = {"nb": "Feil tall.", "nn": "Feil tal.", "en": "Wrong figures."}
TEN = [read_dose("morfin po 10 mg/d")]


def read(**more: object) -> RatioSet:
    raw: dict[str, Any] = {**content.ratio_set("klb-2008"), **more}
    return structure(raw, RatioSet, where="klb-2008.yaml")


def withdrawn(instead: str | None = None, **more: object) -> RatioSet:
    return read(withdrawn={"on": "2026-11-22", "why": WHY, "instead": instead, **more})


def test_a_set_is_a_draft_until_this_very_version_is_signed(table: RatioSet) -> None:
    signed = Review("Kari Lege", "overlege", "2026-11-22", 2)
    assert table.draft
    assert replace(table, reviewed=signed).draft
    mine = replace(table, reviewed=signed, version=2)
    assert not mine.draft
    assert "Kari Lege, overlege" in standing_view(mine, "nb")["signed"]
    assert standing_view(table, "nb")["signed"].startswith("Utkast")


def test_a_withdrawn_set_still_counts_and_says_why_and_what_to_use_instead() -> None:
    gone = withdrawn("uppsala-2020")
    assert (gone.listed, gone.in_force, str(gone.mark)) == (
        False,
        False,
        "withdrawn, read from a copy",
    )
    done = omeq(TEN, gone)
    assert isinstance(done, Omeq)
    said = str(done.warnings[0])
    assert "was withdrawn on 22 November 2026. Do not use it. Wrong figures. Use “" in said
    assert ratio_set("uppsala-2020").title in said
    assert "Wrong figures." in str(withdrawn().warnings[0])


def test_the_page_of_a_withdrawn_set_names_those_who_used_it_and_the_other_sets_page() -> None:
    used = {
        "kind": "assignment",
        "id": "oppgave",
        "course": "kurs",
        "title": {"nn": "Omrekning"},
    }
    view = standing_view(withdrawn("uppsala-2020", used_in=[used]), "nb", today=DAY)["withdrawn"]
    assert view["why"] == "Feil tall."
    assert view["instead"]["address"] == "/app/omregningstabeller?q=set%3Duppsala-2020"
    assert view["used_in"] == [
        {"kind": "Oppgave i kurset «kurs»", "title": "Omrekning", "lang": "nn"}
    ]
    assert UsedIn("case", "x").named("nb") == ("x", "nb")


def test_a_replaced_set_names_the_newer_one_by_its_title_where_it_is_known() -> None:
    old = read(superseded_by="uppsala-2020")
    assert str(old.mark) == "replaced, read from a copy"
    view = standing_view(old, "nn")["replaced"]
    assert view["title"] == ratio_set("uppsala-2020").title
    assert view["title"] in view["text"]
    assert standing_view(read(superseded_by="ukjent"), "nn")["replaced"]["title"] == "ukjent"


def test_a_set_is_overdue_from_the_day_after() -> None:
    table = read(review_by="2026-11-22")
    assert standing_view(table, "nb", today=DAY)["overdue"] is None
    late = standing_view(table, "nb", today=DAY + datetime.timedelta(days=1))
    assert "22. november 2026" in late["overdue"]


def test_how_far_sources_differ_is_not_told_by_what_is_withdrawn(table: RatioSet) -> None:
    why = WithdrawnSet(DAY, structure(WHY, type(table.purpose), where="x"))
    gone = replace(table, withdrawn=why)
    assert spread(compare(TEN, [gone])) is None
    assert spread(compare(TEN, [gone, table])) == spread(compare(TEN, [table]))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"version": "1"}, "'1' is not a whole number"),
        ({"review_by": "snart"}, "'snart' is not a date"),
        ({"review_by": 2027}, "2027 is not a date"),
        ({"withdrawn": {"on": "2026-11-22"}}, "why"),
        ({"withdrawn": {"on": "2026-11-22", "why": {"nb": "a", "nn": "b"}}}, "en"),
        ({"withdrawn": {"on": "2026-11-22", "why": {**WHY, "nn": None}}}, "None is not text"),
        ({"reviewed": {"by": "A", "role": "B", "on": "2026-11-22"}}, "version"),
        ({"reviewed": {"by": True, "role": "B", "on": "", "version": 1}}, "True is not text"),
    ],
)
def test_what_is_not_in_the_format_is_refused(more: dict[str, object], says: str) -> None:
    with pytest.raises(ContentError, match=says):
        read(**more)
