"""Every assignment of every course: it runs, gives nothing away, and gives the points it says.

The courses are generated, released and graded here by nbgrader's and our own functions; by
the real commands it is done once, in ``tests/grading/test_cycle.py``.
"""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from tests.content.assignments import (
    HAND_INS,
    TRAINEES,
    Listed,
    about,
    calls,
    cells_of,
    expected,
    has_code,
    listed,
    run,
    sample,
    work,
)

from pallkit_app.courses.copying import copy_course
from pallkit_app.courses.reading import read_course, read_keys
from pallkit_app.courses.setup import EXCHANGE_VARIABLE, configure
from pallkit_grading.gradebook import read_grades
from pallkit_grading.key import KEY_VARIABLE

ASSIGNMENTS = listed()
PAIRS = sorted({(one.course, one.key) for one in ASSIGNMENTS})
WIDGETS = ("AnswerBox", "CasePlayer", "Preflight")
TRAINEE_VARIABLE = "PALLKIT_TRAINEE"


def _cases(found: list[Listed]) -> list[Any]:
    """Those of a course on one worker, so that the course is released once."""
    return [
        pytest.param(one, id=str(one), marks=pytest.mark.xdist_group(f"course-{one.course}"))
        for one in found
    ]


pytestmark = pytest.mark.filterwarnings(
    "ignore:Object of type <:Warning"  # nbgrader's own way to add a submission
)

_FIRST = {one.course: one for one in reversed(ASSIGNMENTS)}
_IN_A_KERNEL = [
    one for one in ASSIGNMENTS if one == _FIRST[one.course] or (one.lang == "nb" and has_code(one))
]
"""The first of each course, and those where code is written; all when the test runs whole."""

each = pytest.mark.parametrize("one", _cases(ASSIGNMENTS))


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Path]]:
    """A course, copied and with every assignment released as nbgrader does it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(KEY_VARIABLE, raising=False)

        @cache
        def release(name: str) -> Path:
            root = tmp_path_factory.mktemp(f"course-{name}")
            _release(name, root, patch)
            patch.delenv(KEY_VARIABLE, raising=False)  # the trainees' sessions come after
            return root

        yield release


def _release(name: str, root: Path, patch: pytest.MonkeyPatch) -> None:
    from nbgrader.apps.api import NbGraderAPI  # noqa: PLC0415  # seconds to import
    from traitlets.config import Config  # noqa: PLC0415

    exchange = root / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    patch.setenv(EXCHANGE_VARIABLE, str(exchange))
    copy_course(name, root / "course")
    config = Config()
    configure(config, root / "course")
    nbgrader = NbGraderAPI(config=config)
    for one in read_course(root / "course").assignments:
        for step in (nbgrader.generate_assignment, nbgrader.release_assignment):
            done = step(one.id)
            assert done["success"], done.get("error") or done.get("log")


@each
def test_the_source_runs_with_its_solutions(
    one: Listed,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(one.notebook.parent, tmp_path / one.id)
    monkeypatch.chdir(tmp_path / one.id)
    monkeypatch.setenv(TRAINEE_VARIABLE, "good")
    values = run(cells_of(one.notebook))
    assert [value for value in values if isinstance(value, float)] == [0.0] * _graded(one)
    assert capfd.readouterr().err == ""


@each
def test_the_source_runs_in_a_kernel(
    one: Listed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, whole: bool
) -> None:
    if not (whole or one in _IN_A_KERNEL):
        return  # the cells have run above, and a kernel is seconds
    shutil.copytree(one.notebook.parent, tmp_path / one.id)
    monkeypatch.setenv(TRAINEE_VARIABLE, "good")
    notebook = nbformat.read(one.notebook, as_version=4)
    place = {"metadata": {"path": str(tmp_path / one.id)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=place).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert [output for output in outputs if output.get("name") == "stderr"] == []


@each
def test_what_is_released_holds_no_solution_and_no_key(
    one: Listed, released: Callable[[str], Path]
) -> None:
    root = released(one.course)
    secrets = [*_solution_lines(one), *_key_words(one), *_good_answers(one)]
    handed_out = root / "exchange" / one.course / "outbound" / one.id
    for folder in (root / "course" / "release" / one.id, handed_out):
        names = {path.relative_to(folder).as_posix() for path in _files(folder)}
        source = one.notebook.parent
        assert names == {path.relative_to(source).as_posix() for path in _files(source)}
        text = "\n".join(path.read_text(encoding="utf-8") for path in _files(folder))
        notebook = "\n".join(cell["source"] for cell in cells_of(folder / one.notebook.name))
        marks = ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS", "look_for")
        assert [mark for mark in marks if mark in text] == []
        assert [secret for secret in secrets if _stands_in(secret, notebook)] == []


@each
def test_a_ranking_is_not_handed_out_in_its_right_order(one: Listed) -> None:
    right = {
        str(task.id): [str(item) for item in getattr(task, "order", ())]
        for task in read_keys(one.notebook.parents[2]).of(one.id)
    }
    for call in calls(cells_of(one.notebook), "AnswerBox"):
        task, options = _said(call.args[0]), _option_ids(call)
        if right[task]:
            assert sorted(options) == sorted(right[task])
            assert options != right[task]


@pytest.mark.parametrize(("course", "key"), PAIRS)
def test_bokmal_and_nynorsk_have_the_same_tasks(course: str, key: str) -> None:
    versions = [one for one in ASSIGNMENTS if (one.course, one.key) == (course, key)]
    assert {one.lang for one in versions} == {"nb", "nn"}
    first, *rest = (_shape(one) for one in versions)
    assert all(shape == first for shape in rest)


@each
@pytest.mark.parametrize("trainee", TRAINEES)
def test_a_synthetic_hand_in_has_the_points_it_declares(
    one: Listed,
    trainee: str,
    scores: Callable[[Listed], Mapping[str, Mapping[str, Decimal | None]]],
) -> None:
    assert scores(one)[trainee] == expected(sample(one, trainee))


@each
def test_the_good_hand_in_has_all_points_and_the_empty_none(one: Listed) -> None:
    most = {str(task.id): task.points for task in read_keys(one.notebook.parents[2]).of(one.id)}
    good, half, empty = (expected(sample(one, trainee)) for trainee in TRAINEES)
    assert good == {task: None if good[task] is None else most[task] for task in most}
    assert set(half) == set(empty) == set(most)
    assert not any(empty.values())
    assert 0 < sum(filter(None, half.values())) < sum(filter(None, good.values()))


def test_no_hand_in_is_left_without_its_key() -> None:
    found = {(path.parent.name, path.stem) for path in HAND_INS.glob("*/*.yaml")}
    assert found == set(PAIRS)


@pytest.fixture(scope="session")
def scores(
    released: Callable[[str], Path],
) -> Callable[[Listed], Mapping[str, Mapping[str, Decimal | None]]]:
    """The points of an assignment's three hand-ins, graded together, by trainee and task."""

    @cache
    def graded(one: Listed) -> Mapping[str, Mapping[str, Decimal | None]]:
        course = released(one.course) / "course"
        with pytest.MonkeyPatch.context() as patch:
            for trainee in TRAINEES:
                _hand_in(course, one, trainee, patch)
        _grade(course, one)
        found = read_grades(course, one.id)
        return {
            trainee: {
                task: None if grade.needs_grading else grade.auto
                for (name, task), grade in found.items()
                if name == trainee
            }
            for trainee in TRAINEES
        }

    return graded


def _hand_in(course: Path, one: Listed, trainee: str, patch: pytest.MonkeyPatch) -> None:
    folder = course / "submitted" / trainee / one.id
    shutil.rmtree(folder, ignore_errors=True)  # left by a run that failed
    shutil.copytree(course / "release" / one.id, folder)
    patch.chdir(folder)
    patch.setenv(TRAINEE_VARIABLE, trainee)
    work(folder, one, sample(one, trainee), read_keys(course))


def _grade(course: Path, one: Listed) -> None:
    from pallkit_grading.book import open_book  # noqa: PLC0415  # seconds to import
    from pallkit_grading.running import Job, grade  # noqa: PLC0415

    said: list[object] = []
    with open_book(course, one.course) as book:
        summary = grade(
            Job(course, one.id), book, read_keys(course), lambda marked, _of: said.append(marked)
        )
    assert len(said) == summary.marked == len(TRAINEES)
    lines = [str(line) for marked in summary.flagged for line in marked.lines]
    assert [line for line in lines if "dangerous" not in line] == []  # half a hand-in may be


def _graded(one: Listed) -> int:
    return sum(bool(about(cell).get("grade")) for cell in cells_of(one.notebook))


def _files(folder: Path) -> list[Path]:
    skipped = {".ipynb_checkpoints", "__pycache__"}
    return [path for path in folder.rglob("*") if path.is_file() and not skipped & {*path.parts}]


def _shape(one: Listed) -> list[object]:
    """What must not differ between two languages: cells, points, kinds and what widgets ask."""
    cells = cells_of(one.notebook)
    told = ("grade", "grade_id", "locked", "points", "solution", "task")
    kept = [(cell["cell_type"], *(about(cell).get(name) for name in told)) for cell in cells]
    return [*kept, *(_asked(call) for call in calls(cells, *WIDGETS)), *_beside(one)]


def _asked(call: ast.Call) -> object:
    spoken = {"label", "lang", "options", "unit", "help"}
    said = {one.arg: ast.unparse(one.value) for one in call.keywords if one.arg not in spoken}
    said = {name: text for name, text in said.items() if not text.endswith(("-nn'", ".ipynb'"))}
    return ast.unparse(call.func), [ast.unparse(one) for one in call.args], said, _option_ids(call)


def _option_ids(call: ast.Call) -> list[str]:
    options = next((one.value for one in call.keywords if one.arg == "options"), None)
    return [_said(key) for key in options.keys if key] if isinstance(options, ast.Dict) else []


def _said(node: ast.expr) -> str:
    return str(ast.literal_eval(node))


def _beside(one: Listed) -> list[object]:
    """The files beside the notebook, such as a register: the same in both languages."""
    others = [path for path in _files(one.notebook.parent) if path.suffix != ".ipynb"]
    return sorted((path.name, path.read_bytes()) for path in others)


def _solution_lines(one: Listed) -> Iterator[str]:
    for cell in cells_of(one.notebook):
        if about(cell).get("solution"):
            inside = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", cell["source"], re.S)
            assert inside, f"{about(cell)['grade_id']} has no solution between its marks"
            lines = (line.strip() for part in inside for line in part.splitlines())
            yield from (line for line in lines if len(line) > 8)


def _key_words(one: Listed) -> Iterator[str]:
    """Every text of the key's tasks that is written for after the grading."""
    root = one.notebook.parents[2]
    from pallkit_app.compile import strict_yaml  # noqa: PLC0415

    path = root / "key" / f"{one.key}.yaml"
    yield from (text for text in _texts(strict_yaml.load(path, path.name).value) if len(text) > 12)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (str(value[lang]) for lang in ("nb", "nn", "en") if lang in value)
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _good_answers(one: Listed) -> Iterator[str]:
    """What answers the tasks fully, where it is a number or a text: ids stand in the notebook."""
    boxes = {_said(call.args[0]): call for call in calls(cells_of(one.notebook), "AnswerBox")}
    for entry in sample(one, "good").get("answers") or ():
        text = str(entry.get("text", ""))
        if len(text) > 2 and entry["task"] in boxes and not _option_ids(boxes[entry["task"]]):
            yield text


def _stands_in(secret: str, text: str) -> bool:
    return re.search(rf"(?<![\w,.]){re.escape(secret)}(?![\w]|[,.]\d)", text) is not None
