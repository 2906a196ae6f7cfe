"""Teaching only, by design: nowhere to put a real person, and the same words wherever one reads.

Every way into PallKit is tried with numbers that could be an identity number; every page,
print and file meant to be read is opened and searched for the line on what it is not for.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from tests.app.server_process import Server, serving

import pallkit
import pallkit_app
import pallkit_grading
import pallkit_widgets
from pallkit import content
from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.answers import read, record
from pallkit.cases import begin, load, play
from pallkit.cases.model import DoseStep, PlainStep
from pallkit.doses import read_dose, read_number, read_preparation, read_quantity
from pallkit.errors import PallkitError
from pallkit.i18n import LANGUAGES, Language, render
from pallkit.opioids import read_reduction
from pallkit_app.cli import main
from pallkit_app.guide import guide_html
from pallkit_widgets import (
    AnswerBox,
    CasePlayer,
    OpioidCalculator,
    PracticeTasks,
    PumpCalculator,
    RatioSetBrowser,
)
from pallkit_widgets.pump_calculator.forms import SECTIONS, Section, empty
from pallkit_widgets.shared.base import PallkitWidget

ROOT = Path(__file__).parents[2]
CASE = "smerte-kan-ikke-svelge"
PERSONS = ["01019012345", "010190 12345", "010190\u00a012345", "Kari, 01.01.90-12345, har vondt"]
SETS = ["--set", "klb-2008"]
TO = ["--to", "morfin sc"]
COMMANDS = {
    "omeq, the dose": ["omeq", "morfin po {} mg/d", *SETS],
    "omeq, the set": ["omeq", "morfin po 30 mg/d", "--set", "{}"],
    "convert, the dose": ["convert", "morfin po {} mg/d", *TO, *SETS],
    "convert, to what": ["convert", "morfin po 30 mg/d", "--to", "{}", *SETS],
    "convert, the reduction": ["convert", "morfin po 30 mg/d", *TO, *SETS, "--reduce", "{}"],
    "guide, the case": ["guide", "{}"],
    "guide, the file": ["guide", CASE, "-o", "{}.html"],
    "course new, the folder": ["course", "new", "{}"],
    "course new, the template": ["course", "new", "kurs", "--from", "{}"],
    "course results, the assignment": ["course", "results", ".", "--assignment", "{}"],
    "serve, the address for reports": ["serve", "--no-open", "--report-address", "{}@example.org"],
}  # fmt: skip
PAGES = [
    *("/", "/kasus", f"/kasus/{CASE}", f"/kasus/{CASE}/qr", "/moduler", "/om"),
    *("/tilgjengelighet", "/meld-fra", "/finnes-ikke"),
]
APPS = [f"/app/kasus?case={CASE}", "/app/kalkulator"]


def run(*arguments: str, cwd: Path, lang: Language = "nb") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pallkit_app", *arguments],
        cwd=cwd,
        env={**os.environ, "PALLKIT_LANG": lang, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def tell(widget: PallkitWidget, **message: Any) -> None:
    """Send a widget what its page would send."""
    widget._receive(widget, message, [])


def the_step(case_id: str, kind: type) -> tuple[list[dict[str, str]], str]:
    """Decisions that lead to the first step of a kind where something is typed."""
    case = load(case_id)
    state, made = begin(case), []
    while state.step is not None:
        step = case.by_id[state.step]
        if isinstance(step, kind) and step.kind in {"dose", "reflect"}:
            return made, step.id
        decision = {"step": step.id}
        if step.kind == "choice":
            decision["option"] = next(option.id for option in step.options if option.best)
        elif isinstance(step, DoseStep):
            decision["dose"] = "30 mg/24 t"
            if step.answer_unit == "mg":
                decision["dose"] = "5 mg"
        state, _events = play(case, state, decision)
        made.append(decision)
    raise AssertionError(f"{case_id} has no such step")


# --- No field takes an identity number -----------------------------------------------------------


@pytest.mark.parametrize("person", PERSONS)
@pytest.mark.parametrize(
    "reader",
    [
        pytest.param(lambda p: read_dose(f"morfin po {p} mg/d"), id="dose"),
        pytest.param(lambda p: read_quantity(f"{p} mg"), id="quantity"),
        pytest.param(read_number, id="number"),
        pytest.param(read_preparation, id="preparation"),
        pytest.param(lambda p: read_reduction(f"{p} %"), id="reduction"),
        pytest.param(lambda p: record("answer", "oppgave", p), id="record in an answer log"),
    ],
)
def test_nothing_that_reads_what_people_write_takes_one(reader: Any, person: str) -> None:
    with pytest.raises(PallkitError):
        reader(person)


@pytest.mark.parametrize("person", PERSONS)
@pytest.mark.parametrize("kind", ["dose", "number", "text"])
def test_the_answer_box_refuses_it_and_saves_nothing(
    tmp_path: Path, kind: Any, person: str
) -> None:
    log = tmp_path / "svar.jsonl"
    box = AnswerBox("oppgave", kind, log=log)
    tell(box, type="save", text=person)
    assert box.view["error"]
    assert "90" not in box.view["error"], "the message must not repeat the number"
    assert box.view["answers"] == []
    assert [entry.type for entry in read(log).records] == ["opened"]


@pytest.mark.parametrize("person", PERSONS)
@pytest.mark.parametrize(("kind", "field"), [(PlainStep, "text"), (DoseStep, "dose")])
def test_the_case_player_refuses_it_in_every_field_and_stays_where_it_is(
    tmp_path: Path, kind: type, field: str, person: str
) -> None:
    made, step = the_step(CASE, kind)
    log = tmp_path / "svar.jsonl"
    player = CasePlayer(CASE, log=log)
    for decision in made:
        tell(player, type="decide", decision=decision)
    before = log.read_bytes()
    tell(player, type="decide", decision={"step": step, field: person})
    assert player.view["step"]["id"] == step
    assert player.view["error"]["text"]
    assert list(player.decisions) == made
    assert log.read_bytes() == before


@pytest.mark.parametrize("person", PERSONS)
@pytest.mark.parametrize(
    "field",
    ["drug", "route", "dose", "given", "change", "set", "to", "number", "rule", "of", "gfr"],
)
def test_every_field_of_the_calculator_refuses_it(field: str, person: str) -> None:
    row = {"drug": "morphine", "route": "oral", "dose": "30 mg/24 t"}
    row |= {"use": "fixed", "given": "", "change": ""}
    form: dict[str, Any] = {"set": "klb-2008", "to": "morfin sc", "gfr": "", "flags": []}
    form |= {"reduce": {"kind": "none", "number": "", "rule": ""}}
    form |= {"rows": [row], "rescue": {"rule": "", "of": ""}}
    place = next(part for part in (row, form["reduce"], form["rescue"], form) if field in part)
    place[field] = person
    calculator = OpioidCalculator()
    tell(calculator, type="calculate", form=form)
    assert calculator.view["error"]
    assert calculator.view["result"] is None
    assert not holds(calculator.view, person)


@pytest.mark.parametrize("person", PERSONS)
@pytest.mark.parametrize(
    ("section", "field"),
    [(section, field) for section in SECTIONS for field in empty(section)],
)
def test_every_field_of_the_pump_calculator_refuses_it(
    section: Section, field: str, person: str
) -> None:
    form = empty(section)
    written = {"parts": [{"drug": "morphine", "amount": person, "strength": "10"}]}
    form[field] = written.get(field, [person] if field == "sets" else person)
    calculator = PumpCalculator()
    tell(calculator, type=section, form=form)
    assert calculator.view["errors"][section]
    assert calculator.view["answers"][section] is None
    assert not holds(calculator.view, person)


@pytest.mark.parametrize("person", PERSONS)
@pytest.mark.parametrize(
    "message",
    [{"type": "check", "task": 0}, {"type": "fetch", "level": "A"}],
    ids=["answer", "seed"],
)
def test_the_practice_tasks_refuse_it(message: dict[str, Any], person: str) -> None:
    tasks = PracticeTasks()
    field = "text" if message["type"] == "check" else "seed"
    tell(tasks, **message, **{field: person})
    assert tasks.view["error"]
    assert not holds(tasks.view, person)


@pytest.mark.parametrize("person", PERSONS)
def test_the_search_in_the_tables_refuses_it(person: str) -> None:
    browser = RatioSetBrowser()
    tell(browser, type="find", text=person)
    assert not holds(browser.view, person)


@pytest.mark.parametrize("person", PERSONS)
@pytest.mark.parametrize("widget", [OpioidCalculator, PumpCalculator, RatioSetBrowser])
def test_no_address_brings_one_into_a_page(widget: Any, person: str) -> None:
    assert not holds(widget(start=person).view, person)


@pytest.mark.parametrize("person", PERSONS)
def test_no_widget_can_be_created_or_set_to_show_one(person: str) -> None:
    calculator = OpioidCalculator()
    before = dict(calculator.view)
    calculator.set_state({"view": {"title": person}})
    tell(calculator, type="language", lang=person)
    tell(calculator, type="invented", text=person)
    assert not holds(calculator.view, person)
    assert calculator.view.keys() == before.keys()


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_every_command_refuses_it_without_repeating_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["pallkit", *(w.format(PERSONS[0]) for w in arguments)])
    with pytest.raises(SystemExit, match="2"):
        main()
    printed = capsys.readouterr()
    assert PERSONS[0] not in printed.out + printed.err
    assert list(tmp_path.iterdir()) == []


def holds(value: object, person: str) -> bool:
    return person in json.dumps(value, ensure_ascii=False)


def test_every_field_a_page_offers_is_one_of_those_tried_here() -> None:
    fields = {
        path.relative_to(ROOT / "widgets/pallkit_widgets").parts[0]
        for path in ROOT.glob("widgets/pallkit_widgets/*/*.js")
        if re.search(r"[\"'`<](input|textarea)\b|contenteditable", path.read_text())
    }
    tried = {"calculator", "pump_calculator", "practice_tasks", "ratio_set_browser"}
    assert fields <= tried | {"answer_box", "case_player", "shared"}
    searches = {"cases.html.j2", "start.html.j2"}
    leaders = {"marking.html.j2"}  # refused when it is saved: tests/grading/test_manual_marks.py
    for template in ROOT.glob("kit/pallkit_app/**/*.j2"):
        if template.name in leaders:
            continue
        inputs = re.findall(r"<input(?![^>]* readonly)[^>]*|<textarea", template.read_text())
        written = [each for each in inputs if re.search(r"type=.(text|number|search)|<text", each)]
        expected = ["search"] if template.name in searches else []
        assert [re.findall(r"type=.(\w+)", each)[0] for each in written] == expected, template


@pytest.mark.parametrize("person", PERSONS)
def test_the_search_in_the_cases_leaves_it_out(server: Server, person: str) -> None:
    reply = server.get(f"/kasus?q={quote(person)}&topic={quote(person)}")
    assert reply.status == 200
    assert person not in reply.text


# --- Every page, print and file says what it is not for ------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_watermark_and_the_purpose(
    server: Server, path: str, lang: Language
) -> None:
    said(server.get(f"{path}?lang={lang}").page.get_text(), lang)


@pytest.mark.parametrize(("path", "lang"), [(APPS[0], "nn"), (APPS[1], "nb")])
def test_every_page_with_a_widget_has_them_too(server: Server, path: str, lang: Language) -> None:
    mark = "&" if "?" in path else "?"
    said(server.get(f"{path}{mark}lang={lang}").page.get_text(), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_widget_carries_the_watermark_wherever_it_is_shown(lang: Language) -> None:
    for widget in (
        OpioidCalculator(lang),
        AnswerBox("o", lang=lang, log=None),
        CasePlayer(CASE, lang),
        PracticeTasks(lang=lang),
        PumpCalculator(lang),
        RatioSetBrowser(lang),
    ):
        assert widget.view["labels"]["watermark"] == render(WATERMARK, lang)


def test_a_widgets_script_shows_the_watermark() -> None:
    for name in (
        *("answer_box", "calculator", "case_player"),
        *("practice_tasks", "pump_calculator", "ratio_set_browser"),
    ):
        scripts = "".join(
            path.read_text() for path in ROOT.glob(f"widgets/pallkit_widgets/{name}/*.js")
        ) + "".join(path.read_text() for path in ROOT.glob("widgets/pallkit_widgets/shared/*.js"))
        assert "labels.watermark" in scripts


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", content.case_ids())
def test_every_leader_guide_has_them(case: str, lang: Language) -> None:
    said(re.sub(r"<[^>]+>", " ", guide_html(case, lang)).replace("&#39;", "'"), lang)


@pytest.mark.parametrize(
    ("arguments", "lang"),
    [
        (["omeq", "morfin po 30 mg/d", *SETS], "nb"),
        (["convert", "morfin po 30 mg/d", *TO, *SETS], "nn"),
        (["convert", "metadon po 30 mg/d", *TO, *SETS], "en"),
    ],
    ids=["an answer", "a conversion", "a refusal"],
)
def test_every_answer_on_the_command_line_has_the_watermark(
    tmp_path: Path, arguments: list[str], lang: Language
) -> None:
    mark = render(WATERMARK, lang)
    assert run(*arguments, cwd=tmp_path, lang=lang).stdout.rstrip().endswith(mark)
    assert (
        json.loads(run(*arguments, "--json", cwd=tmp_path, lang=lang).stdout)["watermark"] == mark
    )


NOTEBOOKS = sorted(ROOT.glob("courses/*/source/*/*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_assignment_says_it_in_its_first_cell(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    first = "".join(notebook["cells"][0]["source"])
    lang: Language = "nn" if path.stem.endswith("-nn") else "nb"
    said(first.replace("*", ""), lang)


def said(text: str, lang: Language) -> None:
    page = " ".join(text.split())
    assert render(WATERMARK, lang) in page
    assert render(INTENDED_PURPOSE, lang) in page


# --- The intended purpose in the same words ------------------------------------------------------


def test_the_readme_says_it_on_its_first_screen() -> None:
    first = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split("\n")[:12])
    assert render(INTENDED_PURPOSE, "nb") in first
    assert render(INTENDED_PURPOSE, "en") in first


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_says_it(tmp_path: Path, lang: Language) -> None:
    assert render(INTENDED_PURPOSE, lang) in " ".join(
        run("--help", cwd=tmp_path, lang=lang).stdout.split()
    )


@pytest.mark.parametrize(
    "package", [pallkit, pallkit_app, pallkit_widgets, pallkit_grading], ids=lambda p: p.__name__
)
def test_the_api_documentation_says_it(package: Any) -> None:
    assert str(INTENDED_PURPOSE) in " ".join(str(package.__doc__).split())


def test_nobody_says_it_in_other_words() -> None:
    """Half of the sentence anywhere is the whole of it: no second version creeps in."""
    whole = {lang: render(INTENDED_PURPOSE, lang) for lang in LANGUAGES}
    tails = {lang: words.partition("; ")[2].rstrip(".").casefold() for lang, words in whole.items()}
    for path in documents():
        text = " ".join(plain(path).split())
        for lang, tail in tails.items():
            alone = text.casefold().count(tail)
            assert alone == text.casefold().count(whole[lang].rstrip(".").casefold()), path


def documents() -> list[Path]:
    kept = ("README.md", "docs/*.md", "CHANGELOG.md", "CONTRIBUTING.md", "pyproject.toml")
    code = (
        f"{root}/**/*{kind}"
        for root in ("kit", "widgets", "grading")
        for kind in (".py", ".j2", ".js")
    )
    found = [path for pattern in (*kept, *code) for path in ROOT.glob(pattern)]
    return [path for path in found if "_static" not in path.parts]


def plain(path: Path) -> str:
    """A file's words; of Python only its texts, joined as Python joins them."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    constants = (node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
    return "\n".join(value for value in constants if isinstance(value, str))
