"""Another key is seen before it counts, and the history says why a score was changed."""

from __future__ import annotations

from decimal import Decimal

from tests.grading.running.made import ASSIGNMENT, Made, run_pallkit

from pallkit_grading.book.history import entries


def test_a_new_key_is_shown_first_and_then_applied_with_its_reason(without_code: Made) -> None:
    course = without_code.copy(without_code.root.parent / "ny-fasit")
    course.hand_in("god", {"drofting": "Tekst."})
    course.hand_in("tom", {}, log=(("answer", "dose-1", "30 mg/24 t"),))
    course.grade()
    assert course.scores("god")["dose-1"] == 2
    own = course.root / "key" / "kode.yaml"
    old = own.read_text(encoding="utf-8")
    new = course.root / "ny.yaml"
    new.write_text(old.replace("30 mg x 2", "40 mg x 2"), encoding="utf-8")
    command = ("regrade", str(course.root), "--assignment", ASSIGNMENT, "--key", str(new))

    shown = run_pallkit(*command)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "god, dose-1: 2 → 0 of 2" in shown.stdout
    assert "tom" not in shown.stdout
    assert "Nothing is changed yet" in shown.stdout
    assert course.scores("god")["dose-1"] == 2

    assert run_pallkit(*command, "--apply").returncode == 2  # without a reason
    done = run_pallkit(*command, "--apply", "--reason", "Det sto feil dose i fasiten.")
    assert (done.returncode, done.stderr) == (0, "")
    assert course.scores("god")["dose-1"] == 0
    assert own.read_text(encoding="utf-8") == new.read_text(encoding="utf-8")
    kept = list((course.root / ".pallkit" / "keys").iterdir())
    assert [one.read_text(encoding="utf-8") for one in kept] == [old]
    with course.book() as book:
        history = [one for one in entries(book.db, trainee="god") if one.task == "dose-1"]
    assert [one.points for one in history] == [Decimal(2), Decimal(0)]
    assert history[1].reason == "Det sto feil dose i fasiten."
    assert history[0].key_version != history[1].key_version
    assert course.grade().marked == 0  # the new key is the course's


def test_a_key_that_cannot_be_read_changes_nothing(without_code: Made) -> None:
    course = without_code.copy(without_code.root.parent / "darlig-fasit")
    course.hand_in("god", {})
    course.grade()
    bad = course.root / "ny.yaml"
    bad.write_text("tasks:\n  - id: dose-1\n    kind: dosis\n", encoding="utf-8")
    command = ("regrade", str(course.root), "--assignment", ASSIGNMENT, "--key", str(bad))
    done = run_pallkit(*command, "--apply", "--reason", "x")
    assert done.returncode == 2
    assert "ny.yaml:2" in done.stderr
    assert "Traceback" not in done.stderr
    assert course.scores("god")["dose-1"] == 2
