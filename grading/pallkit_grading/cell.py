"""What a graded cell holds: ``check("…")``, and ``show("…")`` for a text graded by hand.

nbgrader gives a cell full points unless it ends in an error, writes on stderr, or has a
plain number as its value (shared design notes: the points trap). So :func:`check` always
answers a plain ``float`` between 0 and the task's points, explains itself on stdout, lets
nothing reach stderr and catches its own errors.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

from pallkit.answers import Answer, answers, decisions, read
from pallkit.errors import LogError, PallkitError
from pallkit.i18n import Message, Words, _, language, render
from pallkit.variants import own_name
from pallkit_grading.code_task import Ask, of_namespace
from pallkit_grading.course import LOG_NAME
from pallkit_grading.judge import judge_file
from pallkit_grading.judgement import Judgement
from pallkit_grading.key import Key, configured_key
from pallkit_grading.own_session import code_lines, in_words, namespace

Line = Message | Words

AUTOGRADED = "autograded"
"""The folder of hand-ins that nbgrader is grading, a trainee's folder in it."""

NOT_A_SCORE = _("Graded after you hand in. The number below is not your score.")


def check(task: str, *, lang: str = "nb") -> float:
    """Judge ``task`` from the answer log beside the notebook; answer its points.

    Without a configured key, in a trainee's own session, it shows what is registered and
    answers 0.0. What cannot be graded is 0.0 here too, since a cell can say no more; the
    line it prints says so, and ``pallkit course results`` keeps the two apart.
    """
    points, lines = 0.0, list[Line]()
    with _quiet():
        try:
            points, lines = _look(task)
        except PallkitError as error:
            lines = [_("Not graded: {why}", why=error.message)]
        except Exception as error:  # noqa: BLE001  # an error in the cell must not pass for an answer
            lines = [_failed(error)]
    _say(lines, lang)
    return points


def show(task: str, *, lang: str = "nb") -> None:
    """Print the text registered for ``task``, for the trainee and for the one who grades it."""
    with _quiet():
        try:
            lines = _registered(task)
        except PallkitError as error:
            lines = [error.message]
    _say(lines, lang)


def _look(task: str) -> tuple[float, list[Line]]:
    key = configured_key()
    if key is None:
        return 0.0, [*_registered(task), NOT_A_SCORE]
    judged = _judged(key, task)
    if judged.points is None:
        return 0.0, [*judged.lines, *judged.flags]
    score = _("{points} of {most} points.", points=judged.points, most=judged.most)
    answer = [_("Your answer: {answer}", answer=judged.answer)] if judged.answer else []
    return float(judged.points), [*answer, *judged.lines, *judged.flags, score]


def _judged(key: Key, task: str) -> Judgement:
    known = {str(id_): one for id_, one in key.tasks.items()}
    if task not in known:
        raise PallkitError(_("the key has no task “{task}”.", task=task))
    return judge_file(known[task], Path(LOG_NAME), trainee=_trainee(), ask=_ask_notebook())


def _trainee() -> str:
    """Whose hand-in this is: stock nbgrader runs it in autograded/<trainee>/<assignment>."""
    folder = Path.cwd()
    return folder.parent.name if folder.parent.parent.name == AUTOGRADED else own_name()


def _ask_notebook() -> Ask | None:
    """A way to ask the notebook that this cell stands in; None outside a notebook."""
    names = namespace()
    return None if names is None else of_namespace(names)


def _registered(task: str) -> list[Line]:
    """What the log holds for a task, right or wrong: this is what will be judged."""
    if code := code_lines(task):
        return [*code]
    try:
        log = read(Path(LOG_NAME))
    except LogError as error:
        return [error.message, _("Run all the cells, and answer above.")]
    if all(entry.task != task for entry in log.records):
        return [_("No field for this task is open. A task in code is judged after you hand in.")]
    made = decisions(log, task)
    if made:
        return [_("Decisions registered: {count}.", count=len(made))]
    given = answers(log, task)
    standing = [_("Registered: {answer}", answer=_shown(task, a)) for a in given if a.counts]
    before = [_("Earlier: {answer}", answer=_shown(task, a)) for a in given if not a.counts]
    return [*before, *standing] if standing else [*before, _("Nothing is registered yet.")]


def _shown(task: str, answer: Answer) -> str:
    """An answer in words in the trainee's own session; the grader reads what was handed in."""
    return answer.text if configured_key() is not None else in_words(task, answer.text)


def _failed(error: Exception) -> Message:
    return _(
        "Not graded: PallKit failed here ({kind}). Tell the course leader.",
        kind=type(error).__name__,
    )


def _say(lines: Sequence[Line], lang: str) -> None:
    for line in lines:
        print(render(line, language(lang)))  # stdout is what the reader sees


@contextmanager
def _quiet() -> Iterator[None]:
    """Let no warning reach stderr: one line there would turn full points into none."""
    with warnings.catch_warnings(), redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
