"""What a hand-in's code can do in its cage, and how its answers come out."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from pallkit_grading.sandbox import Cage, CageEndedError, Limits, Sandbox, Value
from pallkit_grading.sandbox.wire import Inbox, WireError


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=20)) as made:
        yield made


@pytest.fixture
def cage(sandbox: Sandbox) -> Iterator[Cage]:
    with sandbox.cage({"tall.csv": b"sted,antall\nheime,2\n"}) as opened:
        yield opened


def printed(cage: Cage, source: str) -> str:
    return "".join(str(one.get("text", "")) for one in cage.run(source).outputs)


def test_a_cell_shows_what_it_prints_and_what_its_last_line_is_worth(cage: Cage) -> None:
    ran = cage.run("print('hei')\n6 * 7")
    assert ran.ok
    assert ran.outputs[0] == {"output_type": "stream", "name": "stdout", "text": "hei\n"}
    assert ran.outputs[1]["output_type"] == "execute_result"
    assert ran.outputs[1]["data"]["text/plain"] == "42"


def test_a_later_cell_knows_what_an_earlier_one_made(cage: Cage) -> None:
    cage.run("dose = 30")
    assert printed(cage, "print(dose * 2)") == "60\n"


def test_what_goes_wrong_is_an_output_with_a_plain_traceback(cage: Cage) -> None:
    ran = cage.run("1 / 0")
    assert not ran.ok
    assert ran.outputs[0]["ename"] == "ZeroDivisionError"
    assert "\x1b" not in "".join(ran.outputs[0]["traceback"])


def test_the_next_cell_runs_after_one_that_failed(cage: Cage) -> None:
    cage.run("raise SystemExit")
    assert printed(cage, "print('videre')") == "videre\n"


def test_pandas_reads_a_file_that_was_handed_in(cage: Cage) -> None:
    cage.run("import pandas as pd\ntall = pd.read_csv('tall.csv')")
    assert cage.value("tall") == Value([{"sted": "heime", "antall": 2}])


def test_a_command_of_the_shell_shows_what_it_prints(cage: Cage) -> None:
    assert printed(cage, "!cat tall.csv").startswith("sted,antall")


def test_a_display_and_a_picture_are_outputs(cage: Cage) -> None:
    ran = cage.run("from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))")
    assert ran.outputs[0]["output_type"] == "display_data"
    assert ran.outputs[0]["data"]["text/html"] == "<b>x</b>"


def test_pallkits_own_engine_and_widgets_work_in_the_cage(cage: Cage) -> None:
    ran = cage.run(
        "from pallkit.cases import load\nfrom pallkit_widgets import CasePlayer\n"
        "CasePlayer('smerte-kan-ikke-svelge')\nprint(load('smerte-kan-ikke-svelge').level)"
    )
    assert ran.ok, ran.outputs
    assert ran.outputs[-1]["text"] == "A\n"


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("svar = 12.5", 12.5),
        ("svar = {'a': (1, 2)}", {"a": [1, 2]}),
        ("import numpy as np\nsvar = np.int64(3)", 3),
        ("import pandas as pd\nsvar = pd.Series([1, 2])", [1, 2]),
        ("from decimal import Decimal\nsvar = Decimal('0.1')", "0.1"),
        ("class Slik(float):\n    pass\nsvar = Slik(2)", 2.0),
    ],
)
def test_a_value_comes_out_as_plain_data(cage: Cage, source: str, value: object) -> None:
    cage.run(source)
    assert cage.value("svar") == Value(value)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("pass", "missing"),
        ("svar = object()", "kind"),
        ("svar = []\nsvar.append(svar)", "kind"),
        ("svar = list(range(100_000))", "kind"),
    ],
)
def test_a_value_that_is_no_data_says_why(cage: Cage, source: str, fault: str) -> None:
    cage.run(source)
    assert cage.value("svar").fault == fault


def test_a_function_answers_to_what_the_grader_asks(cage: Cage) -> None:
    cage.run("def doble(x):\n    print('stoy')\n    return 2 * x")
    assert cage.value("doble", 21, call=True) == Value(42)
    assert cage.value("doble", call=True).fault == "error"


def test_what_a_hand_in_shows_is_cut_and_says_so() -> None:
    with Sandbox(Limits(output_kb=1), preload=()) as small, small.cage() as cage:
        shown = printed(cage, "print('x' * 5000)")
        assert len(shown) < 1100
        assert "[…]" in shown
        assert printed(cage, "print('mer')") == ""


def test_each_cage_has_its_own_files_and_its_own_random_numbers(sandbox: Sandbox) -> None:
    draw = "import random, numpy as np\nsvar = [random.random(), float(np.random.rand())]"
    drawn = []
    for _each in range(2):
        with sandbox.cage() as cage:
            assert printed(cage, "import os\nprint(os.listdir('.'))") == "[]\n"
            cage.run(draw + "\nopen('spor', 'w').close()")
            drawn.append(cage.value("svar").value)
    assert drawn[0][0] != drawn[1][0]
    assert drawn[0][1] != drawn[1][1]


def test_cages_side_by_side_do_not_wait_for_each_other(sandbox: Sandbox) -> None:
    with sandbox.cage() as one, sandbox.cage() as other:
        one.run("mine = 1")
        other.run("mine = 2")
        assert (one.value("mine"), other.value("mine")) == (Value(1), Value(2))


def test_nothing_of_a_cage_is_left_when_it_is_closed(sandbox: Sandbox) -> None:
    with sandbox.cage() as cage:
        cage.run("import subprocess; subprocess.Popen(['sleep', '600'], start_new_session=True)")
    began = time.monotonic()
    with pytest.raises(CageEndedError):
        cage.run("1")
    assert time.monotonic() - began < 5


def test_a_message_that_never_ends_is_refused() -> None:
    with pytest.raises(WireError):
        Inbox(1000).feed((2000).to_bytes(4, "big"))
    with pytest.raises(WireError):
        Inbox(1000).feed((3).to_bytes(4, "big") + b"nei")
