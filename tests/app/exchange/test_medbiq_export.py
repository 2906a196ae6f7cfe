"""A case leaves as a package that the official schemas accept, and says what it lost."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from tests.kit.rich_case import rich_case
from tests.kit.rich_prose import rich_prose
from typer.testing import CliRunner

from pallkit import cases, content
from pallkit.cases import structure
from pallkit.cases.prose import structure_prose
from pallkit.cases.steps import EstimateStep
from pallkit.errors import PallkitError
from pallkit.i18n import LANGUAGES, Language
from pallkit_app.cli import app
from pallkit_app.exchange.features import used
from pallkit_app.exchange.markup import read_xml
from pallkit_app.exchange.medbiq.exporting import package, write
from pallkit_app.exchange.medbiq.losing import CARRIED, lost
from pallkit_app.exchange.medbiq.names import CASE_FILES, DATA, MODEL, OWN, XHTML, q
from pallkit_app.exchange.medbiq.validity import refuse_invalid

CASE = "smerte-kan-ikke-svelge"
CHOICES = "hva-er-viktig"
LEVELS = "pusten"


@cache
def exported(case_id: str, lang: Language) -> Mapping[str, bytes]:
    return package(case_id, lang)[0]


def model(files: Mapping[str, bytes]) -> Element:
    return read_xml(files["activitymodel.xml"], "activitymodel.xml")


@pytest.mark.parametrize("case_id", content.case_ids())
def test_every_case_follows_the_official_schemas(
    case_id: str,
    whole: bool,  # noqa: FBT001  # pytest hands fixtures over by name
) -> None:
    languages: tuple[Language, ...] = ("nb", "nn") if whole else ("nn",)
    for lang in languages:
        files = exported(case_id, lang)
        for name in CASE_FILES:
            refuse_invalid(read_xml(files[name], name), name)


def test_every_node_that_is_named_is_there_and_shows_what_is_there() -> None:
    files = exported(CASE, "nb")
    root, shown = model(files), read_xml(files["dataavailabilitymodel.xml"], "d")
    nodes = [one.get("id") for one in root.iter(q(MODEL, "ActivityNode"))]
    assert len(set(nodes)) == len(nodes)
    for one in (*root.iter(q(MODEL, "ActivityNodeA")), *root.iter(q(MODEL, "ActivityNodeB"))):
        assert str(one.text).split("'")[1] in nodes
    held = {one.get("id") for one in shown if one.get("id")}
    assert {str(one.text).split("'")[1] for one in root.iter(q(MODEL, "Content"))} == held
    data = read_xml(files["virtualpatientdata.xml"], "v")
    ids = {one.get("id") for one in data}
    for path in (one.text or "" for one in shown.iter() if one.tag.endswith("ItemPath")):
        assert path.split("'")[1] in ids


def test_a_choice_is_links_whose_counters_are_its_points() -> None:
    root = model(exported(CHOICES, "nb"))
    case = cases.load(CHOICES)
    step = case.by_id["invitasjonen"]
    links = [
        one
        for one in root.iter(q(MODEL, "Link"))
        if "'invitasjonen'" in str(one.findtext(q(MODEL, "ActivityNodeA")))
    ]
    texts = cases.prose(CHOICES, "nb")
    assert [one.get("label") for one in links] == [
        texts.steps[step.id].options[one.id].label
        for one in step.options  # type: ignore[union-attr]  # a choice
    ]
    first = {
        str(rule.findtext(q(MODEL, "CounterPath"))).split("'")[1]: str(
            rule.findtext(q(MODEL, "CounterOperator"))
        )
        + str(rule.findtext(q(MODEL, "CounterRuleValue")))
        for rule in links[0].iter(q(MODEL, "CounterActionRule"))
    }
    points = {
        str(axis): f"{'+' if value > 0 else '-'}{abs(value)}"
        for axis, value in step.options[0].score.items()  # type: ignore[union-attr]
    }
    assert points.items() <= first.items()


def test_a_computed_dose_becomes_doses_to_choose_between() -> None:
    root = model(exported(CASE, "nb"))
    case = cases.load(CASE)
    dose = next(step.id for step in case.steps if step.kind == "dose")
    labels = [
        str(one.get("label"))
        for one in root.iter(q(MODEL, "Link"))
        if f"'{dose}'" in str(one.findtext(q(MODEL, "ActivityNodeA")))
    ]
    assert len(labels) == 3
    assert all("mg" in label or "µg" in label for label in labels)


def test_a_figure_that_is_to_be_estimated_is_not_shown_as_a_counter() -> None:
    case = cases.load(LEVELS)
    asked = {step.of for step in case.steps if isinstance(step, EstimateStep)} - {None}
    assert asked
    root = model(exported(LEVELS, "nb"))
    visible = {one.get("id"): one.get("isVisible") for one in root.iter(q(MODEL, "Counter"))}
    assert {visible[f"esas.{item}"] for item in asked} == {"false"}
    assert "true" in visible.values()


def test_what_a_reader_sees_says_what_it_is_for_and_that_it_is_a_draft() -> None:
    files = exported(CASE, "nb")
    data = read_xml(files["virtualpatientdata.xml"], "v")
    notice = next(one for one in data if one.get("id") == "notice")
    words = " ".join(notice.itertext())
    assert "Øving på oppdiktede pasienter; ikke klinisk beslutningsstøtte." in words
    assert "Utkast" in words
    assert "oppdiktede pasienter" in files["metadata.xml"].decode()
    assert "<value>draft</value>" in files["metadata.xml"].decode()


def test_texts_are_plain_divs_that_old_players_find() -> None:
    files = exported(CASE, "nb")
    text = files["virtualpatientdata.xml"].decode()
    assert f'<div xmlns="{XHTML}">' in text
    assert "<ns0" not in text
    assert f'<VirtualPatientData xmlns="{DATA}">' in text


def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    write(CHOICES, "nn", first)
    write(CHOICES, "nn", second)
    assert first.read_bytes() == second.read_bytes()


def test_the_package_lists_everything_in_it(tmp_path: Path) -> None:
    write(CHOICES, "nb", tmp_path / "case.zip")
    with zipfile.ZipFile(tmp_path / "case.zip") as archive:
        names = archive.namelist()
        manifest = archive.read("imsmanifest.xml").decode()
    assert names[0] == "imsmanifest.xml"
    assert all(f'href="{name}"' in manifest for name in names[1:])
    assert "loss.txt" in names


def test_the_whole_case_lies_in_the_extension_in_every_language() -> None:
    root = model(exported(CASE, "nn"))
    own = root.find(f"{q(MODEL, 'XtensibleInfo')}/{q(OWN, 'case')}")
    assert own is not None
    assert json.loads(str(own.findtext(q(OWN, "structure")))) == content.case(CASE)
    held = {str(one.get("lang")): json.loads(one.text or "") for one in own.iter(q(OWN, "texts"))}
    there = {lang: content.prose(CASE, lang) for lang in LANGUAGES}
    assert held == {lang: texts for lang, texts in there.items() if texts is not None}


def test_a_level_leaves_out_what_is_not_offered_at_it() -> None:
    case = cases.load(LEVELS)
    assert len(case.open_levels) > 1
    made = {
        level: package(LEVELS, "nb", level=level, whole=False)[0]["activitymodel.xml"]
        for level in case.open_levels
    }
    assert len(set(made.values())) == len(made)


def test_all_that_is_not_carried_is_named_in_the_report() -> None:
    for case_id in content.case_ids():
        case, texts = cases.load(case_id), cases.prose(case_id, "nb")
        told = {(line.step, line.feature) for line in lost(case, texts).lines}
        for step, feature in used(case, texts):
            assert (step, feature) in told or feature in CARRIED or feature == "esas", feature
        assert (None, "esas") in told


def test_a_case_with_everything_a_case_can_have_names_all_that_is_not_carried() -> None:
    case = structure(rich_case())
    texts = structure_prose({**rich_prose()["nb"], "lang": "nb"})
    told = {line.feature for line in lost(case, texts).lines}
    there = {feature for _step, feature in used(case, texts)}
    assert told == there - CARRIED
    assert {"turns", "also", "consequences", "vitals", "people", "facts", "tasks"} <= told


def test_the_command_writes_the_package_and_tells_what_was_lost(tmp_path: Path) -> None:
    out = tmp_path / "kasus.zip"
    arguments = ["export", CASE, "--to", "medbiq", "-o", str(out), "--lang", "nn"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    assert str(out) in done.output
    assert "MedBiquitous" in done.output
    assert zipfile.is_zipfile(out)


def test_what_cannot_be_written_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(PallkitError, match="cannot be written"):
        write(CASE, "nb", tmp_path / "nowhere" / "case.zip")
    with pytest.raises(PallkitError, match="does not open at level C"):
        write(CHOICES, "nb", tmp_path / "case.zip", level="C")
    with pytest.raises(PallkitError, match="no “ukjent”"):
        write("ukjent", "nb", tmp_path / "case.zip")
    assert list(tmp_path.iterdir()) == []
