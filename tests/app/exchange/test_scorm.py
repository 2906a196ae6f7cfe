"""A SCORM package: what is in it, what a platform reads in it, and what is told and kept."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from tests.app.exchange.static_player import ask, model_of, play_static
from tests.app.exchange.walks import distinct_ways
from tests.kit.rich_bank import RICH, rich_bank
from tests.kit.test_case_view import PLAYED

from pallkit.cases import load, prose
from pallkit.i18n import LANGUAGES, Language
from pallkit_app.exchange.features import used
from pallkit_app.exchange.package import read_package
from pallkit_app.exchange.scorm import write
from pallkit_app.exchange.scorm.losses import STEPS, WHOLE

CASE = "smerte-kan-ikke-svelge"
CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADL = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
MD = "{http://www.imsglobal.org/xsd/imsmd_rootv1p2p1}"


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Path]:
    with rich_bank(tmp_path / "bank") as folder:
        yield folder


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("scorm") / "case.zip"
    write(CASE, "nb", out)
    return out


def test_a_platform_finds_one_sco_and_every_file_it_lists(package: Path) -> None:
    files = read_package(package)
    manifest = fromstring(files["imsmanifest.xml"])
    assert manifest.findtext(f"{CP}metadata/{CP}schema") == "ADL SCORM"
    assert manifest.findtext(f"{CP}metadata/{CP}schemaversion") == "1.2"
    organizations = manifest.find(f"{CP}organizations")
    (organization,) = organizations.findall(f"{CP}organization")
    assert organizations.get("default") == organization.get("identifier")
    (item,) = organization.findall(f"{CP}item")
    (resource,) = manifest.findall(f"{CP}resources/{CP}resource")
    assert item.get("identifierref") == resource.get("identifier")
    assert (resource.get(f"{ADL}scormtype"), resource.get("type")) == ("sco", "webcontent")
    listed = [file.get("href") for file in resource.findall(f"{CP}file")]
    assert resource.get("href") in listed
    assert sorted([*listed, "imsmanifest.xml"]) == sorted(files)
    identifiers = [one.get("identifier") for one in manifest.iter() if one.get("identifier")]
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_says_in_its_own_description_what_it_is_for_and_that_it_is_a_draft(
    lang: Language, tmp_path: Path
) -> None:
    write(CASE, lang, tmp_path / "case.zip")
    manifest = fromstring(read_package(tmp_path / "case.zip")["imsmanifest.xml"])
    about = manifest.findtext(f".//{MD}description/{MD}langstring")
    purpose = {
        "nb": "Øving på oppdiktede pasienter; ikke klinisk beslutningsstøtte.",
        "nn": "Øving på oppdikta pasientar; ikkje klinisk avgjerdsstøtte.",
        "en": "Training on invented patients; not clinical decision support.",
    }
    assert purpose[lang] in about
    assert {"nb": "Utkast", "nn": "Utkast", "en": "Draft"}[lang] in about
    assert prose(CASE, lang).title == manifest.findtext(f".//{CP}item/{CP}title")


def test_is_the_same_bytes_every_time(package: Path, tmp_path: Path) -> None:
    write(CASE, "nb", tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == package.read_bytes()


def test_asks_no_one_for_anything_and_runs_no_text_as_code(package: Path) -> None:
    files = {name: data.decode("utf-8", "ignore") for name, data in read_package(package).items()}
    page = files["index.html"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|style=|https?://", page)
    for name in ("player.js", "view.js"):
        assert not re.search(
            r"\beval\(|new Function|\bimport\b|\bfetch\(|XMLHttpRequest", files[name]
        )
    for name in (one for one in files if one.endswith(".css")):
        for address in re.findall(r"url\(\"?([^)\"]+)\"?\)", files[name]):
            assert address in files, (name, address)
    links = set(re.findall(r'(?:src|href)="([^"]+)"', page))
    assert links <= files.keys()


def test_the_largest_and_the_smallest_case_are_small_packages(package: Path) -> None:
    assert package.stat().st_size < 300_000
    assert all(one.date_time[0] == 1980 for one in zipfile.ZipFile(package).infolist())


def test_what_a_case_says_stays_text(bank: Path, tmp_path: Path) -> None:
    place = bank / "cases" / RICH / "nb.json"
    texts = json.loads(place.read_text("utf-8"))
    odd = '</script><img src=x onerror=alert(1)> & "Jon" {lang}'
    texts["title"] = texts["steps"]["vei"]["title"] = odd
    texts["patient"] = odd
    place.write_text(json.dumps(texts), "utf-8")
    write(RICH, "nb", tmp_path / "case.zip")
    files = read_package(tmp_path / "case.zip")
    assert b"<img" not in files["index.html"]
    assert files["index.html"].count(b"</script>") == 3
    manifest = fromstring(files["imsmanifest.xml"])
    assert manifest.findtext(f".//{CP}item/{CP}title") == odd
    model = json.loads(files["case.js"].decode().removeprefix("window.PALLKIT_CASE = ")[:-2])
    assert model["steps"]["vei"]["view"]["title"] == odd
    assert "<img" not in model["case"]["patient_html"]


@pytest.mark.usefixtures("bank")
def test_the_report_tells_of_every_feature_that_is_not_kept_whole(tmp_path: Path) -> None:
    loss = write(RICH, "nb", tmp_path / "case.zip")
    case, texts = load(RICH), prose(RICH, "nb")
    wanted = {
        (step, feature)
        for step, feature in used(case, texts)
        if (WHOLE if step is None else STEPS)[feature] is not None
    }
    assert {(line.step, line.feature) for line in loss.lines} == wanted
    assert {"levels", "guide", "dose", "pump", "reflect", "document"} >= {
        feature for _step, feature in wanted
    } - {"goals", "review", "catalogue"}
    report = read_package(tmp_path / "case.zip")["loss.txt"].decode()
    assert report == loss.to_text("nb")
    assert "0 til 100" in report


@pytest.mark.usefixtures("bank")
def test_a_run_is_kept_in_a_line_and_taken_up_again_but_for_what_was_written(
    tmp_path: Path,
) -> None:
    model = model_of(RICH, "nb", "C")
    for made in [PLAYED, *distinct_ways(load(RICH), "kept", 4, "C")]:
        line, again = _kept(model, made, tmp_path)
        assert len(line) < 200
        assert "\n" not in line
        kept = [_unwritten(one) for one in again]
        assert kept == [_unwritten(_as_played(one)) for one in made]


def test_a_line_from_another_package_or_from_nobody_is_not_taken_up(tmp_path: Path) -> None:
    model = model_of(CASE, "nb")
    mark = model["mark"]
    odd = ["", "1|", "2|x|", f"1|{mark}", "1|00000000|~~", f"1|{mark}|zz~", f"1|{mark}|~9~", "{}"]
    calls = [["unpack", model, line] for line in odd]
    assert ask("saving.js", calls, tmp_path) == [None] * len(odd)
    assert ask("saving.js", [["unpack", model, f"1|{mark}|"]], tmp_path) == [[]]


def test_what_a_platform_can_keep_is_never_overrun(tmp_path: Path) -> None:
    (made,) = distinct_ways(load(CASE), "circles", 1)
    line = _asked_of_run("in_circles", model_of(CASE, "nb"), made, tmp_path)
    assert 4000 < len(line) <= 4096
    assert line.endswith("~")


@pytest.mark.usefixtures("bank")
def test_tells_a_platform_each_judged_answer_in_its_own_terms(tmp_path: Path) -> None:
    told = _asked_of_run("interactions", model_of(RICH, "nb", "A"), PLAYED, tmp_path)
    assert told == [
        {"type": "choice", "student_response": "b,c", "result": "wrong", "pattern": ["{a,b}"]},
        {"type": "numeric", "student_response": "3", "result": "wrong", "pattern": []},
        {
            "type": "sequencing",
            "student_response": "b,a,c,d",
            "result": "wrong",
            "pattern": ["a,b,c,d"],
        },
        {"type": "numeric", "student_response": "60", "result": "wrong", "pattern": []},
        {"type": "numeric", "student_response": "0.125", "result": "correct", "pattern": []},
        {"type": "performance", "student_response": "incomplete", "result": "wrong", "pattern": []},
        {"type": "choice", "student_response": "a", "result": "correct", "pattern": ["a"]},
    ]


@pytest.mark.usefixtures("bank")
def test_the_score_is_the_points_of_the_most_that_could_be_had_on_the_way(tmp_path: Path) -> None:
    model = model_of(RICH, "nb", "A")
    for made in [PLAYED, *distinct_ways(load(RICH), "score", 3, "A")]:
        (views,) = play_static(
            model, [[{"type": "decide", "decision": one} for one in made]], tmp_path
        )
        score = views[-1]["debrief"]["score"]
        got, most = (sum(axis[part] for axis in score) for part in ("points", "max"))
        share = _asked_of_run("share", model, made, tmp_path)
        assert share == max(0, min(100, int(100 * got / most + 0.5)))


def _kept(
    model: dict[str, Any], made: list[dict[str, str]], folder: Path
) -> tuple[str, list[dict[str, str]]]:
    line = _asked_of_run("pack", model, made, folder)
    (again,) = ask("saving.js", [["unpack", model, line]], folder)
    return line, again


def _asked_of_run(what: str, model: dict[str, Any], made: Any, folder: Path) -> Any:
    (answer,) = ask("run", [[what, model, made]], folder)
    return answer


def _as_played(decision: dict[str, str]) -> dict[str, str]:
    """As the player keeps it: without the level, and a form with all its fields."""
    return {key: value for key, value in decision.items() if key != "level"}


def _unwritten(decision: dict[str, str]) -> dict[str, str]:
    """Without what was written, which is not kept, and without what was left empty."""
    return {
        key: "…" if key in {"text", "field.mal"} else value
        for key, value in decision.items()
        if value.strip()
    }
