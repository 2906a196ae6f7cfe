"""``pallkit case …`` as an author runs it, from an empty folder to a signed case."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pallkit.cases import load
from pallkit.cases.model import structure
from pallkit.cases.walk import walk
from pallkit.errors import ContentError, PallkitError
from pallkit_app.casework.graph import arrows, mermaid, shape_of, svg
from pallkit_app.casework.new import new_case, templates
from pallkit_app.casework.sign import sign_case
from pallkit_app.casework.stats import count_case
from pallkit_app.casework.watched import Watched
from pallkit_app.check import check
from pallkit_app.check.bank import opened
from pallkit_app.cli import app
from pallkit_app.compile.strict_yaml import load as load_yaml

ROOT = Path(__file__).resolve().parents[2]
CASE = "smerte-kan-ikke-svelge"
GOOD = ROOT / "tests/app/check/good_bank"
RICH = ROOT / "tests/app/check/rich_case"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    copy = tmp_path / "bank"
    shutil.copytree(GOOD / "casebank", copy / "casebank")
    return copy


@pytest.fixture(scope="module")
def real_bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("real")
    for name in ("sources.yaml", "topics.yaml", "drugs.yaml", "reductions.yaml"):
        (copy / "casebank").mkdir(exist_ok=True)
        shutil.copy(ROOT / "casebank" / name, copy / "casebank" / name)
    return copy


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(app, ["case", *map(str, arguments)], env={"COLUMNS": "120"})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0
    return done.output


@pytest.mark.parametrize("template", templates())
def test_a_new_case_is_whole_but_for_its_texts(real_bank: Path, template: str) -> None:
    said = run("new", "mitt-kasus", "--from", template, "--to", real_bank)
    folder = real_bank / "casebank/cases/mitt-kasus"
    assert f"pallkit check {folder}" in said
    found = check(folder)
    assert {one.rule for one in found if not one.warning} == {"unwritten-text"}
    case = structure(load_yaml(folder / "case.yaml").value)
    assert case.id == "mitt-kasus"
    assert {one.state.step for one in walk(case)} == {None}
    before = (folder / "nb.yaml").read_text(encoding="utf-8")
    with pytest.raises(ContentError, match="already"):
        new_case("mitt-kasus", template, real_bank)
    assert (folder / "nb.yaml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("case_id", "template", "words"),
    [
        ("Mitt Kasus", "minimal", "cannot be an id"),
        ("../ut", "minimal", "cannot be an id"),
        ("a" * 61, "minimal", "cannot be an id"),
        ("01019012345", "minimal", "identity number"),
        ("nytt", "maksimal", "no template"),
    ],
)
def test_what_cannot_be_begun_is_refused(
    bank: Path, case_id: str, template: str, words: str
) -> None:
    with pytest.raises(PallkitError, match=words):
        new_case(case_id, template, bank)
    assert [path.name for path in (bank / "casebank/cases").iterdir()] == ["prove"]


def test_the_list_names_every_case_and_who_has_not_signed() -> None:
    said = run("list")
    assert CASE in said
    assert "utkast" in said


def test_the_graph_has_every_step_and_every_way() -> None:
    case = load(CASE)
    drawn = mermaid(case, "nb")
    assert run("graph", CASE) == drawn
    for step in case.steps:
        assert f"{step.id}<br/>" in drawn
    assert drawn.count("-->") == len(arrows(case))
    assert shape_of(case, "svelger-ikke") == "fork"
    assert shape_of(case, "samling") == "gather"
    assert shape_of(case, "slutt-hjemme") == "end"


def test_the_graph_is_a_file_that_says_what_it_is_for(tmp_path: Path) -> None:
    run("graph", CASE, "-o", tmp_path / "x.svg", "-o", tmp_path / "x.mmd")
    drawing = ET.parse(tmp_path / "x.svg").getroot()  # noqa: S314  # our own file
    words = " ".join(drawing.itertext())
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert "Bare til undervisning" in words
    assert "svelger-ikke" in words
    shown = {text.strip(" ,") for one in drawing.iter() for text in (one.text or "").split(", ")}
    for arrow in arrows(load(CASE)):
        assert set(arrow.choices) <= shown  # every way has the ids of its choices beside it
    assert "Bare til undervisning" in (tmp_path / "x.mmd").read_text(encoding="utf-8")
    with pytest.raises(ContentError, match="must end in"):
        run("graph", CASE, "-o", tmp_path / "x.png")


def test_a_step_nothing_leads_to_is_drawn_and_said_to_be_so(bank: Path) -> None:
    raw = load_yaml(RICH / "case.yaml").value
    assert isinstance(raw, dict)
    raw["steps"].insert(0, {"id": "alene", "kind": "info", "next": "slutt"})
    case = structure(raw)
    assert "alene<br/>info<br/>nothing leads here" in mermaid(case, "en")
    assert "class n1 unreached" in mermaid(case, "en")
    with opened(bank):  # which has the table its doses are computed by
        assert "alene (nothing leads" in svg(case, "en")


@pytest.mark.parametrize("case_id", [CASE, "hva-er-viktig", "siste-dager-fentanylplaster"])
def test_paths_are_counted_as_if_they_had_been_walked(case_id: str) -> None:
    case = load(case_id)
    walks = list(walk(case))
    counted = count_case(case)
    assert counted.stats.paths == len(walks)
    assert not counted.bounded
    assert counted.circles == ()
    lengths = [len(one.state.path) for one in walks]
    assert (counted.stats.steps.least, counted.stats.steps.most) == (min(lengths), max(lengths))
    safety = [one.state.score.get("safety", 0) for one in walks]
    span = counted.stats.score["safety"]
    assert (span.least, span.most) == (min(safety), max(safety))


def test_a_bound_that_was_hit_is_said() -> None:
    counted = count_case(load(CASE), most=5)
    assert counted.bounded
    assert "Hele kasuset er gått gjennom" in run("stats", CASE)


def test_signing_says_what_it_means_and_is_for_this_version(bank: Path) -> None:
    folder = bank / "casebank/cases/prove"
    said = run("sign", "prove", "--by", 'Kari «K» "Lege"', "--role", "lege", "--to", bank)
    assert "versjon 1" in said
    case = structure(load_yaml(folder / "case.yaml").value)
    assert case.reviewed is not None
    assert (case.reviewed.by, case.draft) == ('Kari «K» "Lege"', False)
    assert check(folder) == []
    sign_case(folder, by="Per", role="sykepleier", on=date(2026, 1, 2))
    again = structure(load_yaml(folder / "case.yaml").value)
    assert again.reviewed is not None
    assert (again.reviewed.by, again.reviewed.on) == ("Per", "2026-01-02")


@pytest.mark.parametrize(
    ("by", "words"), [("", "a name and a role"), ("01019012345", "identity number")]
)
def test_a_signature_needs_a_name_and_no_number(bank: Path, by: str, words: str) -> None:
    with pytest.raises(PallkitError, match=words):
        sign_case(bank / "casebank/cases/prove", by=by, role="lege", on=date(2026, 1, 2))


def test_a_case_with_a_fault_is_not_signed(bank: Path) -> None:
    path = bank / "casebank/cases/prove/case.yaml"
    text = path.read_text(encoding="utf-8").replace("next: natt", "next: nattevakt")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match="1 faults"):
        sign_case(path.parent, by="Per", role="lege", on=date(2026, 1, 2))
    assert path.read_text(encoding="utf-8") == text


def test_the_preview_says_what_is_wrong_and_follows_the_file(bank: Path) -> None:
    folder = bank / "casebank/cases/prove"
    watched = Watched(folder, "nb")
    fine = watched.state()
    assert (fine["playable"], fine["lines"]) == (True, [])
    assert watched.state() is fine
    path = folder / "case.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("kind: gather", "kind: samling"), encoding="utf-8")
    broken = watched.state()
    assert broken["stamp"] != fine["stamp"]
    assert broken["playable"] is False
    assert "«samling»" in " ".join(broken["lines"])
    path.write_text(text, encoding="utf-8")
    assert watched.state()["playable"] is True
