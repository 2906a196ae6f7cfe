"""Run ``pallkit`` as on a trainee's Windows PC: without what only Unix, or the course, has."""

from __future__ import annotations

import os
import sys

UNIX = ("grp", "pwd", "resource", "termios")
"""Not fcntl: the answer log takes Windows' own lock there, by the name of the system."""

COURSE = ("nbgrader", "sqlalchemy", "pandas")


def main() -> None:
    for name in (*UNIX, *COURSE):
        sys.modules[name] = None  # type: ignore[assignment]  # Python's own way to say “not here”
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC"):
        delattr(os, name)
    from pallkit_app.cli import main as pallkit  # noqa: PLC0415  # after what it must do without

    pallkit()


if __name__ == "__main__":
    main()
