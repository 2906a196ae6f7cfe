"""A damaged notebook is put right, and no answer is lost."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pallkit_grading.hand_ins import MasterCell, Repaired, repair_cells

Cell = dict[str, Any]


def master(name: str, *, answer: bool = False) -> MasterCell:
    about = {"grade_id": name, "grade": not answer, "solution": answer, "locked": not answer}
    return MasterCell(name, "code", f"# {name}\n", answer, about)


MASTERS = [
    master("svar-1", answer=True),
    master("test-1"),
    master("svar-2", answer=True),
    master("test-2"),
]


def cell(name: str | None, source: str, kind: str = "code") -> Cell:
    about = {"nbgrader": {"grade_id": name, "points": 99}} if name else {}
    extra = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": about, "source": source, **extra}


HANDED_IN = [
    cell(None, "import pandas"),
    cell("svar-1", "x = 1"),
    cell("test-1", "# test-1\n"),
    cell("svar-2", "y = 2"),
    cell(None, "y"),
    cell("test-2", "# test-2\n"),
]


def names(done: Repaired) -> list[str | None]:
    return [one["metadata"].get("nbgrader", {}).get("grade_id") for one in done.cells]


def sources(done: Repaired) -> list[str]:
    return [one["source"] for one in done.cells]


def test_a_whole_notebook_is_left_as_it_is_but_for_what_it_says_of_points() -> None:
    done = repair_cells(HANDED_IN, MASTERS)
    assert done.repairs == ()
    assert sources(done) == [one["source"] for one in HANDED_IN]
    assert [one["metadata"].get("nbgrader", {}).get("points") for one in done.cells] == [None] * 6


def test_a_deleted_test_is_put_back_in_its_place() -> None:
    done = repair_cells(HANDED_IN[:2] + HANDED_IN[3:], MASTERS)
    assert names(done) == [None, "svar-1", "test-1", "svar-2", None, "test-2"]
    assert [str(one) for one in done.repairs] == ["The cell “test-1” was missing and was put back."]


def test_a_changed_test_gets_its_own_text_again() -> None:
    cells = deepcopy(HANDED_IN)
    cells[2]["source"] = "assert True"
    done = repair_cells(cells, MASTERS)
    assert sources(done)[2] == "# test-1\n"
    assert [str(one) for one in done.repairs] == [
        "The cell “test-1” had been changed and was put right."
    ]


def test_of_two_answers_the_last_that_was_written_counts_and_the_other_is_kept() -> None:
    cells = [*HANDED_IN, cell("svar-1", "x = 3"), cell("svar-1", "# svar-1\n")]
    done = repair_cells(cells, MASTERS)
    counted = done.cells[names(done).index("svar-1")]
    assert counted["source"] == "x = 3"
    assert "x = 1" in sources(done)
    assert names(done).count("svar-1") == 1


def test_a_copied_test_runs_once() -> None:
    done = repair_cells([*HANDED_IN, HANDED_IN[2]], MASTERS)
    assert sources(done).count("# test-1\n") == 1
    assert "more than once" in str(done.repairs[0])


def test_moved_cells_come_back_to_their_order_with_what_follows_them() -> None:
    done = repair_cells([*HANDED_IN[3:], *HANDED_IN[:3]], MASTERS)
    assert names(done) == ["svar-1", "test-1", "svar-2", None, "test-2", None]
    assert [str(one) for one in done.repairs] == [
        "Cells had been moved and were put back in their order."
    ]


def test_a_test_that_became_text_is_code_again() -> None:
    cells = deepcopy(HANDED_IN)
    cells[2] = cell("test-1", "# test-1\n", "markdown")
    done = repair_cells(cells, MASTERS)
    assert done.cells[2]["cell_type"] == "code"
    assert done.cells[2]["outputs"] == []


def test_a_cell_that_claims_points_of_its_own_gets_none() -> None:
    done = repair_cells([*HANDED_IN, cell("gratis", "100.0")], MASTERS)
    assert names(done)[-1] is None
    assert "gives no points" in str(done.repairs[0])


damaged = st.lists(
    st.one_of(
        st.sampled_from(HANDED_IN),
        st.builds(
            cell,
            st.sampled_from(["svar-1", "test-1", "svar-2", "test-2", "gratis", None]),
            st.sampled_from(["", "x = 7", "assert True", "# svar-1\n"]),
            st.sampled_from(["code", "markdown", "raw"]),
        ),
        st.just({"cell_type": "code"}),
        st.just({"cell_type": "code", "metadata": None, "source": ["a", "b"]}),
        st.just({"cell_type": "code", "metadata": {"nbgrader": [1]}, "source": 3}),
    ),
    max_size=12,
)


@given(damaged)
def test_whatever_was_done_to_it_every_cell_is_there_once_and_in_order(cells: list[Cell]) -> None:
    before = deepcopy(cells)
    done = repair_cells(cells, MASTERS)
    assert [name for name in names(done) if name] == [one.id for one in MASTERS]
    by_name = dict(zip(names(done), done.cells, strict=True))
    for one in MASTERS:
        assert by_name[one.id]["cell_type"] == one.kind
        if not one.answer:
            assert by_name[one.id]["source"] == one.source
    assert cells == before


@given(damaged)
def test_no_answer_is_lost_and_a_second_repair_changes_nothing(cells: list[Cell]) -> None:
    done = repair_cells(cells, MASTERS)
    for one in cells:
        about = (one.get("metadata") or {}).get("nbgrader")
        if isinstance(about, dict) and about.get("grade_id") in {"svar-1", "svar-2"}:
            assert one["source"] in sources(done)
    for one in done.cells:
        assert isinstance(one["source"], str)
        assert ("outputs" in one) == (one["cell_type"] == "code")
    again = repair_cells(done.cells, MASTERS)
    assert again.repairs == ()
    assert again.cells == done.cells


def test_a_cell_of_no_shape_at_all_stops_nothing() -> None:
    odd = [{"cell_type": []}, {"source": [1, None]}, {"source": {}}, {"metadata": 7}]
    done = repair_cells([*HANDED_IN, *odd], MASTERS)
    assert names(done)[:6] == names(repair_cells(HANDED_IN, MASTERS))
    assert len(done.cells) == len(HANDED_IN) + len(odd)
