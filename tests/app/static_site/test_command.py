"""``pallkit build-site`` where it is not to write anything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

OFFLINE = {
    "npm_config_registry": "http://127.0.0.1:9/",
    "npm_config_fetch_retries": "0",
    "PALLKIT_LANG": "en",
}


def built(out: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pallkit_app", "build-site", str(out)],
        env={**os.environ, **OFFLINE, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_network_it_says_so_and_leaves_the_folder_alone(tmp_path: Path) -> None:
    done = built(tmp_path / "out", XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert done.returncode == 2
    assert "The first build needs a network (npm and PyPI)" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_with_something_else_in_it_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear …", "utf-8")
    done = built(tmp_path)
    assert done.returncode == 2
    assert "holds something else" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = built(tmp_path / "file" / "out", XDG_CACHE_HOME=str(tmp_path / "file"))
    assert done.returncode == 2
    assert "could not be made" in done.stderr
    assert "Traceback" not in done.stderr
