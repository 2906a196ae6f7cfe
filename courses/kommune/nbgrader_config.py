"""nbgrader's settings for this course. Run nbgrader in this folder.

Only on the course leader's side: trainees need no such file. What is set, and why, is in
`pallkit_app.courses.setup`; settings added below win.
"""

from pathlib import Path

from pallkit_app.courses.setup import configure

c = get_config()  # noqa: F821  # nbgrader puts it here
configure(c, Path(__file__).resolve().parent)
