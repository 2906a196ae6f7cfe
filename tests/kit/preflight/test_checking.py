"""Before handing in: which tasks are answered, what is in the folder, and when it is due."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kit.preflight.hand_in import (
    ANSWERED,
    NAME,
    NOW,
    answer,
    answer_all,
    cells,
    check,
    code,
    codes,
    field,
    graded,
    hand_out,
    standings,
    text,
    write,
)

from pallkit import answers, cases
from pallkit.i18n import render
from pallkit.preflight import PreflightError, preflight


def test_a_hand_in_with_every_task_answered_is_ready(tmp_path: Path) -> None:
    write(tmp_path, answer_all(tmp_path, cells()))
    report = check(tmp_path)
    assert report.remarks == ()
    assert report.ready
    assert render(report.headline, "nb") == "Klar til innlevering."


def test_nothing_is_changed_by_looking(tmp_path: Path) -> None:
    path = write(tmp_path, cells())
    before = path.read_bytes()
    check(tmp_path)
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == [NAME]


def test_every_task_is_told_by_its_heading_and_where_it_stands(tmp_path: Path) -> None:
    write(tmp_path, cells())
    answer(tmp_path, "dogn", "40 mg/24 t")
    report = check(tmp_path)
    assert [(one.title, one.standing) for one in report.tasks] == [
        ("Oppgave 1: Døgndosen", "answered"),
        ("Oppgave 2: Hva gjør du?", "missing"),
        ("Oppgave 3: Mål", "missing"),
    ]
    assert not report.ready
    assert render(report.headline, "nn") == "Ikkje klar til innlevering: 2 ting å rette opp."


def test_an_answer_taken_back_is_told_as_such(tmp_path: Path) -> None:
    write(tmp_path, cells())
    answer(tmp_path, "dogn", "40 mg/24 t")
    answers.append(tmp_path / "svar.jsonl", answers.record("withdrawn", "dogn", 1))
    assert standings(check(tmp_path))["dogn"] == "withdrawn"


@pytest.mark.parametrize(
    ("written", "standing"),
    [
        pytest.param("40 mg/24 t", "answered", id="with its unit"),
        pytest.param("40", "unreadable", id="without a unit"),
        pytest.param("40 mg", "unreadable", id="the unit of one dose, not a day"),
        pytest.param("1.000 mg/24 t", "unreadable", id="two readings"),
    ],
)
def test_a_dose_must_be_readable_with_its_unit(tmp_path: Path, written: str, standing: str) -> None:
    write(tmp_path, cells())
    answer(tmp_path, "dogn", written)
    assert standings(check(tmp_path))["dogn"] == standing


def test_code_counts_as_answered_when_its_cell_is_written_in(tmp_path: Path) -> None:
    made = cells()
    write(tmp_path, made)
    assert standings(check(tmp_path))["mal"] == "missing"
    made[-2] = made[-2] | {"source": "mal = 7"}
    write(tmp_path, made)
    assert standings(check(tmp_path))["mal"] == "answered"


def test_a_case_is_answered_when_it_is_played_to_its_end(tmp_path: Path) -> None:
    id_ = "smerte-kan-ikke-svelge"
    player = code(f'CasePlayer("{id_}", log="svar.jsonl", task="kasus")')
    write(tmp_path, [player, graded("kasus")])
    assert standings(check(tmp_path))["kasus"] == "missing"
    case, log = cases.load(id_), tmp_path / "svar.jsonl"
    answers.append(log, answers.record("decision", "kasus", {"step": case.first}))
    assert standings(check(tmp_path))["kasus"] == "begun"


def test_the_end_of_a_case_is_the_engine_s(tmp_path: Path) -> None:
    from tests.grading.logs import best_decisions  # noqa: PLC0415  # reads the case bank

    id_ = "smerte-kan-ikke-svelge"
    write(tmp_path, [code(f'CasePlayer("{id_}", task="kasus")'), graded("kasus")])
    for decision in best_decisions(id_):
        record = answers.record("decision", "kasus", dict(decision))
        answers.append(tmp_path / "svar.jsonl", record)
    assert standings(check(tmp_path))["kasus"] == "answered"


def test_the_hand_out_says_which_tasks_there_are(tmp_path: Path) -> None:
    """A task whose cells are all gone is not answered all the same."""
    write(tmp_path, answer_all(tmp_path, cells()))
    tasks = [{"id": "dogn", "kind": "dose"}, {"id": "borte", "kind": "text", "title": "Siste"}]
    hand_out(tmp_path, assignment="omregning", tasks=tasks)
    report = check(tmp_path)
    assert standings(report) == {"dogn": "answered", "borte": "missing"}
    assert report.tasks[1].title == "Siste"


def test_a_notebook_without_graded_cells_is_checked_by_its_boxes(tmp_path: Path) -> None:
    write(tmp_path, [code('AnswerBox("tanke", "text")'), code("AnswerBox(navn)"), code("if")])
    assert standings(check(tmp_path)) == {"tanke": "missing"}


def test_a_missing_log_and_a_damaged_one_are_told(tmp_path: Path) -> None:
    write(tmp_path, cells())
    assert "no-log" in codes(check(tmp_path))
    answer(tmp_path, "dogn", "40 mg/24 t")
    with (tmp_path / "svar.jsonl").open("ab") as log:
        log.write(b'{"v": 1, "type": "ans')
    assert "log-damaged" in codes(check(tmp_path))
    (tmp_path / "svar.jsonl").write_text("ikke en logg\n")
    assert "log-damaged" in codes(check(tmp_path))


def test_the_deadline_is_told_in_its_time_zone(tmp_path: Path) -> None:
    write(tmp_path, cells())
    hand_out(tmp_path, due="2026-12-06T22:59:00+00:00", timezone="Europe/Oslo")
    due = render(check(tmp_path).deadline, "nb")
    assert due == "Frist: 06.12.2026 kl. 23:59 (Europe/Oslo), 5 dager igjen."


def test_a_deadline_that_has_passed_does_not_stop_a_hand_in(tmp_path: Path) -> None:
    write(tmp_path, answer_all(tmp_path, cells()))
    hand_out(tmp_path, due="2026-12-01T12:59+01:00", timezone="Europe/Oslo")
    report = check(tmp_path)
    assert (codes(report), report.ready) == (["late"], True)
    assert "fristen er ute" in render(report.deadline, "nb")


def test_without_a_deadline_it_is_said_that_it_is_not_known(tmp_path: Path) -> None:
    write(tmp_path, cells())
    for due in ("", "i morgen", "2026-12-06T23:59", 7, None):
        hand_out(tmp_path, due=due, timezone="Europe/Oslo")
        assert "ikke kjent" in render(check(tmp_path).deadline, "nb")


def test_an_unknown_time_zone_leaves_the_moment_as_it_is_written(tmp_path: Path) -> None:
    write(tmp_path, cells())
    hand_out(tmp_path, due="2026-12-06T23:59+01:00", timezone="../../etc/passwd")
    assert "23:59 (UTC+0100)" in render(check(tmp_path).deadline, "nb")


def test_files_that_are_not_taken_are_told_with_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, answer_all(tmp_path, cells()))
    (tmp_path / "lenke.csv").symlink_to("/etc/passwd")
    (tmp_path / "program").write_bytes(b"\x7fELF")
    with (tmp_path / "film.mp4").open("wb") as film:
        film.truncate(101_000_000)  # what nbgrader itself stops at
    report = check(tmp_path)
    assert codes(report) == ["file"] * 3
    told = " ".join(render(one.text, "nb") for one in report.remarks)
    assert "film.mp4" in told
    assert "større enn 20 MB" in told
    assert report.files.size < 10_000


def test_what_stays_behind_by_itself_is_named_and_not_counted(tmp_path: Path) -> None:
    write(tmp_path, cells())
    (tmp_path / "levering.zip").write_bytes(b"PK")
    (tmp_path / "feedback").mkdir()
    (tmp_path / "feedback" / "side.html").write_text("x")
    report = check(tmp_path)
    assert (report.files.count, report.files.staying) == (1, ("feedback", "levering.zip"))


def test_an_identity_number_is_told_by_its_place_and_never_repeated(tmp_path: Path) -> None:
    made = answer_all(tmp_path, cells())
    shown = code("vis") | {"outputs": [{"output_type": "stream", "text": ["01019012345\n"]}]}
    write(tmp_path, [*made, text("Gjelder 010190 12345."), shown])
    line = {"v": 1, "type": "answer", "task": "dogn", "value": "40 mg/24 t 01019012345"}
    with (tmp_path / "svar.jsonl").open("a") as log:
        log.write(json.dumps(line) + "\n")
    report = check(tmp_path)
    told = [render(one.text, "nb") for one in report.remarks if one.code == "identity-number"]
    assert [line.rsplit(": ", 1)[1] for line in told] == [
        "celle 12.",
        "svaret på «dogn».",
        "celle 13.",
    ]
    assert not any("12345" in line for line in told)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        pytest.param("Skriv til kari@sykehus.no", True, id="an e-mail address"),
        pytest.param("Ring 41 23 45 67", True, id="a telephone number"),
        pytest.param("+4741234567", True, id="with the country code"),
        pytest.param("Gi 40 mg x 2, og 20 mg ved behov", False, id="doses"),
        pytest.param("a @ b, 1990-2020", False, id="neither"),
    ],
)
def test_what_could_reach_a_real_person_is_for_the_trainee_to_judge(
    tmp_path: Path, written: str, told: object
) -> None:
    write(tmp_path, [*answer_all(tmp_path, cells()), text(written)])
    report = check(tmp_path)
    assert ("contact" in codes(report)) == told
    assert report.ready


def test_an_address_that_was_handed_out_is_not_the_trainee_s(tmp_path: Path) -> None:
    made = answer_all(tmp_path, [*cells(), field("sporsmal", 'label="kurs@example.org"')])
    write(tmp_path, made)
    assert "contact" not in codes(check(tmp_path))


def test_a_notebook_older_than_the_last_answer_may_not_be_saved(tmp_path: Path) -> None:
    path = write(tmp_path, answer_all(tmp_path, cells()))
    before = (ANSWERED - timedelta(hours=1)).timestamp()
    os.utime(path, (before, before))
    assert codes(check(tmp_path, unsaved=None)) == ["saved-before"]
    assert codes(check(tmp_path, unsaved=False)) == []  # the browser knows better
    after = (ANSWERED + timedelta(hours=1)).timestamp()
    os.utime(path, (after, after))
    assert codes(check(tmp_path, unsaved=None)) == []


@pytest.mark.parametrize(
    ("names", "name", "says"),
    [
        pytest.param([], None, "ingen notatbok", id="none"),
        pytest.param(["a.ipynb", "b.ipynb"], None, "a.ipynb, b.ipynb", id="several"),
        pytest.param(["a.ipynb"], "b", "b.ipynb", id="not the one named"),
    ],
)
def test_without_a_notebook_to_check_it_says_so(
    tmp_path: Path, names: list[str], name: str | None, says: str
) -> None:
    for one in names:
        write(tmp_path, cells(), one)
    with pytest.raises(PreflightError) as caught:
        preflight(tmp_path, name, now=NOW)
    assert says in render(caught.value.message, "nb")


def test_of_several_notebooks_the_assignment_s_own_is_checked(tmp_path: Path) -> None:
    write(tmp_path, cells(), "kladd.ipynb")
    write(tmp_path, cells(), f"{tmp_path.name}.ipynb")
    assert check(tmp_path).notebook.path.stem == tmp_path.name
    hand_out(tmp_path, assignment="kladd")
    assert check(tmp_path).notebook.path.stem == "kladd"
    assert check(tmp_path, name=f"{tmp_path.name}.ipynb").notebook.path.stem == tmp_path.name


def test_a_notebook_that_was_renamed_is_told_what_it_must_be_called(tmp_path: Path) -> None:
    write(tmp_path, answer_all(tmp_path, cells()), "omregning (1).ipynb")
    hand_out(tmp_path, assignment="omregning", tasks=[{"id": "dogn"}])
    report = check(tmp_path)
    assert codes(report) == ["renamed"]
    assert standings(report) == {"dogn": "answered"}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="cut off"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'{"cells": {}}', id="no list of cells"),
        pytest.param(b"[" * 100_000, id="nested beyond reason"),
        pytest.param(b"\xff\xfe", id="not UTF-8"),
    ],
)
def test_a_notebook_that_cannot_be_read_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(PreflightError, match="cannot be read as a notebook"):
        check(tmp_path)


def test_a_notebook_that_is_only_a_link_is_not_followed(tmp_path: Path) -> None:
    inside = tmp_path / "mappe"
    inside.mkdir()
    write(tmp_path, cells(), "annet.ipynb")
    (inside / NAME).symlink_to(tmp_path / "annet.ipynb")
    with pytest.raises(PreflightError):
        check(inside)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["cell_type", "metadata", "nbgrader", "grade_id", "source", "outputs", "data", "id"]
            )
            | st.sampled_from(
                ["due", "timezone", "tasks", "kind", "cells", "about", "checksum", "grade"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(made=st.lists(JSON, max_size=4), told=JSON)
def test_whatever_lies_in_the_folder_the_check_answers_calmly(
    tmp_path_factory: pytest.TempPathFactory, made: list[Any], told: Any
) -> None:
    folder = tmp_path_factory.mktemp("mappe")
    write(folder, [*cells(), *made])
    (folder / "oppgave.json").write_text(json.dumps(told))
    report = check(folder)
    assert render(report.headline, "nb")
    for one in report.remarks:
        assert render(one.text, "nn")
