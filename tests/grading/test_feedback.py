"""The feedback page: what it says, what it must never say, and that nbgrader hands it out."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from tests.grading.told_course import HOSTILE, LEADER, SECRETS, opened, told_course
from typer.testing import CliRunner

from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.cases.schema import Slug
from pallkit.i18n import Words, render
from pallkit_app.cli import app
from pallkit_app.courses.setup import configure
from pallkit_app.feedback_pages import feedback_html
from pallkit_grading.book.history import Entry, record
from pallkit_grading.course import LOG_NAME
from pallkit_grading.feedback_data import gather, read_source
from pallkit_grading.feedback_data.code import said_of_code
from pallkit_grading.key import KEY_VARIABLE, Check, CodeTask, Name, Plain, Points

pytestmark = pytest.mark.xdist_group("told")  # one course, whichever worker runs it


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return told_course(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def pages(course: Path) -> Mapping[str, str]:
    """The pages by trainee, as they are written."""
    made: dict[str, str] = {}
    with opened(course) as of:
        for name in ("prove", "prove-nn", "ovelse"):
            source = read_source(of, name)
            made |= {trainee: feedback_html(gather(source, trainee)) for trainee in source}
        source = read_source(of, "kode")
        made |= {f"{one}, kode": feedback_html(gather(source, one)) for one in source}
    return made


def section(page: str, heading: str) -> str:
    """The words of one task's section, without tags."""
    parts = re.split(r'<section class="task"', page)
    found = next(part for part in parts if f">{heading}</h2>" in part)
    return words(found)


def words(html: str) -> str:
    body = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split()))


def test_everybody_who_handed_in_gets_a_page(pages: Mapping[str, str]) -> None:
    assert {"anne", "berit", "cecilie", "dag", "eli", "k00"} <= set(pages)


@pytest.mark.parametrize(("trainee", "lang"), [("anne", "nb"), ("dag", "nn")])
def test_the_page_is_in_the_language_of_the_assignment(
    pages: Mapping[str, str], trainee: str, lang: Any
) -> None:
    assert f'<html lang="{lang}">' in pages[trainee]
    assert render(WATERMARK, lang) in pages[trainee]
    assert render(INTENDED_PURPOSE, lang) in pages[trainee]


def test_no_page_tells_what_is_hidden(pages: Mapping[str, str]) -> None:
    secrets = [one for one in SECRETS if one != "ANDRES_SVAR"]
    for trainee, page in pages.items():
        assert not [one for one in secrets if one in page], trainee
        assert "Traceback" not in page
        assert "BEGIN HIDDEN" not in page


def test_no_page_tells_of_another_trainee(pages: Mapping[str, str], course: Path) -> None:
    everybody = [folder.name for folder in (course / "submitted").iterdir()]
    for name, page in pages.items():
        trainee = name.split(",")[0]
        others = [one for one in everybody if one != trainee and len(one) > 3]
        assert not [one for one in others if re.search(rf"\b{one}\b", words(page).casefold())]
        assert ("ANDRES_SVAR" in page) == (trainee == "cecilie")


class Tags(HTMLParser):
    """Every tag of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _value in attrs}


def test_what_a_trainee_wrote_is_text_whatever_it_looks_like(pages: Mapping[str, str]) -> None:
    tags = Tags()
    tags.feed(pages["berit"])
    assert not {"script", "img", "iframe", "form", "object"} & tags.names
    assert not [name for name in tags.attributes if name.startswith("on")]
    assert "{{ 7 * 7 }}" in words(pages["berit"])
    assert "\u202e" in HOSTILE
    assert "\u202e" not in pages["berit"], "letters that turn the writing are left out"


def test_a_page_asks_nothing_of_any_network(pages: Mapping[str, str]) -> None:
    for page in pages.values():
        assert not re.search(r'(?:src|srcset|data|action)="(?!data:)', page)
        assert not re.search(r"url\((?!\"?data:)", page)
        assert "default-src 'none'" in page
        assert "<link" not in page


def test_a_wrong_dose_is_told_of_by_its_kind_with_the_right_calculation(
    pages: Mapping[str, str],
) -> None:
    told = section(pages["berit"], "Oppgave 1: Regn om")
    assert "0 av 2 poeng" in told
    assert "180000 mg/24 t" in told
    assert "Du har trolig regnet mg som µg" in told
    assert "Et farlig svar" in told, "the trainee sees the flag that the leader sees"
    assert "Riktig svar 180 (172–200) mg/24 t" in told
    assert "oksykodon po 40 mg/24 t × 1,5 (1,3–2) = 60 (52–80) mg oral morfin/24 t" in told
    assert "Begge preparatene teller med." in told


def test_options_are_told_of_in_the_notebooks_words(pages: Mapping[str, str]) -> None:
    assert "Svaret ditt Doble dosen" in section(pages["berit"], "Oppgave 2: Velg")
    assert "Riktig svar Starte smertepumpe" in section(pages["berit"], "Oppgave 2: Velg")
    told = section(pages["berit"], "Oppgave 3: Rekkefølge")
    assert "Skrive notat Ringe legen Se til pasienten" in told


def test_a_marked_text_shows_level_comment_and_who_marked_it(pages: Mapping[str, str]) -> None:
    told = section(pages["anne"], "Oppgave 6: Tekst")
    assert "3 av 4 poeng" in told
    assert "Klarhet Sier alt som trengs. 2 av 2" in told
    assert "Varme Vennlig. 1 av 2" in told
    assert " ".join(LEADER.split()) in told
    assert "Kari Rettesen" in words(pages["anne"])
    assert "Kari Rettesen" not in pages["berit"]


def test_a_text_that_waits_is_said_to_wait_and_there_is_no_sum(pages: Mapping[str, str]) -> None:
    page = words(pages["berit"])
    assert "Ikke rettet ennå: Oppgave 6: Tekst." in page
    assert "<tfoot>" not in pages["berit"]
    assert "Ikke vurdert ennå" in section(pages["berit"], "Oppgave 6: Tekst")


def test_the_sum_is_there_when_all_is_graded_with_what_lateness_took(
    pages: Mapping[str, str],
) -> None:
    page = words(pages["anne"])
    assert "Trekk for sen levering −1,4" in page  # a tenth of 14
    assert "Sum 12,6 av 15" in page
    assert "Hver påbegynte dag etter fristen tar 10 % av poengene." in page


def test_a_case_is_debriefed_with_its_dangers(pages: Mapping[str, str]) -> None:
    told = section(pages["berit"], "Oppgave 5: Kasuset")
    assert "Farlige handlinger på veien" in told
    assert "Trygghet" in told
    assert "Veien din gjennom kasuset" in told
    assert "Farlige handlinger" not in section(pages["anne"], "Oppgave 5: Kasuset")


def test_code_is_shown_as_it_was_written_and_nothing_that_it_printed(
    pages: Mapping[str, str],
) -> None:
    told = section(pages["anne, kode"], "Oppgave 1: Kode")
    assert "raise ValueError('SPORET_' + 'TRACEBACK')" in told
    assert "0 av 1 poeng" in told


def test_what_is_for_practice_has_no_points(pages: Mapping[str, str]) -> None:
    page = words(pages["eli"])
    assert "Jeg ble stille." in page
    assert not re.search(r"\d (av|of) \d|Sum|poengene gitt", page)


def test_the_page_says_how_to_ask_for_a_new_look(pages: Mapping[str, str]) -> None:
    assert "Skriv til kurs@eksempel.no." in words(pages["anne"])


def test_every_score_stands_with_when_and_by_whom(pages: Mapping[str, str]) -> None:
    history = words(pages["anne"].split('id="history"')[1].split("</section>")[0])
    assert "PallKit, automatisk" in history
    assert "Kari Rettesen" in history


def run(*words_: str | Path) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words_])


def copied(course: Path, target: Path) -> Path:
    return shutil.copytree(course, target / "kurs")


def test_a_page_is_not_made_where_the_gradebook_has_another_score(
    course: Path, tmp_path: Path
) -> None:
    mine = copied(course, tmp_path)
    page = mine / "feedback" / "k01" / "prove" / "prove.html"
    assert run("feedback", mine, "--assignment", "prove", "--trainee", "k01").exit_code == 0
    assert page.is_file()
    with opened(mine) as of:
        of.book.find_grade("tall", "prove", "prove", "k01").auto_score = 0.5
        of.book.db.commit()
    done = run("feedback", mine, "--assignment", "prove", "--trainee", "k01")
    assert done.exit_code == 1
    assert "k01: «tall» har 0,5 poeng" in done.output
    assert not page.exists(), "neither an old page nor nbgrader's own is left to be handed out"


def test_a_log_that_was_lost_is_not_graded_and_not_0(course: Path, tmp_path: Path) -> None:
    mine = copied(course, tmp_path)
    (mine / "autograded" / "k02" / "prove" / LOG_NAME).write_bytes(b"\x00\xff")
    with opened(mine) as of:
        for grade in of.book.find_submission("prove", "k02").notebooks[0].grades:
            grade.auto_score = 0.0  # as stock nbgrader has it: a cell can say no more
        of.book.db.commit()
        source = read_source(of, "prove")
        page = feedback_html(gather(source, "k02"))
    assert "Ikke rettet" in words(page)
    assert "<tfoot>" not in page


def test_an_identity_number_is_never_repeated(course: Path, tmp_path: Path) -> None:
    mine = copied(course, tmp_path)
    with opened(mine) as of:
        entry = Entry(
            datetime.now(UTC), "prove", "anne", "tall", Decimal(1), Decimal(1), "Kari", "",
            "Pasient 01019012345 ringte",
        )  # fmt: skip
        record(of.book.db, entry)
        page = feedback_html(gather(read_source(of, "prove"), "anne"))
    assert "01019012345" not in page
    assert "ser ut som et fødselsnummer" in page


def test_the_pdf_is_for_reading_aloud_too_and_says_what_it_is_not_for_on_every_page(
    course: Path, tmp_path: Path
) -> None:
    mine = copied(course, tmp_path)
    assert (
        run("feedback", mine, "--assignment", "prove", "--trainee", "anne", "--pdf").exit_code == 0
    )
    paper = PdfReader(mine / "feedback" / "anne" / "prove" / "prove.pdf")
    assert paper.trailer["/Root"]["/Lang"] == "nb"
    assert "/StructTreeRoot" in paper.trailer["/Root"]
    for page in paper.pages:
        assert render(WATERMARK, "nb") in " ".join(page.extract_text().split())


@pytest.mark.parametrize("wrong", [["--assignment", "finnes-ikke"], ["--trainee", "kari"]])
def test_what_is_not_there_is_told_of_in_one_line(course: Path, wrong: list[str]) -> None:
    given = ["--assignment", "prove", *wrong] if "--trainee" in wrong else wrong
    done = run("feedback", course, *given)
    assert done.exit_code != 0
    assert done.exception is not None


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # nbgrader's
def test_nbgrader_hands_our_page_out_and_the_trainee_fetches_it(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = copied(course, tmp_path)
    stock = mine / "feedback" / "k03" / "prove"
    stock.mkdir(parents=True)
    (stock / "prove.html").write_text("<pre>SPORET_TRACEBACK</pre>")
    (stock / "annet.html").write_text("lederens egen")
    done = run("feedback", mine, "--assignment", "prove", "--trainee", "k03")
    assert "annet.html" in done.output, "nbgrader would hand it out too"
    (stock / "annet.html").unlink()
    _exchange(mine, tmp_path / "utveksling", "release_feedback", "prove", mine)
    cached = tmp_path / "buffer" / "provekurs" / "k03+prove+2026-11-20 13:04:05.123456 UTC"
    shutil.copytree(mine / "submitted" / "k03" / "prove", cached)
    home = tmp_path / "hjemme"
    home.mkdir()
    monkeypatch.chdir(home)
    _exchange(mine, tmp_path / "utveksling", "fetch_feedback", "prove", home)
    fetched = home / "prove" / "feedback" / "2026-11-20 13:04:05.123456 UTC" / "prove.html"
    assert fetched.read_text() == (stock / "prove.html").read_text()
    assert "SPORET_TRACEBACK" not in fetched.read_text()


def test_nbgraders_own_way_to_make_feedback_makes_our_page(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = copied(course, tmp_path)
    monkeypatch.setenv(KEY_VARIABLE, "")  # the settings set it, and it is put back
    from nbgrader.apps import NbGraderAPI  # noqa: PLC0415  # seconds to import
    from traitlets.config import Config  # noqa: PLC0415

    config = Config()
    configure(config, mine)
    made = NbGraderAPI(config=config).generate_feedback("kode", "anne")
    assert made["success"], made
    page = (mine / "feedback" / "anne" / "kode" / "kode.html").read_text(encoding="utf-8")
    assert "PallKit" in page
    assert not [one for one in SECRETS if one in page]


def _exchange(course: Path, exchange: Path, what: str, name: str, place: Path) -> None:
    """Run a part of nbgrader's exchange in this process."""
    from nbgrader.coursedir import CourseDirectory  # noqa: PLC0415  # seconds to import
    from nbgrader.exchange import default  # noqa: PLC0415
    from traitlets.config import Config  # noqa: PLC0415

    exchange.mkdir(exist_ok=True)
    exchange.chmod(0o777)
    config = Config()
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.course_id = "provekurs"
    config.CourseDirectory.assignment_id = name
    config.Exchange.root = str(exchange)
    config.Exchange.cache = str(exchange.parent / "buffer")
    config.Exchange.assignment_dir = str(place)
    classes = {
        "release_feedback": default.ExchangeReleaseFeedback,
        "fetch_feedback": default.ExchangeFetchFeedback,
    }
    classes[what](coursedir=CourseDirectory(config=config), config=config).start()


def test_everyone_in_a_group_gets_the_page_of_the_one_hand_in(course: Path, tmp_path: Path) -> None:
    mine = copied(course, tmp_path)
    settings = (mine / "course.yaml").read_text(encoding="utf-8")
    (mine / "course.yaml").write_text(settings.replace("graded: false", "group: true"))
    rules = (mine / "rules.yaml").read_text(encoding="utf-8")
    (mine / "rules.yaml").write_text(rules + "  - {id: Sør, members: [eli, anne]}\n")
    with opened(mine) as of:
        source = read_source(of, "ovelse")
        assert set(source) == {"eli", "anne"}
        page = words(feedback_html(gather(source, "anne")))
    assert "Til Anne Østbø" in page
    assert "Jeg ble stille." in page
    assert "Alle i gruppa får det samme" in page


def test_of_what_code_printed_only_the_keys_own_words_are_passed_on(tmp_path: Path) -> None:
    hint = Words("Tell bare dem som er målt.", "Tel berre dei som er målte.", "Count the measured.")
    value = Check(Points(Decimal(1)), hint, value=Name("andel"), equals=Plain("NOKKEL_INDRE"))
    task = CodeTask(Slug("kode"), "code", Points(Decimal(1)), (value,))
    printed = ["andel = 'NOKKEL_INDRE'", hint.nb, "Traceback (most recent call last):", "Riktig."]
    cell = _cell_that_printed("\n".join(printed))
    (tmp_path / "kode.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    assert said_of_code(task, tmp_path, "nb") == (hint.nb, "Riktig.")


def _cell_that_printed(text: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "metadata": {"nbgrader": {"grade_id": "kode", "grade": True}},
        "source": 'check("kode")',
        "outputs": [{"output_type": "stream", "name": "stdout", "text": text}],
    }


def test_what_the_leader_was_told_names_the_task_as_the_trainee_knows_it(
    pages: Mapping[str, str],
) -> None:
    seen = words(pages["berit"].split('id="seen"')[1].split("</section>")[0])
    assert "«Oppgave 2: Velg»: Det er valgt noe farlig." in seen
    assert "«valg»" not in seen
