"""``pallkit omeq --csv``: a table in, the same table out with its answers, or nothing at all."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import pty
import random
import signal
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from pallkit.i18n import Language
from pallkit.opioids import ratio_set
from pallkit_app.batch import FrameError
from pallkit_app.batch.counting import count_file
from pallkit_app.batch.output import harmless
from pallkit_app.batch.table import look_at
from pallkit_app.cli import main
from pallkit_app.cli.edge import cli_language
from pallkit_app.dose_columns import ADDED

HEAD = "drug,route,amount,unit\n"
GOOD = HEAD + "oksykodon,po,40,mg/24 t\nmorfin,po,30,mg/d\n"


def omeq(
    source: Path, out: Path, *more: str, lang: Language = "nb"
) -> subprocess.CompletedProcess[str]:
    """Run the command in this process: pandas alone takes a second to start."""
    return told(["omeq", "--csv", str(source), "--out", str(out), *more], lang)


def told(words: list[str], lang: Language = "nb") -> subprocess.CompletedProcess[str]:
    said, errors = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(errors):
        patch.setattr(sys, "argv", ["pallkit", *words])
        for name, value in surroundings(lang).items():
            patch.setenv(name, value)
        cli_language.cache_clear()
        with pytest.raises(SystemExit) as left:
            main()
    cli_language.cache_clear()
    return subprocess.CompletedProcess(
        words, int(left.value.code or 0), said.getvalue(), errors.getvalue()
    )


def command(source: Path, out: Path, *more: str) -> list[str]:
    files = ["--csv", str(source), "--out", str(out)]
    return [sys.executable, "-m", "pallkit_app", "omeq", *files, *more]


def surroundings(lang: Language = "nb") -> dict[str, str]:
    own = {"PALLKIT_SETS": "", "XDG_CONFIG_HOME": "/nowhere", "PYTHONIOENCODING": "utf-8"}
    return {**os.environ, **own, "PALLKIT_LANG": lang}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "inn.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "ut.csv"


def counted(source: Path, out: Path, content: str | bytes) -> list[list[str]]:
    """The rows, header first, that come of a table, without starting a program."""
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    count_file(look_at(source), out, ratio_set("helsedirektoratet"), "nb", force=True)
    table = look_at_any(out)
    return list(csv.reader(io.StringIO(table), delimiter=separator_of(table), strict=True))


def look_at_any(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError(path)


def separator_of(text: str) -> str:
    return max(";,\t", key=text.splitlines()[0].count)


def refused(source: Path, out: Path, content: str | bytes) -> str:
    """Why a table is refused whole; nothing is left of the attempt."""
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(FrameError) as error:
        count_file(look_at(source), out, ratio_set("helsedirektoratet"), "nb", force=False)
    assert sorted(path.name for path in source.parent.iterdir()) == [source.name]
    return str(error.value)


def test_every_row_is_answered_and_the_program_says_how_fast(source: Path, out: Path) -> None:
    done = omeq(source, out, "--set", "helsedirektoratet")
    assert (done.returncode, done.stderr) == (0, "")
    assert out.read_text(encoding="utf-8") == (
        "drug,route,amount,unit," + ",".join(ADDED) + "\n"
        "oksykodon,po,40,mg/24 t,52,60,80,\n"
        "morfin,po,30,mg/d,30,30,30,\n"
    )
    assert "2 rader på " in done.stdout
    assert "Avvist: 0" in done.stdout
    assert "Bare til undervisning." in done.stdout


def test_the_words_about_the_table_lie_beside_it(source: Path, out: Path) -> None:
    assert omeq(source, out).returncode == 0
    about = json.loads((out.parent / "ut.csv-metadata.json").read_text(encoding="utf-8"))
    assert "Øving på oppdiktede pasienter; ikke klinisk beslutningsstøtte." in str(about)
    assert "Bare til undervisning." in about["dc:description"]
    assert about["pallkit:ratio_set"]["id"] == "helsedirektoratet"
    titles = [column["titles"] for column in about["tableSchema"]["columns"]]
    assert titles == ["drug", "route", "amount", "unit", *ADDED]


def test_without_a_set_it_says_which_it_counts_by(source: Path, out: Path) -> None:
    assert "helsedirektoratet" in omeq(source, out).stderr


def test_a_set_in_a_file_counts_and_one_that_is_not_there_is_told(source: Path, out: Path) -> None:
    own = source.parent / "lokal.yaml"
    names = "{nb: a, nn: a, en: a}"
    own.write_text(
        "id: lokal\nsource: lokal\ntitle: Vår tabell\npublisher: Oppdiktet\n"
        f"date: {names}\naddress: https://example.org\nseen: original\nmade_for: switching\n"
        f"purpose: {names}\nnot_for: {names}\nrights: {names}\nrows:\n"
        "  - {drug: oxycodone, routes: [oral], unit: mg/24 h, direction: both, ratio: 4}\n",
        encoding="utf-8",
    )
    assert omeq(source, out, "--set", str(own)).returncode == 0
    assert "oksykodon,po,40,mg/24 t,160,160,160," in out.read_text(encoding="utf-8")
    assert omeq(source, out, "--force", "--set", "borte").returncode == 2


def test_rows_without_an_answer_keep_their_reason_and_the_status_says_so(
    source: Path, out: Path
) -> None:
    source.write_text(
        HEAD + "metadon,po,10,mg/d\nsukker,po,1,mg/d\nmorfin,po,1.000,mg/d\nmorfin,po,1,mg/d\n",
        encoding="utf-8",
    )
    done = omeq(source, out, "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["refused"] == {"locked": 1, "unreadable_dose": 1, "unreadable_amount": 1}
    assert report["rows"] == 4
    reasons = [line.split(",")[-4:] for line in out.read_text("utf-8").splitlines()[1:]]
    assert reasons[0] == ["", "", "", "locked"]
    assert reasons[3] == ["1", "1", "1", ""]


@pytest.mark.parametrize(
    ("content", "row"),
    [
        pytest.param(
            "drug;route;amount;unit\nmorfin;po;2,5;mg/d\n",
            ["morfin", "po", "2,5", "mg/d", "2,5", "2,5", "2,5", ""],
            id="semicolon and decimal comma",
        ),
        pytest.param(
            "drug\troute\tamount\tunit\nmorfin\tpo\t2.5\tmg/d\n",
            ["morfin", "po", "2.5", "mg/d", "2.5", "2.5", "2.5", ""],
            id="tab and decimal point",
        ),
        pytest.param(
            HEAD + 'morfin,po,"2,5",mg/d\n',
            ["morfin", "po", "2,5", "mg/d", "2,5", "2,5", "2,5", ""],
            id="comma, with the decimal comma in quotes",
        ),
        pytest.param(
            "drug;route;amount;unit\noksykodon;po;5;mg/d\n",
            ["oksykodon", "po", "5", "mg/d", "6,5", "7,5", "10", ""],
            id="semicolon alone goes with the comma",
        ),
        pytest.param(
            "note; Amount ;UNIT;Drug;Route\nja;40;mg/24 t;oksykodon;po\n",
            ["ja", "40", "mg/24 t", "oksykodon", "po", "52", "60", "80", ""],
            id="another order, other letters",
        ),
    ],
)
def test_the_form_of_the_table_is_kept(
    source: Path, out: Path, content: str, row: list[str]
) -> None:
    assert counted(source, out, content)[1] == row


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b"d"), ("utf-8-sig", b"\xef\xbb\xbfd"), ("utf-16", b"\xff\xfed"), ("cp1252", b"d")],
)
def test_the_encoding_is_kept(source: Path, out: Path, encoding: str, mark: bytes) -> None:
    text = "drug;route;amount;unit;merknad\r\nfentanyl;plaster;25;µg/t;prøve på nøtt\r\n"
    rows = counted(source, out, text.encode(encoding))
    assert rows[1][4:] == ["prøve på nøtt", "60", "60", "60", ""]
    assert out.read_bytes().startswith(mark)
    assert out.read_bytes().decode(encoding).endswith(";60;60;60;\r\n")


def test_windows_letters_are_told_of(source: Path, out: Path) -> None:
    source.write_bytes("drug;route;amount;unit\nfentanyl;plaster;25;µg/t\n".encode("cp1252"))
    done = omeq(source, out)
    assert done.returncode == 0
    assert "Windows-1252" in done.stderr


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        pytest.param("morfin,po,2,5,mg/d", ["morfin", "po", "2", "5,mg/d"], id="a field too many"),
        pytest.param("morfin,po,2", ["morfin", "po", "2", ""], id="a field too few"),
    ],
)
def test_a_row_that_does_not_fit_the_header_loses_nothing_and_gets_no_answer(
    source: Path, out: Path, row: str, kept: list[str]
) -> None:
    rows = counted(source, out, f"{HEAD}{row}\n\nmorfin,po,1,mg/d\n")
    assert rows[1] == [*kept, "", "", "", "broken_row"]
    assert rows[2][-4:] == ["1", "1", "1", ""]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param("", "no header line", id="empty"),
        pytest.param(HEAD, "no rows", id="header only"),
        pytest.param("drug,route,amount\nmorfin,po,1\n", "lacks the column unit", id="no unit"),
        pytest.param("a;b\n1;2\n", "drug, route, amount, unit", id="another table"),
        pytest.param(HEAD.replace("unit", "drug"), "named “drug”", id="a name twice"),
        pytest.param(
            "drug,route,amount,unit,reason\nmorfin,po,1,mg/d,x\n", "counted before", id="its own"
        ),
        pytest.param(HEAD + 'morfin,"po,1,mg/d\n', "line 2, is not CSV", id="an open quote"),
        pytest.param(b"PK\x03\x04\x00\x00", "not a text file", id="a spreadsheet"),
        pytest.param(b"drug,route,amount,unit\n\x81,po,1,mg\n", "not a text file", id="no letters"),
    ],
)
def test_a_table_that_cannot_be_counted_says_why_and_leaves_nothing(
    source: Path, out: Path, content: str | bytes, why: str
) -> None:
    assert why in refused(source, out, content)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pasientnavn", "x"),
        ("PatientID", "7"),
        ("Fødselsår", "50"),
        ("date of birth", "x"),
        ("drugname", "x"),
        ("x", "født 12.03.1950"),
        ("x", "1950-03-12"),
        ("x", "12.03.50"),
        ("x", "010190 12345"),
        ("x", "Kari Nordmann"),
        ("x", "Nordmann, Kari A. B."),
    ],
)
def test_a_column_that_may_be_about_a_person_stops_everything(
    source: Path, out: Path, name: str, value: str
) -> None:
    content = f'drug,route,amount,unit,{name}\nmorfin,po,1,mg/d,"{value}"\n'
    assert "Remove the column" in refused(source, out, content)


def test_bare_dates_in_every_row_are_taken_for_birth_dates(source: Path, out: Path) -> None:
    rows = "".join(f"morfin,po,1,mg/d,{day}0350\n" for day in range(10, 20))
    assert "Remove the column" in refused(source, out, HEAD.replace("\n", ",seed\n") + rows)


@pytest.mark.parametrize("value", ["Morfin", "120350", "nivå B", "10.5", "40 mg x 2", "Avdeling"])
def test_ordinary_columns_pass(source: Path, out: Path, value: str) -> None:
    rows = counted(source, out, f"drug,route,amount,unit,x\nmorfin,po,1,mg/d,{value}\n")
    assert rows[1][4:] == [value, "1", "1", "1", ""]


def test_a_name_far_down_stops_everything_in_the_reader_s_language(source: Path, out: Path) -> None:
    row = "morfin,po,1,mg/d,ok\n"
    content = HEAD.replace("\n", ",x\n") + row * 60_000 + row.replace("ok", "01019012345")
    source.write_text(content, encoding="utf-8")
    done = omeq(source, out, lang="nn")
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("pallkit: ")]
    assert "Kolonnen «x»" in line
    assert "01019012345" not in done.stderr
    assert list(source.parent.iterdir()) == [source]


@pytest.mark.parametrize("more", [(), ("--force",)])
def test_the_table_itself_is_never_written_over(source: Path, more: tuple[str, ...]) -> None:
    link = source.parent / "lenke.csv"
    link.hardlink_to(source)
    for out in (source, link):
        assert omeq(source, out, *more).returncode == 2
        assert source.read_text(encoding="utf-8") == GOOD


def test_a_file_that_is_there_is_replaced_by_force_alone(source: Path, out: Path) -> None:
    out.write_text("mitt", encoding="utf-8")
    done = omeq(source, out)
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert out.read_text(encoding="utf-8") == "mitt"
    assert omeq(source, out, "--force").returncode == 0
    assert out.read_text(encoding="utf-8").startswith("drug,")


@pytest.mark.parametrize("given", [["--out", "x"], ["--csv", "x"], ["morfin po 1 mg/d", "--force"]])
def test_options_that_do_not_go_together_are_told(given: list[str]) -> None:
    done = told(["omeq", *given])
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_a_folder_that_is_not_there_and_a_file_that_is_not_are_told(
    source: Path, out: Path
) -> None:
    assert omeq(source, source.parent / "borte" / "ut.csv").returncode == 2
    assert omeq(out, source.parent / "x.csv").returncode == 2


@pytest.fixture
def large(source: Path) -> Path:
    chance = random.Random(1)  # noqa: S311  # seeded, not a secret
    drugs = ["oksykodon,po", "morfin,po", "hydromorfon,po", "metadon,po", "morfin,sc"]
    rows = (f"{chance.choice(drugs)},{chance.randint(1, 400)},mg/d\n" for _ in range(200_000))
    source.write_text(HEAD + "".join(rows), encoding="utf-8")
    return source


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopped_in_the_middle_nothing_is_left(large: Path, out: Path, how: signal.Signals) -> None:
    running = subprocess.Popen(command(large, out), stderr=subprocess.PIPE, env=surroundings())
    until = time.monotonic() + 60
    while not any(path.name.endswith(".part") for path in large.parent.iterdir()):
        assert time.monotonic() < until
        time.sleep(0.01)
    running.send_signal(how)
    _out, said = running.communicate(timeout=60)
    assert running.returncode == 2
    assert "Ingenting er skrevet" in said.decode()
    assert list(large.parent.iterdir()) == [large]


def test_two_hundred_thousand_rows_are_the_engine_s_own_on_a_bar_in_the_terminal(
    large: Path, out: Path
) -> None:
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        command(large, out, "--json"),
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**surroundings(), "TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    shown = b""
    while running.poll() is None or not shown:
        try:
            shown += os.read(ours, 4096)
        except OSError:
            break
    report = json.loads(running.communicate(timeout=120)[0])
    assert running.returncode == 1
    assert report["rows"] == 200_000
    assert "av 200000 rader" in shown.decode()
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 200_000
    worth = {"oksykodon": 1.5, "morfin": 1.0, "hydromorfon": 5.0}
    for row in rows:
        if row["reason"]:
            assert (row["drug"], row["route"]) in {("metadon", "po"), ("morfin", "sc")}
            continue
        point = float(row["oral_morphine_point"])
        assert math.isclose(point, float(row["amount"]) * worth[row["drug"]], rel_tol=1e-9)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+cmd|'/c calc'!A1", "'+cmd|'/c calc'!A1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("  =1", "  '=1"),
        ("\t=1", "\t'=1"),
        ("＝1+1", "'＝1+1"),
        ("a;=1+1", "a;'=1+1"),
        ("a\n=1", "a\n'=1"),
        ("-5", "-5"),
        ("+2,5", "+2,5"),
        ("-", "-"),
        ("a-b=c", "a-b=c"),
        ("mg/24 t", "mg/24 t"),
    ],
)
def test_no_cell_is_a_formula_to_a_spreadsheet(cell: str, written: str) -> None:
    assert harmless([cell, "x"]) == ([written, "x"], int(cell != written))


def test_a_formula_in_a_table_comes_out_as_text_and_is_told_of(source: Path, out: Path) -> None:
    source.write_text(HEAD.replace("\n", ",x\n") + "morfin,po,1,mg/d,=1+1\n", encoding="utf-8")
    done = omeq(source, out)
    assert "morfin,po,1,mg/d,'=1+1,1,1,1," in out.read_text(encoding="utf-8")
    assert "apostrof" in done.stdout
