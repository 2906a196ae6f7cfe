"""The documents say what is so: commands exist, output is real, targets and links lead there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from pallkit import content
from pallkit.cases import load
from pallkit.opioids import ratio_set
from pallkit_app.cli import app

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
BIN = Path(sys.executable).parent
NAMES = [str(path.relative_to(ROOT)) for path in DOCUMENTS]


@dataclass(frozen=True)
class Shown:
    """A command in a document, and the output shown below it; «...» stands for what is left out."""

    document: str
    command: str
    output: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.document}: {self.command}"


def commands(document: str) -> Iterator[str]:
    """Every ``pallkit …`` command a document names, in a code block or within the line."""
    text = (ROOT / document).read_text(encoding="utf-8")
    for code in re.findall(r"```\w*\n(.*?)```|`([^`\n]+)`", text, re.DOTALL):
        for line in "".join(code).splitlines():
            found = re.match(r"(?:\$ )?(?:\.venv/bin/)?(pallkit(?: .*)?)$", line.strip())
            if found:
                yield found[1].partition(" #")[0].strip()


def sessions(document: str) -> Iterator[list[Shown]]:
    """Every terminal session of a document, command by command."""
    text = (ROOT / document).read_text(encoding="utf-8")
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
        yield [
            Shown(document, command.partition(" #")[0].strip(), tuple(output.splitlines()))
            for command, output in zip(parts[::2], parts[1::2], strict=True)
        ]


SESSIONS = [
    session
    for document in NAMES
    for session in sessions(document)
    if any(shown.output for shown in session)
]


@pytest.mark.parametrize("document", NAMES)
def test_every_pallkit_command_in_it_exists_and_has_help(document: str) -> None:
    for line in commands(document):
        command: typer.core.TyperCommand = get_command(app)  # type: ignore[assignment]
        context = command.make_context("pallkit", [], resilient_parsing=True)
        words = shlex.split(line)[1:]
        while words and hasattr(command, "get_command") and not words[0].startswith("-"):
            found = command.get_command(context, words.pop(0))
            assert found is not None, f"{document}: there is no “{line}”"
            assert found.help, f"{document}: “{line}” has no help"
            command = found
        options = {name for parameter in command.params for name in parameter.opts}
        for option in (word for word in words if re.match(r"--?[a-z]", word)):
            assert option in {*options, "--help"}, f"{document}: “{line}” has no {option}"


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: str(session[0]))
def test_the_output_shown_is_the_output_given(session: list[Shown], tmp_path: Path) -> None:
    for shown in session:
        words = shlex.split(shown.command)
        if words[0] != "pallkit" or not shown.output:
            continue
        done = subprocess.run(
            [BIN / words[0], *words[1:]],
            cwd=tmp_path,
            env={**os.environ, "PALLKIT_LANG": "nb"},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        assert matches(done.stdout.splitlines(), shown.output), done.stdout


def matches(given: list[str], shown: tuple[str, ...]) -> bool:
    pattern = "\n".join(".*" if line == "..." else re.escape(line) for line in shown)
    return re.fullmatch(pattern, "\n".join(given), re.DOTALL) is not None


@pytest.mark.parametrize("document", NAMES)
def test_every_nbgrader_command_in_it_exists(document: str) -> None:
    from nbgrader.apps import NbGraderApp  # noqa: PLC0415  # takes seconds

    text = (ROOT / document).read_text(encoding="utf-8")
    assert set(re.findall(r"^\$ nbgrader (\S+)", text, re.MULTILINE)) <= set(
        NbGraderApp().subcommands
    )


@pytest.mark.parametrize("document", NAMES)
def test_every_make_target_in_it_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = (ROOT / document).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("document", NAMES)
def test_every_file_it_links_to_or_names_is_there(document: str) -> None:
    here, text = ROOT / document, (ROOT / document).read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)]+)\)", text):
        if not re.match(r"https?://|mailto:|#", link):
            assert (here.parent / link.partition("#")[0]).exists(), f"{document} links to {link}"
    for name in re.findall(
        r"`((?:kit|widgets|grading|casebank|courses|tests|docs)/[^`<> ]*)`", text
    ):
        if "telefon-om-natten" not in name:  # the case a reader makes
            assert (ROOT / name).exists(), f"{document} names {name}"


def test_the_first_screen_is_a_sentence_a_picture_and_the_two_commands() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    first = "\n".join(lines[:20])
    assert "docs/screenshot.png" in first
    assert re.search(r"^make run", first, re.MULTILINE)
    assert re.search(r"^make test", first, re.MULTILINE)
    assert len(lines) <= 120, "two screens; move what is more into docs/"


def test_whatever_is_not_signed_stands_on_the_list() -> None:
    listed = (ROOT / "docs/signoff.md").read_text(encoding="utf-8")
    for case in map(load, content.case_ids()):
        unsigned = re.search(rf"`{case.id}` \| (\d+) \| –", listed)
        assert bool(unsigned) == case.draft, f"{case.id}: case.yaml and docs/signoff.md disagree"
        assert unsigned is None or int(unsigned[1]) == case.version
    for table in map(ratio_set, content.ratio_set_ids()):
        unsigned = re.search(rf"`{table.id}`[^|\n]* \| (\d+) \| –", listed)
        assert bool(unsigned) == table.draft, f"{table.id}: the set and docs/signoff.md disagree"
        assert unsigned is None or int(unsigned[1]) == table.version
