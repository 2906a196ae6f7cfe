"""Two tables of our own, in the gradebook's database, for what a person thinks of an answer.

``pallkit_manual`` holds the mark that counts, one row a task of a trainee: the levels of the
rubric, the comment, and who gave it when. ``pallkit_moderation`` is only added to: a second
person's marks, how a difference was settled, appeals and what came of them. The points
themselves stand in nbgrader's own gradebook.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, DateTime, Integer, String, Table, Text

from pallkit_grading.book import schema

MANUAL = Table(
    "pallkit_manual",
    schema.TABLES,
    Column("assignment", String(128), primary_key=True),
    Column("trainee", String(128), primary_key=True),
    Column("task", String(128), primary_key=True),
    Column("points", String(64)),
    Column("rubric", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("grader", String(128), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("reason", Text, nullable=False),
    Column("hand_in", String(64), nullable=False),
    Column("saves", Integer, nullable=False),
)
"""``points`` None: a mark was taken back. ``hand_in`` is the fingerprint of what was read.

``saves`` counts up with each save: whoever raises it holds the row until they commit.
"""

MODERATION = Table(
    "pallkit_moderation",
    schema.TABLES,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False),
    Column("assignment", String(128), nullable=False, index=True),
    Column("trainee", String(128), nullable=False, index=True),
    Column("task", String(128), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("person", String(128), nullable=False),
    Column("asked_by", String(128), nullable=False),
    Column("points", String(64)),
    Column("rubric", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("about", Integer),
)
"""``kind``: one of :data:`~pallkit_grading.manual.events.EventKind`.

``about`` is the appeal that an outcome closes.
"""


def prepare(session: Any) -> None:
    """Make the tables where they are missing; raises ContentError where they are not of ours."""
    schema.prepare(session, MODERATION)
