"""The compiled case bank: read as plain values, fresh in a checkout, untouched when installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pallkit import content
from pallkit.errors import ContentError

ROOT = Path(__file__).resolve().parents[2]
BANK = ROOT / "tests/app/check/good_bank/casebank"


def make_bank(folder: Path, *, edition: str = "1", title: str = "Én") -> Path:
    case = folder / "cases/en"
    case.mkdir(parents=True, exist_ok=True)
    (case / "case.json").write_text(json.dumps({"id": "en", "steps": [1]}), encoding="utf-8")
    (case / "nb.json").write_text(json.dumps({"title": title}), encoding="utf-8")
    (folder / "topics.json").write_text(json.dumps({"smerte": {}}), encoding="utf-8")
    index = {"format": 1, "edition": edition, "cases": ["en"], "ratio_sets": []}
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
    return folder


def test_what_is_compiled_can_be_read(tmp_path: Path) -> None:
    with content.reading(make_bank(tmp_path)):
        assert content.root() == tmp_path
        assert content.case_ids() == ("en",)
        assert content.case("en") == {"id": "en", "steps": [1]}
        assert content.prose("en", "nb") == {"title": "Én"}
        assert content.prose("en", "nn") is None
        assert content.table("topics") == {"smerte": {}}
        assert content.ratio_set_ids() == ()


def test_a_caller_may_change_what_it_got(tmp_path: Path) -> None:
    with content.reading(make_bank(tmp_path)):
        content.case("en")["steps"].append(2)
        assert content.case("en")["steps"] == [1]


def test_the_edition_tells_folders_and_versions_apart(tmp_path: Path) -> None:
    editions = []
    for folder, edition in (("a", "1"), ("a", "2"), ("b", "2")):
        with content.reading(make_bank(tmp_path / folder, edition=edition)):
            editions.append(content.edition())
    assert len(set(editions)) == 3


def test_reading_elsewhere_ends_with_its_block(tmp_path: Path) -> None:
    before = content.case_ids()
    with content.reading(make_bank(tmp_path)), pytest.raises(ContentError):
        content.ratio_set("klb-2008")
    assert content.case_ids() == before != ("en",)


@pytest.mark.parametrize("name", ["no-such-case", "../en", "en/../en", "EN", "", "en\n"])
def test_an_unknown_id_is_named_and_never_a_path(tmp_path: Path, name: str) -> None:
    with content.reading(make_bank(tmp_path)), pytest.raises(ContentError) as caught:
        content.case(name)
    assert f"There is no “{name}” in the case bank" in str(caught.value)


def test_an_id_longer_than_a_file_may_be_named_is_unknown_and_told_in_short(
    tmp_path: Path,
) -> None:
    with content.reading(make_bank(tmp_path)):
        for ask in (content.case, content.ratio_set, lambda name: content.prose(name, "nb")):
            with pytest.raises(ContentError, match="There is no “aaa") as caught:
                ask("a" * 5000)
            assert len(str(caught.value)) < 200


def run(code: str, packages: Path) -> list[str]:
    """Run ``code`` with the packages below ``packages`` in place of the installed ones."""
    done = subprocess.run(
        [sys.executable, "-c", "from pallkit import content\nfrom pathlib import Path\n" + code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(packages)},
    )
    return done.stdout.splitlines()


def copy_packages(to: Path) -> Path:
    for package in ("pallkit", "pallkit_app"):
        shutil.copytree(
            ROOT / "kit" / package,
            to / package,
            ignore=shutil.ignore_patterns("_compiled", "__pycache__", "server"),
        )
    return to


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copytree(BANK, tmp_path / "casebank")
    copy_packages(tmp_path / "kit")
    return tmp_path


def test_in_a_checkout_an_edit_is_read_within_a_second(checkout: Path) -> None:
    code = f"""
import time
path = Path({str(checkout)!r}) / "casebank/cases/prove/nb.yaml"
print(content.prose("prove", "nb")["title"], content.edition())
path.write_text(path.read_text(encoding="utf-8").replace("Prøve, 70 år", "Ny, 70 år"), "utf-8")
time.sleep(1.1)
print(content.prose("prove", "nb")["title"], content.edition())
"""
    first, second = run(code, checkout / "kit")
    assert first.startswith("Prøve, 70 år")
    assert second.startswith("Ny, 70 år")
    assert first.rsplit("@", 1)[1] != second.rsplit("@", 1)[1]
    assert (checkout / "kit/pallkit/_compiled/cases/prove/case.json").exists()


def test_a_broken_file_is_told_with_its_line_and_only_to_who_reads_it(checkout: Path) -> None:
    shutil.copytree(checkout / "casebank/cases/prove", checkout / "casebank/cases/annen")
    with (checkout / "casebank/cases/annen/nb.yaml").open("a", encoding="utf-8") as file:
        file.write("title: Enda en\n")
    code = """
from pallkit.errors import ContentError
print(content.case("annen")["id"], content.prose("prove", "nb")["title"])
try:
    content.prose("annen", "nb")
except ContentError as error:
    print(error)
"""
    first, second = run(code, checkout / "kit")
    assert first == "prove Prøve, 70 år"
    assert second.startswith("casebank/cases/annen/nb.yaml:")
    assert "“title” stands twice" in second


def test_fresh_content_is_read_without_a_yaml_reader_or_babel(checkout: Path) -> None:
    code = "import sys\ncontent.case_ids()\nprint({'yaml', 'babel'} & set(sys.modules))"
    run(code, checkout / "kit")
    assert run(code, checkout / "kit") == ["set()"]


def test_an_installed_package_is_never_written_to(tmp_path: Path) -> None:
    site = copy_packages(tmp_path / "site-packages")
    make_bank(site / "pallkit/_compiled", title="Ferdig")
    shutil.copytree(BANK, site / "pallkit_app/_content/casebank")
    os.utime(site / "pallkit_app/_content/casebank/topics.yaml")  # newer than what is compiled
    before = snapshot(site)
    code = "print(content.case_ids(), content.prose('en', 'nb')['title'])"
    assert run(code, site) == ["('en',) Ferdig"]
    assert snapshot(site) == before


def snapshot(folder: Path) -> dict[Path, int]:
    """Every file's time of change, Python's own bytecode aside."""
    return {
        path: path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def test_a_look_at_the_sources_is_cheap() -> None:
    code = """
import time
content.root()
content.refresh()
begin = time.process_time()
content.root()
print(time.process_time() - begin)
begin = time.process_time()
for _ in range(1000):
    content.edition()
print(time.process_time() - begin)
"""
    look, thousand_editions = (float(line) for line in run(code, ROOT / "kit"))
    assert look < 0.1
    assert thousand_editions < 0.1
