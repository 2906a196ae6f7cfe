"""How our own tables in the gradebook came to be as they are; Alembic walks them."""
