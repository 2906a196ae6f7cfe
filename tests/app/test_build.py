"""The wheel, installed in a clean environment far from the checkout, does all three jobs."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest
from tests.app.server_process import free_port

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (
    "LICENSE", "LICENSE-content", "README.md", "casebank", "courses", "grading", "kit",
    "notebooks", "pyproject.toml", "widgets", ".gitignore",
)  # fmt: skip
UV = Path(sys.executable).parent / "uv"
ASSIGNMENT = "omregning-i-praksis"
CASE = "smerte-kan-ikke-svelge"
# What learners and leaders leave behind, where they would leave it.
HAND_INS = (
    f"courses/spesialist/source/{ASSIGNMENT}/svar.jsonl",
    f"courses/spesialist/submitted/kari/{ASSIGNMENT}/{ASSIGNMENT}.ipynb",
    f"courses/spesialist/autograded/kari/{ASSIGNMENT}/svar.jsonl",
    f"courses/spesialist/feedback/kari/{ASSIGNMENT}/{ASSIGNMENT}.html",
    "courses/spesialist/gradebook.db",
    "notebooks/apps/svar.jsonl",
    "notebooks/apps/.ipynb_checkpoints/case-checkpoint.ipynb",
    "notebooks/modules/svar.jsonl",
    "notebooks/modules/.ipynb_checkpoints/smertepumpe.nb-checkpoint.ipynb",
    "kit/pallkit/svar.jsonl",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the tree in which hand-ins are lying about."""
    tree = tmp_path_factory.mktemp("tree")
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tree / name)
    for name in HAND_INS:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text("a person's answers", encoding="utf-8")
    out = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, tree)
    return next(out.glob("*.whl"))


class Installed:
    """The environment the wheel is in, and an empty folder to stand in."""

    def __init__(self, python: Path, cwd: Path) -> None:
        self.python = python
        self.cwd = cwd
        hidden = ("PYTHONPATH", "VIRTUAL_ENV", "PALLKIT_LANG")
        self.env = {name: value for name, value in os.environ.items() if name not in hidden}
        self.env["PATH"] = f"{python.parent}{os.pathsep}{self.env['PATH']}"

    def run(self, *command: str, cwd: Path | None = None, stdin: str = "") -> str:
        """Run one of the environment's programs; its output, or a failure that shows it."""
        program = self.python.parent / command[0]
        return _run(program, *command[1:], cwd=cwd or self.cwd, env=self.env, stdin=stdin)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel with what it declares to need, at the locked versions."""
    home = tmp_path_factory.mktemp("clean")
    _run(UV, "venv", "--python", sys.executable, home / "venv")
    python = home / "venv" / "bin" / "python"
    # From the checkout's folder, so that uv leaves out what the lock leaves out (pyproject.toml).
    _run(UV, "pip", "install", "--python", python, "-c", "requirements.txt", wheel, cwd=ROOT)
    (home / "work").mkdir()
    return Installed(python, home / "work")


def test_the_wheel_carries_what_is_built_and_nobodys_answers(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for built in (
        "pallkit/_compiled/index.json",
        f"pallkit/_compiled/cases/{CASE}/nn.json",
        "pallkit/locale/nn/LC_MESSAGES/pallkit.mo",
        "pallkit_widgets/_static/designsystemet.css",
        "pallkit_widgets/_static/theme.css",
        "pallkit_widgets/_static/designsystemet-LICENSE",
        f"pallkit_app/_content/casebank/cases/{CASE}/case.yaml",
        f"pallkit_app/_content/courses/spesialist/source/{ASSIGNMENT}/{ASSIGNMENT}.ipynb",
        "pallkit_app/_content/notebooks/apps/case.ipynb",
        "pallkit_app/_content/notebooks/modules/smertepumpe.nb.ipynb",
        "pallkit_app/_content/notebooks/modules/smertepumpe.nn.ipynb",
        "pallkit_app/server/delivery/_built/client.js",
        "pallkit_app/server/delivery/_built/client-LICENSES.txt",
        "pallkit_app/server/static/module.js",
        "pallkit_app/server/templates/module.html.j2",
    ):
        assert built in names, f"{built} is not in the wheel"
    leaked = (
        r"svar\.jsonl|submitted|autograded|feedback/|gradebook\.db|checkpoint|__pycache__|tests/"
    )
    assert not [name for name in names if re.search(leaked, name)]
    assert not [name for name in names if name.split("/")[0] in {"bootstrap", "styles", "kit"}]


def test_the_wheel_carries_both_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        texts = [archive.read(n).decode() for n in archive.namelist() if "/licenses/" in n]
    assert any("BSD 3-Clause" in text for text in texts)
    assert any("Creative Commons Attribution 4.0" in text for text in texts)


def test_the_build_tools_are_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["dependency-groups"]["build"] == project["build-system"]["requires"]
    lock = (ROOT / "requirements.txt").read_text("utf-8").lower()
    for requirement in project["build-system"]["requires"]:
        name = re.split(r"[><=]", requirement)[0].lower()
        assert re.search(rf"^{re.escape(name)}==\S+ .*\n +--hash=sha256:", lock, re.MULTILINE)


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_every_locked_package_has_hashes_and_the_lock_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    pins = [line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    assert len(pins) > 90
    assert all("==" in pin and pin.endswith("\\") for pin in pins)
    assert not re.search(r"https?://|file:|index-url|find-links", text)


def test_the_installed_environment_is_whole(installed: Installed) -> None:
    _run(UV, "pip", "check", "--python", installed.python)
    where = installed.run("python", "-c", "import pallkit; print(pallkit.__file__)")
    assert str(ROOT) not in where


def test_omeq_counts_from_an_empty_folder(installed: Installed) -> None:
    doses = ["oksykodon po 40 mg/d", "fentanyl td 25 µg/t"]
    out = installed.run("pallkit", "omeq", *doses, "--set", "helsedirektoratet", "--json")
    answer = json.loads(out)
    assert answer["refusal"] is None
    assert answer["steps"]
    assert float(answer["oral_morphine"]["point"]) > 60
    assert not list(installed.cwd.iterdir())


def test_the_learner_gets_a_case_page(installed: Installed) -> None:
    port = free_port()
    command = [installed.python.parent / "pallkit", "serve", "--port", str(port), "--no-open"]
    server = subprocess.Popen(
        command,
        cwd=installed.cwd,
        env=installed.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        start = _page(f"http://127.0.0.1:{port}/", server)
        case = _page(f"http://127.0.0.1:{port}/app/kasus?case={CASE}&lang=nn", server)
        tools = _page(f"http://127.0.0.1:{port}/modul/smertepumpe/verktoy?lang=nn", server)
    finally:
        server.send_signal(signal.SIGINT)
        try:
            printed, _ = server.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            server.kill()
            raise
    assert "Traceback" not in printed
    assert 'lang="nb"' in start
    assert 'lang="nn"' in case
    assert CASE in case
    assert tools.count('data-cell="') >= 3
    assert "data-failed" not in tools
    assert "/static/widgets/CasePlayer.js" in case
    assert not list(installed.cwd.iterdir())


def test_the_leader_gets_a_guide_as_html_and_pdf(installed: Installed, tmp_path: Path) -> None:
    html, pdf = tmp_path / "guide.html", tmp_path / "guide.pdf"
    installed.run("pallkit", "guide", CASE, "--lang", "nb", "-o", str(html))
    installed.run("pallkit", "guide", CASE, "--lang", "nb", "-o", str(pdf))
    assert "<html" in html.read_text("utf-8")
    assert pdf.read_bytes().startswith(b"%PDF")


def test_a_hand_in_is_graded_in_a_course_made_from_the_package(
    installed: Installed, tmp_path: Path
) -> None:
    course = tmp_path / "kurs"
    installed.run("pallkit", "course", "new", str(course), "--from", "spesialist")
    installed.run("nbgrader", "generate_assignment", ASSIGNMENT, cwd=course)
    hand_in = course / "submitted" / "kari" / ASSIGNMENT
    shutil.copytree(course / "release" / ASSIGNMENT, hand_in)
    installed.run("python", "-", cwd=hand_in, stdin=ANSWERING)
    installed.run("nbgrader", "autograde", ASSIGNMENT, cwd=course)
    results = subprocess.run(
        [installed.python.parent / "pallkit", "course", "results", str(course),
         "--assignment", ASSIGNMENT, "--json"],
        env=installed.env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    points = {row["task"]: row["points"] for row in json.loads(results.stdout)}
    assert float(points["omregning-2"]) == 3  # 60 × 1.5, half taken off
    assert float(points["omregning-3"]) == 0


# What the widgets write as a trainee works: opened, and one answer.
ANSWERING = f"""
from pathlib import Path
from pallkit.answers import append, record
log = Path("svar.jsonl")
for task in ("omregning-kasus", "omregning-1", "omregning-2", "omregning-3", "omregning-tekst"):
    append(log, record("opened", task, notebook="{ASSIGNMENT}"))
append(log, record("answer", "omregning-2", "45 mg/24 t", notebook="{ASSIGNMENT}"))
"""


def _run(
    *command: str | Path,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    stdin: str = "",
) -> str:
    done = subprocess.run(
        command, cwd=cwd, env=env, input=stdin, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _page(url: str, server: subprocess.Popen[str], *, within: float = 180) -> str:
    limit = time.monotonic() + within
    while True:
        try:
            with urllib.request.urlopen(url, timeout=within) as reply:  # noqa: S310  # our own server
                return str(reply.read().decode("utf-8"))
        except urllib.error.HTTPError:
            raise
        except OSError:
            assert server.poll() is None, server.communicate()[0]
            assert time.monotonic() < limit, f"{url} did not answer within {within} s"
            time.sleep(0.3)
