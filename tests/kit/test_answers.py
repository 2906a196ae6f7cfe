"""The answer log: nothing a trainee saved is lost, and nothing in the file is trusted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pallkit import answers
from pallkit.answers import log as answer_log
from pallkit.answers import record
from pallkit.errors import LogError
from pallkit.privacy import IdentityNumberError

TASK = "oppgave-1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "svar.jsonl"


def write(path: Path, *texts: str) -> None:
    for text in texts:
        answers.append(path, record("answer", TASK, text))


def texts(path: Path) -> list[str]:
    return [str(entry.value) for entry in answers.read(path).records]


def test_what_is_added_is_read_back_in_order_with_its_time(path: Path) -> None:
    at = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
    answers.append(path, record("opened", TASK, notebook="omregning.ipynb", at=at))
    answers.append(path, record("answer", TASK, "40 mg/24 t", notebook="omregning.ipynb", at=at))
    opened, answer = answers.read(path).records
    assert (opened.type, answer.type, answer.value) == ("opened", "answer", "40 mg/24 t")
    assert answer.at == "2026-11-22T08:30:00Z"
    assert answer.notebook == "omregning.ipynb"


def test_each_record_is_one_readable_line_of_utf8(path: Path) -> None:
    write(path, "Åse får 25 µg/t\nog hviler")
    (line,) = path.read_bytes().splitlines()
    assert json.loads(line)["value"] == "Åse får 25 µg/t\nog hviler"
    assert "Åse" in line.decode()


def test_the_last_answer_counts_and_all_are_kept(path: Path) -> None:
    write(path, "40 mg", "20 mg")
    log = answers.read(path)
    counting = answers.latest(log, TASK)
    assert counting is not None
    assert counting.text == "20 mg"
    assert [(given.text, given.counts) for given in answers.answers(log, TASK)] == [
        ("40 mg", False),
        ("20 mg", True),
    ]


def test_an_answer_taken_back_no_longer_counts_and_the_one_before_does(path: Path) -> None:
    write(path, "40 mg", "20 mg")
    answers.append(path, record("withdrawn", TASK, 2))
    log = answers.read(path)
    counting = answers.latest(log, TASK)
    assert counting is not None
    assert counting.text == "40 mg"
    assert answers.answers(log, TASK)[1].withdrawn


def test_an_answer_cannot_be_taken_back_before_it_is_given(path: Path) -> None:
    answers.append(path, record("withdrawn", TASK, 1))
    write(path, "40 mg")
    assert answers.latest(answers.read(path), TASK) is not None


def test_tasks_do_not_answer_for_each_other(path: Path) -> None:
    write(path, "40 mg")
    assert answers.latest(answers.read(path), "oppgave-2") is None


def test_undo_and_restart_are_carried_out(path: Path) -> None:
    for kind, value in [
        ("decision", {"step": "a"}),
        ("restart", None),
        ("decision", {"step": "a"}),
        ("decision", {"step": "b", "option": "feil"}),
        ("undo", None),
        ("decision", {"step": "b", "option": "rett"}),
    ]:
        answers.append(path, record(kind, TASK, value))
    assert answers.decisions(answers.read(path), TASK) == (
        {"step": "a"},
        {"step": "b", "option": "rett"},
    )


def test_a_torn_last_line_is_left_out_and_reported(path: Path) -> None:
    write(path, "40 mg", "20 mg")
    path.write_bytes(path.read_bytes()[:-12])
    log = answers.read(path)
    assert [entry.value for entry in log.records] == ["40 mg"]
    assert log.torn
    assert not log.intact
    assert str(log.problems[0]) == "The last line is cut off and is left out."


def test_a_record_after_a_torn_line_stands_on_its_own_line(path: Path) -> None:
    write(path, "40 mg")
    path.write_bytes(path.read_bytes() + b'{"v": 1, "ty')
    write(path, "20 mg")
    log = answers.read(path)
    assert texts(path) == ["40 mg", "20 mg"]
    assert not log.torn
    assert log.damaged == 1


def test_a_last_line_that_only_lost_its_line_end_still_counts(path: Path) -> None:
    write(path, "40 mg")
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert texts(path) == ["40 mg"]
    write(path, "20 mg")
    assert texts(path) == ["40 mg", "20 mg"]
    assert answers.read(path).intact


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_wherever_a_write_was_cut_the_earlier_answers_stand(path: Path, cut: int) -> None:
    write(path, "40 mg", "20 mg")
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    assert texts(path)[0] == "40 mg"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"not json", id="not JSON"),
        pytest.param(b"\x00" * 50, id="zeros after a power cut"),
        pytest.param(b"\xff\xfe", id="not UTF-8"),
        pytest.param(b"[" * 50_000, id="nested beyond reason"),
        pytest.param(
            b'{"v": 2, "type": "answer", "task": "a", "value": "1"}', id="another version"
        ),
        pytest.param(
            b'{"v": 1, "type": "answer", "task": "a", "value": 7}', id="a number for a text"
        ),
        pytest.param(
            b'{"v": 1, "type": "answer", "task": ["a"], "value": "1"}', id="a list for a task"
        ),
        pytest.param(b'{"v": 1, "type": "answer", "value": "1"}', id="no task"),
        pytest.param(b'"' + b"a" * 100_000 + b'"', id="too long a line"),
        pytest.param(b"1" * 5000, id="too long a number"),
    ],
)
def test_a_damaged_line_is_left_out_and_counted_and_the_rest_stands(
    path: Path, line: bytes
) -> None:
    write(path, "40 mg")
    path.write_bytes(path.read_bytes() + line + b"\n")
    write(path, "20 mg")
    log = answers.read(path)
    assert texts(path) == ["40 mg", "20 mg"]
    assert log.damaged == 1
    assert str(log.problems[0]).startswith("Line 2 is left out. ")


def test_a_record_of_an_unknown_type_is_noted_and_is_not_damage(path: Path) -> None:
    write(path, "40 mg")
    path.write_bytes(path.read_bytes() + b'{"v": 1, "type": "attended", "task": "a"}\n')
    log = answers.read(path)
    assert log.intact
    assert str(log.problems[0]) == (
        "Line 2 is left out. This version does not know records of type “attended”."
    )


def test_a_score_in_the_file_counts_for_nothing(path: Path) -> None:
    line = {
        "v": 1,
        "type": "answer",
        "task": TASK,
        "value": "40 mg",
        "score": 100,
        "at": "",
        "notebook": "",
    }
    path.write_text(json.dumps(line) + "\n")
    assert not hasattr(answers.read(path).records[0], "score")


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(path: Path) -> None:
    write(path, "40 mg", "20 mg")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert texts(path) == ["40 mg", "20 mg"]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(lambda _: None, "There is no answer log “svar.jsonl” here.", id="missing"),
        pytest.param(Path.touch, "No line of “svar.jsonl” can be read.", id="empty"),
        pytest.param(
            lambda path: path.write_bytes(os.urandom(4000)),
            "No line of “svar.jsonl” can be read.",
            id="another kind of file",
        ),
        pytest.param(Path.mkdir, "“svar.jsonl” is not an ordinary file.", id="a folder"),
        pytest.param(os.mkfifo, "“svar.jsonl” is not an ordinary file.", id="a pipe"),
        pytest.param(
            lambda path: path.symlink_to("/etc/hostname"),
            "“svar.jsonl” cannot be read: it is only a link.",
            id="a link",
        ),
        pytest.param(
            lambda path: path.write_bytes(b"\n" * (answer_log.MAX_LOG + 1)),
            "“svar.jsonl” is too large to be an answer log.",
            id="gigantic",
        ),
    ],
)
def test_a_log_that_says_nothing_is_an_error_of_one_line(
    path: Path, make: object, says: str
) -> None:
    assert callable(make)
    make(path)
    with pytest.raises(LogError) as caught:
        answers.read(path)
    assert str(caught.value) == says


def test_an_empty_or_torn_log_can_be_begun_again(path: Path) -> None:
    path.write_bytes(b'{"v": 1,')
    with answers.held(path) as log:
        assert log.read().torn
        log.append(record("answer", TASK, "40 mg"))
    assert texts(path) == ["40 mg"]


def test_another_file_by_the_same_name_is_not_written_into(path: Path) -> None:
    path.write_text("my own notes\n")
    with pytest.raises(LogError, match="No line of"), answers.held(path) as log:
        log.read()
    assert path.read_text() == "my own notes\n"


def test_an_answer_of_ten_thousand_letters_fits_and_one_more_does_not(path: Path) -> None:
    write(path, "𝄞" * answers.MAX_TEXT)
    assert len(texts(path)[0]) == answers.MAX_TEXT
    with pytest.raises(LogError, match="Write at most 10000 characters"):
        write(path, "a" * (answers.MAX_TEXT + 1))
    assert len(texts(path)) == 1


def test_half_a_letter_from_a_browser_does_not_stop_the_answer(path: Path) -> None:
    write(path, "40 mg \ud83d")
    assert texts(path) == ["40 mg ?"]


def test_a_full_log_takes_no_more_and_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_log, "MAX_LOG", 200)
    write(path, "40 mg")
    with pytest.raises(LogError, match="is full"):
        write(path, "20 mg")
    assert texts(path) == ["40 mg"]


def test_an_identity_number_is_never_written(path: Path) -> None:
    with pytest.raises(IdentityNumberError):
        write(path, "gjelder 010190 12345")
    with pytest.raises(IdentityNumberError):
        record("decision", TASK, {"step": "a", "text": "01019012345"})
    assert not path.exists()


def test_a_folder_that_cannot_be_written_in_gives_one_line(tmp_path: Path) -> None:
    with pytest.raises(LogError, match=r"could not be saved in “svar.jsonl”: the folder is gone"):
        write(tmp_path / "borte" / "svar.jsonl", "40 mg")


WRITER = """
import sys
from pathlib import Path
from pallkit import answers
for number in range(100):
    text = f"{number} " + "x" * 3000
    answers.append(Path(sys.argv[1]), answers.record("answer", sys.argv[2], text))
"""


def test_two_programs_writing_at_once_lose_nothing(path: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in ("a", "b")
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    log = answers.read(path)
    assert log.intact
    for name in ("a", "b"):
        numbers = [given.text.split()[0] for given in answers.answers(log, name)]
        assert numbers == [str(number) for number in range(100)]


def test_a_writer_that_waits_in_vain_says_where_the_log_is_in_use(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pallkit.answers.lock.PATIENCE", 0.1)
    with answers.held(path), pytest.raises(LogError, match="in use in another window"):
        write(path, "40 mg")


def test_a_program_killed_while_writing_leaves_whole_records(path: Path) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path), "a"])
    while not path.exists() or path.stat().st_size < 20_000:
        assert writer.poll() is None
    writer.kill()
    writer.wait()
    log = answers.read(path)
    assert log.damaged == 0
    assert len(log.records) >= 6


def test_how_sure_one_is_belongs_to_the_answer_that_counted_when_it_was_said(path: Path) -> None:
    answers.append(path, record("certainty", TASK, 1))  # of nothing yet
    write(path, "40 mg", "20 mg")
    answers.append(path, record("certainty", TASK, 9))
    answers.append(path, record("withdrawn", TASK, 2))
    answers.append(path, record("certainty", TASK, 4))
    given = answers.answers(answers.read(path), TASK)
    assert [(one.text, one.sure, one.counts) for one in given] == [
        ("40 mg", 4, True),
        ("20 mg", 9, False),
    ]


@pytest.mark.parametrize("sure", [-1, 11, True, "8", 7.5, None])
def test_how_sure_one_is_goes_from_0_to_10(sure: object) -> None:
    with pytest.raises(LogError):
        record("certainty", TASK, sure)


def test_a_task_of_one_s_own_names_whom_it_was_shown_to(path: Path) -> None:
    for value in (None, {"trainee": "kari"}, {"trainee": "ola"}, {"trainee": "kari"}):
        answers.append(path, record("opened", TASK, value))
    assert answers.shown_to(answers.read(path), TASK) == ("kari", "ola")


@pytest.mark.parametrize("value", [{}, {"trainee": 1}, {"trainee": ""}, {"trainee": "a", "b": "c"}])
def test_a_task_is_shown_to_a_named_trainee_or_to_all(value: object) -> None:
    with pytest.raises(LogError):
        record("opened", TASK, value)


def test_many_thousand_answers_taken_back_are_read_at_once(path: Path) -> None:
    """A hand-in's log is as hostile as it can be made."""
    many = 7000
    lines = [record("answer", TASK, "1").line()] * many
    lines += [record("withdrawn", TASK, number).line() for number in range(many, 1, -1)]
    lines += [record("certainty", TASK, 3).line()] * many
    path.write_bytes(b"".join(lines))
    given = answers.answers(answers.read(path), TASK)
    assert (given[0].sure, given[0].counts) == (3, True)
