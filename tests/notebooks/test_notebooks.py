"""Every notebook runs, holds no output, and shows what it should.

What it should is written in ``asserts/``: code that runs as the notebook's last cell, in
its own kernel. A wrong ratio or an exception planted before the first cell must turn the
run red, or the asserts assert nothing.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError
from pytest_notebook.nb_regression import NBRegressionFixture, NBRegressionResult

from pallkit_app.compile import content_root
from pallkit_app.compile.build import compile_content
from pallkit_app.courses.copying import copy_course

ROOT = content_root()
ASSERTS = Path(__file__).parent / "asserts"
RATIOS = Path(__file__).parents[1] / "content" / "ratios.csv"
READ_FROM = """
from pathlib import Path
from pallkit import content
content._COMPILED = Path({path!r})
content.refresh()
"""


def _notebooks() -> list[str]:
    # One assignment stands for the others, which tests/content/test_assignments.py runs.
    places = ("notebooks/**/*.ipynb", "courses/*/source/omregning-i-praksis*/*.ipynb")
    found = (path for place in places for path in ROOT.glob(place))
    names = (path.relative_to(ROOT).as_posix() for path in found)
    return sorted(name for name in names if ".ipynb_checkpoints" not in name)


NOTEBOOKS = _notebooks()


def _asserts(notebook: str) -> Path:
    kinds = {"courses": "assignment", "notebooks/modules": "module"}
    kind = next((k for top, k in kinds.items() if notebook.startswith(f"{top}/")), None)
    return ASSERTS / f"{kind or Path(notebook).stem}.py"


def _printed() -> str:
    """The ratios as the sources print them, by source: what a task's receipt may say."""
    with RATIOS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {"helsedirektoratet": "helsedirektoratet-omeq", "klb-2008": "klb-2008"}
    return json.dumps(
        {
            source: ["1", *(row["ratio"] for row in rows if row["ratio_set"] == table)]
            for table, source in names.items()
        }
    )


def _run(notebook: str, folder: Path, key: Path, *, first: str | None = None) -> NBRegressionResult:
    """Run a copy in ``folder``, since a notebook may leave an answer log where it runs."""
    copy = folder / Path(notebook).name
    made = nbformat.read(ROOT / notebook, as_version=4)
    tools = sum(cell.cell_type == "code" for cell in made.cells)
    last = _asserts(notebook).read_text(encoding="utf-8")
    planted = [] if first is None else [nbformat.v4.new_code_cell(first)]
    made.cells = [*planted, *made.cells, nbformat.v4.new_code_cell(last)]
    nbformat.write(made, copy)
    lang = "nn" if notebook.endswith(("-nn.ipynb", ".nn.ipynb")) else "nb"
    runner = NBRegressionFixture(
        exec_env={
            "EXPECTED_LANG": lang,
            "EXPECTED_KEY": str(key),
            "EXPECTED_TOOLS": str(tools),
            "PRINTED_RATIOS": _printed(),
        },
        diff_ignore=(
            "/cells/*/outputs",
            "/cells/*/execution_count",
            "/metadata/widgets",
            "/metadata/language_info",
        ),
    )
    return runner.check(str(copy))


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = tmp_path_factory.mktemp("course") / "spesialist"
    copy_course("spesialist", course)
    return course / ".pallkit" / "key.json"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The case bank compiled twice: as it is, and with two ratios a tenth too high."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT / "casebank", folder / "casebank")
    assert not compile_content(folder, folder / "right")
    for name, right, wrong in (
        ("helsedirektoratet", "ratio: 1.5,", "ratio: 1.65,"),
        ("klb-2008", "ratio: 3\n", "ratio: 3.3\n"),
    ):
        path = folder / "casebank" / "ratio_sets" / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.count(right) == 1
        path.write_text(text.replace(right, wrong), encoding="utf-8")
    assert not compile_content(folder, folder / "wrong")
    return {ratios: folder / ratios for ratios in ("right", "wrong")}


def test_there_are_notebooks_to_run() -> None:
    assert len(NOTEBOOKS) >= 4


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_runs_and_shows_what_it_should(notebook: str, tmp_path: Path, key: Path) -> None:
    done = _run(notebook, tmp_path, key)
    said = [
        output
        for cell in done.nb_final.cells
        for output in cell.get("outputs", [])
        if output.get("name") == "stderr"
    ]
    assert said == []


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_holds_no_output_of_its_own(notebook: str) -> None:
    cells = json.loads((ROOT / notebook).read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell for cell in code if cell["outputs"] or cell["execution_count"]] == []


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_a_planted_wrong_ratio_turns_the_run_red(
    notebook: str, tmp_path: Path, key: Path, planted: dict[str, Path]
) -> None:
    (tmp_path / "right").mkdir()
    _run(notebook, tmp_path / "right", key, first=READ_FROM.format(path=str(planted["right"])))
    with pytest.raises(CellExecutionError, match="AssertionError"):
        _run(notebook, tmp_path, key, first=READ_FROM.format(path=str(planted["wrong"])))


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_a_planted_exception_turns_the_run_red(notebook: str, tmp_path: Path, key: Path) -> None:
    with pytest.raises(CellExecutionError, match="planted"):
        _run(notebook, tmp_path, key, first="raise RuntimeError('planted')")
