"""Who sent it, by the names that platforms give; and a guess is never made."""

from __future__ import annotations

import pytest
from tests.grading.packages.course import NB, STUDENTS

from pallkit_grading.packages.matching import Student, folded, match
from pallkit_grading.packages.senders import Sender, first_name, sent

FILES = [
    pytest.param(
        "nordmannkari_4711_815_svar.jsonl",
        Sender("canvas", "nordmannkari", "4711"),
        "svar.jsonl",
        id="Canvas",
    ),
    pytest.param(
        "nordmannkari_LATE_4711_815_a_b.zip",
        Sender("canvas", "nordmannkari", "4711", late=True),
        "a_b.zip",
        id="Canvas, late",
    ),
    pytest.param(
        "Kari Nordmann_123_assignsubmission_file_/bilder/a.png",
        Sender("moodle", "Kari Nordmann", "123"),
        "bilder/a.png",
        id="Moodle, a folder each",
    ),
    pytest.param(
        "Kari Nordmann_123_assignsubmission_file/a.zip",
        Sender("moodle", "Kari Nordmann", "123"),
        "a.zip",
        id="Moodle, newer",
    ),
    pytest.param(
        "Kari Nordmann_123_assignsubmission_file_a_1.zip",
        Sender("moodle", "Kari Nordmann", "123"),
        "a_1.zip",
        id="Moodle, flat",
    ),
    pytest.param("kari/svar.jsonl", Sender("folder", "kari"), "svar.jsonl", id="a folder"),
    pytest.param(
        f"{NB}-kari.zip", Sender("file", f"{NB}-kari"), f"{NB}-kari.zip", id="a file's own name"
    ),
]


@pytest.mark.parametrize(("path", "sender", "file"), FILES)
def test_is_read_from_the_name(path: str, sender: Sender, file: str) -> None:
    found = sent(path, "alle.zip")
    assert (found.sender, found.path) == (sender, file)


def test_a_text_that_moodle_itself_wrote_is_no_hand_in() -> None:
    assert sent("Kari Nordmann_1_assignsubmission_onlinetext_/onlinetext.html", "").text


@pytest.mark.parametrize("name", ["svar-1.jsonl", "svar (2).jsonl", "svar(1).jsonl"])
def test_the_number_that_a_platform_or_a_browser_added_is_taken_off(name: str) -> None:
    assert first_name(name, frozenset({"svar.jsonl"})) == "svar.jsonl"
    assert first_name(name, frozenset()) == name


WHO = [
    pytest.param(Sender("canvas", "nordmannkari", "99"), "kari", id="Canvas' sortable name"),
    pytest.param(Sender("canvas", "heltannen", "4711"), "kari", id="Canvas' own number"),
    pytest.param(Sender("canvas", "ødegårdnæssåsemarie", "1"), "ase", id="with æøå"),
    pytest.param(Sender("canvas", "odegardnaessasemarie", "1"), "ase", id="without æøå"),
    pytest.param(Sender("moodle", "Åse Marie Ødegård-Næss"), "ase", id="Moodle's full name"),
    pytest.param(Sender("moodle", "Gruppe 1-Per Olsen"), "per.olsen", id="with a group"),
    pytest.param(Sender("moodle", "Gruppe-2-Per Olsen"), "per.olsen", id="a group's own hyphen"),
    pytest.param(Sender("folder", "KARI"), "kari", id="an id in other letters"),
    pytest.param(Sender("folder", "Ase@Sykehus.example"), "ase", id="an address"),
    pytest.param(Sender("folder", "Olsen, Per"), "per.olsen", id="last name first"),
    pytest.param(Sender("file", f"{NB}-per.olsen"), "per.olsen", id="our own file's name"),
]


@pytest.mark.parametrize(("sender", "student"), WHO)
def test_is_found_on_the_roster(sender: Sender, student: str) -> None:
    found = match(sender, STUDENTS, NB)
    assert found.one is not None
    assert found.one.id == student
    assert found.sure == (sender.kind != "file")


def test_two_of_one_name_are_both_told_of_and_neither_is_chosen() -> None:
    found = match(Sender("moodle", "Ola Hansen"), STUDENTS, NB)
    assert [one.id for one in found.students] == ["ola1", "ola2"]
    assert found.one is None


@pytest.mark.parametrize("name", ["", "Kari", "Nordmann", "Participant", "   ", "nordmannkariX"])
def test_a_part_of_a_name_is_nobody(name: str) -> None:
    assert not match(Sender("moodle", name), STUDENTS, NB).students


def test_somebody_without_a_name_on_the_roster_is_not_matched_by_an_empty_one() -> None:
    assert not match(Sender("canvas", "__", "1"), [Student("x")], NB).students


def test_names_are_compared_by_their_letters_only() -> None:
    assert folded("Åse-Marie O’Brien Ødegård") == folded("asemarieobrienodegard")
