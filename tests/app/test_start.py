"""Whoever types make gets an answer in one line when it cannot start."""

from __future__ import annotations

import os
import re
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BOOTSTRAP = ROOT / "kit" / "bootstrap"


def _start(*arguments: str, python: str = sys.executable, lang: str = "nb") -> tuple[int, str]:
    done = subprocess.run(
        ["sh", BOOTSTRAP / "start.sh", *arguments],
        env={**os.environ, "PYTHON": python, "PALLKIT_LANG": lang},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nb", "trenger Python 3.11"), ("nn", "treng Python 3.11"), ("en", "needs Python 3.11")],
)
def test_a_missing_python_is_one_line_with_the_remedy(lang: str, words: str) -> None:
    status, said = _start("run", "8866", python="python-that-is-not-there", lang=lang)
    assert status == 2
    assert words in said
    assert "apt install python3" in said
    assert said.count("\n") == 1


def test_a_python_too_old_is_passed_over_as_if_it_were_not_there(tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    old.chmod(0o755)
    status, said = _start("install", python=str(old))
    assert status == 2
    assert "trenger Python 3.11" in said


def test_a_taken_port_is_told_before_anything_is_installed() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, said = _start("run", str(port))
    assert status == 2
    assert said == f"Port {port} er opptatt. Velg en annen: make run PORT=9000\n"


@pytest.mark.parametrize("port", ["80", "65536", "åtte", "-1", ""])
def test_a_port_that_is_none_is_refused_with_an_example(port: str) -> None:
    status, said = _start("run", port)
    assert status == 2
    assert "make run PORT=9000" in said
    assert said.count("\n") == 1


def test_every_message_says_the_same_in_three_languages() -> None:
    texts = runpy.run_path(str(BOOTSTRAP / "words.py"))["TEXTS"]
    for key, (nb, nn, en) in texts.items():
        holes = {frozenset(re.findall(r"\{(\w+)\}", text)) for text in (nb, nn, en)}
        assert len(holes) == 1, key
        assert not re.search(r"\b(ikke|jeg|noen|en annen|du får)\b", nn), f"{key} is not nynorsk"


def test_make_alone_lists_what_can_be_done() -> None:
    done = subprocess.run(["make", "-C", ROOT], capture_output=True, text=True, check=False)
    for target in ("install", "run", "test", "test-all", "lab", "check", "lock", "clean"):
        assert f"make {target}\t" in done.stdout
