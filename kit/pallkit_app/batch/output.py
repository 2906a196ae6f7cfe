"""Write a file whole or not at all, and write nothing that a spreadsheet would run."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pallkit.i18n import _
from pallkit_app.batch.personal import FrameError
from pallkit_app.courses import spreadsheet
from pallkit_app.failures import why

_STARTS = re.compile(r"[=+\-@＝＋－＠]")


@contextmanager
def all_or_none(*paths: Path, force: bool) -> Iterator[tuple[Path, ...]]:
    """Give a draft beside each of ``paths``; they take their places together at the end.

    If anything stops the work, Ctrl-C too, no draft is left and nothing has changed. Raises
    :class:`FrameError` for a file that is there already, unless ``force``.
    """
    for path in paths:
        if path.is_dir() or (path.exists() and not force):
            raise _in_the_way(path)
    drafts = tuple(path.with_name(f".{path.name}.{secrets.token_hex(4)}.part") for path in paths)
    placed: list[Path] = []
    whole = False
    try:
        yield drafts
        for draft, path in zip(drafts, paths, strict=True):
            _place(draft, path, force=force)
            placed.append(path)
        whole = True
    except OSError as error:
        raise FrameError(
            _(
                "“{file}” could not be written ({reason}).",
                file=str(paths[-1]),
                reason=why(error),
            )
        ) from None
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)
        for path in [] if whole or force else placed:
            path.unlink(missing_ok=True)


def _place(draft: Path, path: Path, *, force: bool) -> None:
    if force:
        draft.replace(path)
        return
    try:
        os.link(draft, path)  # unlike a rename, it never replaces a file made in the meantime
    except FileExistsError:
        raise _in_the_way(path) from None
    except OSError:  # a disk that knows no links
        if path.exists():
            raise _in_the_way(path) from None
        draft.rename(path)


def _in_the_way(path: Path) -> FrameError:
    return FrameError(
        _(
            "“{file}” is there already. Choose another name, or write --force to replace it.",
            file=str(path),
        )
    )


def harmless(cells: Iterable[str]) -> tuple[list[str], int]:
    """The cells of a column with no formula in them, and how many had to be changed.

    A formula gets an apostrophe in front, which spreadsheets read as «this is text». A plain
    number such as -5 is left alone.
    """
    given = list(cells)
    mend = {cell: spreadsheet.harmless(cell) for cell in set(given) if _STARTS.search(cell)}
    mend = {cell: mended for cell, mended in mend.items() if cell != mended}
    if not mend:
        return given, 0
    return [mend.get(cell, cell) for cell in given], sum(cell in mend for cell in given)
