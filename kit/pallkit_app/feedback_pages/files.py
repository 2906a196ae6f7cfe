"""Feedback pages on disk, where ``nbgrader release_feedback`` looks for them.

``feedback/<trainee>/<assignment>/<assignment>.html``, and beside it the two small files by
which nbgrader finds whose page it is: when it was handed in, and the hand-in's secret.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pallkit.errors import PallkitError
from pallkit.i18n import Message, _
from pallkit.privacy import holds_identity_number
from pallkit_app.feedback_pages.page import feedback_html
from pallkit_app.paper import write
from pallkit_grading.feedback_data import Source, StaleScoreError, gather

TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
_LONGEST = 256


class FeedbackError(PallkitError):
    """No feedback could be written; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of one trainee: the files, or why there is none.

    ``strangers`` are other pages in the folder, which nbgrader would hand out with ours.
    """

    trainee: str
    paths: tuple[Path, ...] = ()
    fault: Message | None = None
    strangers: tuple[Path, ...] = ()


def write_feedback(
    source: Source, trainees: Sequence[str], *, pdf: bool = False
) -> Iterator[Written]:
    """Write each trainee's page, and tell of each as it is done.

    A page of nbgrader's own in the same place is replaced: it shows tests and tracebacks.
    Where no page can be made, none is left either, neither ours from before nor nbgrader's.
    """
    for trainee in trainees:
        target = _folder(source, trainee)
        try:
            made = gather(source, trainee)
        except StaleScoreError as error:
            _page(target, source).unlink(missing_ok=True)
            _page(target, source).with_suffix(".pdf").unlink(missing_ok=True)
            yield Written(trainee, fault=error.message)
            continue
        target.mkdir(parents=True, exist_ok=True)
        paths = [_page(target, source)]
        write(feedback_html(made), paths[0])
        if pdf:
            paths.append(paths[0].with_suffix(".pdf"))
            write(feedback_html(made, paged=True), paths[1])
        else:
            paths[0].with_suffix(".pdf").unlink(missing_ok=True)  # it would tell of older points
        _lay_beside(target, source.of.folder / "submitted" / trainee / source.name)
        yield Written(trainee, tuple(paths), None, _strangers(target, paths[0]))


def _folder(source: Source, trainee: str) -> Path:
    if not trainee or Path(trainee).name != trainee or trainee.startswith("."):
        raise FeedbackError(_("“{trainee}” is no name of a folder.", trainee=trainee[:60]))
    if holds_identity_number(trainee):
        raise FeedbackError(_("A trainee is named by an identity number. Give another name."))
    return source.of.folder / "feedback" / trainee / source.name


def _page(target: Path, source: Source) -> Path:
    return target / f"{source.name}.html"


def _lay_beside(target: Path, hand_in: Path) -> None:
    """Copy what nbgrader needs; a hand-in that came another way gets a secret nobody else has."""
    stamp = _read(hand_in / TIMESTAMP)
    (target / TIMESTAMP).write_text(stamp or "", encoding="utf-8")
    own = _read(hand_in / SECRET) or _read(target / SECRET) or secrets.token_hex(32)
    (target / SECRET).write_text(own, encoding="utf-8")


def _read(path: Path) -> str:
    """A short text beside a hand-in; nothing where it is missing, a link, or no short text."""
    try:
        if path.is_symlink() or path.stat().st_size > _LONGEST:
            return ""
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _strangers(target: Path, ours: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in target.glob("*.html") if path != ours))
