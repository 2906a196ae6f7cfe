"""``pallkit case withdraw`` and ``pallkit sets sign | withdraw | supersede``, on files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from pallkit.errors import ContentError, PallkitError
from pallkit_app.check import check
from pallkit_app.cli import app
from pallkit_app.compile.strict_yaml import load
from pallkit_app.withdrawal.editing import put

GOOD = Path(__file__).parent / "check/good_bank"
WHY = ["--why", "Rådet er endret.", "--why-nn", "Rådet er endra.", "--why-en", "New advice."]
KEY = "tasks:\n  - {id: a, kind: case, case: prove}\n  - {id: b, right: {set: reservetabell}}\n"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank with a case in use by an assignment, a module and a course elsewhere."""
    copy = tmp_path / "bank"
    shutil.copytree(GOOD, copy, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    (copy / "courses/lite/key/oppgave.yaml").write_text(KEY, encoding="utf-8")
    shutil.copytree(copy / "casebank/cases/prove", copy / "casebank/cases/nyere")
    case = copy / "casebank/cases/nyere/case.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace("id: prove", "id: nyere"))
    shutil.copytree(copy / "courses/lite", tmp_path / "eget")
    course = tmp_path / "eget/course.yaml"
    course.write_text(course.read_text(encoding="utf-8").replace("id: lite", "id: eget"))
    return copy


def run(*arguments: str | Path) -> str:
    done = attempt(*arguments)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def attempt(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), env={"COLUMNS": "200"})


def texts(bank: Path) -> dict[str, str]:
    files = [*bank.glob("casebank/cases/*/*.yaml"), *bank.glob("casebank/ratio_sets/*.yaml")]
    return {str(path): path.read_text(encoding="utf-8") for path in files}


def value(bank: Path, file: str) -> dict[str, Any]:
    read = load(bank / "casebank" / file).value
    assert isinstance(read, dict)
    return read


def test_withdrawing_a_case_writes_why_in_every_language_and_lists_who_used_it(bank: Path) -> None:
    before = texts(bank)
    said = run("case", "withdraw", "prove", "--to", bank, "--instead", "nyere", *WHY)
    assert "courses/lite/key/oppgave.yaml:2" in said
    case = value(bank, "cases/prove/case.yaml")
    assert case["withdrawn"]["instead"] == "nyere"
    used = [(one["kind"], one["course"], one["id"]) for one in case["withdrawn"]["used_in"]]
    assert used == [("assignment", "lite", "oppgave"), ("assignment", "lite", "oppgave-nn")]
    assert value(bank, "cases/prove/nn.yaml")["withdrawn"] == "Rådet er endra."
    assert {one.rule for one in check(bank / "casebank/cases/prove")} == set()
    for path, text in texts(bank).items():  # only lines that are new
        assert set(before[path].splitlines()) <= set(text.splitlines())


def test_what_was_withdrawn_is_in_use_again_and_its_files_as_before(bank: Path) -> None:
    before = texts(bank)
    run("case", "withdraw", "prove", "--to", bank, *WHY)
    run("sets", "withdraw", "reservetabell", "--to", bank, *WHY)
    assert texts(bank) != before
    run("case", "withdraw", "prove", "--to", bank, "--restore")
    run("sets", "withdraw", "reservetabell", "--to", bank, "--restore")
    assert texts(bank) == before
    with pytest.raises(ContentError, match="not withdrawn"):
        run("case", "withdraw", "prove", "--to", bank, "--restore")


def test_a_course_elsewhere_is_looked_through_and_stays_on_the_list(bank: Path) -> None:
    own = bank.parent / "eget"
    said = run("case", "withdraw", "prove", "--to", bank, "--course", own, *WHY)
    assert f"{own / 'key/oppgave.yaml'}:2" in said
    day = value(bank, "cases/prove/case.yaml")["withdrawn"]["on"]
    run("case", "withdraw", "prove", "--to", bank, *WHY)
    again = value(bank, "cases/prove/case.yaml")["withdrawn"]
    assert [one["course"] for one in again["used_in"]] == ["lite"] * 2 + ["eget"] * 2
    assert again["on"] == day
    with pytest.raises(ContentError, match="no course in"):
        run("case", "withdraw", "prove", "--to", bank, "--course", bank, *WHY)


def test_a_set_lists_the_cases_too_and_what_uses_it_by_way_of_them(bank: Path) -> None:
    said = run("sets", "withdraw", "ovingstabell", "--to", bank, *WHY)
    assert "casebank/cases/prove/case.yaml:" in said
    assert "prove)" in said  # by way of it
    assert "courses/lite/key/oppgave.yaml:2" in said
    gone = value(bank, "ratio_sets/ovingstabell.yaml")["withdrawn"]
    assert gone["why"] == {"nb": WHY[1], "nn": WHY[3], "en": WHY[5]}
    kinds = [one["kind"] for one in gone["used_in"]]
    assert sorted(kinds) == ["assignment"] * 2 + ["case"] * 2


def test_a_notebook_is_searched_for_the_case_it_plays_not_for_words_in_its_text(
    bank: Path,
) -> None:
    path = bank / "courses/lite/source/oppgave/oppgave.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = notebook["cells"][-1]
    (bank / "courses/lite/key/oppgave.yaml").write_text("tasks: []\n", encoding="utf-8")
    for kind, source, found in (
        ("code", 'CasePlayer("prove")', True),
        ("code", 'start = "x|set=ovingstabell"', False),
        ("code", 'CasePlayer("prove-to")', False),
        ("markdown", "Vi skal prove dette.", False),
        ("markdown", "Se [kasuset](/app/kasus?case=prove).", True),
        ("code", "%kjor prove", False),
    ):
        cell |= {"cell_type": kind, "source": source}
        path.write_text(json.dumps(notebook), encoding="utf-8")
        said = run("case", "withdraw", "prove", "--to", bank, *WHY)
        assert ("oppgave.ipynb#" in said) is found
        run("case", "withdraw", "prove", "--to", bank, "--restore")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--why", "Endret."], "--why-nn, --why-en"),
        ([*WHY[:-1], "01019012345"], "identity number"),
        ([*WHY[:-1], "x" * 601], "at most 600"),
        ([*WHY, "--instead", "prove"], "not another one"),
        ([*WHY, "--instead", "finnes-ikke"], "not another one"),
        ([*WHY, "--instead", "../cases/nyere"], "not another one"),
    ],
)
def test_a_withdrawal_that_says_too_little_writes_nothing(
    bank: Path, more: list[str], says: str
) -> None:
    before = texts(bank)
    with pytest.raises(PallkitError, match=says):
        run("case", "withdraw", "prove", "--to", bank, *more)
    assert texts(bank) == before


def test_nobody_is_sent_to_what_is_withdrawn_or_replaced(bank: Path) -> None:
    run("case", "withdraw", "nyere", "--to", bank, *WHY)
    with pytest.raises(ContentError, match="withdrawn itself"):
        run("case", "withdraw", "prove", "--to", bank, "--instead", "nyere", *WHY)
    run("sets", "supersede", "ovingstabell", "--by", "reservetabell", "--to", bank)
    assert value(bank, "ratio_sets/ovingstabell.yaml")["superseded_by"] == "reservetabell"
    with pytest.raises(ContentError, match="replaced itself"):
        run("sets", "supersede", "reservetabell", "--by", "ovingstabell", "--to", bank)
    run("sets", "supersede", "ovingstabell", "--restore", "--to", bank)
    assert "superseded_by" not in value(bank, "ratio_sets/ovingstabell.yaml")
    assert attempt("sets", "supersede", "ovingstabell", "--to", bank).exit_code == 2


def test_a_set_is_signed_for_this_version_and_not_with_a_fault(bank: Path) -> None:
    name = ["reservetabell", "--by", "Kari Lege", "--role", "overlege", "--to", bank]
    assert "Kari Lege" in run("sets", "sign", *name)
    signed = value(bank, "ratio_sets/reservetabell.yaml")["reviewed"]
    assert (signed["by"], signed["version"]) == ("Kari Lege", 1)
    path = bank / "casebank/ratio_sets/reservetabell.yaml"
    broken = path.read_text(encoding="utf-8") + "superseded_by: finnes-ikke\n"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(ContentError, match="1 faults"):
        run("sets", "sign", *name)
    assert path.read_text(encoding="utf-8") == broken


def test_a_set_of_ones_own_is_signed_and_withdrawn_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "lokal.yaml"
    text = (GOOD / "casebank/ratio_sets/ovingstabell.yaml").read_text(encoding="utf-8")
    text = text.replace("ovingstabell", "lokal").replace("mildin", "oxycodone")
    own.write_text(text, encoding="utf-8")
    monkeypatch.setenv("PALLKIT_SETS", str(tmp_path))
    run("sets", "sign", "lokal", "--by", "Kari", "--role", "lege")
    run("sets", "withdraw", own, "--instead", "helsedirektoratet", *WHY)
    assert "trukket tilbake" in run("sets", "list").splitlines()[-1]
    shown = run("sets", "show", "lokal")
    assert "signert av Kari, lege" in shown
    assert "Rådet er endret." in shown


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        ("a: 1\nb: 2\n", "a", "a: 1\nx: 9\nb: 2\n"),
        ("a: 1\nb: 2", "", "a: 1\nb: 2\nx: 9\n"),
        ("x: 1 # gone\n# kept\nb: 2\n", "", "x: 9\n# kept\nb: 2\n"),
        ("x:\n  c: 1\n\n  d: 2\n\nb: 2\n", "", "x: 9\n\nb: 2\n"),
        ("x: |\n  one\n\n  two\nb: 2\n", "", "x: 9\nb: 2\n"),
    ],
)
def test_a_key_is_put_in_and_everything_else_stays(text: str, after: str, expected: str) -> None:
    assert put(text, "x", "9", name="f", after=after) == expected


def test_a_key_that_cannot_be_put_in_by_itself_is_left_to_the_author() -> None:
    with pytest.raises(ContentError):
        put("{a: 1}\n", "x", "9", name="f")
    with pytest.raises(ContentError, match="by itself"):
        put("a: 1\n", "x", "9\nb: 2", name="f")
