"""Every attack in a trainee's package costs that file or that package, and is told of.

With its one defence taken away each gets through: so the tests are known to bite.
"""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.app.exchange.test_hostile_packages import encrypt
from tests.app.packages.receiving import NOW, desk, hand_in, made, package, receive, work, zipped
from tests.grading.packages.course import NB

import pallkit_grading.packages.keeping as keeping_module
from pallkit.i18n import LANGUAGES, render
from pallkit_app.exchange.package import (
    Guard,
    fits_in_memory,
    plain_files,
    plainly_packed,
    stays_inside,
)
from pallkit_app.packages import opening
from pallkit_app.packages.opening import GUARDS, Guards
from pallkit_grading.hand_ins import Inspected
from pallkit_grading.packages import sorting

MB = 1024 * 1024
Attack = Callable[[zipfile.ZipFile], None]


def named(name: str, mode: int = 0) -> Attack:
    def make(archive: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo("x")
        info.filename = name
        info.external_attr = mode << 16
        archive.writestr(info, "inntrenger")

    return make


def lzma(archive: zipfile.ZipFile) -> None:
    archive.writestr("notat.txt", "inntrenger", compress_type=zipfile.ZIP_LZMA)


def with_work(attack: Attack) -> bytes:
    def make(archive: zipfile.ZipFile) -> None:
        for name, body in package("kari").items():
            archive.writestr(name, body)
        attack(archive)

    return made(make)


def without(guard: Guard) -> Guards:
    return Guards(
        tuple(one for one in GUARDS.whole if one is not guard),
        tuple(one for one in GUARDS.each if one is not guard),
    )


LINK, PIPE = stat.S_IFLNK | 0o777, stat.S_IFIFO | 0o666
FILES = [
    pytest.param(named("../../../../ut.txt"), stays_inside, "not safe", id="up and out"),
    pytest.param(named("a/../../ut.txt"), stays_inside, "not safe", id="in, up and out"),
    pytest.param(named("/var/ut.txt"), stays_inside, "not safe", id="absolute"),
    pytest.param(named("C:ut.txt"), stays_inside, "not safe", id="another drive"),
    pytest.param(named("..\\ut.txt"), stays_inside, "not safe", id="Windows' way up"),
    pytest.param(named("a\nb.txt"), stays_inside, "not safe", id="a line break"),
    pytest.param(named("passord.txt", LINK), plain_files, "a link or a device", id="symlink"),
    pytest.param(named("rør.txt", PIPE), plain_files, "a link or a device", id="pipe"),
    pytest.param(lzma, plainly_packed, "unusual way", id="LZMA"),
]


@pytest.mark.parametrize(("attack", "_guard", "why"), FILES)
def test_costs_the_file_and_the_rest_is_collected(
    attack: Attack, _guard: Guard, why: str, course: Path, tmp_path: Path
) -> None:
    path = tmp_path / "kari.zip"
    path.write_bytes(with_work(attack))
    (done,) = receive(desk(course), path)
    assert why in str(done.lines[0])
    assert set(hand_in(course, "kari")) == {*work(), "timestamp.txt"}
    assert done.kept is not None
    for lang in LANGUAGES:
        assert all(render(line, lang).isprintable() for line in done.lines)


@pytest.mark.parametrize(("attack", "guard", "_why"), FILES)
def test_gets_past_when_its_defence_is_gone(
    attack: Attack, guard: Guard, _why: str, tmp_path: Path
) -> None:
    path = tmp_path / "kari.zip"
    path.write_bytes(with_work(attack))
    with opening.opened(path, guards=without(guard)) as entries:
        assert not [one.fault for one in entries if one.fault is not None]
        assert b"inntrenger" in {one.read() for one in entries}


def test_up_and_out_would_be_written_outside_the_hand_in(course: Path, tmp_path: Path) -> None:
    path = tmp_path / "kari.zip"
    path.write_bytes(with_work(named("../../ut.txt")))
    receive(desk(course), path, without(stays_inside))
    assert (course / "ut.txt").is_file() or (course / ".pallkit" / "ut.txt").is_file()


def bomb(archive: zipfile.ZipFile) -> None:
    for number in range(5):
        archive.writestr(f"{number}.csv", bytes(14 * MB))


def many(archive: zipfile.ZipFile) -> None:
    for number in range(401):
        archive.writestr(f"{number}.txt", "")


def nested(archive: zipfile.ZipFile) -> None:
    inner = made(bomb)
    for _number in range(3):
        inner = zipped({"inni.zip": inner})
    archive.writestr("levering.zip", inner)


def bulk(packed: bytes) -> dict[str, bytes]:
    """Kari's package in a platform's download, with another trainee's beside it."""
    return {
        f"Kari Nordmann_1_assignsubmission_file_/{NB}.zip": packed,
        f"Per Olsen_2_assignsubmission_file_/{NB}.zip": zipped(package("per.olsen")),
    }


PACKAGES = [
    pytest.param(made(bomb), "unpack to more than 64 MB", id="a bomb"),
    pytest.param(made(many), "more than 400 files", id="too many files"),
    pytest.param(zipped({"a.zip": made(nested)}), "a zip inside a zip", id="zips in zips"),
    pytest.param(b"PK\x03\x04 og resten mangler", "not a zip file, or it is damaged", id="torn"),
    pytest.param(b"", "not a zip file, or it is damaged", id="empty"),
]


@pytest.mark.parametrize(("packed", "why"), PACKAGES)
def test_costs_the_package_and_the_next_trainees_is_collected(
    packed: bytes, why: str, course: Path, tmp_path: Path
) -> None:
    path = tmp_path / "alle.zip"
    path.write_bytes(zipped(bulk(packed)))
    done = receive(desk(course), path)
    (kari,) = [one for one in done if one.trainee != "per.olsen"]
    assert kari.kept is None
    assert any(why in str(line) for line in kari.lines)
    assert set(hand_in(course, "per.olsen")) == {*work(), "timestamp.txt"}


def test_a_bomb_unpacks_when_its_defence_is_gone() -> None:
    entries = opening.unzip("a.zip", made(bomb), guards=without(fits_in_memory))
    assert sum(len(one.read()) for one in entries) == 70 * MB


def test_too_many_files_are_listed_when_the_bound_is_raised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "HAND_IN", replace(opening.HAND_IN, files=1000))
    assert len(opening.unzip("a.zip", made(many))) == 401


def test_what_is_taken_of_one_trainee_is_bounded_while_it_is_read(
    course: Path, tmp_path: Path
) -> None:
    large = {f"{number}.csv": bytes(19 * MB) for number in range(3)}
    loose = {f"Kari Nordmann_1_assignsubmission_file_/{name}": one for name, one in large.items()}
    path = tmp_path / "alle.zip"
    path.write_bytes(zipped(loose))
    (done,) = receive(desk(course), path)
    assert [str(one) for one in done.lines if "50 MB together" in str(one)]
    assert set(hand_in(course, "kari")) == {"0.csv", "1.csv"}


def test_two_files_by_one_name_do_not_hide_one_another(course: Path, tmp_path: Path) -> None:
    path = tmp_path / "kari.zip"
    path.write_bytes(with_work(named("SVAR.jsonl")))
    (done,) = receive(desk(course), path)
    assert "two files by this name" in str(done.lines[0])
    assert "SVAR.jsonl" not in hand_in(course, "kari")


PROGRAMS = [b"\x7fELF\x02", b"MZ\x90\x00", b"#!/bin/sh\n", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe"]


@pytest.mark.parametrize("start", PROGRAMS)
def test_a_program_is_known_whatever_it_is_called(
    start: bytes, course: Path, tmp_path: Path
) -> None:
    path = tmp_path / "kari.zip"
    path.write_bytes(zipped(package("kari", files={**work(), "bilde.png": start})))
    (done,) = receive(desk(course), path)
    assert "“bilde.png” was not taken: it is a program" in str(done.lines[0])
    assert "bilde.png" not in hand_in(course, "kari")


def test_a_program_is_taken_when_nobody_inspects(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything(folder: Path) -> Inspected:
        paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        return Inspected(tuple(paths), ())

    monkeypatch.setattr(keeping_module, "inspect_hand_in", everything)
    path = tmp_path / "kari.zip"
    path.write_bytes(zipped(package("kari", files={**work(), "bilde.png": PROGRAMS[0]})))
    receive(desk(course), path)
    assert "bilde.png" in hand_in(course, "kari")


def test_a_link_in_a_folder_is_told_of_and_not_followed(course: Path, tmp_path: Path) -> None:
    folder = tmp_path / "inn" / "kari"
    folder.mkdir(parents=True)
    for name, body in work().items():
        (folder / name).write_bytes(body)
    (folder / "passord.txt").symlink_to("/etc/passwd")
    (folder / "hjem").symlink_to("/etc")
    (done,) = receive(desk(course), folder.parent)
    assert sum("a link or a device" in str(line) for line in done.lines) == 2
    assert set(hand_in(course, "kari")) == set(work())


def test_an_encrypted_package_is_told_of(course: Path, tmp_path: Path) -> None:
    path = tmp_path / "kari.zip"
    path.write_bytes(made(named(f"{NB}.ipynb")))
    encrypt(path)
    (done,) = receive(desk(course), path)
    assert done.kept is None
    assert "is encrypted" in " ".join(map(str, done.lines))


MANIFESTS = [
    b"",
    b"[]",
    b"[" * 100_000,
    b'{"files": [1, {"name": 2}, {}], "packed_at": "i g\xc3\xa5r", "trainee": ["kari"]}',
    json.dumps({"trainee": "../../etc", "assignment": "\x1b[2J", "code": "\x00" * 999}).encode(),
    json.dumps({"packed_at": "9999-12-31T23:59:59+00:00"}).encode(),
    json.dumps({"packed_at": "0001-01-01T00:00:00+14:00"}).encode(),
]


@pytest.mark.parametrize("manifest", MANIFESTS)
def test_a_spoilt_manifest_never_stops_the_hand_in(
    manifest: bytes, course: Path, tmp_path: Path
) -> None:
    path = tmp_path / "kari.zip"
    path.write_bytes(zipped({**work(), "innlevering.json": manifest, "deltaker.json": manifest}))
    (done,) = receive(desk(course), path)
    assert done.trainee == "kari"
    assert set(work()) <= set(hand_in(course, "kari"))
    assert all(str(line).isprintable() for line in done.lines)


def test_a_trainee_cannot_name_a_folder_out_of_the_course(course: Path, tmp_path: Path) -> None:
    at = desk(course)
    odd = replace(at, students=[replace(at.students[0], id="../ute")])
    path = tmp_path / "../ute.zip"
    moodle = {"Kari Nordmann_1_assignsubmission_file_/a.zip": zipped(package())}
    path.write_bytes(zipped(moodle))
    (done,) = receive(odd, path)
    assert done.kept is None
    assert "cannot name a folder" in str(done.lines[0])


def test_every_byte_changed_is_collected_or_refused_and_nothing_else(course: Path) -> None:
    files = zipped({"svar.jsonl": b"{}\n"})
    sorter = sorting.Sorter((NB,), desk(course).students, opening.unzip)
    for place in range(len(files)):
        for value in (0, 0xFF, files[place] ^ 1):
            changed = files[:place] + bytes([value]) + files[place + 1 :]
            entry = sorting.Entry("kari/a.zip", len(changed), lambda body=changed: body)
            assert len([*sorter.deliveries("inn", [entry])]) == 1


def test_a_file_where_a_folder_is_wanted_costs_itself(course: Path, tmp_path: Path) -> None:
    path = tmp_path / "kari.zip"
    path.write_bytes(zipped(package("kari", NOW, {**work(), "a": b"x", "a/b.csv": b"y"})))
    (done,) = receive(desk(course), path)
    assert "cannot be written" in " ".join(map(str, done.lines))
    assert {"a", *work()} <= set(hand_in(course, "kari"))
