"""Hand-ins from platforms find their place, and no version of any is lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.app.packages.receiving import (
    NOW,
    Files,
    desk,
    hand_in,
    package,
    receive,
    work,
    zipped,
)
from tests.grading.packages.course import NB, NN

from pallkit.errors import ContentError
from pallkit_grading.hand_in_time import read_time
from pallkit_grading.packages.keeping import EARLIER
from pallkit_grading.packages.told import read_collected

CANVAS = {
    f"nordmannkari_4711_1_{NB}-kari.zip": zipped(package("kari")),
    f"olsenper_88_2_{NB}-1.ipynb": work()[f"{NB}.ipynb"],
    "olsenper_88_3_svar.jsonl": work()["svar.jsonl"],
}
MOODLE = {
    f"Kari Nordmann_12_assignsubmission_file_/{NB}-kari.zip": zipped(package("kari")),
    **{f"Per Olsen_13_assignsubmission_file_/{name}": body for name, body in work().items()},
    "Per Olsen_13_assignsubmission_onlinetext_/onlinetext.html": b"<p>Hei</p>",
}
SORTED = {
    "kari/levering.zip": zipped(package("kari")),
    **{f"per.olsen/{name}": body for name, body in work().items()},
}
ZIPS = {"a.zip": zipped(package("kari")), f"{NB}-per.olsen.zip": zipped(package("per.olsen"))}
AROUND = {"alle/": b"", "canvas.zip": zipped(CANVAS)}

DOWNLOADS = [
    pytest.param(CANVAS, id="Canvas"),
    pytest.param(MOODLE, id="Moodle"),
    pytest.param(SORTED, id="a folder for each"),
    pytest.param(ZIPS, id="our own zips"),
]


@pytest.mark.parametrize("files", DOWNLOADS)
@pytest.mark.parametrize("form", ["zip", "folder"])
def test_a_download_is_sorted(files: Files, form: str, course: Path, tmp_path: Path) -> None:
    path = tmp_path / "alle.zip"
    path.write_bytes(zipped(files))
    if form == "folder":
        path = tmp_path / "alle"
        for name, body in files.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(body)
    done = receive(desk(course), path)
    assert {one.trainee: one.kept.outcome for one in done if one.kept} == {
        "kari": "new",
        "per.olsen": "new",
    }
    for trainee in ("kari", "per.olsen"):
        taken = hand_in(course, trainee)
        taken.pop("timestamp.txt", None)
        assert taken == work(), trainee


def test_a_folder_of_downloads_is_opened_too(course: Path, tmp_path: Path) -> None:
    folder = tmp_path / "inn"
    folder.mkdir()
    (folder / "canvas.zip").write_bytes(zipped(CANVAS))
    assert {one.trainee for one in receive(desk(course), folder)} == {"kari", "per.olsen"}


def test_a_package_that_was_zipped_again_with_its_folder_is_unfolded(
    course: Path, tmp_path: Path
) -> None:
    path = tmp_path / "kari.zip"
    path.write_bytes(zipped({f"{NB}/{name}": body for name, body in package("kari").items()}))
    receive(desk(course), path)
    assert set(hand_in(course, "kari")) == {*work(), "timestamp.txt"}


def put(tmp_path: Path, files: Files, name: str = "kari.zip") -> Path:
    path = tmp_path / name
    path.write_bytes(zipped(files))
    return path


def test_the_time_is_the_packages_own_and_never_a_file_in_it(course: Path, tmp_path: Path) -> None:
    forged = {**work(), "timestamp.txt": b"2020-01-01 00:00:00 UTC"}
    at = NOW - timedelta(days=1)
    receive(desk(course), put(tmp_path, package("kari", at, forged)))
    assert read_time(course / "submitted" / "kari" / NB, NOW).at == at


def test_a_time_that_has_not_been_is_not_believed(course: Path, tmp_path: Path) -> None:
    (done,) = receive(desk(course), put(tmp_path, package("kari", NOW + timedelta(days=2))))
    assert "the time given lies ahead" in str(done.lines[0])
    assert "timestamp.txt" not in hand_in(course, "kari")


def test_the_leaders_own_word_for_the_time_goes_before_the_trainees(
    course: Path, tmp_path: Path
) -> None:
    at = NOW - timedelta(hours=3)
    receive(desk(course, received=at), put(tmp_path, package("kari")))
    assert read_time(course / "submitted" / "kari" / NB, NOW).at == at


def test_a_newer_version_takes_the_place_and_the_old_is_kept(course: Path, tmp_path: Path) -> None:
    old, new = work("18 mg/24 t"), work("180 mg/24 t")
    receive(desk(course), put(tmp_path, package("kari", NOW - timedelta(hours=2), old)))
    (done,) = receive(desk(course), put(tmp_path, package("kari", NOW, new)))
    assert done.kept is not None
    assert done.kept.outcome == "replaced"
    assert hand_in(course, "kari")["svar.jsonl"] == new["svar.jsonl"]
    (earlier,) = (course / EARLIER / "kari" / NB).iterdir()
    assert (earlier / "svar.jsonl").read_bytes() == old["svar.jsonl"]
    assert earlier.name == "20261122T140000Z"


def test_an_older_version_never_takes_the_place_of_a_newer(course: Path, tmp_path: Path) -> None:
    receive(desk(course), put(tmp_path, package("kari", NOW)))
    before = hand_in(course, "kari")
    old = package("kari", NOW - timedelta(days=1), work("18 mg/24 t"))
    (done,) = receive(desk(course), put(tmp_path, old))
    assert done.kept is not None
    assert done.kept.outcome == "older"
    assert hand_in(course, "kari") == before
    assert len([*(course / EARLIER / "kari" / NB).iterdir()]) == 1


def test_the_same_package_twice_changes_nothing(course: Path, tmp_path: Path) -> None:
    path = put(tmp_path, package("kari"))
    receive(desk(course), path)
    before = hand_in(course, "kari")
    (done,) = receive(desk(course), path)
    assert done.kept is not None
    assert done.kept.outcome == "same"
    assert not done.needs_a_person
    assert hand_in(course, "kari") == before
    assert not (course / EARLIER).exists()


def test_a_dry_run_says_the_same_and_writes_nothing(course: Path, tmp_path: Path) -> None:
    path = put(tmp_path, package("kari"))
    told = receive(desk(course, really=False), path)
    assert not (course / "submitted").exists()
    assert told == receive(desk(course), path)


def test_a_package_in_the_other_language_goes_to_that_assignment(
    course: Path, tmp_path: Path
) -> None:
    receive(desk(course), put(tmp_path, package("kari", files=work(assignment=NN))))
    assert hand_in(course, "kari", NN)
    assert not hand_in(course, "kari", NB)


def test_a_package_for_another_assignment_is_not_taken(course: Path, tmp_path: Path) -> None:
    other = package("kari", files=work(assignment="symptomer"))
    (done,) = receive(desk(course), put(tmp_path, other))
    assert done.kept is None
    assert "hand-in of “symptomer”" in str(done.lines[0])


def test_what_a_package_says_of_itself_is_told_of_and_not_trusted(
    course: Path, tmp_path: Path
) -> None:
    moodle = {"Kari Nordmann_12_assignsubmission_file_/a.zip": zipped(package("per.olsen"))}
    (done,) = receive(desk(course), put(tmp_path, moodle, "alle.zip"))
    assert done.trainee == "kari"
    assert "says that it is per.olsen's" in str(done.lines[0])
    assert not hand_in(course, "per.olsen")


def test_two_of_one_name_are_left_to_a_person(course: Path, tmp_path: Path) -> None:
    moodle = {"Ola Hansen_12_assignsubmission_file_/a.zip": zipped(package("ola1"))}
    (done,) = receive(desk(course), put(tmp_path, moodle, "alle.zip"))
    assert done.kept is None
    assert "any of ola1, ola2" in str(done.lines[0])


def test_somebody_who_is_not_on_the_roster_is_told_of(course: Path, tmp_path: Path) -> None:
    (done,) = receive(desk(course), put(tmp_path, package("fremmed"), "fremmed.zip"))
    assert (done.trainee, done.kept) == (None, None)
    assert "nobody on the roster" in str(done.lines[0])
    assert not (course / "submitted").exists()


def test_a_package_that_was_changed_after_packing_is_told_of(course: Path, tmp_path: Path) -> None:
    files = {**package("kari"), "svar.jsonl": work("1 mg/24 t")["svar.jsonl"]}
    (done,) = receive(desk(course), put(tmp_path, files))
    assert "not as it was packed" in str(done.lines[0])


def test_the_receipt_is_the_one_the_trainee_has(course: Path, tmp_path: Path) -> None:
    files = package("kari")
    (done,) = receive(desk(course), put(tmp_path, files))
    assert done.kept is not None
    assert done.kept.code.encode() in files["innlevering.json"]
    told = read_collected(course, NB, "kari")
    assert told is not None
    assert told.code == done.kept.code


def test_what_was_found_is_kept_for_the_trainee_in_every_language(
    course: Path, tmp_path: Path
) -> None:
    files = {**work(), "kart.png": b"MZ\x90"}
    (done,) = receive(desk(course), put(tmp_path, package("kari", files=files)))
    told = read_collected(course, NB, "kari")
    assert told is not None
    assert told.lines == done.lines
    assert "it is a program" in str(told.lines[0])


@pytest.mark.parametrize("link", ["submitted", "submitted/kari", f"submitted/kari/{NB}"])
def test_nothing_is_written_through_a_link(link: str, course: Path, tmp_path: Path) -> None:
    (tmp_path / "ute").mkdir()
    (course / link).parent.mkdir(parents=True, exist_ok=True)
    (course / link).symlink_to(tmp_path / "ute")
    with pytest.raises(ContentError, match="is a link"):
        receive(desk(course), put(tmp_path, package("kari")))
    assert not [*(tmp_path / "ute").iterdir()]
