"""What a leader guide says, and what it keeps under the fold."""

from __future__ import annotations

import re
import shutil
from contextlib import AbstractContextManager
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pallkit import content
from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.cases import load, prose
from pallkit.cases.model import ways
from pallkit.i18n import LANGUAGES, Language, render
from pallkit_app.compile.build import compile_content
from pallkit_app.guide import guide_html
from pallkit_app.guide.routes import best_path

CASES = content.case_ids()
TABLETS = "smerte-kan-ikke-svelge"
ROOT = Path(__file__).parents[2]


class Reader(HTMLParser):
    """The words of a guide, those in plain sight and those under a fold apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.shown, self.folded = "", ""
        self._folds = 0
        self.feed(html)

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._folds += tag == "details"

    def handle_endtag(self, tag: str) -> None:
        self._folds -= tag == "details"

    def handle_data(self, data: str) -> None:
        if self._folds:
            self.folded += data
        else:
            self.shown += data


def words(text: str) -> str:
    """Text without Markdown's marks and with single spaces, to find it on a page."""
    return " ".join(re.sub(r"(?m)^- |\*+|\[|\]\([^)]*\)", "", text).split())


@cache
def written(case: str, lang: Language) -> str:
    """The guide of a case as it is in the bank, which no test changes."""
    return guide_html(case, lang)


@cache
def read(case: str, lang: Language) -> Reader:
    reader = Reader(written(case, lang))
    reader.shown, reader.folded = words(reader.shown), words(reader.folded)
    return reader


@pytest.mark.parametrize("lang", ["nb", "nn"])
@pytest.mark.parametrize("case", CASES)
def test_every_word_the_leader_needs_is_there(case: str, lang: Language) -> None:
    guide, text = read(case, lang), prose(case, lang)
    needed = [text.title, text.summary, *text.goals, text.patient]
    needed += [text.guide.before, text.guide.silent, text.guide.closing]
    needed += [question for asked in text.guide.questions.values() for question in asked]
    for step in text.steps.values():
        needed += [step.title, step.text, step.ask]
        needed += [option.label for option in step.options.values()]
        needed += [step.low, step.high]
        for field in step.fields.values():
            needed += [field.label, field.help, *field.options.values()]
    for person in text.people.values():
        needed += [person.name, person.about]
    missing = [
        want for want in needed for part in want.split("\n\n") if words(part) not in guide.shown
    ]
    assert missing == []


@pytest.mark.parametrize("lang", ["nb", "nn"])
@pytest.mark.parametrize("case", CASES)
def test_what_a_choice_gives_stands_under_the_fold_and_nowhere_else(
    case: str, lang: Language
) -> None:
    guide, text = read(case, lang), prose(case, lang)
    for step in text.steps.values():
        answers = [option.feedback for option in step.options.values()]
        answers += [*step.outcomes.values(), step.expert]
        for part in (words(part) for answer in answers for part in answer.split("\n\n")):
            if part.startswith("- ") or not part:
                continue  # a list is many items on the page
            assert part in guide.folded
            assert part not in guide.shown


def test_the_right_dose_is_computed_and_stands_with_its_receipt_under_the_fold() -> None:
    guide = read(TABLETS, "nb")
    assert "Riktig svar: 30 mg/24 t" in guide.folded
    assert "90 mg" in guide.folded, "the sum of regular and rescue doses"
    assert "30 mg/24 t" not in guide.shown


def test_the_plan_says_what_the_steps_take_and_if_they_were_cut() -> None:
    for case in map(load, CASES):
        planned = sum(case.by_id[id_].minutes for id_ in best_path(case))
        told = f"tar stegene {planned} av de 90 minuttene"
        if planned > 75:  # the welcome and the closing take their fifteen
            told = f"er ment å ta {planned} minutter"
        assert told in read(case.id, "nb").shown


@pytest.mark.parametrize("case", CASES)
def test_every_source_has_its_address_and_how_it_was_seen(case: str) -> None:
    html = written(case, "nb")
    known = {source["id"]: source for source in content.table("sources")}
    used = {*load(case).sources, *(id_ for step in load(case).steps for id_ in step.sources)}
    for source in (known[id_] for id_ in used):
        assert source["url"] is None or source["url"].replace("&", "&amp;") in html
    assert html.count('class="seen"') == len(used)


def test_each_option_says_which_step_it_leads_to() -> None:
    for case in map(load, CASES):
        html = written(case.id, "nb")
        told = sum(1 for step in case.steps for choice, _way in ways(step) if choice is not None)
        assert html.count('<article class="verdict') == told + html.count("verdict expert")
        for number in re.findall(r'href="#step-(\d+)"', html):
            assert f'id="step-{number}"' in html


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_it_says_what_it_is_not_for_and_that_the_case_is_a_draft(case: str, lang: Language) -> None:
    html = written(case, lang)
    page = Reader(html)
    assert f'<html lang="{lang}">' in html
    for text in (WATERMARK, INTENDED_PURPOSE):
        assert render(text, lang) in page.shown
    assert ('class="notice draft"' in html) == load(case).draft


@pytest.mark.parametrize("case", CASES)
def test_it_asks_nothing_of_the_network(case: str) -> None:
    html = written(case, "nb")
    fetches = r"<(link|img|iframe|object|embed|script[^>]+src)|@import|url\((?!.data:)"
    assert not re.search(fetches, html)


def test_a_case_not_yet_in_english_says_so_and_marks_its_words_as_bokmal(
    bank: Path, tmp_path: Path
) -> None:
    for english in bank.glob("casebank/cases/*/en.yaml"):
        english.unlink()
    with compiled(bank, tmp_path / "compiled"):
        html = guide_html(TABLETS, "en")
    assert "not written in this language yet" in html
    assert '<h1 lang="nb">' in html


def test_an_authors_angle_brackets_stay_words(bank: Path, tmp_path: Path) -> None:
    texts = bank / "casebank/cases" / TABLETS / "nb.yaml"
    evil = texts.read_text(encoding="utf-8").replace("title: Torbjørn", "title: <b onclick=x>T", 1)
    texts.write_text(evil, encoding="utf-8")
    with compiled(bank, tmp_path / "compiled"):
        html = guide_html(TABLETS, "nb")
    assert "&lt;b onclick=x&gt;T" in html
    assert "<b onclick" not in html


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "casebank", tmp_path / "bank" / "casebank")
    return tmp_path / "bank"


def compiled(bank: Path, target: Path) -> AbstractContextManager[None]:
    assert compile_content(bank, target) == {}
    return content.reading(target)
