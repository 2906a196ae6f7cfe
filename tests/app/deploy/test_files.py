"""``pallkit deploy``: the files come out as they are tried elsewhere, or one line says why not."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pallkit.errors import PallkitError
from pallkit_app.cli import app
from pallkit_app.deploy.writing import containerfile

ROOT = Path(__file__).resolve().parents[3]


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["deploy", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_name_the_path_and_the_port_are_the_same_in_front_and_behind() -> None:
    given = ("--name", "Palliasjon.example.no", "--base-url", "pallkit", "--port", "9000")
    front = run("nginx", *given)
    behind = run("systemd", "--program", "/opt/pallkit/bin/pallkit", "--memory", "4G", *given)
    assert "server_name palliasjon.example.no;" in front
    assert "location /pallkit/ {" in front
    assert "server 127.0.0.1:9000;" in front
    assert "serve --no-open --host 127.0.0.1 --port 9000 --base-url /pallkit/ " in behind
    assert " --allowed-host palliasjon.example.no\n" in behind
    assert "MemoryMax=4G\n" in behind


def test_a_file_is_written_once_and_never_over_another(tmp_path: Path) -> None:
    target = tmp_path / "Containerfile"
    run("container", "-o", str(target))
    assert target.read_text("utf-8") == containerfile()
    done = CliRunner().invoke(app, ["deploy", "container", "-o", str(target)])
    assert isinstance(done.exception, PallkitError)


def test_a_path_that_a_configuration_cannot_hold_is_refused() -> None:
    done = CliRunner().invoke(app, ["deploy", "nginx", "--name", "x.no", "--base-url", "/a;b/"])
    assert isinstance(done.exception, PallkitError)


def test_the_image_is_made_of_what_is_named_and_of_all_that_the_package_is_made_of() -> None:
    copied = {
        name
        for line in containerfile().splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for name in shlex.split(line)[1:-1]
    }
    assert all((ROOT / name).exists() for name in copied)
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packed = build["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    needed = {"pyproject.toml", "requirements.txt", build["project"]["readme"]}
    needed |= {part.partition("/")[0] for part in packed} | {*build["project"]["license-files"]}
    assert needed <= copied


@pytest.mark.parametrize("wanted", ["USER 10001", "STOPSIGNAL SIGTERM", "--require-hashes"])
def test_the_image_is_run_by_nobody_from_what_is_locked(wanted: str) -> None:
    assert re.search(rf"^(RUN .*)?{re.escape(wanted)}", containerfile(), re.MULTILINE)
