"""``pallkit sets``: a course leader's own table, checked, listed, shown, compared, used."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pallkit.errors import ContentError, ConversionError
from pallkit.i18n import Language
from pallkit_app.sets import find_set, known_sets, read_set

TABLE = """
id: lokal
source: lokal
title: Sykehusets tabell
publisher: Et oppdiktet sykehus
date: {nb: i dag, nn: i dag, en: today}
address: https://example.org
seen: original
made_for: switching
purpose: {nb: Å bytte., nn: Å byte., en: Switching.}
not_for: {nb: Annet., nn: Anna., en: Else.}
rights: {nb: Egne., nn: Eigne., en: Own.}
rows:
  - {drug: oxycodone, routes: [oral], unit: mg/24 h, direction: both, ratio: 4}
"""
BAND = "  - {drug: hydromorphone, routes: [oral], unit: mg/24 h, direction: from_oral_morphine_only"


def pallkit(
    *arguments: str, sets: Path | None = None, config: Path | None = None, lang: Language = "nb"
) -> subprocess.CompletedProcess[str]:
    own = {"PALLKIT_SETS": str(sets or ""), "XDG_CONFIG_HOME": str(config or "/nowhere")}
    return subprocess.run(
        [sys.executable, "-m", "pallkit_app", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **own, "PALLKIT_LANG": lang, "PYTHONIOENCODING": "utf-8"},
        timeout=120,
        check=False,
    )


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "lokal.yaml"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_file_can_be_changed_by_and_says_that_it_is_a_practice_table(own: Path) -> None:
    done = pallkit("convert", "morfin po 60 mg/d", "--to", "oksykodon po", "--set", str(own))
    assert done.returncode == 0, done.stderr
    assert "oksykodon po 15 mg/24 t" in done.stdout
    assert "øvingstabell" in done.stdout
    counted = pallkit("omeq", "oksykodon po 10 mg/d", "--set", str(own), "--json")
    assert json.loads(counted.stdout)["ratio_set"]["mark"] == "øvingstabell"


def test_a_folder_named_by_the_environment_is_searched(own: Path) -> None:
    done = pallkit("omeq", "oksykodon po 10 mg/d", "--set", "lokal", sets=own.parent)
    assert "OMEQ: 40 mg" in done.stdout
    listed = pallkit("sets", "list", sets=own.parent).stdout
    assert re.search(r"^lokal +bytte +Sykehusets tabell \(utkast, øvingstabell\)$", listed, re.M)
    assert re.search(r"^klb-2008 .*\(utkast, lest fra kopi\)$", listed, re.MULTILINE)


def test_a_folder_named_by_the_configuration_file_is_searched(own: Path) -> None:
    settings = own.parent / "config" / "pallkit" / "config.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"sets: {own.parent}\n", encoding="utf-8")
    done = pallkit("sets", "show", "lokal", config=own.parent / "config")
    assert "oksykodon po (mg/24 t): 4; begge veier" in done.stdout
    settings.write_text("set: here\n", encoding="utf-8")
    assert "sets: " in pallkit("sets", "list", config=own.parent / "config").stderr


def test_a_new_set_has_every_field_and_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "min.yaml"
    assert pallkit("sets", "new", "min", "-o", str(path)).returncode == 0
    text = path.read_text(encoding="utf-8")
    assert {"purpose", "not_for", "rights", "made_for", "seen", "rows"} <= set(
        re.findall(r"^(\w+):", text, re.MULTILINE)
    )
    again = pallkit("sets", "new", "min", "-o", str(path))
    assert again.returncode == 2
    assert path.read_text(encoding="utf-8") == text
    assert pallkit("sets", "new", "Min tabell").returncode == 2


@pytest.mark.parametrize(
    ("rows", "kind", "status"),
    [
        pytest.param(
            f"{BAND}, ratio: 5, band: {{low: 30, high: 89}}}}\n"
            f"{BAND}, ratio: 6, band: {{low: 90, high: 299}}}}\n",
            {"gap", "fall"},
            0,
            id="a gap, and 17.8 falls to 15",
        ),
        pytest.param(
            f"{BAND}, ratio: 5, band: {{low: 30, high: 90}}}}\n"
            f"{BAND}, ratio: 5, band: {{low: 90, high: 299}}}}\n",
            {"overlap"},
            1,
            id="two bands hold for 90",
        ),
        pytest.param(
            "  - {drug: fentanyl, routes: [sublingual], unit: mg/24 h, direction: to_oral_morphine,"
            " printed: {dose: 0.1, morphine: 30}, ratio: 250, low: 200, high: 300}\n",
            {"pair"},
            0,
            id="0.1 at 250:1 is 25, not 30",
        ),
        pytest.param(
            "  - {drug: fentanyl, routes: [sublingual], unit: mg/24 h, direction: to_oral_morphine,"
            " printed: {dose: 0.1, morphine: 90}, ratio: 250, low: 200, high: 300}\n",
            {"pair", "spread"},
            1,
            id="a pair outside the spread",
        ),
        pytest.param(
            "  - {drug: oxycodone, routes: [oral], unit: mg/24 h, direction: both, ratio: 3}\n",
            {"double"},
            1,
            id="oxycodone twice",
        ),
    ],
)
def test_check_tells_what_is_odd(own: Path, rows: str, kind: set[str], status: int) -> None:
    own.write_text(TABLE + rows, encoding="utf-8")
    done = pallkit("sets", "check", str(own))
    assert set(re.findall(r"\[([a-z-]+)\]$", done.stdout, re.MULTILINE)) == kind
    assert done.returncode == status


def test_check_finds_nothing_in_a_good_set(own: Path) -> None:
    done = pallkit("sets", "check", str(own))
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("source: lokal\n", "", "source"),
        ("ratio: 4", "ratio: 4, low: 5", "does not hold"),
        ("drug: oxycodone", "drug: oxycodon", "is not a drug"),
        ("id: lokal", "id: klb-2008", "already has a set"),
        ("id: lokal", "id: lokal\nlocal: true", "Remove “local”"),
        ("seen: original", "seen: &a original", "anchor"),
        ("made_for: switching", "made_for: anything", "made_for"),
        ("ratio: 4", "ratio: 4,5", "low|is not|extra|valid|:"),
    ],
)
def test_a_file_that_breaks_the_format_says_where(own: Path, old: str, new: str, why: str) -> None:
    own.write_text(TABLE.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError, match=why):
        read_set(own)


def test_an_empty_source_is_a_fault(own: Path) -> None:
    own.write_text(TABLE.replace("source: lokal", 'source: ""'), encoding="utf-8")
    assert "[no-source]" in pallkit("sets", "check", str(own)).stdout


def test_compare_shows_who_answers_and_why_others_do_not(own: Path) -> None:
    done = pallkit("sets", "compare", "morfin po 60 mg/d", "--to", "oksykodon po", sets=own.parent)
    assert re.search(r"^nhs-ggc-2018 +30 mg/24 t$", done.stdout, re.MULTILINE)
    assert re.search(r"^lokal +15 mg/24 t$", done.stdout, re.MULTILINE)
    assert re.search(r"^cdc-2022 +ikke svar: ", done.stdout, re.MULTILINE)
    assert "Fra laveste til høyeste: 15–60 mg/24 t" in done.stdout


def test_a_folder_that_is_not_there_and_a_set_that_is_not_there_are_told(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALLKIT_SETS", str(own.parent / "borte"))
    with pytest.raises(ContentError, match="is not there"):
        known_sets()
    monkeypatch.setenv("PALLKIT_SETS", str(own.parent))
    with pytest.raises(ConversionError, match="lokal"):
        find_set("lokall")
    with pytest.raises(ContentError, match="could not be opened"):
        find_set("./borte.yaml")
    assert find_set("lokal").local
    assert not find_set("klb-2008").local
