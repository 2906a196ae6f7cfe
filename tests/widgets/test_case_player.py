"""A learner plays a case: what they do, and what they then see."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.widgets.browser import send, shown
from tests.widgets.conftest import CASE

from pallkit import answers
from pallkit_widgets import CasePlayer

pytestmark = pytest.mark.usefixtures("bank")


def decide(player: CasePlayer, **decision: str) -> dict[str, Any]:
    return send(player, {"type": "decide", "decision": decision})


def to_the_dose(player: CasePlayer) -> None:
    decide(player, step="mote")
    decide(player, step="vei", option="ring")


def test_the_first_step_is_shown_with_the_patient_as_they_are_now() -> None:
    view = shown(CasePlayer(CASE))
    assert view["case"]["title"] == "Åse, 74 år, svelger ikke"
    assert view["step"]["title"] == "Du møter Åse"
    assert view["feedback"] is None
    assert view["esas"][0] == {"key": "pain", "label": "Smerte", "value": 6, "change": 0}
    assert view["regimen"][0]["dose"] == "morfin po 30 mg x 2"


def test_a_choice_gives_feedback_and_the_next_step() -> None:
    player = CasePlayer(CASE)
    decide(player, step="mote")
    view = decide(player, step="vei", option="vent")
    assert view["feedback"]["tone"] == "danger"
    assert "Natta blir lang." in view["feedback"]["html"]
    assert view["step"]["title"] == "Natta"
    assert view["focus"] == "feedback"


def test_confirming_without_choosing_says_so_and_moves_nothing() -> None:
    player = CasePlayer(CASE)
    decide(player, step="mote")
    view = decide(player, step="vei")
    assert view["error"]["text"] == "Velg ett av alternativene før du går videre."
    assert view["focus"] == "error"
    assert view["step"]["id"] == "vei"


def test_only_the_number_is_needed_where_the_unit_stands_beside_the_field() -> None:
    player = CasePlayer(CASE)
    to_the_dose(player)
    view = decide(player, step="regn", dose=" 30 ")
    assert view["feedback"]["tone"] == "good"
    assert view["feedback"]["given"] == "30 mg/24 t"


def test_a_dose_that_cannot_be_read_stays_in_the_field_with_what_is_wrong() -> None:
    player = CasePlayer(CASE)
    to_the_dose(player)
    view = decide(player, step="regn", dose="1.000")
    assert view["typed"] == "1.000"
    assert "kan leses på to måter" in view["error"]["text"]
    assert view["step"]["id"] == "regn"


def test_an_identity_number_in_a_dose_is_refused_and_never_shown_again() -> None:
    player = CasePlayer(CASE)
    to_the_dose(player)
    view = decide(player, step="regn", dose="01019012345")
    assert "11 siffer" in view["error"]["text"]
    assert view["step"]["id"] == "regn"
    assert "01019012345" not in str(view)


def test_the_receipt_names_its_source_in_words() -> None:
    player = CasePlayer(CASE)
    to_the_dose(player)
    receipt = decide(player, step="regn", dose="90 mg/24 t")["feedback"]["receipt"]
    assert all("Helse Vest" in step["source"] for step in receipt)


def test_undo_goes_one_decision_back_and_restart_to_the_beginning() -> None:
    player = CasePlayer(CASE)
    to_the_dose(player)
    assert send(player, {"type": "undo"})["step"]["id"] == "vei"
    view = send(player, {"type": "restart"})
    assert view["step"]["id"] == "mote"
    assert not view["can_undo"]


def test_undo_at_the_beginning_changes_nothing() -> None:
    assert send(CasePlayer(CASE), {"type": "undo"})["step"]["id"] == "mote"


def test_the_debrief_says_what_the_branch_not_taken_would_have_given() -> None:
    player = CasePlayer(CASE)
    for decision in (
        {"step": "mote"},
        {"step": "vei", "option": "vent"},
        {"step": "natt"},
        {"step": "tanker", "text": "Jeg skulle ha ringt."},
        {"step": "samling"},
        {"step": "slutt"},
    ):
        view = decide(player, **decision)
    assert view["step"] is None
    chosen = view["debrief"]["path"][1]
    assert chosen["chosen"] == "Venter til i morgen"
    assert [other["label"] for other in chosen["alternatives"]] == ["Ringer legen"]


def test_another_language_shows_the_same_step() -> None:
    player = CasePlayer(CASE)
    decide(player, step="mote")
    view = send(player, {"type": "language", "lang": "nn"})
    assert view["ui_lang"] == "nn"
    assert view["lang"] == "nb"  # the case has no nynorsk, and the page can say so
    assert view["labels"]["choose"] == "Stadfest valet"
    assert view["step"]["id"] == "vei"


def test_an_unknown_case_is_one_clear_line() -> None:
    view = shown(CasePlayer("finnes-ikke"))
    assert "case" not in view
    assert "finnes-ikke" in view["note"]


def test_where_no_widget_can_be_shown_the_case_is_named() -> None:
    player = CasePlayer(CASE)
    decide(player, step="mote")
    assert repr(player) == "prove: 1"


def test_what_is_no_part_of_a_decision_is_not_kept(log: Path) -> None:
    player = CasePlayer(CASE, log=log)
    decide(player, step="mote", score="100")
    assert answers.decisions(answers.read(log), CASE) == ({"step": "mote"},)


def test_without_a_log_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tom"
    folder.mkdir()
    monkeypatch.chdir(folder)
    player = CasePlayer(CASE)
    to_the_dose(player)
    assert not list(folder.iterdir())


def test_the_log_is_opened_when_the_case_is_first_shown(log: Path) -> None:
    CasePlayer(CASE, log=log, task="kasus")
    CasePlayer(CASE, log=log, task="kasus")
    assert [(one.type, one.task) for one in answers.read(log).records] == [("opened", "kasus")]


def test_a_reopened_notebook_stands_where_it_was_left(log: Path) -> None:
    first = CasePlayer(CASE, log=log)
    to_the_dose(first)
    decide(first, step="regn", dose="90")
    send(first, {"type": "undo"})
    again = CasePlayer(CASE, log=log)
    assert shown(again)["step"]["id"] == "regn"
    send(again, {"type": "restart"})
    assert shown(CasePlayer(CASE, log=log))["step"]["id"] == "mote"


def test_a_refused_decision_is_not_in_the_log(log: Path) -> None:
    player = CasePlayer(CASE, log=log)
    decide(player, step="vei", option="ring")
    decide(player, step="mote", text="01019012345")
    assert [one.type for one in answers.read(log).records] == ["opened"]


def test_two_windows_on_one_log_never_decide_past_each_other(log: Path) -> None:
    one, other = CasePlayer(CASE, log=log), CasePlayer(CASE, log=log)
    to_the_dose(one)
    view = decide(other, step="mote")
    assert view["note"].startswith("Kasuset er spilt videre i et annet vindu.")
    assert view["step"]["id"] == "regn"
    decide(other, step="regn", dose="30")
    assert len(answers.decisions(answers.read(log), CASE)) == 3


def test_a_log_that_no_longer_fits_the_case_is_kept_and_begun_anew(log: Path) -> None:
    answers.append(log, answers.record("decision", CASE, {"step": "et-gammelt-steg"}))
    player = CasePlayer(CASE, log=log)
    assert shown(player)["step"]["id"] == "mote"
    assert "passer ikke lenger" in shown(player)["note"]
    decide(player, step="mote")
    records = answers.read(log)
    assert records.records[0].value == {"step": "et-gammelt-steg"}
    assert answers.decisions(records, CASE) == ({"step": "mote"},)


def test_a_log_that_cannot_be_read_is_one_clear_line_and_is_left_alone(log: Path) -> None:
    log.write_text("ikke en logg\n")
    view = shown(CasePlayer(CASE, log=log))
    assert view["note"] == "Ingen linje i «svar.jsonl» kan leses."
    assert log.read_text() == "ikke en logg\n"


def test_a_decision_that_cannot_be_saved_is_not_shown_as_made(log: Path) -> None:
    player = CasePlayer(CASE, log=log)
    log.unlink()
    log.mkdir()
    view = decide(player, step="mote")
    assert "kunne ikke lagres" in view["note"]
    assert view["step"]["id"] == "mote"


def test_while_being_graded_nothing_is_written(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    player = CasePlayer(CASE, log=log)
    decide(player, step="mote")
    assert not log.exists()
    assert shown(player)["note"] == "Notatboka er under vurdering. Ingenting kan endres nå."
