"""What was said of a hand-in's code when it was graded: words of the key's own, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pallkit.i18n import Language, Message, Words, render
from pallkit_grading.code_task import judge_code
from pallkit_grading.feedback_data.answers import printed_by
from pallkit_grading.key import CodeTask


@dataclass(frozen=True, slots=True)
class _Fault:
    """Answers every question with the same fault, or with nothing."""

    fault: str
    value: Any = None

    def __call__(self, name: str, *arguments: object, call: bool = False) -> _Fault:
        del name, arguments, call
        return self


def said_of_code(task: CodeTask, folder: Path, lang: Language) -> tuple[str, ...]:
    """The lines that the grader left under a graded cell, of those that the key can lead to.

    To ask the code again would be to run it again. What stands there is not believed, since a
    hand-in may have written it: only what the key itself could have said is passed on.
    """
    known = {render(line, lang) for line in _possible(task)}
    found = printed_by(folder, str(task.id)).splitlines()
    return tuple(dict.fromkeys(line for line in found if line in known))


def _possible(task: CodeTask) -> Iterator[Message | Words]:
    for fault in ("missing", "error", "kind", ""):
        yield from judge_code(task, _Fault(fault)).lines
    yield from judge_code(replace(task, checks=()), _Fault("")).lines  # nothing is wrong
