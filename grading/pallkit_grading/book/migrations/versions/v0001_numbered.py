"""Tables from before they were numbered: points were cut at 16 signs where widths count."""

from __future__ import annotations

from alembic import op
from sqlalchemy import String, inspect

revision = "0001"
down_revision = None

POINTS = {
    "pallkit_history": ("points", "most"),
    "pallkit_manual": ("points",),
    "pallkit_moderation": ("points",),
}


def upgrade() -> None:
    """Widen the columns of points. SQLite counts no widths, and is left as it is."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        return
    there = inspect(connection).get_table_names()
    for table in POINTS.keys() & set(there):
        for column in POINTS[table]:
            op.alter_column(table, column, type_=String(64))


def downgrade() -> None:
    """Nothing: older programs read and write the wider columns as the narrow ones."""
