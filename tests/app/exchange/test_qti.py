"""A case becomes QTI 3 items that are judged as the engine judges, in a package in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from tests.app.exchange.full_case import FULL, full_bank
from tests.app.exchange.qti_answers import answers
from tests.app.exchange.qti_rules import SPACE, Session
from tests.kit.rich_bank import RICH
from tests.kit.rich_prose import rich_prose

from pallkit import cases
from pallkit.cases.play import begin, play
from pallkit.cases.state import Event, State
from pallkit.cases.steps import (
    ON,
    ConsultStep,
    PlainStep,
)
from pallkit.cases.values import AXES
from pallkit.errors import DoseError
from pallkit.i18n import LANGUAGES, Language
from pallkit_app.exchange.features import used
from pallkit_app.exchange.loss import Loss
from pallkit_app.exchange.markup import read_xml
from pallkit_app.exchange.package import read_package
from pallkit_app.exchange.qti import write
from pallkit_app.exchange.qti.arrivals import arrivals
from pallkit_app.exchange.qti.items import Items

REAL = ("smerte-kan-ikke-svelge", "pusten", "uenighet", "opioidbytte")
PACKAGING = "{http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1}"


@pytest.fixture
def rich(tmp_path: Path) -> Iterator[None]:
    """Of cases only the one with every kind of step, and the one with every feature."""
    with full_bank(tmp_path / "compiled"):
        yield


MADE: dict[tuple[str, Language], tuple[Mapping[str, bytes], Loss]] = {}
"""Each package once: it takes a second."""


def packed(folder: Path, case: str, lang: Language = "nb") -> tuple[Mapping[str, bytes], Loss]:
    if (case, lang) not in MADE:
        loss = write(case, lang, folder / "items.zip")
        MADE[case, lang] = read_package(folder / "items.zip"), loss
    return MADE[case, lang]


def items_of(files: Mapping[str, bytes]) -> dict[str, Element]:
    """Every item by its step's id, read as XML from a stranger is read."""
    return {
        name.removeprefix("items/").removesuffix(".xml"): read_xml(content, name)
        for name, content in files.items()
        if name.startswith("items/")
    }


def engine(case: cases.Case, state: State, decision: Mapping[str, str]) -> Event:
    _after, (event, *_more) = play(case, state, {"step": str(state.step), **decision})
    return event


def judged_alike(case_id: str, files: Mapping[str, bytes]) -> int:
    case, count = cases.load(case_id), 0
    met, items = arrivals(case), items_of(files)
    for id_, item in items.items():
        step, state = case.by_id[id_], met[id_].state
        for decision, responses in answers(step, state):
            try:
                event = engine(case, state, decision)
            except DoseError:  # «0» is no rate of a pump
                continue
            for wholes in (True, False):
                _alike(event, Session(item, responses, wholes=wholes), f"{id_} {responses}")
            count += 1
    return count


def _alike(event: Event, session: Session, what: str) -> None:
    got = session.outcomes
    axes = {axis: got[axis.upper()] for axis in AXES if got[axis.upper()]}
    assert axes == {axis: points for axis, points in event.score.items() if points}, what
    assert got["SCORE"] == sum(event.score.values()), what
    assert got["DANGER"] is event.danger, what
    told = [text for variable, text in got.items() if variable.startswith("FEEDBACK")]
    name = str(event.choice).replace("_", "-")
    assert f"o-{name}" in told or f"r-{name}" in told, what


@pytest.mark.parametrize("case", REAL)
def test_every_answer_is_judged_as_the_engine_judges_it(case: str, tmp_path: Path) -> None:
    files, _loss = packed(tmp_path, case)
    assert judged_alike(case, files) > 10


@pytest.mark.usefixtures("rich")
def test_every_kind_of_step_is_judged_as_the_engine_judges_it(tmp_path: Path) -> None:
    files, _loss = packed(tmp_path, FULL)
    assert set(items_of(files)) == {
        "sporre", "tegn", "tall", "rekke", "regn", "pumpe", "plan", "vei", "tanker"
    }  # fmt: skip
    assert judged_alike(FULL, files) > 100


@pytest.mark.parametrize("wholes", [True, False])
@pytest.mark.parametrize("typed", ["300", "130", "3000", "30 30", "030", "1.250", "tretti", "30 g"])
def test_no_player_takes_a_part_of_an_answer_for_the_whole(
    typed: str, tmp_path: Path, *, wholes: bool
) -> None:
    files, _loss = packed(tmp_path, REAL[0])
    item = items_of(files)["regn-om"]  # the right answer is 30
    outcomes = Session(item, {"RESPONSE": typed}, wholes=wholes).outcomes
    assert outcomes["FEEDBACK"] == ("r-too-high" if typed in {"300", "130", "3000"} else "o-unread")
    assert (outcomes["SCORE"] == 0) is (outcomes["FEEDBACK"] == "o-unread")


@pytest.mark.usefixtures("rich")
def test_people_are_asked_and_their_answers_shown_together(tmp_path: Path) -> None:
    files, _loss = packed(tmp_path, RICH)
    item = items_of(files)["sporre"]
    asked = {"RESPONSE": ["o-om-natten", "o-om-ord"]}
    outcomes = Session(item, asked, wholes=True).outcomes
    said = [text for name, text in outcomes.items() if name.startswith("FEEDBACK") and text]
    assert (said, outcomes["SCORE"]) == (asked["RESPONSE"], 1)
    interaction = next(item.iter(f"{SPACE}qti-choice-interaction"))
    assert interaction.get("max-choices") == "2"


@pytest.mark.usefixtures("rich")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_items_have_the_structure_qti_describes(lang: Language, tmp_path: Path) -> None:
    files, _loss = packed(tmp_path, RICH, lang)
    for item in items_of(files).values():
        _well_made(item)


@pytest.mark.parametrize("case", REAL)
def test_items_of_real_cases_have_it_too(case: str, tmp_path: Path) -> None:
    files, _loss = packed(tmp_path, case)
    for item in items_of(files).values():
        _well_made(item)


ORDER = (
    "response-declaration",
    "outcome-declaration",
    "item-body",
    "response-processing",
    "modal-feedback",
)
HTML = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h2"}
BLOCKS = {"p", "ul", "ol", "h2"}
INTERACTIONS = {"choice", "order", "slider", "text-entry", "extended-text"}


def _well_made(item: Element) -> None:
    """What QTI's descriptions ask, put down here: no schema could be had."""
    kinds = [one.tag.removeprefix(f"{SPACE}qti-") for one in item]
    assert kinds == sorted(kinds, key=ORDER.index)
    for needed in ("identifier", "title", "adaptive", "time-dependent"):
        assert item.get(needed)
    identifiers = [one.get("identifier") for one in item if one.get("identifier")]
    assert all(re.fullmatch(r"[A-Za-z_][\w-]*", str(one)) for one in identifiers)
    assert len(identifiers) == len(set(identifiers))
    for feedback in item.iter(f"{SPACE}qti-modal-feedback"):
        assert [one.tag for one in feedback] == [f"{SPACE}qti-content-body"]
        assert {one.tag.removeprefix(SPACE) for one in feedback[0]} <= BLOCKS
    _declared_and_used(item)
    for one in item.iter():
        name = one.tag.removeprefix(SPACE)
        assert name.startswith("qti-") or name in HTML, name
        assert name != "a" or list(one.attrib) == ["href"]


def _declared_and_used(item: Element) -> None:
    responses = {one.get("identifier") for one in item.iter(f"{SPACE}qti-response-declaration")}
    outcomes = {one.get("identifier") for one in item.iter(f"{SPACE}qti-outcome-declaration")}
    found = (one for kind in INTERACTIONS for one in item.iter(f"{SPACE}qti-{kind}-interaction"))
    asked = [one.get("response-identifier") for one in found]
    assert (set(asked), len(asked)) == (responses, len(responses))
    assert {one.get("identifier") for one in item.iter(f"{SPACE}qti-set-outcome-value")} <= outcomes
    read = {one.get("identifier") for one in item.iter(f"{SPACE}qti-variable")}
    assert read <= responses | outcomes
    values = item.iter(f"{SPACE}qti-base-value")
    named = {one.text for one in values if one.get("base-type") == "identifier"}
    shown = {one.get("identifier") for one in item.iter(f"{SPACE}qti-modal-feedback")}
    assert shown <= named
    choices = {one.get("identifier") for one in item.iter(f"{SPACE}qti-simple-choice")}
    assert named <= choices | shown


def test_the_package_names_every_file_and_the_test_every_item(tmp_path: Path) -> None:
    files, _loss = packed(tmp_path, REAL[0])
    manifest = read_xml(files["imsmanifest.xml"], "imsmanifest.xml")
    hrefs = [one.get("href") for one in manifest.iter(f"{PACKAGING}file")]
    assert sorted(map(str, hrefs)) == sorted(set(files) - {"imsmanifest.xml"})
    types = [one.get("type") for one in manifest.iter(f"{PACKAGING}resource")]
    assert types == [
        "imsqti_test_xmlv3p0",
        *["imsqti_item_xmlv3p0"] * len(items_of(files)),
        "webcontent",
    ]
    test = read_xml(files["test.xml"], "test.xml")
    refs = list(test.iter(f"{SPACE}qti-assessment-item-ref"))
    assert [one.get("href") for one in refs] == [f"items/{id_}.xml" for id_ in items_of(files)]
    for one in refs:
        item = read_xml(files[str(one.get("href"))], str(one.get("href")))
        assert item.get("identifier") == one.get("identifier")


def test_items_stand_in_the_order_of_the_best_way_and_detours_after(tmp_path: Path) -> None:
    files, _loss = packed(tmp_path, REAL[0])
    case = cases.load(REAL[0])
    met = arrivals(case)
    others = [met[id_].others for id_ in items_of(files)]
    assert others == sorted(others)
    assert others[0] == 0
    assert met[case.first].state == begin(case)


@pytest.mark.usefixtures("rich")
def test_an_item_stands_alone_with_the_patient_and_what_was_read_before_it(tmp_path: Path) -> None:
    files, _loss = packed(tmp_path, RICH)
    text = files["items/regn.xml"].decode()
    for told in (
        "Jon er 68 år",
        "Smerte 6",
        "morfin po 30 mg x 2",
        "mg/24 t",
        "oppdiktede",
        "Utkast",
        "Utregningen",
        "1. morfin po 30 mg x 2",
    ):
        assert told in text
    assert "Smerte 6" not in files["items/tall.xml"].decode()  # it is what is asked for


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_item_says_in_its_language_what_it_is(lang: Language, tmp_path: Path) -> None:
    files, loss = packed(tmp_path, REAL[0], lang)
    purpose = {"nb": "oppdiktede", "nn": "oppdikta", "en": "invented"}[lang]
    for name, content in files.items():
        assert name == "imsmanifest.xml" or purpose in content.decode(), name
    assert files["loss.txt"].decode() == loss.to_text(lang)


@pytest.mark.usefixtures("rich")
def test_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    write(RICH, "nb", tmp_path / "one.zip")
    write(RICH, "nb", tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.usefixtures("rich")
def test_the_report_names_every_feature_that_is_not_carried(tmp_path: Path) -> None:
    _files, loss = packed(tmp_path, FULL)
    told = {(line.step, line.feature) for line in loss.lines}
    there = used(cases.load(FULL), cases.prose(FULL, "nb"))
    silent = {feature for step, feature in there if (step, feature) not in told}
    assert silent == {"patient", "reflect", "feedback", "score", "danger", "tolerance"}


def test_the_report_says_which_steps_have_no_item_and_are_not_told(tmp_path: Path) -> None:
    files, loss = packed(tmp_path, REAL[0])
    case, items = cases.load(REAL[0]), set(items_of(files))
    gone = {line.step for line in loss.lines if (line.fate, line.feature) == ("dropped", "info")}
    text = "".join(content.decode() for name, content in files.items() if name.endswith(".xml"))
    for step in case.steps:
        if isinstance(step, PlainStep) and step.kind != "reflect":
            title = cases.prose(case.id, "nb").steps[step.id].title
            assert step.id not in items
            assert (f"<h2>{title}</h2>" in text) is (step.id not in gone), step.id


def test_what_a_case_says_is_escaped() -> None:
    prose: Any = deepcopy(rich_prose()["nb"])
    hostile = "<script>alert(1)</script> & ]]>"
    for step in prose["steps"].values():
        step["title"] = step["text"] = step["ask"] = hostile
        for option in step.get("options", {}).values():
            option.update(label=hostile, feedback=hostile)
    from tests.kit.rich_case import rich_case  # noqa: PLC0415

    from pallkit.cases.prose import structure_prose  # noqa: PLC0415

    case = cases.structure(rich_case())
    made = Items(case, structure_prose({**prose, "lang": "nb"}), "nb").all(arrivals(case))
    for id_, xml in made.items():
        assert "<script" not in xml
        _well_made(read_xml(xml.encode(), id_))


def test_a_consult_step_offers_no_way_on_as_a_box(tmp_path: Path) -> None:
    files, _loss = packed(tmp_path, "uenighet")
    case = cases.load("uenighet")
    for id_, item in items_of(files).items():
        if isinstance(case.by_id[id_], ConsultStep):
            boxes = [one.get("identifier") for one in item.iter(f"{SPACE}qti-simple-choice")]
            assert f"o-{ON}" not in boxes
