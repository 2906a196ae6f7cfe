"""Every attack is refused in one line, and succeeds when its one defence is taken away."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pallkit.errors import ContentError
from pallkit.i18n import LANGUAGES, render
from pallkit_app.exchange.package import (
    GUARDS,
    Guard,
    Limits,
    fits_in_memory,
    one_of_each,
    plain_files,
    plainly_packed,
    read_package,
    stays_inside,
)

MB = 1024 * 1024
Maker = Callable[[zipfile.ZipFile], None]


def bomb(archive: zipfile.ZipFile) -> None:
    archive.writestr("zeros", bytes(65 * MB))


def several_layers(archive: zipfile.ZipFile) -> None:
    for number in range(70):
        archive.writestr(f"zeros-{number}", bytes(MB))


def named(name: str) -> Maker:
    def make(archive: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo("x")
        info.filename = name
        archive.writestr(info, "outside")

    return make


def link(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("media.png")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


def pipe(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("media.png")
    info.external_attr = (stat.S_IFIFO | 0o666) << 16
    archive.writestr(info, "")


def lzma(archive: zipfile.ZipFile) -> None:
    archive.writestr("case.xml", "<case/>", compress_type=zipfile.ZIP_LZMA)


def other_case(archive: zipfile.ZipFile) -> None:
    archive.writestr("case.xml", "<one/>")
    archive.writestr("CASE.xml", "<two/>")


ATTACKS = [
    pytest.param(bomb, fits_in_memory, "would unpack to more than 64 MB", id="zip bomb"),
    pytest.param(several_layers, fits_in_memory, "more than 64 MB", id="many small bombs"),
    pytest.param(named("../../out"), stays_inside, "is not safe", id="up and out"),
    pytest.param(named("a/../../out"), stays_inside, "is not safe", id="in, up and out"),
    pytest.param(named("/etc/cron.d/x"), stays_inside, "is not safe", id="absolute"),
    pytest.param(named("C:evil"), stays_inside, "is not safe", id="another drive"),
    pytest.param(named("..\\out"), stays_inside, "is not safe", id="Windows' way up"),
    pytest.param(named("a//b"), stays_inside, "is not safe", id="an empty folder name"),
    pytest.param(named("a\nb"), stays_inside, "“a.b” is not safe", id="a line break in a name"),
    pytest.param(link, plain_files, "is a link or a device", id="symlink"),
    pytest.param(pipe, plain_files, "is a link or a device", id="pipe"),
    pytest.param(lzma, plainly_packed, "unusual way", id="LZMA"),
    pytest.param(other_case, one_of_each, "two files called", id="the same name twice"),
]


def package(folder: Path, make: Maker) -> Path:
    path = folder / "package.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        make(archive)
    return path


def without(guard: Guard) -> Sequence[Guard]:
    return [one for one in GUARDS if one is not guard]


@pytest.mark.parametrize(("make", "_guard", "why"), ATTACKS)
def test_is_refused_in_one_line(make: Maker, _guard: Guard, why: str, tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=why) as raised:
        read_package(package(tmp_path, make))
    for lang in LANGUAGES:
        text = render(raised.value.message, lang)
        assert text.isprintable()
        assert len(text) < 200


@pytest.mark.parametrize(("make", "guard", "_why"), ATTACKS)
def test_succeeds_without_the_defence(make: Maker, guard: Guard, _why: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(package(tmp_path, make)) as archive:
        names = {one.filename for one in archive.infolist()}
    assert set(read_package(tmp_path / "package.zip", guards=without(guard))) == names


def encrypt(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    path.write_bytes(content)


def test_an_encrypted_file_is_named_and_without_the_defence_is_only_called_damaged(
    tmp_path: Path,
) -> None:
    path = package(tmp_path, named("case.xml"))
    encrypt(path)
    with pytest.raises(ContentError, match=r"“case\.xml” is encrypted"):
        read_package(path)
    with pytest.raises(ContentError, match="damaged"):
        read_package(path, guards=without(plainly_packed))


def many(archive: zipfile.ZipFile) -> None:
    for number in range(2001):
        archive.writestr(f"{number}.txt", "")


def test_too_many_files_are_refused_before_they_are_listed(tmp_path: Path) -> None:
    path = package(tmp_path, many)
    with pytest.raises(ContentError, match="more than 2000 files"):
        read_package(path)
    assert len(read_package(path, limits=Limits(files=3000))) == 2001


def test_a_large_file_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("zeros", bytes(33 * MB))
    with pytest.raises(ContentError, match="larger than 32 MB"):
        read_package(path)
    assert len(read_package(path, limits=Limits(packed=40))["zeros"]) == 33 * MB


def test_a_size_that_lies_does_not_get_more_memory_than_it_says(tmp_path: Path) -> None:
    path = package(tmp_path, bomb)
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 10)
    path.write_bytes(content)
    with pytest.raises(ContentError, match="damaged"):
        read_package(path)


@pytest.mark.parametrize("cut", [0, 1, 20, 60, -1, -10, -40])
def test_a_package_that_is_cut_off_is_called_damaged(cut: int, tmp_path: Path) -> None:
    path = package(tmp_path, named("case.xml"))
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(ContentError, match="not a zip file, or it is damaged"):
        read_package(path)


def test_a_package_with_any_byte_changed_is_read_or_refused_and_nothing_else(
    tmp_path: Path,
) -> None:
    path = package(tmp_path, named("case.xml"))
    whole = path.read_bytes()
    for place in range(len(whole)):
        for value in (0, 0xFF, whole[place] ^ 1):
            path.write_bytes(whole[:place] + bytes([value]) + whole[place + 1 :])
            try:
                read_package(path)
            except ContentError:
                continue


def test_a_missing_file_is_called_missing(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"There is no file “package\.zip”"):
        read_package(tmp_path / "package.zip")


def test_an_ordinary_package_is_read_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("media") if hasattr(archive, "mkdir") else archive.writestr("media/", "")
        archive.writestr("media/bilde.png", b"png")
        archive.writestr("øving.xml", "<a/>")
    assert read_package(path) == {"media/bilde.png": b"png", "øving.xml": b"<a/>"}
