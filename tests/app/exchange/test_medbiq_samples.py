"""Packages of other programs become cases that can be played, and what was lost is told."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.app.exchange.virtual_patients import Files, by_hand, labyrinth, packed, pathways
from tests.app.exchange.walks import random_way
from typer.testing import CliRunner

from pallkit import cases, content
from pallkit.cases.model import Case
from pallkit.cases.play import begin, take
from pallkit.cases.view import player_view
from pallkit.errors import ContentError, PallkitError
from pallkit_app.check import check
from pallkit_app.cli import app
from pallkit_app.compile.build import compile_content
from pallkit_app.exchange.medbiq.importing import REPORT, import_case
from pallkit_widgets.case_player.widget import CasePlayer

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = [
    pytest.param(labyrinth, id="OpenLabyrinth"),
    pytest.param(pathways, id="Bit Pathways"),
    pytest.param(by_hand, id="by hand"),
]


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A case bank without cases."""
    (tmp_path / "casebank").mkdir()
    for path in (ROOT / "casebank").glob("*.yaml"):
        shutil.copy(path, tmp_path / "casebank")
    return tmp_path


@contextmanager
def imported(bank: Path, sample: Callable[[], Files]) -> Iterator[Case]:
    package = packed(bank / "package.zip", sample())
    import_case(package, "kopi", root=bank, invented=True)
    compile_content(bank, bank / "compiled")
    with content.reading(bank / "compiled"):
        yield cases.load("kopi")


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_case_is_played_to_an_end_in_the_player(
    sample: Callable[[], Files], bank: Path
) -> None:
    with imported(bank, sample) as case:
        ended = False
        for seed in range(20):
            made = random_way(case, random.Random(seed))  # noqa: S311  # repeats, on purpose
            view = player_view(case.id, made, "nb")
            assert view["case"]["draft"] is True
            ended |= view["debrief"] is not None
        assert ended
        player = CasePlayer(case.id)
        assert player.view["step"]["id"] == case.first


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_linter_says_what_is_left_and_finds_nothing_broken(
    sample: Callable[[], Files], bank: Path
) -> None:
    with imported(bank, sample):
        pass
    found = {one.rule for one in check(bank / "casebank/cases/kopi") if not one.warning}
    assert "case-files" in found  # nynorsk is not written
    assert "unwritten-text" in found
    assert not found & {"strict-yaml", "case-schema", "unknown-step", "unreachable-step", "no-end"}


def test_the_points_of_a_labyrinth_are_those_of_its_nodes(bank: Path) -> None:
    with imported(bank, labyrinth) as case:
        assert case.first == "211"
        state = begin(case)
        for choice in ("les-journalen", "vent", None, None):
            state = take(case, state, choice) or state
        assert state.step is None
        assert state.score == {"symptom_relief": -3}
        texts = cases.prose(case.id, "nb")
        assert texts.title == "Ragnhild om natta"
        assert texts.steps["212"].text == "Ragnhild, 81, ligger **urolig**.\n\n- varm"
        assert texts.steps["211"].text == "Telefonen ringer.\\\nHva gjør du?"
    told = (bank / "casebank/cases/kopi" / REPORT).read_text(encoding="utf-8")
    assert "211" in told
    assert "et bilde" in told
    assert "Poeng" in told


def test_an_experts_comment_is_shown_after_one_has_thought(bank: Path) -> None:
    with imported(bank, pathways) as case:
        assert [step.kind for step in case.steps] == ["reflect", "choice", "info", "gather"]
        texts = cases.prose(case.id, "nb")
        assert texts.steps["an-1"].expert == "Se på frekvensen *først*."
        assert "Det finnes ikke ett svar" in texts.steps["an-4"].text


def test_a_condition_leads_elsewhere_and_a_counter_stops_the_case(bank: Path) -> None:
    with imported(bank, by_hand) as case:
        assert case.start.esas["pain"] == 6
        waited = take(case, begin(case), "vent-og-se")
        assert waited is not None
        assert waited.step == "exam"  # examine first, says the package
        treated = take(case, waited, "behandle")
        assert treated is not None
        assert treated.step == "treat"
        hasty = take(case, begin(case), "behandle-straks")
        assert hasty is not None
        assert hasty.score == {"safety": -2}
        assert hasty.esas["pain"] == 4
        assert hasty.step == "stop"  # 10 - 2 is less than 9
        texts = cases.prose(case.id, "nb")
        assert texts.patient == "Solveig, 77 år\n\nBor alene"
        assert texts.steps["start"].text == r"Hun har 3 \* 2 \[vondt\] og skriver *«au»*."
        assert texts.steps["treat"].text == "puls – 92"
        assert "- **CRP**: mg/l, 40, 5" in texts.steps["exam"].text
    told = (bank / "casebank/cases/kopi" / REPORT).read_text(encoding="utf-8")
    for words in ("Ingen vei", "internal", "Skjult", "nedtelling", "tilfeldig", "VPDText[1]"):
        assert words in told, words
    assert "Etternavn" not in told


def test_nothing_is_written_until_somebody_says_that_the_patient_is_invented(bank: Path) -> None:
    package = packed(bank / "package.zip", labyrinth())
    with pytest.raises(ContentError, match="only invented patients"):
        import_case(package, "kopi", root=bank)
    assert not (bank / "casebank/cases").exists()


def test_no_case_is_written_over(bank: Path) -> None:
    package = packed(bank / "package.zip", pathways())
    folder, _made = import_case(package, "kopi", root=bank, invented=True)
    before = (folder / "nb.yaml").read_bytes()
    with pytest.raises(ContentError, match="already"):
        import_case(packed(package, labyrinth()), "kopi", root=bank, invented=True)
    assert (folder / "nb.yaml").read_bytes() == before


@pytest.mark.parametrize("id_", ["../ut", "Kopi", "a" * 61, "01019012345", ""])
def test_an_odd_id_is_refused_before_the_package_is_read(id_: str, bank: Path) -> None:
    with pytest.raises(PallkitError):
        import_case(bank / "no-such.zip", id_, root=bank)


def test_an_identity_number_anywhere_is_refused(bank: Path) -> None:
    files = labyrinth()
    files["virtualpatientdata.xml"] = files["virtualpatientdata.xml"].replace(
        b"</VPDText>", b"</VPDText>", 1
    )
    files["activitymodel.xml"] = files["activitymodel.xml"].replace(b"Morgen", b"010190 12345")
    package = packed(bank / "package.zip", files)
    with pytest.raises(PallkitError, match="identity number"):
        import_case(package, "kopi", root=bank, invented=True)
    assert not (bank / "casebank/cases").exists()


def test_the_command_says_what_was_lost_and_what_to_do_next(bank: Path) -> None:
    package = packed(bank / "package.zip", by_hand())
    arguments = ["import", str(package), "--as", "kopi", "--to", str(bank), "--invented"]
    done = CliRunner().invoke(app, arguments, env={"COLUMNS": "120"})
    assert done.exit_code == 0, done.output
    assert "pallkit check" in done.output
    assert "VPDText[1]" in done.output
    assert (bank / "casebank/cases/kopi/case.yaml").exists()


def test_texts_in_english_open_as_they_are_until_somebody_translates_them(bank: Path) -> None:
    package = packed(bank / "package.zip", pathways())
    folder, made = import_case(package, "kopi", lang="en", root=bank, invented=True)
    assert {path.name for path in folder.iterdir()} == {"case.yaml", "nb.yaml", "en.yaml", REPORT}
    assert made.texts["nb"] == made.texts["en"]
